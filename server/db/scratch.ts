import pg from 'pg';

/** Runs one piece of work on a connection of its own. */
export const withClient = async <Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** The same server, another database. */
export const databaseUrl = (url: string, database: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.toString();
};

/**
 * Creates a database on the server of `url` and returns its address; a clone of `template` when given
 * (nobody may be connected to the template).
 */
export const createScratchDatabase = async (
  url: string,
  name: string,
  { template }: { template?: string } = {},
): Promise<string> => {
  const source = template ? ` TEMPLATE ${pg.escapeIdentifier(template)} STRATEGY FILE_COPY` : '';
  await withClient(databaseUrl(url, 'postgres'), (client) =>
    client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}${source}`),
  );
  return databaseUrl(url, name);
};

/** Drops a database of the server of `url`, also when somebody is connected to it. */
export const dropScratchDatabase = (url: string, name: string): Promise<void> =>
  withClient(databaseUrl(url, 'postgres'), async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
  });
