-- 亮灯、异常值、督办. Cases and the indicators' values are named without foreign keys, as in `evidence`.

-- Every light that was ever given. One that is judged anew for the same period gets another row: the last one holds.
CREATE TABLE "lights" (
    "id" UUID NOT NULL,
    "cycle_id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "cycle_indicator_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "ends_on" DATE NOT NULL,
    "colour" TEXT,
    "rule" TEXT,
    "because" JSON NOT NULL,
    "measures" JSON NOT NULL,
    "consequences" JSON NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lights_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "lights_cycle_id_org_id_code_idx" ON "lights"("cycle_id", "org_id", "code");
CREATE INDEX "lights_cycle_indicator_id_ends_on_idx" ON "lights"("cycle_indicator_id", "ends_on");
ALTER TABLE "lights" ADD CONSTRAINT "lights_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "lights" ADD CONSTRAINT "lights_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org_units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER record_is_append_only BEFORE UPDATE OR DELETE ON "lights" FOR EACH ROW EXECUTE FUNCTION record_is_append_only();
CREATE TRIGGER record_is_not_emptied BEFORE TRUNCATE ON "lights" FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only();

-- Suspicious values, each once for each rule; what people said about it.
CREATE TABLE "abnormal_flags" (
    "id" UUID NOT NULL,
    "cycle_id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "cycle_indicator_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "because" JSON NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "explanation" TEXT,
    "explained_by" UUID,
    "explained_at" TIMESTAMPTZ(3),
    "note" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "abnormal_flags_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "abnormal_flags_two_people" CHECK ("decided_by" IS NULL OR "decided_by" IS DISTINCT FROM "explained_by")
);
CREATE UNIQUE INDEX "abnormal_flags_cycle_indicator_id_period_rule_key" ON "abnormal_flags"("cycle_indicator_id", "period", "rule");
CREATE INDEX "abnormal_flags_cycle_id_state_idx" ON "abnormal_flags"("cycle_id", "state");
ALTER TABLE "abnormal_flags" ADD CONSTRAINT "abnormal_flags_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "abnormal_flags" ADD CONSTRAINT "abnormal_flags_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org_units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What audits found about the money behind an indicator: percent that lies idle.
CREATE TABLE "audit_figures" (
    "cycle_indicator_id" UUID NOT NULL,
    "period" TEXT NOT NULL,
    "idle" DECIMAL(9,4) NOT NULL,
    "source" TEXT NOT NULL,
    "entered_by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_figures_pkey" PRIMARY KEY ("cycle_indicator_id","period"),
    CONSTRAINT "audit_figures_idle" CHECK ("idle" BETWEEN 0 AND 100)
);

-- 预警和督办: what followed from a light, a flag, or was ordered by the office. With a deadline (`due_at`) it wants an answer.
CREATE TABLE "warnings" (
    "id" UUID NOT NULL,
    "cycle_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "org_id" UUID NOT NULL,
    "case_id" UUID,
    "cycle_indicator_id" UUID,
    "code" TEXT,
    "period" TEXT,
    "kind" TEXT NOT NULL,
    "colour" TEXT,
    "detail" JSON NOT NULL,
    "because" JSON NOT NULL,
    "source" TEXT NOT NULL,
    "source_key" TEXT,
    "former_id" UUID,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL,
    "opened_by" UUID,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "reply_days" INTEGER,
    "due_at" TIMESTAMPTZ(3),
    "answer" TEXT,
    "answered_by" UUID,
    "answered_at" TIMESTAMPTZ(3),
    "review_due_at" TIMESTAMPTZ(3),
    "reviewed_by" UUID,
    "reviewed_at" TIMESTAMPTZ(3),
    "note" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "warnings_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "warnings_two_people" CHECK ("reviewed_by" IS NULL OR "reviewed_by" IS DISTINCT FROM "answered_by")
);
CREATE UNIQUE INDEX "warnings_cycle_id_number_key" ON "warnings"("cycle_id", "number");
CREATE UNIQUE INDEX "warnings_cycle_id_source_key_key" ON "warnings"("cycle_id", "source_key");
CREATE UNIQUE INDEX "warnings_former_id_key" ON "warnings"("former_id");
CREATE INDEX "warnings_cycle_id_state_idx" ON "warnings"("cycle_id", "state");
CREATE INDEX "warnings_org_id_idx" ON "warnings"("org_id");
CREATE INDEX "warnings_due" ON "warnings"("due_at") WHERE "state" IN ('open', 'returned');
ALTER TABLE "warnings" ADD CONSTRAINT "warnings_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "warnings" ADD CONSTRAINT "warnings_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org_units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What happened to each of them. Append-only.
CREATE TABLE "warning_changes" (
    "id" UUID NOT NULL,
    "warning_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" UUID,
    "what" TEXT NOT NULL,
    "text" TEXT,

    CONSTRAINT "warning_changes_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "warning_changes_warning_id_idx" ON "warning_changes"("warning_id");
ALTER TABLE "warning_changes" ADD CONSTRAINT "warning_changes_warning_id_fkey" FOREIGN KEY ("warning_id") REFERENCES "warnings"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER record_is_append_only BEFORE UPDATE OR DELETE ON "warning_changes" FOR EACH ROW EXECUTE FUNCTION record_is_append_only();
