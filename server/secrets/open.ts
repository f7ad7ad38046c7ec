import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ifThere } from '../db/error.ts';
import type { Settings } from '../settings/index.ts';
import { makeOnce } from './keptFile.ts';
import { KEY_BYTES, makeSecrets, type Secrets, secretsFailed } from './secrets.ts';

/** Where the key is kept when no setting names one. */
export const keyFile = (data: string): string => join(data, 'secret.key');

/** The vault of this instance: keys from the setting, else one that is made once in the data folder. */
export const openSecrets = async (settings: Pick<Settings, 'data' | 'secretKey'>): Promise<Secrets> => {
  if (settings.secretKey) return makeSecrets(readKeys(settings.secretKey, 'BIHUAN_SECRET_KEY'));
  const file = keyFile(settings.data);
  const kept = await readFile(file, 'utf8').catch(ifThere);
  if (kept === undefined) await makeOnce(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
  return makeSecrets(readKeys(kept ?? (await readFile(file, 'utf8')), file));
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
