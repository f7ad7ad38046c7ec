-- Ballots and scores: counted in thousands, so they are rows beside the cases. Cases are named without foreign keys, as in
-- `evidence`: the rows of a case are never deleted.

-- A `ballots` block of a cycle, opened. Whether it still takes ballots, the cycle's case says; `closed_at` is set by whoever counts.
CREATE TABLE "ballot_rounds" (
    "id" UUID NOT NULL,
    "cycle_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "block" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "groups" TEXT[] NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "ballot_rounds_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ballot_rounds_case_id_block_round_key" ON "ballot_rounds"("case_id", "block", "round");
CREATE INDEX "ballot_rounds_cycle_id_idx" ON "ballot_rounds"("cycle_id");
ALTER TABLE "ballot_rounds" ADD CONSTRAINT "ballot_rounds_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What one assessor has to score for one group. Progress is counted over these rows, so that no two assessors write one row.
-- An anonymous answer has no assessor, and nothing that leads to its link.
CREATE TABLE "ballot_sheets" (
    "id" UUID NOT NULL,
    "round_id" UUID NOT NULL,
    "group_key" TEXT NOT NULL,
    "layer" TEXT,
    "assessor_id" UUID,
    -- Ballots that it asks for.
    "expected" INTEGER NOT NULL,
    -- open, submitted, recused (the assessor will not), excluded (the office says so)
    "state" TEXT NOT NULL,
    -- Set by whoever counts; from then on no ballot is taken.
    "closed" BOOLEAN NOT NULL DEFAULT false,
    -- Rules that it breaks and yet was taken, as a spoilt one: [{rule, message}]
    "spoilt" JSON,
    "draft" JSON,
    "submitted_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "decided_by" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "ballot_sheets_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ballot_sheets_round_id_group_key_assessor_id_key" ON "ballot_sheets"("round_id", "group_key", "assessor_id");
CREATE INDEX "ballot_sheets_assessor_id_idx" ON "ballot_sheets"("assessor_id");
-- Who has not handed in yet.
CREATE INDEX "ballot_sheets_open" ON "ballot_sheets" ("round_id") WHERE "state" = 'open';
ALTER TABLE "ballot_sheets" ADD CONSTRAINT "ballot_sheets_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "ballot_rounds"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ballot_sheets" SET (fillfactor = 70);

-- The participants on a sheet. A row that is not `due` is left out, for the reason that it gives.
CREATE TABLE "ballot_targets" (
    "sheet_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    -- How many ballots: one, or one for each item.
    "items" INTEGER NOT NULL,
    -- due, recused, excluded
    "state" TEXT NOT NULL DEFAULT 'due',
    "reason" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "ballot_targets_pkey" PRIMARY KEY ("sheet_id","case_id")
);

-- One assessor's word on one item of one participant. Without value: an abstention.
CREATE TABLE "ballots" (
    "sheet_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "item" TEXT NOT NULL,
    "value" DECIMAL,
    "option" TEXT,

    CONSTRAINT "ballots_pkey" PRIMARY KEY ("sheet_id","case_id","item")
);

-- One-time links of a public survey: only the hash is kept, and whether it was used, not when nor for what.
CREATE TABLE "survey_links" (
    "token_hash" TEXT NOT NULL,
    "round_id" UUID NOT NULL,
    "group_key" TEXT NOT NULL,
    "layer" TEXT,
    "used" BOOLEAN NOT NULL DEFAULT false,
    "issued_by" UUID,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "survey_links_pkey" PRIMARY KEY ("token_hash")
);
CREATE INDEX "survey_links_round_id_idx" ON "survey_links"("round_id");
ALTER TABLE "survey_links" ADD CONSTRAINT "survey_links_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "ballot_rounds"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What raters wrote, on a participant or on all in general, without who.
CREATE TABLE "survey_opinions" (
    "id" UUID NOT NULL,
    "round_id" UUID NOT NULL,
    "group_key" TEXT NOT NULL,
    "layer" TEXT,
    "case_id" UUID,
    "text" TEXT NOT NULL,
    "day" DATE NOT NULL,

    CONSTRAINT "survey_opinions_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "survey_opinions_round_id_idx" ON "survey_opinions"("round_id");
ALTER TABLE "survey_opinions" ADD CONSTRAINT "survey_opinions_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "ballot_rounds"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One computation of all scores of a block. The accepted one counts; those before it are history.
CREATE TABLE "score_runs" (
    -- In the order of time (UUID version 7).
    "id" UUID NOT NULL,
    "cycle_id" UUID NOT NULL,
    "block" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    -- draft, accepted, superseded, discarded
    "state" TEXT NOT NULL,
    "rule_hash" TEXT NOT NULL,
    -- Of a recomputation: what it would change, per unit.
    "diff" JSON,
    "made_by" UUID,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "score_runs_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "score_runs_cycle_id_block_idx" ON "score_runs"("cycle_id", "block");
-- One counts at a time.
CREATE UNIQUE INDEX "score_runs_accepted" ON "score_runs" ("cycle_id", "block") WHERE "state" = 'accepted';
ALTER TABLE "score_runs" ADD CONSTRAINT "score_runs_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One participant's score by one run, with how it came about. Without value: the rule does not apply.
CREATE TABLE "scores" (
    "run_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "value" DECIMAL,
    "explanation" JSON NOT NULL,
    "inputs_hash" TEXT NOT NULL,

    CONSTRAINT "scores_pkey" PRIMARY KEY ("run_id","case_id")
);
CREATE INDEX "scores_case_id_idx" ON "scores"("case_id");
ALTER TABLE "scores" ADD CONSTRAINT "scores_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "score_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
