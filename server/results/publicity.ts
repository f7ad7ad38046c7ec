import { Prisma } from '../../prisma/client/client.ts';
import type { CaseContext } from '../../workflows/machine/context.ts';
import { blockByKey, stopsOf } from '../../workflows/machine/track.ts';
import { type CycleTemplate, PHASES, walkBlocks } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import { fillMessage } from '../engine/message.ts';
import type { Database } from '../http/deps.ts';

/** 公示: the windows of a template's meetings, and the meetings that have one, by the key that participants wait under. */
export function windowsOf(template: CycleTemplate): { windows: string[]; meetings: string[] } {
  const stops = PHASES.flatMap((phase) => stopsOf(template, phase, 'participant'));
  const found = stops.flatMap((stop) => {
    if (stop.type !== 'await') return [];
    const windows = [...walkBlocks(stop.blocks)].flatMap(({ key, type }) => (type === 'window' ? [key] : []));
    return windows.length > 0 ? [{ meeting: stop.key, windows }] : [];
  });
  return { windows: found.flatMap(({ windows }) => windows), meetings: found.map(({ meeting }) => meeting) };
}

/** Whether the results of a cycle are or were public, as a condition on `cases c`: its window is open, or its meeting is over. */
export const publicised = (template: CycleTemplate): Prisma.Sql => {
  const { windows, meetings } = windowsOf(template);
  if (windows.length === 0) return Prisma.sql`FALSE`;
  return Prisma.sql`(EXISTS (SELECT FROM cases own WHERE own.cycle_id = c.cycle_id AND own.kind = 'cycle' AND own.blocks && ${windows}::text[])
    OR EXISTS (SELECT FROM cycle_gates g WHERE g.cycle_id = c.cycle_id AND g.block = ANY(${meetings}::text[])))`;
};

/** What the windows of a cycle say that are open, or over; those of its meetings. */
export const publicNotices = async (
  db: Database,
  cycleId: string,
  template: CycleTemplate,
): Promise<{ block: string; name: Text; text: Text; open: boolean }[]> => {
  const [own] = await db.$queryRaw<{ blocks: string[]; context: CaseContext }[]>(
    Prisma.sql`SELECT blocks, snapshot->'context' AS context FROM cases WHERE cycle_id = ${cycleId}::uuid AND kind = 'cycle'`,
  );
  if (!own) return [];
  return windowsOf(template).windows.flatMap((key) => {
    const block = blockByKey(template, key);
    const open = own.blocks.includes(key);
    if (block?.type !== 'window' || !block.notice || !(open || own.context.rounds[key])) return [];
    return [{ block: key, name: block.name, text: fillMessage(block.notice, own.context, undefined), open }];
  });
};
