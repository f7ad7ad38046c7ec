-- When a unit's working day ends, HH:MM in the city's time; without it, when the city's does.
ALTER TABLE "org_units" ADD COLUMN "day_end" TEXT CHECK ("day_end" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');
