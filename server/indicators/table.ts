import { type CsvColumn, type CsvError, type CsvRow, formulaCells, readCells, readCsv } from '../http/csv.ts';
import { readXlsx } from '../http/xlsx.ts';

/** The rows of an uploaded table, CSV or Excel by its content, and the cells in it that are formulas. */
export const readTable = async (
  bytes: Buffer,
  columns: readonly CsvColumn[],
): Promise<{ rows: CsvRow[]; errors: CsvError[] }> => {
  const isZip = bytes.length >= 4 && bytes.readUInt32LE(0) === 0x04034b50;
  const rows = isZip ? readCells(await readXlsx(bytes), columns) : readCsv(bytes, columns);
  return { rows, errors: formulaCells(rows) };
};
