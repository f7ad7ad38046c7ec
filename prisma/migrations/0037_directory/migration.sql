-- What a directory (LDAP) keeps: its own number of a person or an organisation. Without one it is kept by hand and never synced.
ALTER TABLE "people" ADD COLUMN "directory_id" TEXT;
CREATE UNIQUE INDEX "people_directory_id_key" ON "people"("directory_id");
ALTER TABLE "org_units" ADD COLUMN "directory_id" TEXT;
CREATE UNIQUE INDEX "org_units_directory_id_key" ON "org_units"("directory_id");

-- Each run of the sync that changed something or failed, with what it did or why not.
CREATE TABLE "directory_syncs" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ok" BOOLEAN NOT NULL,
    "detail" JSON NOT NULL,

    CONSTRAINT "directory_syncs_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "directory_syncs_at_idx" ON "directory_syncs"("at");
