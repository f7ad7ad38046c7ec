import { Prisma } from '../../prisma/client/client.ts';
import { blocksOf } from '../../workflows/template/schema.ts';
import { readCycleTemplate } from '../cycles/read.ts';
import type { Database } from '../http/deps.ts';
import type { Handling } from './schema.ts';

interface Row {
  key: string;
  name: string;
  done: number;
  late: number;
  returned: number;
  median: number | null;
  p90: number | null;
  open: number;
  overdue: number;
}

/** Only what somebody decided counts as handled: a task that another one's decision closed took nobody's time. */
const counts = (now: Date): Prisma.Sql => Prisma.sql`
  count(*) FILTER (WHERE t.state = 'done')::int AS done,
  count(*) FILTER (WHERE t.state = 'done' AND t.closed_at > t.due_at)::int AS late,
  count(*) FILTER (WHERE t.state = 'done' AND t.outcome = 'return')::int AS returned,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM t.closed_at - t.opened_at)) FILTER (WHERE t.state = 'done') AS median,
  percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM t.closed_at - t.opened_at)) FILTER (WHERE t.state = 'done') AS p90,
  count(*) FILTER (WHERE t.state = 'open')::int AS open,
  count(*) FILTER (WHERE t.state = 'open' AND t.due_at < ${now})::int AS overdue`;

/** How long the steps of a cycle take, by block and by the unit of those who handle them: where the work is held up. */
export const readHandling = async (db: Database, cycleId: string, now: Date): Promise<Handling> => {
  const template = await readCycleTemplate(db, cycleId);
  const ofCycle = Prisma.sql`JOIN cases c ON c.id = t.case_id WHERE c.cycle_id = ${cycleId}::uuid`;
  const blocks = await db.$queryRaw<Row[]>(
    Prisma.sql`SELECT t.block AS key, ${counts(now)} FROM tasks t ${ofCycle} GROUP BY t.block`,
  );
  const offices = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT o.id AS key, o.name, ${counts(now)} FROM (
      SELECT t.*, p.org_id AS handler FROM tasks t JOIN people p ON p.id = t.closed_by ${ofCycle} AND t.state = 'done'
      UNION ALL
      SELECT t.*, h.org_id FROM tasks t
        JOIN LATERAL (SELECT DISTINCT p.org_id FROM task_candidates k JOIN people p ON p.id = k.person_id
                      WHERE k.case_id = t.case_id AND k.seat = t.seat) h ON true ${ofCycle} AND t.state = 'open'
    ) t JOIN org_units o ON o.id = t.handler GROUP BY o.id`);
  const found = new Map(blocks.map((row) => [row.key, row]));
  return {
    blocks: [...blocksOf(template)].flatMap(({ phase, block: { key, name } }) => {
      const row = found.get(key);
      return row ? [{ block: key, name, phase, returned: row.returned, ...handled(row) }] : [];
    }),
    offices: offices
      .map((row) => ({ org: { id: row.key, name: row.name }, ...handled(row) }))
      .sort(
        (a, b) =>
          b.overdue - a.overdue || (b.p90Hours ?? 0) - (a.p90Hours ?? 0) || a.org.name.localeCompare(b.org.name),
      ),
  };
};

const handled = ({ done, late, median, p90, open, overdue }: Row) => ({
  done,
  late,
  medianHours: hours(median),
  p90Hours: hours(p90),
  open,
  overdue,
});

const hours = (seconds: number | null): number | null => (seconds === null ? null : Math.round(seconds / 360) / 10);
