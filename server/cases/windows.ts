import { blockByKey } from '../../workflows/machine/track.ts';
import type { Text } from '../../workflows/text.ts';
import type { CaseState } from '../engine/index.ts';
import { fillMessage } from '../engine/message.ts';
import type { Database } from '../http/deps.ts';

export interface WindowNotice {
  block: string;
  name: Text;
  text: Text;
}

/** What the windows say that are open now: those of a case, and those of its cycle. */
export const openNotices = async (
  db: Database,
  { id, cycleId, definition, context }: Pick<CaseState, 'id' | 'cycleId' | 'definition' | 'context'>,
): Promise<WindowNotice[]> => {
  const where = { cycleId, kind: 'cycle', status: 'active', NOT: { id } };
  const cycle = cycleId === null ? null : await db.case.findFirst({ where, select: { blocks: true } });
  const keys = new Set([...Object.keys(context.live), ...(cycle?.blocks ?? [])]);
  return [...keys].flatMap((key): WindowNotice[] => {
    const block = blockByKey(definition.template, key);
    if (block?.type !== 'window' || !block.notice) return [];
    return [{ block: key, name: block.name, text: fillMessage(block.notice, context, context.live[key]?.item) }];
  });
};
