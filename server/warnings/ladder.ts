import { Prisma } from '../../prisma/client/client.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Rung } from '../../workflows/template/when.ts';
import type { Me } from '../auth/me.ts';
import { allowed } from '../auth/sql.ts';
import type { Database } from '../http/deps.ts';
import { type PageQuery, readPage } from '../http/page.ts';

interface Row {
  case_id: string;
  title: string;
  org_id: string;
  org_name: string;
  block: string;
  rung: number;
  at: Date;
  open: boolean;
}

/** Supervision orders that the deadlines of the cases put on record: they are dealt with in the case, by its own tasks. */
export const readLadderOrders = async (
  db: Database,
  cycleId: string,
  template: CycleTemplate,
  query: PageQuery,
  me: Me,
) => {
  const event = Prisma.sql`e.body->'events'->0`;
  const page = await readPage<Row>(
    db,
    {
      columns: Prisma.sql`c.id AS case_id, c.title, o.id AS org_id, o.name AS org_name, ${event}->>'block' AS block, (${event}->>'rung')::int AS rung, e.at,
        (${event}->>'block') = ANY(c.blocks) AS open`,
      from: Prisma.sql`case_events e JOIN cases c ON c.id = e.case_id JOIN org_units o ON o.id = c.org_id`,
      where: [
        Prisma.sql`c.cycle_id = ${cycleId}::uuid`,
        Prisma.sql`e.type = 'timer'`,
        Prisma.sql`${event}->>'do' = 'supervise'`,
        allowed(me, 'read', 'Case'),
      ],
      sorts: { at: { by: Prisma.sql`e.at`, type: 'timestamptz' } },
      sort: '-at',
      id: Prisma.sql`(e.case_id::text || '/' || e.seq::text)`,
    },
    query,
  );
  return {
    ...page,
    items: page.items.map((row) => {
      const block = blockByKey(template, row.block);
      const rungs: readonly Rung[] = block && 'escalate' in block ? (block.escalate ?? []) : [];
      const colour = rungs[row.rung]?.colour;
      return {
        case: { id: row.case_id, name: row.title },
        org: { id: row.org_id, name: row.org_name },
        block: { key: row.block, name: block?.name ?? { zh: row.block, en: row.block } },
        ...(colour && { colour }),
        at: row.at.toISOString(),
        open: row.open,
      };
    }),
  };
};
