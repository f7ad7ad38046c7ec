export { type EmbeddedDatabase, openEmbedded } from './embedded.ts';
export { type MigrationResult, migrate, needsMigration } from './migrate.ts';
export { type Database, type OpenOptions, openDatabase } from './open.ts';
export { makePool, type PoolOptions } from './pool.ts';
export { APP_ROLE, loginUrl } from './role.ts';
export { createScratchDatabase, databaseUrl, dropScratchDatabase, withClient } from './scratch.ts';
export { forgetful, startTemporaryCluster, type TemporaryCluster } from './temporary.ts';
