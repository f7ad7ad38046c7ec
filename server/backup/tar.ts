import { Cursor } from './cursor.ts';
import { backupError } from './error.ts';

const BLOCK = 512;

/** A file of an archive that is being read. Its bytes must be taken before the next one is asked for. */
export interface TarFile {
  path: string;
  size: number;
  bytes: AsyncIterable<Buffer>;
}

/** A file of a tar archive (POSIX ustar): what stands before its bytes. */
export const tarHeader = (path: string, size: number, at: Date): Buffer => {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, offset: number, length: number) =>
    header.write(value.toString(8).padStart(length - 1, '0'), offset, 'ascii');
  header.write(path, 0, 100, 'ascii');
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(Math.floor(at.getTime() / 1000), 136, 12);
  header.write('0', 156, 'ascii');
  header.write('ustar\x0000', 257, 'ascii');
  octal(checksum(header), 148, 7);
  header.write(' ', 155, 'ascii');
  return header;
};

/** What fills a file up to whole blocks. */
export const tarPadding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

/** What stands behind the last file. */
export const tarEnd = (): Buffer => Buffer.alloc(2 * BLOCK);

/** The files of an archive, one after the other. @throws `backup.damaged` where it is not one, or ends early */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarFile> {
  const cursor = new Cursor(source);
  for (;;) {
    const header = await cursor.exactly(BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const { path, size } = parseHeader(header);
    let taken = false;
    const bytes = async function* (): AsyncGenerator<Buffer> {
      yield* cursor.next(size);
      await cursor.exactly(tarPadding(size).length);
      taken = true;
    };
    yield { path, size, bytes: bytes() };
    if (!taken) throw new Error(`${path} was not read`);
  }
  const rest = await cursor.exactly(BLOCK);
  if (!rest.every((byte) => byte === 0) || !(await cursor.ended())) throw backupError('backup.damaged', 'tar: end');
}

const parseHeader = (header: Buffer): { path: string; size: number } => {
  const text = (offset: number, length: number) =>
    header.toString('ascii', offset, offset + length).replace(/\0.*$/s, '');
  const sum = Number.parseInt(text(148, 8), 8);
  const size = text(124, 12);
  if (text(257, 6) !== 'ustar' || sum !== checksum(header) || !/^[0-7]{11}$/.test(size) || text(156, 1) !== '0')
    throw backupError('backup.damaged', 'tar: header');
  return { path: text(0, 100), size: Number.parseInt(size, 8) };
};

/** The sum of a header's bytes, its own field counted as blanks. */
const checksum = (header: Buffer): number =>
  header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
