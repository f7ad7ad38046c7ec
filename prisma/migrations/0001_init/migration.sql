-- CreateTable
CREATE TABLE "org_units" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT,
    "kind" TEXT NOT NULL,
    "category" TEXT,
    "parent_id" UUID,
    "head_id" UUID,
    "monitoring_unit_id" UUID,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "org_units_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "people" (
    "id" UUID NOT NULL,
    "username" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT,
    "email" TEXT,
    "org_id" UUID NOT NULL,
    "password_hash" TEXT,
    "language" TEXT NOT NULL DEFAULT 'zh',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "people_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "roles" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "org_id" UUID,

    CONSTRAINT "roles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id_hash" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "csrf" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id_hash")
);

-- CreateTable
CREATE TABLE "templates" (
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "content" JSON NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by" UUID,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "templates_pkey" PRIMARY KEY ("key","version")
);

-- CreateTable
CREATE TABLE "definitions" (
    "hash" TEXT NOT NULL,
    "content" JSON NOT NULL,

    CONSTRAINT "definitions_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "cycles" (
    "id" UUID NOT NULL,
    "template_key" TEXT NOT NULL,
    "template_version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "launched_at" TIMESTAMPTZ(3) NOT NULL,
    "launched_by" UUID,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "cycles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cycle_participants" (
    "cycle_id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "category" TEXT NOT NULL,
    "case_id" UUID,

    CONSTRAINT "cycle_participants_pkey" PRIMARY KEY ("cycle_id","org_id")
);

-- CreateTable
CREATE TABLE "cycle_gates" (
    "cycle_id" UUID NOT NULL,
    "block" TEXT NOT NULL,
    "passed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cycle_gates_pkey" PRIMARY KEY ("cycle_id","block")
);

-- CreateTable
CREATE TABLE "results" (
    "cycle_id" UUID NOT NULL,
    "block" TEXT NOT NULL,
    "case_id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "category" TEXT NOT NULL,
    "score" DECIMAL(20,6) NOT NULL,
    "rank" INTEGER,
    "rank_of" INTEGER NOT NULL,

    CONSTRAINT "results_pkey" PRIMARY KEY ("cycle_id","block","case_id")
);

-- CreateTable
CREATE TABLE "cases" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "cycle_id" UUID,
    "org_id" UUID,
    "parent_id" UUID,
    "title" TEXT NOT NULL,
    "definition" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "snapshot" JSON NOT NULL,
    "blocks" TEXT[],
    "waits" TEXT[],
    "phase" TEXT,
    "outcome" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "cases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_events" (
    "case_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "actor" UUID,
    "on_behalf_of" UUID,
    "key" TEXT,
    "body" JSON NOT NULL,

    CONSTRAINT "case_events_pkey" PRIMARY KEY ("case_id","seq")
);

-- CreateTable
CREATE TABLE "tasks" (
    "case_id" UUID NOT NULL,
    "seat" INTEGER NOT NULL,
    "block" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "provisional" BOOLEAN NOT NULL DEFAULT false,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" UUID,
    "outcome" TEXT,
    "draft" JSON,
    "told" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("case_id","seat")
);

-- CreateTable
CREATE TABLE "task_candidates" (
    "person_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "seat" INTEGER NOT NULL,

    CONSTRAINT "task_candidates_pkey" PRIMARY KEY ("person_id","case_id","seat")
);

-- CreateTable
CREATE TABLE "timers" (
    "case_id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "rung" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "event" JSON NOT NULL,
    "provisional" BOOLEAN NOT NULL DEFAULT false,
    "frozen_at" TIMESTAMPTZ(3),
    "parked" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "timers_pkey" PRIMARY KEY ("case_id","scope","rung")
);

-- CreateTable
CREATE TABLE "incidents" (
    "id" UUID NOT NULL,
    "case_id" UUID,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "cause" TEXT NOT NULL,
    "detail" JSON NOT NULL,
    "state" TEXT NOT NULL,
    "retries" INTEGER NOT NULL DEFAULT 0,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by" UUID,

    CONSTRAINT "incidents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "seat" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "uploaded_by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency" (
    "actor" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "response" JSON NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_pkey" PRIMARY KEY ("actor","key")
);

-- CreateTable
CREATE TABLE "calendar_days" (
    "day" DATE NOT NULL,
    "working" BOOLEAN NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "calendar_days_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "calendar_state" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "known_until" DATE NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "calendar_state_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notices" (
    "id" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "case_id" UUID,
    "seat" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" JSON NOT NULL,
    "body" JSON NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mails" (
    "id" TEXT NOT NULL,
    "to_address" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "error" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mails_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker_leases" (
    "pool_id" TEXT NOT NULL,
    "workers" TEXT[],
    "node" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worker_leases_pkey" PRIMARY KEY ("pool_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "org_units_code_key" ON "org_units"("code");

-- CreateIndex
CREATE INDEX "org_units_parent_id_idx" ON "org_units"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "people_username_key" ON "people"("username");

-- CreateIndex
CREATE INDEX "people_org_id_idx" ON "people"("org_id");

-- CreateIndex
CREATE INDEX "roles_role_idx" ON "roles"("role");

-- CreateIndex
CREATE UNIQUE INDEX "roles_person_id_role_org_id_key" ON "roles"("person_id", "role", "org_id");

-- CreateIndex
CREATE INDEX "sessions_person_id_idx" ON "sessions"("person_id");

-- CreateIndex
CREATE INDEX "cycles_template_key_template_version_idx" ON "cycles"("template_key", "template_version");

-- CreateIndex
CREATE INDEX "cases_cycle_id_kind_status_idx" ON "cases"("cycle_id", "kind", "status");

-- CreateIndex
CREATE INDEX "cases_parent_id_idx" ON "cases"("parent_id");

-- CreateIndex
CREATE INDEX "cases_org_id_idx" ON "cases"("org_id");

-- CreateIndex
CREATE INDEX "task_candidates_case_id_seat_idx" ON "task_candidates"("case_id", "seat");

-- CreateIndex
CREATE INDEX "incidents_state_at_idx" ON "incidents"("state", "at");

-- CreateIndex
CREATE INDEX "incidents_case_id_idx" ON "incidents"("case_id");

-- CreateIndex
CREATE INDEX "evidence_case_id_seat_idx" ON "evidence"("case_id", "seat");

-- CreateIndex
CREATE INDEX "notices_person_id_read_at_at_idx" ON "notices"("person_id", "read_at", "at");

-- AddForeignKey
ALTER TABLE "org_units" ADD CONSTRAINT "org_units_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "org_units"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "org_units" ADD CONSTRAINT "org_units_monitoring_unit_id_fkey" FOREIGN KEY ("monitoring_unit_id") REFERENCES "org_units"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "org_units" ADD CONSTRAINT "org_units_head_id_fkey" FOREIGN KEY ("head_id") REFERENCES "people"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "people" ADD CONSTRAINT "people_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org_units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "roles" ADD CONSTRAINT "roles_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "roles" ADD CONSTRAINT "roles_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org_units"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cycle_participants" ADD CONSTRAINT "cycle_participants_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cycle_participants" ADD CONSTRAINT "cycle_participants_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org_units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cycle_gates" ADD CONSTRAINT "cycle_gates_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "results" ADD CONSTRAINT "results_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cases" ADD CONSTRAINT "cases_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cases" ADD CONSTRAINT "cases_definition_fkey" FOREIGN KEY ("definition") REFERENCES "definitions"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;


-- The tables that every step writes (case_events, tasks, task_candidates, timers) have no foreign keys: the engine is their
-- only writer, each key comes from the case row that the same statement updates, and `bihuan verify` checks them.

-- A repeated request finds the first one's event.
CREATE UNIQUE INDEX "case_events_key" ON "case_events" ("case_id", "key") WHERE "key" IS NOT NULL;

-- One role in one unit (or for the whole city) once.
CREATE UNIQUE INDEX "roles_city" ON "roles" ("person_id", "role") WHERE "org_id" IS NULL;

-- What is due next.
CREATE INDEX "timers_due" ON "timers" ("due_at") WHERE NOT "parked" AND "frozen_at" IS NULL;

-- What a person has decided (已办). Tasks have no index but their key, so that closing one stays on its page (HOT); open tasks
-- are found through their candidates.
CREATE INDEX "case_events_acts" ON "case_events" ("actor", "at") WHERE "type" = 'act';

-- The mails that are to be sent next, or again.
CREATE INDEX "mails_due" ON "mails" ("due_at") WHERE "state" IN ('queued', 'claimed');

-- A participant runs a cycle once; a child case runs an item of a round once.
CREATE UNIQUE INDEX "cases_participant" ON "cases" ("cycle_id", "org_id") WHERE "kind" = 'participant';

-- Room on the page, so that an update of the snapshot stays on it (HOT).
ALTER TABLE "cases" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE "tasks" SET (fillfactor = 80);

-- A published template version never changes.
CREATE FUNCTION template_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'draft' AND (TG_OP = 'DELETE' OR NEW.content::text <> OLD.content::text OR NEW.key <> OLD.key OR NEW.version <> OLD.version OR NEW.status = 'draft') THEN
    RAISE EXCEPTION 'template % version % is published and cannot change', OLD.key, OLD.version USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER template_is_immutable BEFORE UPDATE OR DELETE ON "templates" FOR EACH ROW EXECUTE FUNCTION template_is_immutable();

-- The record of a case is append-only.
CREATE FUNCTION record_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER record_is_append_only BEFORE UPDATE OR DELETE ON "case_events" FOR EACH ROW EXECUTE FUNCTION record_is_append_only();
