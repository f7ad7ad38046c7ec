import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder for one test, removed after it. */
export const makeTestFolder = async (name = 'test'): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), `bihuan-${name}-`));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }));
  return folder;
};
