-- What a token is for: values, complaints.
ALTER TABLE "api_tokens" ADD COLUMN "scope" TEXT NOT NULL DEFAULT 'values';
-- The token that a complaint was pushed with.
ALTER TABLE "complaints" ADD COLUMN "token_id" UUID;
