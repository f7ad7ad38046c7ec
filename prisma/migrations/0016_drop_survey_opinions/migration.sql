-- Nothing was ever written here: what raters write stands in the ballots and in `findings`.
DROP TABLE "survey_opinions";
