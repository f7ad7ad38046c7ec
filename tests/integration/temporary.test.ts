import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startTemporaryCluster, withClient } from '../../server/db/index.ts';

const start = async () => {
  const cluster = await startTemporaryCluster();
  onTestFinished(() => cluster.close());
  return cluster;
};

test('a throw-away cluster survives kill -9 on the same address with everything committed, and leaves nothing', async () => {
  const cluster = await start();
  await withClient(cluster.url, (client) => client.query('CREATE TABLE kept AS SELECT 7 AS n'));
  for (let round = 0; round < 3; round++) {
    const pid = cluster.pid();
    await cluster.kill();
    expect(cluster.pid()).toBeUndefined();
    await cluster.start();
    expect(cluster.pid()).not.toBe(pid);
    const { rows } = await withClient(cluster.url, (client) => client.query('SELECT n FROM kept'));
    expect(rows).toEqual([{ n: 7 }]);
  }
  await cluster.close();
  expect(existsSync(cluster.home)).toBe(false);
});

test('scratch databases come and go, as clones too', async () => {
  const cluster = await start();
  const source = await cluster.createScratchDatabase('source');
  await withClient(source, (client) => client.query('CREATE TABLE kept AS SELECT 7 AS n'));
  const copy = await cluster.createScratchDatabase('a copy "with" quotes', { template: 'source' });
  const { rows } = await withClient(copy, (client) => client.query('SELECT n, current_database() AS name FROM kept'));
  expect(rows).toEqual([{ n: 7, name: 'a copy "with" quotes' }]);
  await cluster.dropScratchDatabase('a copy "with" quotes');
  await expect(withClient(copy, async () => undefined)).rejects.toMatchObject({ code: '3D000' });
});

test('what a killed run left behind is swept by the next', async () => {
  const abandoned = await start();
  await writeFile(join(abandoned.home, 'owner.json'), JSON.stringify({ pid: 2 ** 30, started: 'long ago' }));
  await start();
  expect(existsSync(abandoned.home)).toBe(false);
});
