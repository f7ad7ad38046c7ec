import type pg from 'pg';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { blockIndex } from '../../workflows/machine/track.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';

/** How long one block took its people. */
export interface BlockReport {
  block: string;
  name: Text;
  tasks: number;
  late: number;
  medianDays: number;
  p90Days: number;
}

export interface CycleReport {
  cases: number;
  closed: number;
  ranked: number;
  tasks: number;
  late: number;
  returned: number;
  rejected: number;
  transferred: number;
  /** Deadline timers that fired, by what they did. */
  fired: Record<string, number>;
  timersFired: number;
  /** Of these, the ones that went beyond a reminder of those who hold the task. */
  escalations: number;
  incidents: number;
  blocks: BlockReport[];
  lateByOrg: { org: string; late: number; tasks: number }[];
  ranking: Record<string, { rank: number; score: string; org: string }[]>;
}

const ESCALATIONS = new Set(['head', 'superior', 'office', 'supervise', 'deduct', 'transfer', 'pass', 'return']);

/** Reads off the record how a cycle went. */
export async function reportOf(
  pool: pg.Pool,
  { template, cycleId, calendar }: { template: CycleTemplate; cycleId: string; calendar: Calendar },
): Promise<CycleReport> {
  const [cases, acts, fired, incidents, tasks, ranking] = await Promise.all([
    one<{ cases: number; closed: number }>(
      pool,
      `SELECT count(*)::int AS cases, count(*) FILTER (WHERE status = 'done')::int AS closed FROM cases WHERE cycle_id = $1 AND kind = 'participant'`,
      cycleId,
    ),
    counts(
      pool,
      `SELECT e.body->'events'->0->>'action' AS key, count(*)::int AS n FROM case_events e JOIN cases c ON c.id = e.case_id
       WHERE c.cycle_id = $1 AND e.type = 'act' GROUP BY 1 ORDER BY 1`,
      cycleId,
    ),
    counts(
      pool,
      `SELECT e.body->'events'->0->>'do' AS key, count(*)::int AS n FROM case_events e JOIN cases c ON c.id = e.case_id
       WHERE c.cycle_id = $1 AND e.type = 'timer' GROUP BY 1 ORDER BY 1`,
      cycleId,
    ),
    one<{ n: number }>(
      pool,
      `SELECT count(*)::int AS n FROM incidents WHERE state = 'open' AND $1::uuid IS NOT NULL`,
      cycleId,
    ),
    readTasks(pool, cycleId),
    readRanking(pool, cycleId, template),
  ]);
  const late = tasks.filter(isLate).length;
  const sum = (entries: [string, number][]) => entries.reduce((all, [, n]) => all + n, 0);
  const firings = Object.entries(fired);
  return {
    ...cases,
    ranked: Object.values(ranking).reduce((all, list) => all + list.length, 0),
    tasks: tasks.length,
    late,
    returned: acts.return ?? 0,
    rejected: acts.reject ?? 0,
    transferred: acts.transfer ?? 0,
    fired,
    timersFired: sum(firings),
    escalations: sum(firings.filter(([what]) => ESCALATIONS.has(what))),
    incidents: incidents.n,
    blocks: blockReports(tasks, template, calendar),
    lateByOrg: lateByOrg(tasks),
    ranking,
  };
}

interface DoneTask {
  block: string;
  org: string | null;
  opened: Date;
  closed: Date;
  due: Date | null;
}

const isLate = ({ due, closed }: DoneTask) => due !== null && closed > due;

async function readTasks(pool: pg.Pool, cycleId: string): Promise<DoneTask[]> {
  const { rows } = await pool.query<DoneTask>(
    `SELECT t.block, o.name AS org, t.opened_at AS opened, t.closed_at AS closed, t.due_at AS due
     FROM tasks t JOIN cases c ON c.id = t.case_id LEFT JOIN org_units o ON o.id = c.org_id
     WHERE c.cycle_id = $1 AND t.state = 'done'`,
    [cycleId],
  );
  return rows;
}

function blockReports(tasks: readonly DoneTask[], template: CycleTemplate, calendar: Calendar): BlockReport[] {
  const index = blockIndex(template);
  return [...blocksOf(template)].flatMap(({ block }) => {
    const done = tasks.filter((task) => task.block === block.key);
    if (done.length === 0) return [];
    const day = (at: Date) => calendar.dayOf(at.toISOString());
    const days = done
      .map(({ opened, closed }) => calendar.workingDaysBetween(day(opened), day(closed)))
      .sort((a, b) => a - b);
    return [
      {
        block: block.key,
        name: index.get(block.key)?.block.name ?? block.name,
        tasks: done.length,
        late: done.filter(isLate).length,
        medianDays: quantile(days, 0.5),
        p90Days: quantile(days, 0.9),
      },
    ];
  });
}

/** The smallest value that is at least as large as that share of them. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;

function lateByOrg(tasks: readonly DoneTask[]): CycleReport['lateByOrg'] {
  const byOrg = new Map<string, { org: string; late: number; tasks: number }>();
  for (const task of tasks) {
    if (task.org === null) continue;
    const row = byOrg.get(task.org) ?? { org: task.org, late: 0, tasks: 0 };
    row.tasks += 1;
    if (isLate(task)) row.late += 1;
    byOrg.set(task.org, row);
  }
  return [...byOrg.values()]
    .filter(({ late }) => late > 0)
    .sort((a, b) => b.late - a.late || (a.org < b.org ? -1 : 1))
    .slice(0, 10);
}

/** The result of the last block of the template that ranks, by category. */
async function readRanking(pool: pg.Pool, cycleId: string, template: CycleTemplate): Promise<CycleReport['ranking']> {
  const { rows } = await pool.query<{ block: string; category: string; rank: number; score: string; org: string }>(
    `SELECT r.block, r.category, r.rank, trim_scale(r.score)::text AS score, o.name AS org FROM results r JOIN org_units o ON o.id = r.org_id
     WHERE r.cycle_id = $1 AND r.rank IS NOT NULL ORDER BY r.category, r.rank, o.code`,
    [cycleId],
  );
  const ranks = [...blocksOf(template)]
    .map(({ block }) => block.key)
    .filter((key) => rows.some((row) => row.block === key));
  const ranking: CycleReport['ranking'] = {};
  for (const { block, category, rank, score, org } of rows) {
    if (block !== ranks.at(-1)) continue;
    ranking[category] = [...(ranking[category] ?? []), { rank, score, org }];
  }
  return ranking;
}

async function one<Row extends pg.QueryResultRow>(pool: pg.Pool, sql: string, cycleId: string): Promise<Row> {
  const { rows } = await pool.query<Row>(sql, [cycleId]);
  return rows[0] as Row;
}

async function counts(pool: pg.Pool, sql: string, cycleId: string): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ key: string; n: number }>(sql, [cycleId]);
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]));
}
