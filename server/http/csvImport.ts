import { z } from 'zod';
import { type CsvError, type CsvRow, csvProblem } from './csv.ts';
import type { Database } from './deps.ts';
import { fieldErrors } from './validate.ts';

export const importQuery = z.strictObject({ dryRun: z.enum(['true', 'false']).default('false') });

export const importResult = z.object({
  dryRun: z.boolean(),
  rows: z.int(),
  created: z.int(),
  updated: z.int(),
  errors: z.array(z.never()),
});
export type ImportResult = z.infer<typeof importResult>;

/** Checks every cell; what is wrong is named by row and column. `values` has the rows without an error. */
export const checkCells = (rows: CsvRow[], cells: Record<string, z.ZodType>) => {
  const errors: CsvError[] = [];
  const values: Record<string, unknown>[] = [];
  for (const { row, cells: given } of rows) {
    const value: Record<string, unknown> = {};
    const before = errors.length;
    for (const [column, text] of Object.entries(given)) {
      const result = cells[column]?.safeParse(text, { reportInput: true });
      if (result?.success) value[column] = result.data;
      else if (result) {
        const message = fieldErrors(result.error.issues)[0]?.message ?? { zh: '无效', en: 'invalid' };
        errors.push({ row, column, id: text === '' ? 'csv.cell.empty' : 'csv.cell.invalid', message });
      }
    }
    if (errors.length === before) values.push(value);
  }
  return { errors, values };
};

/** Rows that name the same thing as an earlier row. */
export const repeated = (rows: CsvRow[], column: string): CsvError[] => {
  const first = new Map<string, number>();
  return rows.flatMap(({ row, cells }) => {
    const text = cells[column] ?? '';
    const earlier = first.get(text);
    if (earlier === undefined) first.set(text, row);
    if (earlier === undefined || text === '') return [];
    const message = { zh: `与第 ${earlier} 行重复`, en: `the same as in row ${earlier}` };
    return [{ row, column, id: 'csv.cell.repeated', message }];
  });
};

/** Cells that refer to something that is neither here nor in the file. */
export const unknownRefs = (rows: CsvRow[], column: string, known: ReadonlySet<string | undefined>): CsvError[] =>
  rows.flatMap(({ row, cells }) => {
    const text = cells[column];
    if (!text || known.has(text)) return [];
    const message = { zh: `没有“${text.slice(0, 80)}”`, en: `there is no "${text.slice(0, 80)}"` };
    return [{ row, column, id: 'csv.cell.unknown', message }];
  });

interface Finish {
  rows: number;
  errors: CsvError[];
  dryRun: boolean;
}

/** Writes only if every row is right. A dry run writes too, sees what the database says, and takes it all back. */
export const finishImport = async (
  db: Database,
  { rows, errors, dryRun }: Finish,
  write: () => Promise<{ created: number; updated: number }>,
): Promise<ImportResult> => {
  if (errors.length > 0)
    throw csvProblem(
      'csv.rows',
      [...errors].sort((a, b) => a.row - b.row),
    );
  if (dryRun) await db.$executeRawUnsafe('SAVEPOINT dry_run');
  const counts = await write();
  if (dryRun) await db.$executeRawUnsafe('ROLLBACK TO SAVEPOINT dry_run');
  return { dryRun, rows, ...counts, errors: [] };
};
