import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { makePool } from '../../server/db/index.ts';
import { makeTestDatabase } from '../support/database.ts';

const database = await makeTestDatabase();

const openPool = (url: string, options: { statementTimeoutMs?: number; queryTimeoutMs?: number } = {}) => {
  const errors: Error[] = [];
  const pool = makePool(url, { max: 2, name: 'tested', onConnectionError: (error) => errors.push(error), ...options });
  onTestFinished(() => pool.end());
  return { pool, errors };
};

const killOthers = () =>
  database.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bihuan tested' AND datname = current_database()",
  );

/** A line to the database that can go dead without a word. */
const startBlackHole = async () => {
  const { hostname, port } = new URL(database.url);
  let dead = false;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => dead || to.write(chunk));
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = new URL(database.url);
  url.port = String((server.address() as { port: number }).port);
  return { url: url.toString(), die: () => (dead = true), revive: () => (dead = false) };
};

test('an idle connection that the server ends is replaced', async () => {
  const { pool, errors } = openPool(database.url);
  await pool.query('SELECT 1');
  await killOthers();
  await expect.poll(() => errors.length).toBeGreaterThan(0);
  expect((await pool.query('SELECT 2 AS n')).rows).toEqual([{ n: 2 }]);
});

test('a connection that ends while it is used fails that query only', async () => {
  const { pool } = openPool(database.url);
  const client = await pool.connect();
  await client.query('BEGIN');
  await killOthers();
  await expect(client.query('SELECT 1')).rejects.toThrow();
  client.release(true);
  expect((await pool.query('SELECT 2 AS n')).rows).toEqual([{ n: 2 }]);
});

test('a statement has a time limit on the server', async () => {
  const { pool } = openPool(database.url, { statementTimeoutMs: 100 });
  await expect(pool.query('SELECT pg_sleep(30)')).rejects.toMatchObject({ code: '57014' });
});

test('a line that went dead fails in time and later works again', async () => {
  const hole = await startBlackHole();
  const { pool } = openPool(hole.url, { statementTimeoutMs: 500, queryTimeoutMs: 300 });
  await pool.query('SELECT 1');
  hole.die();
  await expect(pool.query('SELECT 1')).rejects.toThrow(/timeout/i);
  hole.revive();
  await expect
    .poll(
      () =>
        pool.query('SELECT 3 AS n').then(
          ({ rows }) => rows[0],
          () => undefined,
        ),
      { timeout: 5000 },
    )
    .toEqual({ n: 3 });
});
