import { inflateRawSync } from 'node:zlib';

/** What the directory of a ZIP archive says of one file in it. */
export interface ArchiveEntry {
  name: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  size: number;
  /** Where its local header begins. */
  at: number;
}

/** Why an archive cannot be trusted, in a few words. */
export class ArchiveError extends Error {}
/** More in it than may be. */
export class ArchiveTooLarge extends Error {}

const END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
/** The end record with the longest comment. */
export const LONGEST_END = 22 + 0xffff;

/** Where the directory of an archive stands, read from the archive's last bytes, which begin at `offset` of `size`. */
export const directoryPlace = (
  tail: Buffer,
  offset: number,
  size: number,
): { at: number; end: number; count: number } => {
  const end = tail.lastIndexOf(END);
  if (end < 0 || end + 22 > tail.length) throw new ArchiveError('not a ZIP archive');
  if (offset + end + 22 + tail.readUInt16LE(end + 20) !== size) throw new ArchiveError('bytes behind its end');
  const [count, length, at] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (tail.readUInt16LE(end + 8) !== count || at + length !== offset + end)
    throw new ArchiveError('the directory is damaged');
  return { at, end: offset + end, count };
};

/** The files that a directory names. @throws ArchiveError where it does not hold exactly `count` */
export const directoryEntries = (directory: Buffer, count: number): ArchiveEntry[] => {
  const entries: ArchiveEntry[] = [];
  let at = 0;
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50)
      throw new ArchiveError('the directory is damaged');
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, nameEnd),
      flags: directory.readUInt16LE(at + 8),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      at: directory.readUInt32LE(at + 42),
    });
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  if (at !== directory.length) throw new ArchiveError('the directory is damaged');
  return entries;
};

/**
 * Makes sure that whoever reads the archive from its start sees what its directory says and nothing more: the files stand one
 * behind the other from the first byte to the directory, each header agrees with the directory, and each packed file ends where
 * its place ends. Unpacks every file up to `most` bytes in all: what the archive says of sizes is not believed.
 *
 * @throws ArchiveError, ArchiveTooLarge
 */
export const checkArchive = (bytes: Buffer, { files, most }: { files: number; most: number }): void => {
  const { at: directory, end, count } = directoryPlace(bytes, 0, bytes.length);
  if (count > files) throw new ArchiveTooLarge(`${files} files`);
  const entries = directoryEntries(bytes.subarray(directory, end), count).sort((a, b) => a.at - b.at);
  let [at, left] = [0, most];
  entries.forEach((entry, i) => {
    if (entry.at !== at) throw new ArchiveError('something stands between the files that the directory does not name');
    const start = dataStart(bytes, entry);
    if (start + entry.packed > directory) throw new ArchiveError('a file ends early');
    left -= unpackedSize(bytes.subarray(start, start + entry.packed), entry, left);
    at = dataEnd(bytes, start + entry.packed, entry, entries[i + 1]?.at ?? directory);
  });
  if (at !== directory) throw new ArchiveError('something stands before the directory that it does not name');
};

const DESCRIBED = 0x08;
const ENCRYPTED = 0x01;

/** Where the packed bytes of a file begin. */
const dataStart = (bytes: Buffer, { at, name, flags, method, crc, packed, size }: ArchiveEntry): number => {
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== 0x04034b50) throw new ArchiveError('a file is missing');
  const nameEnd = at + 30 + bytes.readUInt16LE(at + 26);
  // With a descriptor behind the data, the header may leave the figures out.
  const same = (offset: number, value: number) =>
    bytes.readUInt32LE(at + offset) === value || (flags & DESCRIBED && bytes.readUInt32LE(at + offset) === 0);
  const agrees =
    bytes.readUInt16LE(at + 6) === flags &&
    bytes.readUInt16LE(at + 8) === method &&
    bytes.toString('utf8', at + 30, nameEnd) === name &&
    same(14, crc) &&
    same(18, packed) &&
    same(22, size);
  // Where a stored file with a descriptor ends, only the directory knows.
  if (!agrees || flags & ENCRYPTED || (flags & DESCRIBED && method === 0))
    throw new ArchiveError('a file and the directory say different things');
  return nameEnd + bytes.readUInt16LE(at + 28);
};

/** Where a file ends, its descriptor included, which some write with a signature and some without. */
const dataEnd = (bytes: Buffer, end: number, { flags, crc, packed, size }: ArchiveEntry, next: number): number => {
  if (!(flags & DESCRIBED)) return end;
  const signed = next - end === 16 && bytes.readUInt32LE(end) === 0x08074b50;
  const at = signed ? end + 4 : end;
  if (!signed && next - end !== 12) throw new ArchiveError('a file and the directory say different things');
  const said = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4), bytes.readUInt32LE(at + 8)];
  if (said[0] !== crc || said[1] !== packed || said[2] !== size)
    throw new ArchiveError('a file and the directory say different things');
  return next;
};

const unpackedSize = (data: Buffer, { method, size }: ArchiveEntry, most: number): number => {
  const tooLarge = () => new ArchiveTooLarge('bytes');
  if (method === 0) {
    if (data.length > most) throw tooLarge();
    if (data.length !== size) throw new ArchiveError('a file and the directory say different things');
    return data.length;
  }
  if (method !== 8) throw new ArchiveError('an unknown kind of compression');
  let unpacked: { buffer: Buffer; engine: { bytesWritten: number } };
  try {
    unpacked = inflateRawSync(data, { maxOutputLength: Math.max(1, most), info: true }) as unknown as typeof unpacked;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new ArchiveError('a file cannot be unpacked');
  }
  // A reader that goes by the packed bytes stops where they end, and takes what is behind them for the next file.
  if (unpacked.engine.bytesWritten !== data.length || unpacked.buffer.length > most)
    throw new ArchiveError('a file ends early');
  return unpacked.buffer.length;
};
