-- Milestones of the approved plan, and who verified that one was reached or why it was returned.
ALTER TABLE "milestones" ADD COLUMN "planned" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "milestones" ADD COLUMN "verified_by" UUID;
ALTER TABLE "milestones" ADD COLUMN "verified_at" TIMESTAMPTZ(3);
ALTER TABLE "milestones" ADD COLUMN "reason" TEXT;
-- The role that decides on another target of a key indicator; the performance office where there is none.
ALTER TABLE "cycle_indicators" ADD COLUMN "approves" TEXT;
