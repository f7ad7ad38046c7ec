-- 一票否决 that a scoring rule found, with its reason and whether it is straight to the lowest grade: {reason, grade?}
ALTER TABLE "scores" ADD COLUMN "veto" JSON;
