-- What a person has set for the console: saved filters, whether the tour was seen.
ALTER TABLE "people" ADD COLUMN "preferences" JSON NOT NULL DEFAULT '{}';
