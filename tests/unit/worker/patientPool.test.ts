import type pg from 'pg';
import { expect, test } from 'vitest';
import { makePatientPool } from '../../../server/worker/patientPool.ts';

const away = () => Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' });

/** A pool that fails as often as told, then answers. */
const flaky = (failures: { connect?: number; query?: number; error?: () => Error }) => {
  const left = { connect: failures.connect ?? 0, query: failures.query ?? 0 };
  const error = failures.error ?? away;
  const released: unknown[] = [];
  const asked: unknown[] = [];
  const query = async (text: unknown) => {
    asked.push(text);
    if (left.query > 0) {
      left.query -= 1;
      throw error();
    }
    return { rows: [{ ok: true }] };
  };
  const connect = async () => {
    if (left.connect > 0) {
      left.connect -= 1;
      throw away();
    }
    return { query, release: (broken: unknown) => released.push(broken), on: () => undefined };
  };
  return { pool: { query, connect, options: {}, listeners: () => [1] } as unknown as pg.Pool, released, asked };
};
const alive = () => new AbortController();

test('connecting waits for a database that is away', async () => {
  const { pool } = flaky({ connect: 2 });
  const client = await makePatientPool(pool, alive().signal).connect();
  expect(await client.query('select 1')).toEqual({ rows: [{ ok: true }] });
});

test('a question whose answer was lost is asked again elsewhere, and the broken connection is not kept', async () => {
  const { pool, released, asked } = flaky({ query: 2 });
  const client = await makePatientPool(pool, alive().signal).connect();
  expect(await client.query('select 1')).toEqual({ rows: [{ ok: true }] });
  client.release();
  expect(asked).toHaveLength(3);
  expect(released).toEqual([true]);
});

test('what the server refuses is refused, but that a job is done is said until it is heard', async () => {
  const full = () => Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' });
  const asks = await makePatientPool(flaky({ query: 1, error: full }).pool, alive().signal).connect();
  await expect(asks.query('select id from jobs')).rejects.toThrow('No space left');
  const { pool, asked } = flaky({ query: 2, error: full });
  const reports = await makePatientPool(pool, alive().signal).connect();
  await reports.query('delete from "graphile_worker"._private_jobs as jobs where id = $1');
  expect(asked).toHaveLength(3);
});

test('listening is not moved to another connection', async () => {
  const { pool, asked } = flaky({ query: 1 });
  const client = await makePatientPool(pool, alive().signal).connect();
  await expect(client.query('LISTEN "jobs:insert"')).rejects.toThrow('terminated');
  expect(asked).toHaveLength(1);
});

test('once stopped it hears nothing and fails nothing', async () => {
  const stopping = alive();
  const { pool, asked } = flaky({ query: 1000 });
  const patient = makePatientPool(pool, stopping.signal);
  const client = await patient.connect();
  const waiting = client.query('delete from x');
  stopping.abort();
  expect(await waiting).toMatchObject({ rows: [] });
  const seen = asked.length;
  expect(await (await patient.connect()).query('select 1')).toMatchObject({ rows: [] });
  expect(asked).toHaveLength(seen);
});
