import { defineConfig } from 'prisma/config';

// Nothing may be downloaded: `prisma generate` only asks that this file exists, and the
// migrations are applied by the engine's WASM build (server/db/migrate.ts).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
