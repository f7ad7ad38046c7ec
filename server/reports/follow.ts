import { Prisma } from '../../prisma/client/client.ts';
import type { ReportData } from '../../workflows/report/data.ts';
import { PHASES } from '../../workflows/template/schema.ts';
import { readBurden } from '../burden/read.ts';
import { phaseName } from '../cases/names.ts';
import type { Database } from '../http/deps.ts';
import { itemOverdue, itemsFrom } from '../rectification/read.ts';
import { counted, FINDING_SOURCES, FINDING_STATES, FLAG_STATES, WARNING_KINDS, WARNING_STATES } from './names.ts';
import type { Scope } from './scope.ts';

/** For when a report is written. */
export interface When {
  now: Date;
  today: string;
}

const idsOf = ({ units }: Scope) => Prisma.sql`ANY(${units.map(({ id }) => id)}::uuid[])`;
/** Before the end of the period. */
const before = ({ until }: Scope, column: Prisma.Sql) =>
  Prisma.sql`${column} < (${until}::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'`;

/** Where the units stand today. */
export async function readProgress(db: Database, scope: Scope, { now }: When): Promise<ReportData['progress']> {
  const ids = idsOf(scope);
  const [cases, [tasks]] = await Promise.all([
    db.$queryRaw<{ status: string; phase: string | null; n: number }[]>(Prisma.sql`
      SELECT status, phase, count(*)::int AS n FROM cases
      WHERE cycle_id = ${scope.cycleId}::uuid AND kind = 'participant' AND org_id = ${ids} GROUP BY status, phase`),
    db.$queryRaw<{ open: number; overdue: number; units: number }[]>(Prisma.sql`
      SELECT count(*)::int AS open, count(*) FILTER (WHERE t.due_at < ${now})::int AS overdue,
        count(DISTINCT c.org_id) FILTER (WHERE t.due_at < ${now})::int AS units
      FROM tasks t JOIN cases c ON c.id = t.case_id WHERE c.cycle_id = ${scope.cycleId}::uuid AND c.org_id = ${ids} AND t.state = 'open'`),
  ]);
  const count = (of: (row: (typeof cases)[number]) => boolean) => cases.filter(of).reduce((sum, { n }) => sum + n, 0);
  const runs = ({ status }: (typeof cases)[number]) => status === 'active' || status === 'suspended';
  return {
    phases: PHASES.map((phase) => ({
      name: phaseName(scope.template, phase),
      units: count((row) => runs(row) && row.phase === phase),
    })),
    done: count(({ status }) => status === 'done'),
    cancelled: count(({ status }) => status === 'cancelled'),
    open: tasks?.open ?? 0,
    overdue: tasks?.overdue ?? 0,
    overdueUnits: tasks?.units ?? 0,
  };
}

/** What lights and the office gave rise to; null where the template knows of no such thing. */
export async function readWarnings(db: Database, scope: Scope, { now }: When): Promise<ReportData['warnings']> {
  if (!scope.template.warnings && !scope.template.lights) return null;
  const ids = idsOf(scope);
  const [rows, flags] = await Promise.all([
    db.$queryRaw<{ kind: string; state: string; n: number; overdue: number }[]>(Prisma.sql`
      SELECT kind, state, count(*)::int AS n, count(*) FILTER (WHERE state IN ('open', 'returned') AND due_at < ${now})::int AS overdue
      FROM warnings WHERE cycle_id = ${scope.cycleId}::uuid AND org_id = ${ids} AND ${before(scope, Prisma.sql`opened_at`)} GROUP BY kind, state`),
    db.$queryRaw<{ kind: string; state: string; n: number }[]>(Prisma.sql`
      SELECT 'flag' AS kind, state, count(*)::int AS n FROM abnormal_flags
      WHERE cycle_id = ${scope.cycleId}::uuid AND org_id = ${ids} AND ${before(scope, Prisma.sql`at`)} GROUP BY state`),
  ]);
  const name = { zh: '异常数值', en: 'suspicious values' };
  const [flagged] = counted(flags, { flag: name }, FLAG_STATES);
  return {
    kinds: counted(rows, WARNING_KINDS, WARNING_STATES),
    overdue: rows.reduce((sum, row) => sum + row.overdue, 0),
    flags: flagged ?? { name, states: [] },
  };
}

/** What was found, and what has been put right. */
export async function readRectified(
  db: Database,
  scope: Scope,
  { now, today }: When,
): Promise<Pick<ReportData, 'findings' | 'rectification'>> {
  const ids = idsOf(scope);
  const [found, [items]] = await Promise.all([
    db.$queryRaw<{ kind: string; state: string; n: number }[]>(Prisma.sql`
      SELECT source AS kind, state, count(*)::int AS n FROM findings
      WHERE cycle_id = ${scope.cycleId}::uuid AND org_id = ${ids} AND ${before(scope, Prisma.sql`found_at`)} GROUP BY source, state`),
    db.$queryRaw<ReportData['rectification'][]>(Prisma.sql`
      SELECT count(*)::int AS total, count(*) FILTER (WHERE r.state = 'open')::int AS open, count(*) FILTER (WHERE r.state = 'closed')::int AS closed,
        count(*) FILTER (WHERE r.state = 'carried')::int AS carried, count(*) FILTER (WHERE ${itemOverdue(today, now)})::int AS overdue
      FROM ${itemsFrom} WHERE r.cycle_id = ${scope.cycleId}::uuid AND r.org_id = ${ids} AND ${before(scope, Prisma.sql`r.opened_at`)}`),
  ]);
  const total = found.reduce((sum, { n }) => sum + n, 0);
  const closed = found.filter(({ state }) => state === 'closed').reduce((sum, { n }) => sum + n, 0);
  return {
    findings: { sources: counted(found, FINDING_SOURCES, FINDING_STATES), total, closed, open: total - closed },
    rectification: items ?? { total: 0, open: 0, closed: 0, carried: 0, overdue: 0 },
  };
}

/** What the cycle asked of the units month by month. */
export async function readMonths(db: Database, scope: Scope): Promise<ReportData['burden']> {
  const { items } = await readBurden(
    db,
    scope.cycleId,
    scope.units.map(({ id }) => id),
  );
  const until = scope.until.slice(0, 7);
  const months = [...new Set(items.map(({ month }) => month))].sort();
  return months
    .filter((month) => scope.period === null || month <= until)
    .map((month) => {
      const inside = items.filter((item) => item.month === month);
      const sum = (of: (item: (typeof items)[number]) => number) => inside.reduce((n, item) => n + of(item), 0);
      return {
        month,
        forms: sum(({ forms }) => forms),
        fields: sum(({ fields }) => fields),
        uploads: sum(({ uploads }) => uploads),
        // Each is a whole number of tenths.
        minutes: String(Math.round(sum(({ minutes }) => minutes) * 10) / 10),
      };
    });
}
