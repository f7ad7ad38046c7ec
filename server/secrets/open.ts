import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../settings/index.ts';
import { KEY_BYTES, makeSecrets, type Secrets, secretsFailed } from './secrets.ts';

/** Where the key is kept when no setting names one. */
export const keyFile = (data: string): string => join(data, 'secret.key');

/** The vault of this instance: keys from the setting, else one that is made once in the data folder. */
export const openSecrets = async (settings: Pick<Settings, 'data' | 'secretKey'>): Promise<Secrets> => {
  if (settings.secretKey) return makeSecrets(readKeys(settings.secretKey, 'BIHUAN_SECRET_KEY'));
  const file = keyFile(settings.data);
  const kept = (await readIfThere(file)) ?? (await makeKey(settings.data, file));
  return makeSecrets(readKeys(kept, file));
};

const readIfThere = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

/** Nodes that start together agree on the key whose file is linked first: a link never replaces what is there. */
const makeKey = async (data: string, file: string): Promise<string> => {
  await mkdir(data, { recursive: true });
  const fresh = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(fresh, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(fresh, { force: true });
  }
  return readFile(file, 'utf8');
};

/** Keys in base64, 32 bytes each, separated by commas or lines. */
const readKeys = (text: string, where: string): [Buffer, ...Buffer[]] => {
  const keys = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((part) => Buffer.from(part, 'base64'));
  const [first, ...others] = keys;
  if (!first || keys.some((key) => key.length !== KEY_BYTES))
    throw secretsFailed({
      zh: `${where} 应为 base64 编码的 32 字节密钥（可用 openssl rand -base64 32 生成）`,
      en: `${where} must hold keys of 32 bytes in base64 (make one by: openssl rand -base64 32)`,
    });
  return [first, ...others];
};
