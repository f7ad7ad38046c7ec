import { transaction } from '../../db/transaction.ts';
import type { Core } from '../core.ts';
import { addJobs } from '../jobs.ts';
import type { Job } from '../types.ts';
import { type Planned, plan, withMeetings } from './plan.ts';
import { withScores } from './scored.ts';
import { announce, type Moving, write } from './write.ts';

/** Moves a case with its items in one transaction. Answers those that have gone where they cannot be moved meanwhile. */
export async function moveGroup(core: Core, group: readonly Planned[], moving: Moving): Promise<Planned[] | null> {
  const at = core.clock.now().toISOString();
  const root = group[0]?.row.id ?? '';
  return core.inOrder(root, async () => {
    const done = await transaction(core.pool, async (client) => {
      const going = await client.query(`SELECT FROM cycle_migrations WHERE id = $1 AND state = 'running' FOR SHARE`, [
        moving.id,
      ]);
      // Another node has ended it, or it was taken back.
      if (going.rowCount === 0) return { moved: [], unsafe: [], jobs: [] };
      const ids = group.map(({ row }) => row.id);
      // Items that have come since are moved as well.
      const kin = await client.query<{ id: string }>(
        `WITH RECURSIVE kin AS (SELECT id FROM cases WHERE id = ANY($1) UNION SELECT c.id FROM cases c JOIN kin ON c.parent_id = kin.id)
         SELECT id FROM kin`,
        [ids],
      );
      await client.query('SELECT FROM cases WHERE id = ANY($1) ORDER BY id FOR UPDATE', [ids]);
      const all = [...new Set([...ids, ...kin.rows.map(({ id }) => id)])];
      const planned = await plan(core, client, all, moving.to, moving.mapping, 'FOR UPDATE');
      const { cycleId, to } = moving;
      const met = await withMeetings(core, cycleId, planned, to, client);
      const checked = await withScores(client, cycleId, met, to);
      const unsafe = checked.filter((one) => one.unsafe.length > 0);
      if (unsafe.length > 0) return { moved: [], unsafe, jobs: [] };
      const jobs: Job[] = [];
      for (const one of checked) jobs.push(...(await write(core, client, one, moving, at)));
      if (!core.jobSink) await addJobs(client, jobs.splice(0), at);
      return { moved: checked, unsafe, jobs };
    });
    for (const { row } of done.moved)
      announce(core, moving.cycleId, row, row.revision + 1, at, moving.actor, 'migrate');
    for (const job of done.jobs) core.jobSink?.(job);
    return done.unsafe.length > 0 ? done.unsafe : null;
  });
}
