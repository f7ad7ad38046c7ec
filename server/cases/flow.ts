import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import type { CaseContext } from '../../workflows/machine/context.ts';
import { flowOf, type OtherCases } from '../../workflows/machine/flow.ts';
import type { CaseState, Engine } from '../engine/index.ts';
import type { Database } from '../http/deps.ts';
import type { flowSchema } from './schema.ts';

interface OpenTask {
  block: string;
  due_at: Date | null;
  who: string[] | null;
}

/** The picture of a case, with who holds what is current and until when. */
export const readFlow = async (db: Database, engine: Engine, state: CaseState): Promise<z.infer<typeof flowSchema>> => {
  const { template, track } = state.definition;
  const own = state.cycleId && state.kind === 'participant' ? await cycleCase(db, state.cycleId) : undefined;
  const others: OtherCases = {
    cycle: own === undefined ? undefined : (await engine.read(own)).context,
    items: await itemContexts(db, state),
  };
  const tasks = await openTasks(db, [state.id, ...(own ? [own] : [])]);
  const flow = flowOf(template, track, state.context, others);
  return {
    ...flow,
    nodes: flow.nodes.map((node) => {
      const open = node.state === 'current' ? tasks.filter(({ block }) => block === node.key) : [];
      const due = open.flatMap(({ due_at: at }) => (at ? [at.toISOString()] : [])).sort()[0];
      const who = [...new Set(open.flatMap((task) => task.who ?? []))];
      return { ...node, ...(due && { dueAt: due }), ...(who.length > 0 && { who }) };
    }),
  };
};

const cycleCase = async (db: Database, cycleId: string): Promise<string | undefined> => {
  const found = await db.case.findFirst({ where: { cycleId, kind: 'cycle' }, select: { id: true } });
  return found?.id;
};

const openTasks = (db: Database, ids: string[]): Promise<OpenTask[]> =>
  db.$queryRaw<OpenTask[]>(Prisma.sql`
    SELECT t.block, t.due_at, (
      SELECT array_agg(p.name ORDER BY p.username) FROM task_candidates m JOIN people p ON p.id = m.person_id
      WHERE m.case_id = t.case_id AND m.seat = t.seat) AS who
    FROM tasks t WHERE t.case_id = ANY(${ids}::uuid[]) AND t.state = 'open' ORDER BY t.seat`);

/** Where the items of each `together` repeat stand, in its latest round. */
const itemContexts = async (db: Database, { id, context }: CaseState): Promise<Record<string, CaseContext[]>> => {
  const rows = await db.$queryRaw<{ context: CaseContext }[]>(Prisma.sql`
    SELECT snapshot->'context' AS context FROM cases WHERE parent_id = ${id}::uuid AND kind = 'item' ORDER BY started_at, id`);
  const items: Record<string, CaseContext[]> = {};
  for (const { context: item } of rows) {
    const parent = item.facts.parent;
    if (parent && parent.round === context.rounds[parent.block])
      items[parent.block] = [...(items[parent.block] ?? []), item];
  }
  return items;
};
