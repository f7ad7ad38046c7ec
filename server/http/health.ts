import type { Request, Response } from 'express';
import { needsMigration } from '../db/index.ts';
import type { Deps } from './deps.ts';

type Check = 'ok' | 'failed' | 'behind' | 'closing' | 'open';

/** `/healthz`: the process answers. `/readyz`: it can work: database there, schema up to date, engine not closing. */
export const makeHealth = ({ pool, logger }: Pick<Deps, 'pool' | 'logger'>) => {
  let closing = false;
  let migrated = false;

  const database = async (): Promise<Check> => {
    await pool.query('SELECT 1');
    return 'ok';
  };
  /** Once up to date it stays so: asked again only until then. */
  const migrations = async (): Promise<Check> => {
    migrated ||= !(await needsMigration(String(pool.options.connectionString)));
    return migrated ? 'ok' : 'behind';
  };
  /** Open: the application may change the audit, because the database's user may not create its role. It can work all the same. */
  const audit = async (): Promise<Check> => {
    const { rows } = await pool.query<{ open: boolean }>(
      "SELECT has_table_privilege('audit', 'UPDATE, DELETE, TRUNCATE') AS open",
    );
    return rows[0]?.open ? 'open' : 'ok';
  };
  const guarded = (check: () => Promise<Check>): Promise<Check> =>
    withLimit(check(), 3_000).catch((error) => {
      logger.debug({ err: error }, 'not ready');
      return 'failed' as const;
    });

  return {
    /** From now on a load balancer should send no more. */
    setClosing: () => {
      closing = true;
    },
    healthz: (_request: Request, response: Response): void => {
      response.json({ status: 'ok' });
    },
    readyz: async (_request: Request, response: Response): Promise<void> => {
      const [base, schema, guard] = await Promise.all([guarded(database), guarded(migrations), guarded(audit)]);
      const checks = { database: base, migrations: schema, engine: closing ? 'closing' : 'ok', audit: guard };
      const ready = Object.values(checks).every((check) => check === 'ok' || check === 'open');
      response.status(ready ? 200 : 503).json({ ready, checks });
    },
  };
};

const withLimit = async <Value>(work: Promise<Value>, ms: number): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};
