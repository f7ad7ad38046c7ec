import type pg from 'pg';
import { type Report, writeReport } from '../../workflows/report/report.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Me } from '../auth/me.ts';
import { seesAll } from '../auth/policy.ts';
import { overPg } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { readIndicators } from './figures.ts';
import { readMonths, readProgress, readRectified, readWarnings, type When } from './follow.ts';
import { readFinal } from './results.ts';
import { type Asked, type Scope, scopeOf } from './scope.ts';

export interface Reader extends When {
  db: Database;
  pool: pg.Pool;
  /** Who reads it: offices all, others their own house and what it monitors. Null: a template's form, which shows what it names. */
  me: Me | null;
}

/** The report of a cycle, of what the reader may see of it, as things stand. */
export async function readReport(
  reader: Reader,
  { cycleId, template }: { cycleId: string; template: CycleTemplate },
  asked: Asked,
): Promise<{ scope: Scope; report: Report }> {
  const { db, pool, me, today } = reader;
  const sees = me === null || seesAll(me) ? null : me.sees;
  const scope = await scopeOf(overPg(pool), { cycleId, template, sees, asked });
  const [progress, indicators, results, warnings, rectified, burden] = await Promise.all([
    readProgress(db, scope, reader),
    readIndicators(overPg(pool), scope),
    readFinal(reader, scope),
    readWarnings(db, scope, reader),
    readRectified(db, scope, reader),
    readMonths(db, scope),
  ]);
  const { cycle, period, category, unit, categories, units } = scope;
  const groups = Object.entries(template.indicators?.groups ?? {}).map(([key, { name }]) => ({ key, name }));
  const report = writeReport({
    cycle,
    today,
    period,
    category,
    unit,
    categories,
    units,
    groups,
    progress,
    indicators,
    lit: template.lights !== undefined,
    results,
    warnings,
    ...rectified,
    burden,
  });
  return { scope, report };
}
