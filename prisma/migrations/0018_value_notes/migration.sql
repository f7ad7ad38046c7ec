-- What the system says of a value, in both languages, under a stable id: why a formula gave none, what replaced a verified one.
ALTER TABLE "indicator_values" ADD COLUMN "note" JSON;
ALTER TABLE "indicator_value_changes" ADD COLUMN "note" JSON;
-- When the owners that are other units were told that it is wanted of them.
ALTER TABLE "indicator_values" ADD COLUMN "asked_at" TIMESTAMPTZ(3);
