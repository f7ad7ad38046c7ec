import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findPostmaster, hasForeignPidFile, stopPostmaster } from '../../server/db/postmaster.ts';

const pgdata = await mkdtemp(join(tmpdir(), 'bihuan-pgdata-'));
afterAll(() => rm(pgdata, { recursive: true }));

const writePid = (pid: number) => writeFile(join(pgdata, 'postmaster.pid'), `${pid}\n${pgdata}\n0\n5432\n\n`);

test('without a file there is no server', () => {
  expect(findPostmaster(pgdata)).toBeUndefined();
  expect(hasForeignPidFile(pgdata)).toBe(false);
});

test('a file of a dead process is no server, and PostgreSQL itself may deal with it', async () => {
  await writePid(2 ** 30);
  expect(findPostmaster(pgdata)).toBeUndefined();
  expect(hasForeignPidFile(pgdata)).toBe(false);
});

test('a pid that another program has now is no server, and stopping leaves that program alone', async () => {
  await writePid(process.pid);
  expect(findPostmaster(pgdata)).toBeUndefined();
  expect(hasForeignPidFile(pgdata)).toBe(true);
  await stopPostmaster(pgdata);
});
