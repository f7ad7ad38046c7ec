-- Who entered a year's value from before, when, and in which unit: by the definition that was in force then.
ALTER TABLE "indicator_history"
    ADD COLUMN "unit" TEXT,
    ADD COLUMN "set_by" UUID,
    ADD COLUMN "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now();
