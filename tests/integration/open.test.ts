import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { freePort } from '../../server/db/clusterStart.ts';
import { databaseUrl, openDatabase, startTemporaryCluster } from '../../server/db/index.ts';
import { checkMajor } from '../../server/db/open.ts';
import { makePrisma } from '../../server/db/prisma.ts';
import { makeTestFolder } from '../support/folder.ts';

const cluster = inject('clusterUrl');

test("DATABASE_URL is used as it is, and closing leaves the user's server alone", async () => {
  const database = await openDatabase({ databaseUrl: cluster, data: '/nowhere' });
  expect(database).toMatchObject({ url: cluster, embedded: false, major: 18 });
  await database.close();
  const again = await openDatabase({ databaseUrl: cluster, data: '/nowhere' });
  await again.close();
});

test('without it the embedded one is opened and brought up to date', async () => {
  const folder = await makeTestFolder('data');
  await chmod(folder, 0o755);
  const data = join(folder, 'data');
  const database = await openDatabase({ databaseUrl: undefined, data }, { migrate: true });
  expect(database).toMatchObject({ embedded: true, major: 18, migrated: { queue: true } });
  const prisma = makePrisma(database.url);
  expect(await prisma.orgUnit.count()).toBe(0);
  await prisma.$disconnect();
  await database.close();
});

test.each([
  ['a wrong password', (url: URL) => (url.password = 'wrong'), '28P01', 'DATABASE_URL'],
  ['a database that is not there', (url: URL) => (url.pathname = '/missing'), '3D000', 'createdb'],
])('%s is said at once, without the password', async (_name, change, code, hint) => {
  const url = new URL(cluster);
  const { password } = url;
  change(url);
  const opening = openDatabase({ databaseUrl: url.toString(), data: '/nowhere' });
  const error = await opening.catch((thrown) => thrown);
  expect(error).toMatchObject({
    id: 'database.unreachable',
    cause: { code },
    hint: { en: expect.stringContaining(hint) },
  });
  expect(error.message).not.toContain(password);
});

test('a server that is not there yet is waited for, and reported when the time is up', async () => {
  const url = `postgres://x:y@127.0.0.1:${await freePort()}/x`;
  const told: string[] = [];
  const opening = openDatabase(
    { databaseUrl: url, data: '/nowhere' },
    { waitMs: 300, notice: (_zh, en) => told.push(en) },
  );
  await expect(opening).rejects.toMatchObject({ id: 'database.unreachable' });
  expect(told).toEqual(['the database is not ready yet, waiting']);
});

test('a server that is too old is refused, a newer one is remarked on', () => {
  const told: string[] = [];
  const notice = (_zh: string, en: string) => void told.push(en);
  expect(() => checkMajor(14, notice)).toThrow(expect.objectContaining({ id: 'database.tooOld' }));
  for (const major of [15, 16, 17, 18]) checkMajor(major, notice);
  expect(told).toEqual([]);
  checkMajor(19, notice);
  expect(told).toHaveLength(1);
});

const DEBIAN_15 = '/usr/lib/postgresql/15/bin';

describe.skipIf(!existsSync(join(DEBIAN_15, 'initdb')))(
  'PostgreSQL 15 (optional: needs the package postgresql-15)',
  () => {
    test('the schema applies and Prisma reads from it', async () => {
      const old = await startTemporaryCluster({ binaries: { bin: DEBIAN_15, version: '15' } });
      try {
        const url = databaseUrl(old.url, 'bihuan');
        const database = await openDatabase({ databaseUrl: url, data: '/nowhere' }, { migrate: true });
        expect(database).toMatchObject({ major: 15, migrated: { queue: true } });
        const prisma = makePrisma(url);
        expect(await prisma.orgUnit.count()).toBe(0);
        await prisma.$disconnect();
        await database.close();
      } finally {
        await old.close();
      }
    });
  },
);
