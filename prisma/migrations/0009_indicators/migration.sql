-- 指标: the library, what is assigned to a participant in a cycle, its targets, values, milestones and benchmarks.

-- The library. A version never changes; `breaks` marks that its values do not continue the series before it.
CREATE TABLE "indicators" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "indicators_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "indicators_code_key" ON "indicators"("code");

CREATE TABLE "indicator_versions" (
    "indicator_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT,
    "unit" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "frequency" TEXT NOT NULL,
    "definition" JSON NOT NULL,
    "breaks" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "made_by" UUID,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "indicator_versions_pkey" PRIMARY KEY ("indicator_id","version")
);
ALTER TABLE "indicator_versions" ADD CONSTRAINT "indicator_versions_indicator_id_fkey" FOREIGN KEY ("indicator_id") REFERENCES "indicators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER record_is_append_only BEFORE UPDATE OR DELETE ON "indicator_versions" FOR EACH ROW EXECUTE FUNCTION record_is_append_only();

-- What a unit is measured by in a cycle, with its definition as it was when it was assigned. A part (of a section, of a unit below)
-- names the indicator that it is rolled up into.
CREATE TABLE "cycle_indicators" (
    "id" UUID NOT NULL,
    "cycle_id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "case_id" UUID,
    "code" TEXT NOT NULL,
    "version" INTEGER,
    "position" INTEGER NOT NULL DEFAULT 0,
    "name" TEXT NOT NULL,
    "name_en" TEXT,
    "kind" TEXT NOT NULL,
    "group" TEXT,
    "unit" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "low" NUMERIC,
    "high" NUMERIC,
    "frequency" TEXT NOT NULL,
    "aggregation" TEXT NOT NULL DEFAULT 'last',
    "formula" TEXT,
    "weight" NUMERIC,
    "owner_id" UUID,
    "owner" TEXT,
    "joint_owner_ids" UUID[] NOT NULL DEFAULT '{}',
    "monitoring_unit_id" UUID,
    "parent_id" UUID,
    "roll_up" TEXT,
    "evidence_required" BOOLEAN NOT NULL DEFAULT false,
    "evidence_kinds" TEXT[] NOT NULL DEFAULT '{}',
    "plausible_min" NUMERIC,
    "plausible_max" NUMERIC,
    "source" TEXT,
    "applies" BOOLEAN NOT NULL DEFAULT true,
    "start_on" DATE,
    "due_on" DATE,

    CONSTRAINT "cycle_indicators_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "cycle_indicators_cycle_id_org_id_code_key" ON "cycle_indicators"("cycle_id", "org_id", "code");
CREATE INDEX "cycle_indicators_cycle_id_code_idx" ON "cycle_indicators"("cycle_id", "code");
CREATE INDEX "cycle_indicators_parent_id_idx" ON "cycle_indicators"("parent_id");
CREATE INDEX "cycle_indicators_org_id_idx" ON "cycle_indicators"("org_id");
CREATE INDEX "cycle_indicators_monitoring_unit_id_idx" ON "cycle_indicators"("monitoring_unit_id");
ALTER TABLE "cycle_indicators" ADD CONSTRAINT "cycle_indicators_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "cycle_indicators" ADD CONSTRAINT "cycle_indicators_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org_units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "cycle_indicators" ADD CONSTRAINT "cycle_indicators_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "cycle_indicators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Every version of a target: who asked, why, who decided. In force is the highest approved one.
CREATE TABLE "indicator_targets" (
    "cycle_indicator_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "value" NUMERIC,
    "low" NUMERIC,
    "high" NUMERIC,
    "state" TEXT NOT NULL,
    "reason_kind" TEXT,
    "reason" TEXT,
    "asked_by" UUID,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decision" TEXT,

    CONSTRAINT "indicator_targets_pkey" PRIMARY KEY ("cycle_indicator_id","version")
);
CREATE UNIQUE INDEX "indicator_targets_one_open" ON "indicator_targets"("cycle_indicator_id") WHERE "state" = 'proposed';
ALTER TABLE "indicator_targets" ADD CONSTRAINT "indicator_targets_cycle_indicator_id_fkey" FOREIGN KEY ("cycle_indicator_id") REFERENCES "cycle_indicators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "milestones" (
    "id" UUID NOT NULL,
    "cycle_indicator_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "standard" TEXT,
    "due_on" DATE NOT NULL,
    "done_on" DATE,
    "note" TEXT,
    "evidence" JSON NOT NULL DEFAULT '[]',
    "set_by" UUID,
    "set_at" TIMESTAMPTZ(3),

    CONSTRAINT "milestones_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "milestones_cycle_indicator_id_position_key" ON "milestones"("cycle_indicator_id", "position");
CREATE INDEX "milestones_due_on_idx" ON "milestones"("due_on") WHERE "done_on" IS NULL;
ALTER TABLE "milestones" ADD CONSTRAINT "milestones_cycle_indicator_id_fkey" FOREIGN KEY ("cycle_indicator_id") REFERENCES "cycle_indicators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One row for every value that is due: what was reported and what was verified stand beside each other.
CREATE TABLE "indicator_values" (
    "cycle_indicator_id" UUID NOT NULL,
    "period" TEXT NOT NULL,
    "ends_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'due',
    "reported" NUMERIC,
    "verified" NUMERIC,
    "reported_by" UUID,
    "reported_at" TIMESTAMPTZ(3),
    "verified_by" UUID,
    "verified_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "evidence" JSON NOT NULL DEFAULT '[]',
    "source" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "indicator_values_pkey" PRIMARY KEY ("cycle_indicator_id","period")
);
CREATE INDEX "indicator_values_state_due_on_idx" ON "indicator_values"("state", "due_on");
ALTER TABLE "indicator_values" ADD CONSTRAINT "indicator_values_cycle_indicator_id_fkey" FOREIGN KEY ("cycle_indicator_id") REFERENCES "cycle_indicators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "indicator_value_changes" (
    "cycle_indicator_id" UUID NOT NULL,
    "period" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" UUID,
    "token_id" UUID,
    "action" TEXT NOT NULL,
    "reported" NUMERIC,
    "verified" NUMERIC,
    "reason" TEXT,
    "evidence" JSON NOT NULL DEFAULT '[]',
    "source" TEXT,

    CONSTRAINT "indicator_value_changes_pkey" PRIMARY KEY ("cycle_indicator_id","period","revision")
);
ALTER TABLE "indicator_value_changes" ADD CONSTRAINT "indicator_value_changes_cycle_indicator_id_fkey" FOREIGN KEY ("cycle_indicator_id") REFERENCES "cycle_indicators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER record_is_append_only BEFORE UPDATE OR DELETE ON "indicator_value_changes" FOR EACH ROW EXECUTE FUNCTION record_is_append_only();

-- What was known before the cycles here: one value a year, for trends and for last year's value.
CREATE TABLE "indicator_history" (
    "org_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "value" NUMERIC NOT NULL,
    "source" TEXT,

    CONSTRAINT "indicator_history_pkey" PRIMARY KEY ("org_id","code","year")
);
ALTER TABLE "indicator_history" ADD CONSTRAINT "indicator_history_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org_units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- 对标: the same indicator somewhere else.
CREATE TABLE "benchmarks" (
    "code" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "value" NUMERIC NOT NULL,
    "source" TEXT,
    "set_by" UUID,
    "set_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "benchmarks_pkey" PRIMARY KEY ("code","place","period")
);

-- Business systems push values with these. Only the hash of a token is kept.
CREATE TABLE "api_tokens" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "codes" TEXT[] NOT NULL DEFAULT '{}',
    "org_ids" UUID[] NOT NULL DEFAULT '{}',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "made_by" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "api_tokens_hash_key" ON "api_tokens"("hash");

-- Where values are fetched from, how often; each fetch is on record.
CREATE TABLE "pull_sources" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "cycle_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "every_minutes" INTEGER NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "made_by" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pull_sources_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "pull_sources" ADD CONSTRAINT "pull_sources_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- An import from a file or a fetch from a source: how far it is, and what came of it.
CREATE TABLE "value_imports" (
    "id" UUID NOT NULL,
    "source_id" UUID,
    "cycle_id" UUID,
    "state" TEXT NOT NULL,
    "dry_run" BOOLEAN NOT NULL DEFAULT false,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "errors" JSON NOT NULL DEFAULT '[]',
    "started_by" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "value_imports_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "value_imports_source_id_idx" ON "value_imports"("source_id", "started_at");
