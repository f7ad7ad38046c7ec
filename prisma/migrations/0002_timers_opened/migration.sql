-- Since when a timer's block counts: what its date is computed from again when the calendar changes.
ALTER TABLE "timers" ADD COLUMN "opened_at" TIMESTAMPTZ(3);
