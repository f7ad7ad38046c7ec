import { createHmac } from 'node:crypto';
import pg from 'pg';
import { codeOf } from './error.ts';

/** The role that the running application works as: it reads and writes rows, but can neither change the schema nor the audit. */
export const APP_ROLE = 'bihuan_app';

/** Tables that the application only reads; what is in them is written by functions of the owner's. */
const READ_ONLY = ['audit', 'audit_heads', 'audit_starts', 'audit_checkpoints', '_prisma_migrations'];

/** Tables whose rows stay as they are once written. */
const KEPT = ['case_events'];

/** What the application may call of the audit. */
const FUNCTIONS = [
  'audit_append(timestamptz, uuid, uuid, text, text, bool, text, text, text)',
  'audit_checkpoint(int8, timestamptz, text, text)',
];

/** Changed whenever the grants do, so that databases granted by an older version are granted anew. */
const GRANTS = 'granted 1';

/** Creates the role unless it is there; false where the user may not. Several may try at once: roles belong to the whole server. */
export const ensureRole = async (client: Pick<pg.Client, 'query'>): Promise<boolean> => {
  const { rows } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [APP_ROLE]);
  if (rows.length > 0) return true;
  try {
    await client.query(`CREATE ROLE ${APP_ROLE} NOINHERIT`);
    return true;
  } catch (error) {
    if (['42710', '23505'].includes(codeOf(error) ?? '')) return true;
    if (codeOf(error) === '42501') return false;
    throw error;
  }
};

/** Whether the database knows the role and gives it what this version grants; a database without an audit needs nothing. */
export const isGranted = async (client: Pick<pg.Client, 'query'>): Promise<boolean> => {
  const { rows } = await client.query<{ granted: boolean }>(
    `SELECT CASE WHEN to_regclass('audit') IS NULL THEN true WHEN to_regrole($1) IS NULL THEN false
       ELSE has_table_privilege($1, 'audit', 'SELECT') AND obj_description(to_regclass('audit'), 'pg_class') IS NOT DISTINCT FROM $2 END AS granted`,
    [APP_ROLE, GRANTS],
  );
  return rows[0]?.granted === true;
};

/**
 * Grants the role what the application needs, all or nothing: rows everywhere, but nothing of the audit beside reading it and its
 * functions. `login`: another user than the owner, who works as the role. False where the user may not create the role.
 */
export const grantRole = async (client: Pick<pg.Client, 'query'>, login?: string): Promise<boolean> => {
  if (!(await ensureRole(client))) return false;
  const { rows } = await client.query<{ name: string; rls: boolean }>(
    "SELECT format('graphile_worker.%I', relname) AS name, relrowsecurity AS rls FROM pg_class WHERE relnamespace = to_regnamespace('graphile_worker') AND relkind = 'r'",
  );
  const user = await client.query<{ super: boolean; name: string }>(
    'SELECT rolsuper AS super, rolname AS name FROM pg_roles WHERE rolname = current_user',
  );
  const members = [
    ...(user.rows[0]?.super ? [] : [user.rows[0]?.name ?? '']),
    ...(login !== undefined && login !== APP_ROLE ? [login] : []),
  ];
  await client.query(
    [
      'BEGIN',
      ...members.map((name) => `GRANT ${APP_ROLE} TO ${pg.escapeIdentifier(name)}`),
      `GRANT USAGE ON SCHEMA public, graphile_worker TO ${APP_ROLE}`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, graphile_worker TO ${APP_ROLE}`,
      `GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public, graphile_worker TO ${APP_ROLE}`,
      `REVOKE INSERT, UPDATE, DELETE ON ${READ_ONLY.join(', ')} FROM ${APP_ROLE}`,
      `REVOKE UPDATE, DELETE ON ${KEPT.join(', ')} FROM ${APP_ROLE}`,
      ...FUNCTIONS.map((name) => `GRANT EXECUTE ON FUNCTION ${name} TO ${APP_ROLE}`),
      // The queue's own tables let nobody but their owner see a row.
      ...rows
        .filter(({ rls }) => rls)
        .flatMap(({ name }) => [
          `DROP POLICY IF EXISTS ${APP_ROLE} ON ${name}`,
          `CREATE POLICY ${APP_ROLE} ON ${name} TO ${APP_ROLE} USING (true) WITH CHECK (true)`,
        ]),
      `COMMENT ON TABLE audit IS '${GRANTS}'`,
      'COMMIT',
    ].join('; '),
  );
  return true;
};

/** On a server of ours the role signs in by itself, with a password that follows from the owner's. */
export const ensureLogin = async (client: Pick<pg.Client, 'query'>, ownerPassword: string): Promise<void> => {
  const { rows } = await client.query('SELECT FROM pg_roles WHERE rolname = $1 AND rolcanlogin', [APP_ROLE]);
  if (rows.length > 0) return;
  await ensureRole(client);
  await client.query(`ALTER ROLE ${APP_ROLE} LOGIN PASSWORD '${passwordOf(ownerPassword)}'`);
};

const passwordOf = (ownerPassword: string): string =>
  createHmac('sha256', ownerPassword).update(APP_ROLE).digest('base64url');

/** The address by which the role signs in on a server of ours, from the owner's. */
export const loginUrl = (ownerUrl: string): string => {
  const changed = new URL(ownerUrl);
  changed.password = passwordOf(decodeURIComponent(changed.password));
  changed.username = APP_ROLE;
  return changed.toString();
};

/** The same address for a user who works as the role from the first moment on. */
export const roleUrl = (url: string): string => {
  const changed = new URL(url);
  const own = changed.searchParams.get('options') ?? '';
  changed.searchParams.set('options', `${own} -c role=${APP_ROLE}`.trim());
  return changed.toString();
};
