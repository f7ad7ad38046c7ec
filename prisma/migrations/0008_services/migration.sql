-- What each participant gets of its own from a block of the cycle: its values by name.
ALTER TABLE "results" ADD COLUMN "handed" JSON, ADD COLUMN "grade" TEXT, ADD COLUMN "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp();
ALTER TABLE "results" ALTER COLUMN "score" DROP NOT NULL, ALTER COLUMN "rank_of" DROP NOT NULL;
