import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Prisma, PrismaClient } from '../../prisma/client/client.ts';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { DemoAccounts } from '../auth/schema.ts';
import type { LiveDirectory } from '../directory/directory.ts';
import type { Clock, Engine } from '../engine/types.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Settings } from '../settings/index.ts';
import type { WorkerMetrics } from '../worker/index.ts';

/** What the application is made from. */
export interface Deps {
  prisma: PrismaClient;
  pool: Pool;
  engine: Engine;
  /** Organisations, people and roles as the engine knows them. */
  directory: LiveDirectory;
  /** The city's working days. */
  calendar: () => Calendar;
  /** Reads the working days anew. */
  reloadCalendar: () => Promise<void>;
  settings: Settings;
  /** Seals what the database must not know in plain. */
  secrets: Secrets;
  clock: Clock;
  logger: Logger;
  /** Set when this instance runs the demo city: accounts to try, and the one password of all. */
  demo?: DemoAccounts;
  /** Folder of the built console. */
  consoleFolder?: string;
  /** What the worker of this process has counted, if it runs one. */
  workerMetrics?: () => WorkerMetrics | undefined;
  /** Checks every answer against its schema; on in tests. */
  checkAnswers?: boolean;
}

/** The database inside one transaction, or outside of any. */
export type Database = Prisma.TransactionClient;
