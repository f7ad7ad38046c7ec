-- 密级: 0 public, 1 internal, 2 sensitive. A file is read by people cleared for its level, and by whoever uploaded it.
ALTER TABLE "evidence" ADD COLUMN "level" INTEGER NOT NULL DEFAULT 1 CHECK ("level" BETWEEN 0 AND 2);
ALTER TABLE "people" ADD COLUMN "clearance" INTEGER NOT NULL DEFAULT 1 CHECK ("clearance" BETWEEN 0 AND 2);
