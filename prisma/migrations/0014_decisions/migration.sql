-- A quota of grades raised by decision, as far as the template allows.
CREATE TABLE "quota_raises" (
    "id" UUID NOT NULL,
    "cycle_id" UUID NOT NULL,
    "quota" TEXT NOT NULL,
    "amount" JSON NOT NULL,
    "reason" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "decided_by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_by" UUID,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_reason" TEXT,

    CONSTRAINT "quota_raises_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "quota_raises_in_force" ON "quota_raises" ("cycle_id", "quota") WHERE "revoked_at" IS NULL;

-- Why a result is what it is: texts in both languages, in order.
ALTER TABLE "results" ADD COLUMN "because" JSON;
