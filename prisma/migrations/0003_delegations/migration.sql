-- 代理: within [from_at, until_at) one person may act for another.
CREATE TABLE "delegations" (
  "id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "to_id" UUID NOT NULL,
  "from_at" TIMESTAMPTZ(3) NOT NULL,
  "until_at" TIMESTAMPTZ(3) NOT NULL,
  "scope" TEXT[],
  "reason" TEXT NOT NULL,
  "made_by" UUID NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "revoked_by" UUID,
  "revoked_at" TIMESTAMPTZ(3),

  CONSTRAINT "delegations_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "delegations_window" CHECK ("from_at" < "until_at"),
  CONSTRAINT "delegations_self" CHECK ("person_id" <> "to_id")
);

CREATE INDEX "delegations_person_id_idx" ON "delegations"("person_id");
CREATE INDEX "delegations_to_id_idx" ON "delegations"("to_id");

ALTER TABLE "delegations" ADD CONSTRAINT "delegations_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What others did for a person.
CREATE INDEX "case_events_for" ON "case_events" ("on_behalf_of") WHERE "on_behalf_of" IS NOT NULL;
