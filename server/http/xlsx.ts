import { inflateRawSync } from 'node:zlib';
import readExcelFile from 'read-excel-file/node';
import { problem } from './problem.ts';

/** An .xlsx file is a ZIP archive: how many files it may hold, and how large they may be once unpacked. */
const MOST_FILES = 200;
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_ROWS = 20_001;

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * The cells of the first sheet as text. The archive is unpacked under a limit before it is read: what its directory says of sizes is
 * not believed.
 */
export const readXlsx = async (bytes: Buffer): Promise<string[][]> => {
  checkArchive(bytes);
  let rows: unknown[][];
  try {
    const sheets: unknown = await readExcelFile(bytes);
    rows = rowsOf(sheets);
  } catch (error) {
    throw problem('xlsx.malformed', { reason: (error instanceof Error ? error.message : String(error)).slice(0, 200) });
  }
  if (rows.length > MOST_ROWS) throw problem('csv.tooManyRows', { limit: MOST_ROWS - 1 });
  return rows.map((row) => row.map(cellText));
};

/** The library gives a list of sheets, or the rows of one. */
const rowsOf = (given: unknown): unknown[][] => {
  const list = Array.isArray(given) ? given : [];
  const [first] = list;
  if (first !== null && typeof first === 'object' && !Array.isArray(first) && 'data' in first)
    return Array.isArray(first.data) ? (first.data as unknown[][]) : [];
  return list as unknown[][];
};

const cellText = (cell: unknown): string => {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'number' ? numberText(cell) : String(cell);
};

/** Excel keeps floats of 15 digits: 0.1 + 0.2 stands in the file as 0.30000000000000004. */
const numberText = (value: number): string => {
  const short = Number(value.toPrecision(15));
  return Number.isInteger(short) && Math.abs(short) < 1e15 ? String(short) : String(short);
};

const malformed = (reason: string) => problem('xlsx.malformed', { reason });

/** Walks the archive's directory and unpacks every file of it, up to the limit and no further. */
const checkArchive = (bytes: Buffer): void => {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length) throw malformed('not a ZIP archive');
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count > MOST_FILES) throw problem('xlsx.tooLarge', { limit: `${MOST_FILES} files` });
  let left = MOST_BYTES;
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw malformed('the directory is damaged');
    left -= unpackedSize(bytes, at, left);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
};

const unpackedSize = (bytes: Buffer, entry: number, most: number): number => {
  const method = bytes.readUInt16LE(entry + 10);
  const packed = bytes.readUInt32LE(entry + 20);
  const local = bytes.readUInt32LE(entry + 42);
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== 0x04034b50) throw malformed('a file is missing');
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  if (start + packed > bytes.length) throw malformed('a file ends early');
  if (method === 0) {
    if (packed > most) throw tooLarge();
    return packed;
  }
  if (method !== 8) throw malformed('an unknown kind of compression');
  try {
    return inflateRawSync(bytes.subarray(start, start + packed), { maxOutputLength: Math.max(1, most) }).length;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw malformed('a file cannot be unpacked');
  }
};

const tooLarge = () => problem('xlsx.tooLarge', { limit: `${MOST_BYTES / 1024 / 1024} MB` });
