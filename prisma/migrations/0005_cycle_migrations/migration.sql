-- Moves of running cycles to another version of their template. While one is running, the cycle's meetings wait.
CREATE TABLE "cycle_migrations" (
    "id" UUID NOT NULL,
    "cycle_id" UUID NOT NULL,
    "from_version" INTEGER NOT NULL,
    "to_version" INTEGER NOT NULL,
    "mapping" JSON NOT NULL,
    "state" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "started_by" UUID NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "cycle_migrations_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "cycle_migrations_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE INDEX "cycle_migrations_cycle_id_id_idx" ON "cycle_migrations" ("cycle_id", "id");
