import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import type { Head } from './chain.ts';

/** The heads of all stripes at one moment, signed. `body` is what was signed, byte for byte. */
export interface Checkpoint {
  n: number;
  body: string;
  /** Ed25519, base64. */
  signature: string;
}

const bodySchema = z.object({
  n: z.int().positive(),
  at: z.iso.datetime(),
  /** Stripe, row, hash. */
  heads: z.array(z.tuple([z.int(), z.int().nonnegative(), z.string()])),
  /** What the checkpoint before hashes to. */
  previous: z.string().nullable(),
  /** The key that signed, by what it hashes to. */
  key: z.string(),
});

export type CheckpointBody = z.infer<typeof bodySchema>;

export const readBody = (text: string): CheckpointBody | undefined => {
  try {
    return bodySchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** The name of a key: what its public half hashes to. */
export const keyName = (key: KeyObject): string =>
  createHash('sha256')
    .update((key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 32);

export const checkpointHash = ({ body, signature }: Checkpoint): string =>
  createHash('sha256').update(`${body}\n${signature}`).digest('hex');

/** Signs where the stripes stand, after the checkpoint before. */
export const makeCheckpoint = (
  heads: readonly Head[],
  { previous, at, key }: { previous: Checkpoint | undefined; at: Date; key: KeyObject },
): Checkpoint => {
  const n = (previous?.n ?? 0) + 1;
  const content: CheckpointBody = {
    n,
    at: at.toISOString(),
    heads: heads.map(({ stripe, seq, hash }) => [stripe, seq, hash]),
    previous: previous ? checkpointHash(previous) : null,
    key: keyName(key),
  };
  const body = JSON.stringify(content);
  return { n, body, signature: sign(null, Buffer.from(body), key).toString('base64') };
};

/** Whether a text was signed by a key: a checkpoint's body, or what an archive says of itself. */
export const isSigned = ({ body, signature }: Pick<Checkpoint, 'body' | 'signature'>, key: KeyObject): boolean =>
  verify(null, Buffer.from(body), key, Buffer.from(signature, 'base64'));
