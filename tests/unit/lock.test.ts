import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { withFileLock } from '../../server/db/lock.ts';
import { identify, isAlive, self, stillLives } from '../../server/db/process.ts';

const folder = await mkdtemp(join(tmpdir(), 'bihuan-lock-'));
afterAll(() => rm(folder, { recursive: true }));

test('only one holds the lock at a time, and it is gone afterwards', async () => {
  const path = join(folder, 'a.lock');
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside--;
  };
  await Promise.all(Array.from({ length: 20 }, () => withFileLock(path, work)));
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test('it is released when the work fails', async () => {
  const path = join(folder, 'b.lock');
  await expect(withFileLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withFileLock(path, async () => 'free')).toBe('free');
});

test('the lock of a killed process is taken over, by one only', async () => {
  const path = join(folder, 'c.lock');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 1, 1000)']);
  await new Promise((resolve) => child.on('spawn', resolve));
  await writeFile(path, JSON.stringify({ ...identify(child.pid ?? 0), token: 'held' }));
  let taken = 0;
  const waiting = Array.from({ length: 10 }, () => withFileLock(path, async () => taken++));
  await expect(withFileLock(path, async () => 0, { timeoutMs: 50 })).rejects.toMatchObject({ id: 'database.locked' });
  expect(taken).toBe(0);
  child.kill('SIGKILL');
  await Promise.all(waiting);
  expect(taken).toBe(10);
});

test('a pid that was given to another process is not the same process', () => {
  expect(stillLives(self())).toBe(true);
  expect(stillLives({ ...self(), started: 'long ago' })).toBe(false);
  expect(isAlive(2 ** 30)).toBe(false);
});
