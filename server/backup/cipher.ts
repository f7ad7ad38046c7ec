import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { Cursor } from './cursor.ts';
import { backupError } from './error.ts';

/** What an encrypted backup begins with; behind it the salt, then the chunks. */
export const MAGIC = Buffer.from('bihuan-backup-aes256gcm-1\n');
const SALT = 16;
const CHUNK = 64 * 1024;
const TAG = 16;
const COST = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 };

const derive = promisify(scrypt) as (secret: string, salt: Buffer, length: number, options: object) => Promise<Buffer>;

/**
 * Encrypts a stream: AES-256-GCM in chunks of 64 KiB, each with its number and whether it is the last as its nonce, so that none
 * can be left out, moved or added. The key comes from the secret by scrypt with a salt of the file's own.
 */
export async function* encrypt(source: AsyncIterable<Buffer>, secret: string): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT);
  const key = await derive(secret.normalize('NFC'), salt, 32, COST);
  yield Buffer.concat([MAGIC, salt]);
  const cursor = new Cursor(source);
  for (let n = 0, last = false; !last; n += 1) {
    const chunk = await cursor.upTo(CHUNK);
    last = await cursor.ended();
    const cipher = createCipheriv('aes-256-gcm', key, nonce(n, last));
    yield Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
  }
}

/** Decrypts what `encrypt` made. @throws `backup.secret` for another secret, `backup.damaged` for anything changed or cut off */
export async function* decrypt(source: AsyncIterable<Buffer>, secret: string): AsyncGenerator<Buffer> {
  const cursor = new Cursor(source);
  await cursor.exactly(MAGIC.length);
  const key = await derive(secret.normalize('NFC'), await cursor.exactly(SALT), 32, COST);
  for (let n = 0, last = false; !last; n += 1) {
    const sealed = await cursor.upTo(CHUNK + TAG);
    last = await cursor.ended();
    if (sealed.length < TAG) throw backupError('backup.damaged', 'it ends early');
    const cipher = createDecipheriv('aes-256-gcm', key, nonce(n, last));
    cipher.setAuthTag(sealed.subarray(-TAG));
    const chunk = cipher.update(sealed.subarray(0, -TAG));
    try {
      cipher.final();
    } catch {
      throw n === 0 ? backupError('backup.secret') : backupError('backup.damaged', `chunk ${n}`);
    }
    yield chunk;
  }
}

const nonce = (n: number, last: boolean): Buffer => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(n, 7);
  bytes[11] = last ? 1 : 0;
  return bytes;
};
