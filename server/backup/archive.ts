import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { decrypt, MAGIC } from './cipher.ts';
import { backupError } from './error.ts';
import { readTar, type TarFile } from './tar.ts';

/** Opens a backup for reading: its files one after the other, decrypted and unpacked, nothing of it held in memory. */
export async function* openArchive(path: string, secret: string | undefined): AsyncGenerator<TarFile> {
  const kind = await kindOf(path);
  if (kind === 'encrypted' && !secret) throw backupError('backup.secret');
  const raw = createReadStream(path);
  const packed = kind === 'encrypted' ? Readable.from(decrypt(raw, secret ?? ''), { objectMode: false }) : raw;
  const gunzip = createGunzip();
  pipeline(packed, gunzip, () => undefined);
  try {
    yield* readTar(unpacked(gunzip));
  } finally {
    raw.destroy();
  }
  // What stands behind the end of the packed bytes is not the backup's.
  if (kind === 'plain' && gunzip.bytesWritten !== (await stat(path)).size)
    throw backupError('backup.damaged', 'bytes behind its end');
}

/** Whether a backup is encrypted; what is neither a plain nor an encrypted one is refused. */
export const kindOf = async (path: string): Promise<'plain' | 'encrypted'> => {
  const file = await open(path, 'r').catch((cause: Error) => {
    throw backupError('backup.unreadable', cause.message, cause);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    if (bytesRead === MAGIC.length && buffer.equals(MAGIC)) return 'encrypted';
    if (buffer[0] === 0x1f && buffer[1] === 0x8b) return 'plain';
    throw backupError('backup.unknownFormat');
  } finally {
    await file.close();
  }
};

/** The SHA-256 and size of a file. */
export const hashFile = async (path: string): Promise<{ sha256: string; bytes: number }> => {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes };
};

/** The unpacked bytes; what cannot be unpacked is damage. */
async function* unpacked(gunzip: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* gunzip;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw /^(Z_|ERR_STREAM_PREMATURE_CLOSE)/.test(code) ? backupError('backup.damaged', message, error) : error;
  }
}
