import pg from 'pg';

interface Constraint {
  table: string;
  name: string;
  definition: string;
}

interface Trigger {
  table: string;
  name: string;
  enabled: 'O' | 'A' | 'R';
}

/**
 * Fills tables of which some refuse changes and some refer to each other: takes foreign keys and triggers of ours away, and puts
 * them back as they were, which checks every reference. In the caller's transaction, by the owner of the tables; no superuser is
 * needed.
 */
export const withoutGuards = async (client: pg.Client, work: () => Promise<void>): Promise<void> => {
  const { rows: keys } = await client.query<Constraint>(
    `SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
     WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0 ORDER BY 1, 2`,
  );
  const { rows: triggers } = await client.query<Trigger>(
    `SELECT t.tgrelid::regclass::text AS table, t.tgname AS name, t.tgenabled AS enabled
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND c.relnamespace = 'public'::regnamespace ORDER BY 1, 2`,
  );
  for (const { table, name } of keys)
    await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${pg.escapeIdentifier(name)}`);
  for (const { table, name } of triggers)
    await client.query(`ALTER TABLE ${table} DISABLE TRIGGER ${pg.escapeIdentifier(name)}`);
  await work();
  for (const { table, name, enabled } of triggers)
    await client.query(`ALTER TABLE ${table} ENABLE ${how[enabled]} TRIGGER ${pg.escapeIdentifier(name)}`);
  for (const { table, name, definition } of keys)
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${pg.escapeIdentifier(name)} ${definition}`);
};

const how = { O: '', A: 'ALWAYS', R: 'REPLICA' };
