import type { CaseEvent } from '../../workflows/machine/context.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import { automaticEntry } from '../adjustments/automatic.ts';
import type { Origin } from './build.ts';
import { uuidOf } from './logic.ts';
import type { Extra } from './write.ts';

/** A rung that deducts enters the proposal in the ledger, in the transaction in which it fires. */
export function ledgerExtras(origin: Origin, event: CaseEvent | null, at: string): Extra[] {
  if (event?.type !== 'timer' || event.do !== 'deduct' || !origin.cycleId || !origin.snapshot) return [];
  const template = origin.logic.definition?.template;
  const orgId = origin.snapshot.context.facts.participant?.id;
  const block = template && blockByKey(template, event.block);
  if (!template || !block || orgId === undefined) return [];
  const rung = 'escalate' in block ? block.escalate?.[event.rung] : undefined;
  if (rung?.points === undefined) return [];
  const key = `${origin.id}/${event.block}/${event.round}/${event.rung}`;
  return [
    automaticEntry(template, {
      id: uuidOf(key, 'adjustment'),
      changeId: uuidOf(key, 'adjustment', 'proposed'),
      cycleId: origin.cycleId,
      orgId,
      cause: 'ladder',
      kind: 'deduction',
      points: rung.points,
      reason: `逾期未办：${block.name.zh}`,
      source: { kind: 'ladder', caseId: origin.id, block: event.block, round: event.round, rung: event.rung },
      key,
      at,
    }),
  ];
}
