import { Prisma } from '../../prisma/client/client.ts';
import { stopsOf } from '../../workflows/machine/track.ts';
import { blocksOf, type CycleTemplate, PHASES } from '../../workflows/template/schema.ts';
import { phaseName } from '../cases/names.ts';
import type { Database } from '../http/deps.ts';
import { readCycleTemplate } from './read.ts';
import type { Dashboard } from './schema.ts';
import { readWaiting } from './waiting.ts';

/** Where a cycle stands: cases by phase and block, what is overdue, who waits at which meeting. */
export const readDashboard = async (db: Database, cycleId: string, now: Date, today: string): Promise<Dashboard> => {
  const template = await readCycleTemplate(db, cycleId);
  const [phases, blocks, overdue, byOrg, gates, waiting] = await Promise.all([
    db.$queryRaw<{ phase: string; cases: number }[]>(Prisma.sql`
      SELECT phase, count(*)::int AS cases FROM cases
      WHERE cycle_id = ${cycleId}::uuid AND kind = 'participant' AND status IN ('active', 'suspended') AND phase IS NOT NULL GROUP BY phase`),
    db.$queryRaw<{ block: string; cases: number }[]>(Prisma.sql`
      SELECT block, count(*)::int AS cases FROM cases, unnest(blocks) AS block
      WHERE cycle_id = ${cycleId}::uuid AND status IN ('active', 'suspended') GROUP BY block`),
    db.$queryRaw<{ block: string; open: number; overdue: number }[]>(Prisma.sql`
      SELECT t.block, count(*)::int AS open, count(*) FILTER (WHERE t.due_at < ${now})::int AS overdue
      FROM tasks t JOIN cases c ON c.id = t.case_id WHERE c.cycle_id = ${cycleId}::uuid AND t.state = 'open' GROUP BY t.block`),
    db.$queryRaw<{ id: string; name: string; overdue: number }[]>(Prisma.sql`
      SELECT o.id, o.name, count(*)::int AS overdue
      FROM tasks t JOIN cases c ON c.id = t.case_id JOIN org_units o ON o.id = c.org_id
      WHERE c.cycle_id = ${cycleId}::uuid AND t.state = 'open' AND t.due_at < ${now} GROUP BY o.id ORDER BY overdue DESC, o.code LIMIT 50`),
    db.cycleGate.findMany({ where: { cycleId } }),
    db.$queryRaw<{ block: string; waiting: number; expected: number }[]>(Prisma.sql`
      SELECT w.block, count(*)::int AS waiting, 0 AS expected FROM cases, unnest(waits) AS w(block)
      WHERE cycle_id = ${cycleId}::uuid AND kind = 'participant' GROUP BY w.block
      UNION ALL SELECT NULL, 0, count(*)::int FROM cases
      WHERE cycle_id = ${cycleId}::uuid AND kind = 'participant' AND status IN ('active', 'suspended')`),
  ]);
  const sum = (key: 'open' | 'overdue') => overdue.reduce((all, row) => all + row[key], 0);
  const late = new Map(overdue.map((row) => [row.block, row.overdue]));
  const expected = waiting.find(({ block }) => block === null)?.expected ?? 0;
  const arrived = new Map(waiting.map((row) => [row.block, row.waiting]));
  const passed = new Map(gates.map(({ block, passedAt }) => [block, passedAt]));
  return {
    phases: PHASES.map((phase) => ({
      phase,
      name: phaseName(template, phase),
      cases: phases.find((row) => row.phase === phase)?.cases ?? 0,
    })),
    blocks: [...blocksOf(template)].flatMap(({ phase, block: { key, name } }) => {
      const cases = blocks.find((row) => row.block === key)?.cases ?? 0;
      return cases > 0 ? [{ block: key, name, phase, cases, overdue: late.get(key) ?? 0 }] : [];
    }),
    overdueByOrg: byOrg.map(({ id, name, overdue: count }) => ({ org: { id, name }, overdue: count })),
    openTasks: sum('open'),
    overdueTasks: sum('overdue'),
    gates: meetingsOf(template).map(({ block, name }) => {
      const passedAt = passed.get(block);
      return {
        block,
        name,
        ...(passedAt && { passedAt: passedAt.toISOString() }),
        waiting: arrived.get(block) ?? 0,
        expected,
      };
    }),
    waiting: await readWaiting(db, cycleId, now, today),
  };
};

/** Where all participants wait for the cycle, in order. */
const meetingsOf = (template: CycleTemplate) =>
  PHASES.flatMap((phase) =>
    stopsOf(template, phase, 'participant').flatMap((stop) =>
      stop.type === 'await' && stop.blocks[0] ? [{ block: stop.key, name: stop.blocks[0].name }] : [],
    ),
  );
