import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ifThere } from '../db/error.ts';
import { makeOnce } from '../secrets/keptFile.ts';
import type { Settings } from '../settings/index.ts';

type KeyPlace = Pick<Settings, 'data' | 'auditKeyFile'>;

const PRIVATE = { type: 'pkcs8', format: 'pem' } as const;
const PUBLIC = { type: 'spki', format: 'pem' } as const;

/** The name of the file of public keys in the data folder. */
export const PUBLIC_KEYS = 'audit.key.pub';

/** Where the key is that signs checkpoints: never in the database. */
export const keyFile = ({ data, auditKeyFile }: KeyPlace): string => auditKeyFile ?? join(data, 'audit.key');

/** Where the public halves are that may be handed out, to verify with: of this key, and of those that signed before it. */
export const publicKeyFile = ({ data }: Pick<KeyPlace, 'data'>): string => join(data, PUBLIC_KEYS);

/** The key that signs checkpoints; made at the first time, readable by its owner only. */
export const signingKey = async (place: KeyPlace): Promise<KeyObject> => {
  const path = keyFile(place);
  const there = await readFile(path).catch(ifThere);
  if (there === undefined) await makeOnce(path, generateKeyPairSync('ed25519').privateKey.export(PRIVATE));
  const key = createPrivateKey(there ?? (await readFile(path)));
  await addPublicKeys(place, String(createPublicKey(key).export(PUBLIC)));
  return key;
};

/** Keeps public keys beside those that are there: what they signed holds, whoever signs from now on. */
export const addPublicKeys = async (place: Pick<KeyPlace, 'data'>, text: string): Promise<void> => {
  const path = publicKeyFile(place);
  const kept = (await readFile(path, 'utf8').catch(ifThere)) ?? '';
  const known = new Set(pemsOf(kept));
  const added = pemsOf(text).filter((pem) => !known.has(pem));
  if (added.length === 0) return;
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, added.map((pem) => `${pem}\n`).join(''));
};

/** The public keys of a file, or those that this instance keeps; before it has signed anything, that of a key it was given. */
export const publicKeys = async (place: KeyPlace, given?: string): Promise<KeyObject[]> => {
  const text =
    given === undefined
      ? ((await readFile(publicKeyFile(place), 'utf8').catch(ifThere)) ??
        (await readFile(keyFile(place), 'utf8').catch(ifThere)))
      : await readFile(given, 'utf8');
  if (text === undefined) return [];
  const pems = pemsOf(text);
  return (pems.length > 0 ? pems : [text]).map((pem) => createPublicKey(pem));
};

/** Public keys as text, one behind the other. */
export const inPem = (keys: readonly KeyObject[]): string => keys.map((key) => String(key.export(PUBLIC))).join('');

const pemsOf = (text: string): string[] => text.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? [];
