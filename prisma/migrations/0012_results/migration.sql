-- The ledger of bonuses, deductions and vetoes. Cases are named without foreign keys, as in `evidence`: their rows are never deleted,
-- and a step must not wait for what is entered beside it.

CREATE TABLE "adjustments" (
    "id" UUID NOT NULL,
    "cycle_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "item_group" TEXT,
    "points" DECIMAL(20,6) NOT NULL,
    "reason" TEXT NOT NULL,
    "document" TEXT,
    "evidence" UUID[],
    "source" JSON NOT NULL,
    "source_key" TEXT,
    "state" TEXT NOT NULL,
    "proposed_by" UUID,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "adjustments_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "adjustments_points" CHECK ("points" >= 0),
    CONSTRAINT "adjustments_two_people" CHECK ("state" NOT IN ('approved', 'rejected') OR "decided_by" IS DISTINCT FROM "proposed_by")
);
CREATE UNIQUE INDEX "adjustments_cycle_id_source_key_key" ON "adjustments"("cycle_id", "source_key");
CREATE INDEX "adjustments_cycle_id_state_idx" ON "adjustments"("cycle_id", "state");
CREATE INDEX "adjustments_case_id_idx" ON "adjustments"("case_id");

-- What happened to each entry of the ledger. Append-only.
CREATE TABLE "adjustment_changes" (
    "id" UUID NOT NULL,
    "adjustment_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" UUID,
    "what" TEXT NOT NULL,
    "reason" TEXT,
    "before" JSON,
    "after" JSON NOT NULL,

    CONSTRAINT "adjustment_changes_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "adjustment_changes_adjustment_id_idx" ON "adjustment_changes"("adjustment_id", "id");
ALTER TABLE "adjustment_changes" ADD CONSTRAINT "adjustment_changes_adjustment_id_fkey" FOREIGN KEY ("adjustment_id") REFERENCES "adjustments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER record_is_append_only BEFORE UPDATE OR DELETE ON "adjustment_changes" FOR EACH ROW EXECUTE FUNCTION record_is_append_only();

-- A unit's grade that was decided otherwise than the rule gives it. The results keep both.
CREATE TABLE "grade_exceptions" (
    "id" UUID NOT NULL,
    "cycle_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "computed_grade" TEXT,
    "grade" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "decided_by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_by" UUID,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_reason" TEXT,

    CONSTRAINT "grade_exceptions_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "grade_exceptions_in_force" ON "grade_exceptions" ("cycle_id", "case_id") WHERE "revoked_at" IS NULL;
CREATE INDEX "grade_exceptions_cycle_id_idx" ON "grade_exceptions"("cycle_id");
ALTER TABLE "results" ADD COLUMN "computed_grade" TEXT;

-- What a unit's result is used for.
CREATE TABLE "result_uses" (
    "cycle_id" UUID NOT NULL,
    "block" TEXT NOT NULL,
    "case_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "org_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "use" JSON NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "result_uses_pkey" PRIMARY KEY ("cycle_id","block","case_id","key")
);
CREATE INDEX "result_uses_case_id_idx" ON "result_uses"("case_id");

-- Feedback letters as they were sent: each round of a letter's block, with the scores that it was written from.
CREATE TABLE "letters" (
    "id" UUID NOT NULL,
    "cycle_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "block" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "run_id" UUID,
    "content" JSON NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "letters_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "letters_case_id_block_round_key" ON "letters"("case_id", "block", "round");
CREATE INDEX "letters_cycle_id_idx" ON "letters"("cycle_id");
CREATE TRIGGER record_is_append_only BEFORE UPDATE OR DELETE ON "letters" FOR EACH ROW EXECUTE FUNCTION record_is_append_only();
