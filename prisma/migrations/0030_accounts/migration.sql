-- Accounts: how old a password is and what it was before, sessions that can be told apart, counted sign-ins, second factors,
-- one-time links. Tokens and codes are kept as hashes, secrets sealed.

ALTER TABLE "people" ADD COLUMN "password_changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
                     ADD COLUMN "signed_in_at" TIMESTAMPTZ(3);

CREATE TABLE "password_history" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "password_history_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "password_history_person_id_idx" ON "password_history"("person_id");
ALTER TABLE "password_history" ADD CONSTRAINT "password_history_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "sessions" ADD COLUMN "id" UUID NOT NULL DEFAULT gen_random_uuid(),
                       ADD COLUMN "address" TEXT NOT NULL DEFAULT '',
                       ADD COLUMN "agent" TEXT NOT NULL DEFAULT '',
                       ADD COLUMN "second_factor" BOOLEAN NOT NULL DEFAULT false;
CREATE UNIQUE INDEX "sessions_id_key" ON "sessions"("id");

CREATE TABLE "sign_in_counts" (
    "key" TEXT NOT NULL,
    "hits" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "locks" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    CONSTRAINT "sign_in_counts_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "sign_in_challenges" (
    "token_hash" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "sign_in_challenges_pkey" PRIMARY KEY ("token_hash")
);
CREATE INDEX "sign_in_challenges_person_id_idx" ON "sign_in_challenges"("person_id");
ALTER TABLE "sign_in_challenges" ADD CONSTRAINT "sign_in_challenges_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "second_factors" (
    "person_id" UUID NOT NULL,
    "secret" TEXT NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "last_step" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "second_factors_pkey" PRIMARY KEY ("person_id")
);
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "recovery_codes" (
    "person_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("person_id", "hash")
);
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "password_links" (
    "token_hash" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    CONSTRAINT "password_links_pkey" PRIMARY KEY ("token_hash")
);
CREATE INDEX "password_links_person_id_idx" ON "password_links"("person_id");
ALTER TABLE "password_links" ADD CONSTRAINT "password_links_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "setup_secrets" (
    "hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "setup_secrets_pkey" PRIMARY KEY ("hash")
);

ALTER TABLE "mails" ADD COLUMN "sealed" BOOLEAN NOT NULL DEFAULT false;

SELECT audit_govern('second_factors');
