import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PrismaClient } from '../../prisma/client/client.ts';
import { indicatorCodeSchema } from '../../workflows/indicators/schema.ts';
import { settle } from '../audit/record.ts';
import { overPrisma, type Sql } from '../db/sql.ts';
import { type CsvColumn, type CsvError, type CsvRow, csvProblem } from '../http/csv.ts';
import { checkCells } from '../http/csvImport.ts';
import { isDuplicate } from '../http/errors.ts';
import { ProblemError, problem } from '../http/problem.ts';
import { codeSchema, lineText, longText } from '../http/schema.ts';
import { judgeValues } from '../lights/judge.ts';
import { computeUnits, type Place } from './compute.ts';
import { decimalSchema, periodSchema } from './schema.ts';
import { readTable } from './table.ts';
import {
  checkEntries,
  type Entry,
  placesOf,
  type Reported,
  type Reporter,
  runningCycle,
  writeReported,
} from './values.ts';

export const VALUE_COLUMNS: CsvColumn[] = [
  { name: 'org', aliases: ['单位代码', '单位'], required: true },
  { name: 'indicator', aliases: ['指标代码', '指标'], required: true },
  { name: 'period', aliases: ['期间', '报告期'], required: true },
  { name: 'value', aliases: ['值', '完成值', '数值'], required: true },
  { name: 'unit', aliases: ['计量单位'], required: false },
  { name: 'reason', aliases: ['说明', '理由'], required: false },
];

const empty = z.literal('').transform(() => undefined);
const cells = {
  org: codeSchema,
  indicator: indicatorCodeSchema,
  period: periodSchema,
  value: decimalSchema,
  unit: empty.or(lineText(20)),
  reason: empty.or(longText(2000)),
};

interface Parsed {
  row: number;
  org: string;
  indicator: string;
  period: string;
  value: string;
  unit?: string | undefined;
  reason?: string | undefined;
}

/** How many rows are checked and written at a time; after each, the progress is told. */
const CHUNK = 1000;

export interface ImportJob {
  cycleId: string;
  dryRun: boolean;
  reporter: Reporter;
  /** The caller's id of the import. */
  run?: string | undefined;
  sourceId?: string;
  /** Units that the caller may report for; all without it. */
  only?: readonly string[];
}

/**
 * Takes values in from a table: all rows or none. Its progress is on record from the beginning, beside the transaction, under the
 * caller's id. A dry run writes too, and takes it all back.
 */
export const importValues = async (prisma: PrismaClient, bytes: Buffer, given: ImportJob) => {
  const id = given.run ?? randomUUID();
  const delivery = { zh: `导入（${id}）`, en: `the import ${id}` };
  const job = { ...given, reporter: { delivery, ...given.reporter } };
  await begin(prisma, id, job);
  try {
    const { rows, errors } = await readTable(bytes, VALUE_COLUMNS);
    return await finish(prisma, id, await takeIn(prisma, id, rows, errors, job));
  } catch (error) {
    await fail(prisma, id, error, job.reporter.at);
    throw error;
  }
};

const begin = async (prisma: PrismaClient, id: string, { cycleId, dryRun, reporter, sourceId }: ImportJob) => {
  const startedAt = new Date(reporter.at);
  try {
    await prisma.valueImport.create({
      data: { id, cycleId, dryRun, state: 'running', startedBy: reporter.by, startedAt, sourceId: sourceId ?? null },
    });
  } catch (error) {
    throw isDuplicate(error) ? problem('import.taken') : error;
  }
};

const finish = (prisma: PrismaClient, id: string, { created, updated, rows }: Reported & { rows: number }) =>
  prisma.valueImport.update({
    where: { id },
    data: { state: 'done', created, updated, rows, done: rows, endedAt: new Date() },
  });

const fail = async (prisma: PrismaClient, id: string, error: unknown, at: string): Promise<void> => {
  const refused = error instanceof ProblemError;
  const errors = refused ? (error.errors ?? [{ id: error.id, message: error.title }]) : [{ message: String(error) }];
  await prisma.valueImport.update({
    where: { id },
    data: { state: refused ? 'refused' : 'failed', errors: errors as object[], endedAt: new Date(at) },
  });
};

const takeIn = async (
  prisma: PrismaClient,
  id: string,
  rows: readonly CsvRow[],
  formulas: readonly CsvError[],
  job: ImportJob,
): Promise<Reported & { rows: number }> => {
  await prisma.valueImport.update({ where: { id }, data: { rows: rows.length } });
  const checked = checkCells([...rows], cells);
  const bad = new Set(formulas.map(({ row, column }) => `${row} ${column}`));
  const errors = [...formulas, ...checked.errors.filter(({ row, column }) => !bad.has(`${row} ${column}`))];
  const wrongRows = new Set(errors.map(({ row }) => row));
  const good = rows.filter(({ row }) => !wrongRows.has(row));
  const byRow = new Map(
    rows
      .filter(({ row }) => !checked.errors.some((one) => one.row === row))
      .map(({ row }, i) => [row, checked.values[i]]),
  );
  const parsed = good.map(({ row }) => ({ row, ...byRow.get(row) }) as Parsed);
  let totals: Reported = { created: 0, updated: 0, unchanged: 0 };
  await prisma
    .$transaction(
      async (db) => {
        const sql = overPrisma(db);
        const { year } = await runningCycle(sql, job.cycleId);
        const orgs = await orgIds(sql, parsed);
        const touched = new Set<string>();
        const places: Place[] = [];
        const seen = new Map<string, number>();
        for (let from = 0; from < parsed.length; from += CHUNK) {
          const chunk = parsed.slice(from, from + CHUNK);
          const entries = chunk.map(
            ({ org, indicator, period, value, unit, reason }): Entry => ({
              orgId: orgs.get(org) ?? NOBODY,
              code: indicator,
              period,
              value,
              unit,
              reason,
            }),
          );
          const { errors: wrong, found } = await checkEntries(
            sql,
            { cycleId: job.cycleId, year },
            entries,
            job.reporter,
          );
          errors.push(
            ...wrong.map(({ index, at, id: problemId, message }) => ({
              row: chunk[index]?.row ?? 0,
              column: COLUMN_OF[at] ?? at,
              id: problemId,
              message,
            })),
          );
          errors.push(
            ...chunk.flatMap((one) => foreign(one, orgs, job.only)),
            ...chunk.flatMap((one) => repeatedRow(one, seen)),
          );
          if (errors.length === 0) {
            const { created, updated, unchanged } = await writeReported(sql, year, entries, found, job.reporter);
            places.push(...placesOf(entries, found));
            totals = {
              created: totals.created + created,
              updated: totals.updated + updated,
              unchanged: totals.unchanged + unchanged,
            };
          }
          for (const { org_id } of found.values()) touched.add(org_id);
          await prisma.valueImport.update({ where: { id }, data: { done: from + chunk.length } });
        }
        if (errors.length > 0)
          throw csvProblem(
            'csv.rows',
            errors.sort((a, b) => a.row - b.row),
          );
        const computed = await computeUnits(sql, job.cycleId, [...touched], job.reporter.at);
        if (job.dryRun) throw new TakeBack();
        await judgeValues(sql, job.cycleId, [...places, ...computed], job.reporter);
        await settle(sql, { import: id, ...totals });
      },
      { timeout: 120_000 },
    )
    .catch((error) => {
      if (!(error instanceof TakeBack)) throw error;
    });
  return { ...totals, rows: rows.length };
};

/** Ends the transaction of a dry run. */
class TakeBack extends Error {}

const NOBODY = '00000000-0000-0000-0000-000000000000';
const COLUMN_OF: Record<string, string> = { code: 'indicator' };

const orgIds = async (sql: Sql, parsed: readonly Parsed[]): Promise<Map<string, string>> => {
  const codes = [...new Set(parsed.map(({ org }) => org))];
  const rows = await sql.query<{ id: string; code: string }>(
    'SELECT id::text, code FROM org_units WHERE code = ANY($1::text[])',
    [codes],
  );
  return new Map(rows.map(({ id, code }) => [code, id]));
};

/** Units that there are not, or that are not the caller's. */
const foreign = (
  { row, org }: Parsed,
  orgs: ReadonlyMap<string, string>,
  only: readonly string[] | undefined,
): CsvError[] => {
  const id = orgs.get(org);
  if (id !== undefined && (!only || only.includes(id))) return [];
  const message =
    id === undefined
      ? { zh: `没有“${org}”`, en: `there is no "${org}"` }
      : { zh: '不能为此单位报送', en: 'you do not report for this unit' };
  return [{ row, column: 'org', id: id === undefined ? 'csv.cell.unknown' : 'csv.cell.foreign', message }];
};

const repeatedRow = ({ row, org, indicator, period }: Parsed, seen: Map<string, number>): CsvError[] => {
  const place = `${org} ${indicator} ${period}`;
  const earlier = seen.get(place);
  seen.set(place, earlier ?? row);
  if (earlier === undefined) return [];
  const message = { zh: `与第 ${earlier} 行重复`, en: `the same as in row ${earlier}` };
  return [{ row, column: 'period', id: 'csv.cell.repeated', message }];
};
