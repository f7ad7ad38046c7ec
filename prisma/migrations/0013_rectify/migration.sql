-- 督查: a visit on the spot; what it found are findings with `source = 'inspection'`.
CREATE TABLE "inspections" (
  "id" UUID NOT NULL,
  "cycle_id" UUID NOT NULL,
  "org_id" UUID NOT NULL,
  "title" TEXT NOT NULL,
  "day" DATE NOT NULL,
  "inspectors" TEXT NOT NULL,
  "made_by" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "inspections_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "inspections_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id"),
  CONSTRAINT "inspections_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org_units"("id"),
  CONSTRAINT "inspections_made_by_fkey" FOREIGN KEY ("made_by") REFERENCES "people"("id")
);
CREATE INDEX "inspections_cycle_id_org_id_idx" ON "inspections" ("cycle_id", "org_id");

-- 观测点 and who observes there.
CREATE TABLE "observation_points" (
  "id" UUID NOT NULL,
  "code" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "place" TEXT,
  "org_id" UUID NOT NULL,
  "indicator_code" TEXT,
  "active" BOOLEAN NOT NULL DEFAULT true,
  "version" INTEGER NOT NULL DEFAULT 1,

  CONSTRAINT "observation_points_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "observation_points_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org_units"("id")
);
CREATE UNIQUE INDEX "observation_points_code_key" ON "observation_points" ("code");

CREATE TABLE "observers" (
  "point_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,

  CONSTRAINT "observers_pkey" PRIMARY KEY ("point_id", "person_id"),
  CONSTRAINT "observers_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "observation_points"("id") ON DELETE CASCADE,
  CONSTRAINT "observers_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id")
);
CREATE INDEX "observers_person_id_idx" ON "observers" ("person_id");

CREATE TABLE "observations" (
  "id" UUID NOT NULL,
  "point_id" UUID NOT NULL,
  "observer_id" UUID NOT NULL,
  "day" DATE NOT NULL,
  "value" NUMERIC,
  "remark" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "observations_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "observations_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "observation_points"("id"),
  CONSTRAINT "observations_observer_id_fkey" FOREIGN KEY ("observer_id") REFERENCES "people"("id")
);
CREATE INDEX "observations_point_id_day_idx" ON "observations" ("point_id", "day");

-- What fell short at a unit in a cycle, wherever it came from. `number` counts within the cycle.
CREATE TABLE "findings" (
  "id" UUID NOT NULL,
  "cycle_id" UUID NOT NULL,
  "org_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "source" TEXT NOT NULL CHECK ("source" IN ('inspection', 'observation', 'complaint', 'survey', 'result')),
  -- The inspection, observation, complaint or improvement goal that it comes from.
  "source_id" UUID,
  "indicator_code" TEXT,
  "severity" TEXT NOT NULL CHECK ("severity" IN ('minor', 'major', 'critical')),
  "what" TEXT NOT NULL,
  "advice" TEXT,
  "state" TEXT NOT NULL CHECK ("state" IN ('open', 'rectifying', 'closed')),
  "found_by" UUID NOT NULL,
  "found_at" TIMESTAMPTZ(3) NOT NULL,
  "closed_by" UUID,
  "closed_at" TIMESTAMPTZ(3),
  "close_reason" TEXT,

  CONSTRAINT "findings_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "findings_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id"),
  CONSTRAINT "findings_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org_units"("id"),
  CONSTRAINT "findings_found_by_fkey" FOREIGN KEY ("found_by") REFERENCES "people"("id"),
  CONSTRAINT "findings_closed_by_fkey" FOREIGN KEY ("closed_by") REFERENCES "people"("id")
);
CREATE UNIQUE INDEX "findings_cycle_id_number_key" ON "findings" ("cycle_id", "number");
CREATE INDEX "findings_cycle_id_org_id_idx" ON "findings" ("cycle_id", "org_id");
CREATE INDEX "findings_source_id_idx" ON "findings" ("source_id");

CREATE TABLE "finding_files" (
  "id" UUID NOT NULL,
  "finding_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "mime" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "sha256" TEXT NOT NULL,
  "uploaded_by" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "finding_files_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "finding_files_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "findings"("id"),
  CONSTRAINT "finding_files_uploaded_by_fkey" FOREIGN KEY ("uploaded_by") REFERENCES "people"("id")
);
CREATE INDEX "finding_files_finding_id_idx" ON "finding_files" ("finding_id");

-- How complaints are classified; a version never changes, and each classification names its own.
CREATE TABLE "complaint_rules" (
  "version" INTEGER NOT NULL,
  "rules" JSON NOT NULL,
  "made_by" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "complaint_rules_pkey" PRIMARY KEY ("version"),
  CONSTRAINT "complaint_rules_made_by_fkey" FOREIGN KEY ("made_by") REFERENCES "people"("id")
);

-- Complaints and requests of citizens (12345, 311). `reference` is the number under which the channel knows it.
CREATE TABLE "complaints" (
  "id" UUID NOT NULL,
  "channel" TEXT NOT NULL,
  "reference" TEXT NOT NULL,
  "received_at" TIMESTAMPTZ(3) NOT NULL,
  "text" TEXT NOT NULL,
  "category" TEXT,
  "place" TEXT,
  "indicator_code" TEXT,
  "org_id" UUID,
  "state" TEXT NOT NULL CHECK ("state" IN ('unassigned', 'assigned', 'disputed', 'solved')),
  -- Assigned after a dispute: the unit may not return it again.
  "fixed" BOOLEAN NOT NULL DEFAULT false,
  -- Whom it lies with: the unit; unsolved, the city's office; then the executive meeting.
  "level" TEXT NOT NULL DEFAULT 'unit' CHECK ("level" IN ('unit', 'cityOffice', 'executiveMeeting')),
  "due_at" TIMESTAMPTZ(3) NOT NULL,
  "answer" TEXT,
  "solved_at" TIMESTAMPTZ(3),
  "taken_by" UUID,
  "at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "complaints_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "complaints_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org_units"("id"),
  CONSTRAINT "complaints_taken_by_fkey" FOREIGN KEY ("taken_by") REFERENCES "people"("id")
);
CREATE UNIQUE INDEX "complaints_channel_reference_key" ON "complaints" ("channel", "reference");
CREATE INDEX "complaints_received_at_idx" ON "complaints" ("received_at");
CREATE INDEX "complaints_indicator_code_received_at_idx" ON "complaints" ("indicator_code", "received_at");
CREATE INDEX "complaints_org_id_received_at_idx" ON "complaints" ("org_id", "received_at");
CREATE INDEX "complaints_due" ON "complaints" ("due_at") WHERE "state" <> 'solved';

-- What was done with a complaint, by a rule (then without a person) or by hand. Append-only.
CREATE TABLE "complaint_changes" (
  "id" UUID NOT NULL,
  "complaint_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "by" UUID,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('classified', 'corrected', 'disputed', 'assigned', 'solved', 'raised')),
  "rules_version" INTEGER,
  "rule" TEXT,
  "indicator_code" TEXT,
  "org_id" UUID,
  "note" TEXT,

  CONSTRAINT "complaint_changes_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "complaint_changes_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaints"("id"),
  CONSTRAINT "complaint_changes_by_fkey" FOREIGN KEY ("by") REFERENCES "people"("id"),
  CONSTRAINT "complaint_changes_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org_units"("id")
);
CREATE INDEX "complaint_changes_complaint_id_at_idx" ON "complaint_changes" ("complaint_id", "at");

CREATE FUNCTION complaint_records_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the record of complaints and their rules is append-only';
END $$;
CREATE TRIGGER "complaint_changes_stay" BEFORE UPDATE OR DELETE ON "complaint_changes" FOR EACH ROW EXECUTE FUNCTION complaint_records_stay();
CREATE TRIGGER "complaint_rules_stay" BEFORE UPDATE OR DELETE ON "complaint_rules" FOR EACH ROW EXECUTE FUNCTION complaint_records_stay();

-- 改进目标: what several opinions of raters ask for, confirmed and then issued to units.
CREATE TABLE "improvement_goals" (
  "id" UUID NOT NULL,
  "cycle_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "what" TEXT NOT NULL,
  "indicator_code" TEXT,
  "state" TEXT NOT NULL CHECK ("state" IN ('draft', 'confirmed', 'issued')),
  "made_by" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "confirmed_by" UUID,
  "confirmed_at" TIMESTAMPTZ(3),
  "issued_by" UUID,
  "issued_at" TIMESTAMPTZ(3),

  CONSTRAINT "improvement_goals_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "improvement_goals_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id"),
  CONSTRAINT "improvement_goals_made_by_fkey" FOREIGN KEY ("made_by") REFERENCES "people"("id"),
  CONSTRAINT "improvement_goals_confirmed_by_fkey" FOREIGN KEY ("confirmed_by") REFERENCES "people"("id"),
  CONSTRAINT "improvement_goals_issued_by_fkey" FOREIGN KEY ("issued_by") REFERENCES "people"("id")
);
CREATE UNIQUE INDEX "improvement_goals_cycle_id_number_key" ON "improvement_goals" ("cycle_id", "number");

CREATE TABLE "improvement_goal_units" (
  "goal_id" UUID NOT NULL,
  "org_id" UUID NOT NULL,

  CONSTRAINT "improvement_goal_units_pkey" PRIMARY KEY ("goal_id", "org_id"),
  CONSTRAINT "improvement_goal_units_goal_id_fkey" FOREIGN KEY ("goal_id") REFERENCES "improvement_goals"("id") ON DELETE CASCADE,
  CONSTRAINT "improvement_goal_units_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org_units"("id")
);
CREATE INDEX "improvement_goal_units_org_id_idx" ON "improvement_goal_units" ("org_id");

-- What raters wrote (社会评价意见). `sort` is empty until somebody has sorted it.
CREATE TABLE "opinions" (
  "id" UUID NOT NULL,
  "cycle_id" UUID NOT NULL,
  "org_id" UUID,
  "layer" TEXT,
  "text" TEXT NOT NULL,
  "sort" TEXT CHECK ("sort" IN ('praise', 'opinion')),
  "sorted_by" UUID,
  "sorted_at" TIMESTAMPTZ(3),
  "goal_id" UUID,
  "at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "opinions_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "opinions_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id"),
  CONSTRAINT "opinions_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org_units"("id"),
  CONSTRAINT "opinions_sorted_by_fkey" FOREIGN KEY ("sorted_by") REFERENCES "people"("id"),
  CONSTRAINT "opinions_goal_id_fkey" FOREIGN KEY ("goal_id") REFERENCES "improvement_goals"("id")
);
CREATE INDEX "opinions_cycle_id_sort_idx" ON "opinions" ("cycle_id", "sort");
CREATE INDEX "opinions_goal_id_idx" ON "opinions" ("goal_id");

-- 整改台账: an item of a unit's approved plan. `code` is the key of its row in the plan's table.
CREATE TABLE "rectification_items" (
  "id" UUID NOT NULL,
  "cycle_id" UUID NOT NULL,
  "org_id" UUID NOT NULL,
  "code" TEXT NOT NULL,
  "source" TEXT NOT NULL CHECK ("source" IN ('inspection', 'observation', 'complaint', 'survey', 'result', 'mustCheck', 'unit')),
  "finding_id" UUID,
  "indicator_code" TEXT,
  "problem" TEXT NOT NULL,
  "measure" TEXT,
  "owner" TEXT,
  "due" DATE,
  -- `carried`: left open when the cycle's rectification ended; it opens the next cycle's plan.
  "state" TEXT NOT NULL CHECK ("state" IN ('open', 'closed', 'carried')),
  -- The unit's case; the case of the item is its child by `block` that has this code.
  "case_id" UUID NOT NULL,
  "block" TEXT,
  "item_case_id" UUID,
  "carried_from" UUID,
  -- A closed item that the next cycle looks at again all the same.
  "recheck" BOOLEAN NOT NULL DEFAULT false,
  "public_answer" TEXT,
  "published_at" TIMESTAMPTZ(3),
  "opened_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),

  CONSTRAINT "rectification_items_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "rectification_items_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id"),
  CONSTRAINT "rectification_items_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org_units"("id"),
  CONSTRAINT "rectification_items_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "findings"("id"),
  CONSTRAINT "rectification_items_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id"),
  CONSTRAINT "rectification_items_item_case_id_fkey" FOREIGN KEY ("item_case_id") REFERENCES "cases"("id"),
  CONSTRAINT "rectification_items_carried_from_fkey" FOREIGN KEY ("carried_from") REFERENCES "rectification_items"("id")
);
CREATE UNIQUE INDEX "rectification_items_cycle_id_org_id_code_key" ON "rectification_items" ("cycle_id", "org_id", "code");
CREATE UNIQUE INDEX "rectification_items_carried_from_key" ON "rectification_items" ("carried_from");
CREATE INDEX "rectification_items_finding_id_idx" ON "rectification_items" ("finding_id");
CREATE INDEX "rectification_items_org_id_state_idx" ON "rectification_items" ("org_id", "state");
