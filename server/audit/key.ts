import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ifThere } from '../db/error.ts';
import { makeOnce } from '../secrets/keptFile.ts';
import type { Settings } from '../settings/index.ts';

type KeyPlace = Pick<Settings, 'data' | 'auditKeyFile'>;

/** Where the key is that signs checkpoints: never in the database. */
export const keyFile = ({ data, auditKeyFile }: KeyPlace): string => auditKeyFile ?? join(data, 'audit.key');

/** Where the half of it is that may be handed out, to verify with. */
export const publicKeyFile = (place: KeyPlace): string => `${keyFile(place)}.pub`;

/** The key that signs checkpoints; made at the first time, readable by its owner only. */
export const signingKey = async (place: KeyPlace): Promise<KeyObject> => {
  const path = keyFile(place);
  const known = await readFile(path).catch(ifThere);
  if (known !== undefined) return createPrivateKey(known);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  if (await makeOnce(path, privateKey.export({ type: 'pkcs8', format: 'pem' })))
    await writeFile(publicKeyFile(place), publicKey.export({ type: 'spki', format: 'pem' }));
  return createPrivateKey(await readFile(path));
};

/** The public half: from a file that is given, else from where this instance keeps its own; nothing where there is none. */
export const publicKey = async (place: KeyPlace, given?: string): Promise<KeyObject | undefined> => {
  if (given !== undefined) return createPublicKey(await readFile(given));
  const text = (await readFile(publicKeyFile(place)).catch(ifThere)) ?? (await readFile(keyFile(place)).catch(ifThere));
  return text && createPublicKey(text);
};
