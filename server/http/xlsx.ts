import readExcelFile from 'read-excel-file/node';
import { ArchiveError, ArchiveTooLarge, checkArchive } from './archive.ts';
import { problem } from './problem.ts';

/** An .xlsx file is a ZIP archive: how many files it may hold, and how large they may be once unpacked. */
const MOST_FILES = 200;
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_ROWS = 20_001;

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * The cells of the first sheet as text. The archive is checked and unpacked under a limit before it is read: the library that reads
 * it goes from file to file and never looks at the directory.
 */
export const readXlsx = async (bytes: Buffer): Promise<string[][]> => {
  check(bytes);
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

/** Refuses what hides something from its own directory, or is more than {@link MOST_BYTES} once unpacked. */
const check = (bytes: Buffer): void => {
  try {
    checkArchive(bytes, { files: MOST_FILES, most: MOST_BYTES });
  } catch (error) {
    if (error instanceof ArchiveTooLarge)
      throw problem('xlsx.tooLarge', {
        limit: error.message === 'bytes' ? `${MOST_BYTES / 1024 / 1024} MB` : error.message,
      });
    throw error instanceof ArchiveError ? problem('xlsx.malformed', { reason: error.message }) : error;
  }
};
