-- The day that a version of a target moves its indicator's due date to.
ALTER TABLE "indicator_targets" ADD COLUMN "due_on" DATE;
