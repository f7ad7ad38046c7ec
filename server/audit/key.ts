import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '../db/error.ts';
import type { Settings } from '../settings/index.ts';

type KeyPlace = Pick<Settings, 'data' | 'auditKeyFile'>;

/** Where the key is that signs checkpoints: never in the database. */
export const keyFile = ({ data, auditKeyFile }: KeyPlace): string => auditKeyFile ?? join(data, 'audit.key');

/** Where the half of it is that may be handed out, to verify with. */
export const publicKeyFile = (place: KeyPlace): string => `${keyFile(place)}.pub`;

/** The key that signs checkpoints; made at the first time, readable by its owner only. */
export const signingKey = async (place: KeyPlace): Promise<KeyObject> => {
  const path = keyFile(place);
  const known = await read(path);
  if (known !== undefined) return createPrivateKey(known);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  try {
    // Another process may make one at the same moment: the first one stays.
    await link(draft, path);
    await writeFile(publicKeyFile(place), publicKey.export({ type: 'spki', format: 'pem' }));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return createPrivateKey(await readFile(path));
};

/** The public half: from a file that is given, else from where this instance keeps its own; nothing where there is none. */
export const publicKey = async (place: KeyPlace, given?: string): Promise<KeyObject | undefined> => {
  if (given !== undefined) return createPublicKey(await readFile(given));
  const text = (await read(publicKeyFile(place))) ?? (await read(keyFile(place)));
  return text && createPublicKey(text);
};

const read = (path: string): Promise<Buffer | undefined> =>
  readFile(path).catch((error) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
