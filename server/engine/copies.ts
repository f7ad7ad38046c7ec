import type { CaseEvent } from '../../workflows/machine/context.ts';
import type { Directory } from '../../workflows/machine/step.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import type { Origin } from './build.ts';
import type { LogicStep } from './logic.ts';
import { uuidOf } from './logic.ts';
import type { Extra } from './write.ts';

/** 抄送: a decision that a step sends to somebody. */
export interface Copy {
  block: string;
  /** The task that was decided; null where the block was decided without one. */
  seat: number | null;
  person: string;
  by: string | null;
}

/**
 * Whom a step sends its decision to: those whom the actor named, and those whom the template names once its block is decided.
 * The directory's answer is part of the record, so a replay asks nobody.
 */
export function copiesOf(directory: Directory, origin: Origin, step: LogicStep, event: CaseEvent | null): Copy[] {
  const { definition } = origin.logic;
  if (!definition) return [];
  const act = event?.type === 'act' ? event : null;
  const by = act?.actor ?? null;
  const copies: Copy[] = [];
  const add = (block: string, seat: number | null, people: readonly string[]) => {
    for (const person of people)
      if (person !== by && !copies.some((one) => one.block === block && one.person === person))
        copies.push({ block, seat, person, by });
  };
  const { context } = step.snapshot;
  const before = origin.snapshot?.context;
  const seatsOf = (key: string) => before?.live[key]?.seats ?? [];
  const decides = (key: string) => act !== null && seatsOf(key).some(({ n }) => n === act.seat);
  if (act?.cc) {
    const key = Object.keys(before?.live ?? {}).find(decides);
    if (key !== undefined) add(key, act.seat, act.cc);
  }
  if (before?.done === context.done) return copies;
  for (const [key, { round }] of Object.entries(context.done)) {
    if (before?.done[key]?.round === round) continue;
    const block = blockByKey(definition.template, key);
    if ((block?.type !== 'task' && block?.type !== 'approval') || !block.cc) continue;
    const seat = decides(key)
      ? (act?.seat ?? null)
      : (seatsOf(key).findLast(({ state }) => state === 'open')?.n ?? null);
    const item = before?.live[key]?.item ?? context.facts.item;
    add(key, seat, directory({ who: block.cc, context, item }).flat());
  }
  return copies;
}

/** What keeps the copies of a step. */
export function copyExtras(caseId: string, revision: number, copies: readonly Copy[], at: string): Extra[] {
  if (copies.length === 0) return [];
  const text = `INSERT INTO copies (id, case_id, seat, block, person_id, sent_by, at)
    SELECT k.id, $1::uuid, k.seat, k.block, k.person, k.sent_by, $2::timestamptz
    FROM unnest($3::uuid[], $4::int[], $5::text[], $6::uuid[], $7::uuid[]) AS k(id, seat, block, person, sent_by)`;
  const ids = copies.map(({ block, person }) => uuidOf(caseId, revision, 'copy', block, person));
  return [
    {
      text,
      values: [
        caseId,
        at,
        ids,
        copies.map(({ seat }) => seat),
        copies.map(({ block }) => block),
        copies.map(({ person }) => person),
        copies.map(({ by }) => by),
      ],
    },
  ];
}
