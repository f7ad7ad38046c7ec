-- What people say around a task, beside the engine's steps. Cases and tasks are named without foreign keys, as in `evidence`:
-- the rows of a case are never deleted, and a step must not wait for what is said about it.

CREATE TABLE "comments" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "comments_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "comments_case_id_at_idx" ON "comments"("case_id", "at");
ALTER TABLE "comments" ADD CONSTRAINT "comments_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A mention lets the person read the case, until its comment is withdrawn.
CREATE TABLE "comment_mentions" (
    "comment_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,

    CONSTRAINT "comment_mentions_pkey" PRIMARY KEY ("person_id","comment_id")
);
CREATE INDEX "comment_mentions_comment_id_idx" ON "comment_mentions"("comment_id");
ALTER TABLE "comment_mentions" ADD CONSTRAINT "comment_mentions_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "comment_mentions" ADD CONSTRAINT "comment_mentions_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A decision that was sent to somebody, and when they read it. It lets them read the case.
CREATE TABLE "copies" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "seat" INTEGER,
    "block" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "sent_by" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "copies_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "copies_person_id_case_id_seat_idx" ON "copies"("person_id", "case_id", "seat");
CREATE INDEX "copies_case_id_at_idx" ON "copies"("case_id", "at");
ALTER TABLE "copies" ADD CONSTRAINT "copies_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "copies" ADD CONSTRAINT "copies_sent_by_fkey" FOREIGN KEY ("sent_by") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "urges" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "seat" INTEGER NOT NULL,
    "urged_by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,
    "told" UUID[],

    CONSTRAINT "urges_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "urges_case_id_seat_at_idx" ON "urges"("case_id", "seat", "at");
ALTER TABLE "urges" ADD CONSTRAINT "urges_urged_by_fkey" FOREIGN KEY ("urged_by") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "phrases" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "phrases_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "phrases_person_id_text_key" ON "phrases"("person_id", "text");
ALTER TABLE "phrases" ADD CONSTRAINT "phrases_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "follow_ups" (
    "person_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "seat" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "follow_ups_pkey" PRIMARY KEY ("person_id","case_id","seat")
);
CREATE INDEX "follow_ups_due" ON "follow_ups" ("due_at") WHERE "told_at" IS NULL;
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Who made a case urgent or normal again, and why; the case itself has what holds now.
CREATE TABLE "case_priorities" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "priority" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "set_by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_priorities_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "case_priorities_case_id_at_idx" ON "case_priorities"("case_id", "at");
ALTER TABLE "case_priorities" ADD CONSTRAINT "case_priorities_set_by_fkey" FOREIGN KEY ("set_by") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "cases" ADD COLUMN "priority" TEXT NOT NULL DEFAULT 'normal';
