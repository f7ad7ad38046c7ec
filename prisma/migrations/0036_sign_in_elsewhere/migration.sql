-- A token for complaints may be for some channels only.
ALTER TABLE "api_tokens" ADD COLUMN "channels" TEXT[] NOT NULL DEFAULT '{}';

-- Who somebody is at a provider of identities: found once by a claim, known by the provider's own number from then on.
CREATE TABLE "identities" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("issuer", "subject"),
    CONSTRAINT "identities_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "identities_person_id_issuer_key" ON "identities"("person_id", "issuer");

-- A sign-in that is under way at the provider. The browser keeps the secret whose hash this is; taking the row uses it up.
CREATE TABLE "sign_in_attempts" (
    "id_hash" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "verifier" TEXT NOT NULL,
    "next" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_attempts_pkey" PRIMARY KEY ("id_hash")
);
CREATE INDEX "sign_in_attempts_expires_at_idx" ON "sign_in_attempts"("expires_at");

-- `Admin` is not somebody else than `admin`.
CREATE UNIQUE INDEX "people_username_any_case" ON "people"(lower("username"));
