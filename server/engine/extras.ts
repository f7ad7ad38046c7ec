import type { JsonObject } from '../../workflows/json.ts';
import { childrenOf, type Origin } from './build.ts';
import { type LogicStep, uuidOf } from './logic.ts';
import type { StartCase } from './types.ts';
import type { Extra, Write } from './write.ts';

/** Statements that belong to a step's effects on other rows: a released meeting, item cases that are no longer wanted. */
export function effectExtras(origin: Origin, step: LogicStep, at: string): Extra[] {
  const left = new Set(origin.snapshot ? Object.keys(origin.snapshot.context.live ?? {}) : []);
  return step.effects.flatMap((effect): Extra[] => {
    const block = String(effect.params.block ?? '');
    if (effect.type === 'release' && origin.cycleId) {
      return [
        {
          text: 'INSERT INTO cycle_gates (cycle_id, block, passed_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
          values: [origin.cycleId, block, at],
        },
      ];
    }
    if (effect.type !== 'dropChildren' || !left.has(block)) return [];
    const event = JSON.stringify({ type: 'cancel', actor: 'system', reason: 'superseded' });
    const text = `INSERT INTO timers (case_id, scope, rung, due_at, event) SELECT id, 'drop', 0, $2, $3::json FROM cases
      WHERE parent_id = $1 AND status IN ('active', 'suspended') AND snapshot->'context'->'facts'->'parent'->>'block' = $4 ON CONFLICT DO NOTHING`;
    return [{ text, values: [origin.id, at, event, block] }];
  });
}

/** A task that nobody was found for is an incident, so that somebody sees the gap. */
export function vacancyExtras(write: Pick<Write, 'id' | 'at' | 'opened'>): Extra[] {
  const text = `INSERT INTO incidents (id, case_id, kind, at, cause, detail, state) VALUES ($1, $2, 'vacancy', $3, $4, $5, 'open')`;
  return write.opened
    .filter((task) => task.people.length === 0)
    .map(({ seat, block, round }) => ({
      text,
      values: [
        uuidOf(write.id, 'vacancy', seat),
        write.id,
        write.at,
        `nobody acts in "${block}"`,
        JSON.stringify({ event: { type: 'reseat', block, round } }),
      ],
    }));
}

/** What starts the item cases of a `together` repeat that this step enters. */
export function childStarts(origin: Origin, step: LogicStep): StartCase[] {
  const { definition } = origin.logic;
  if (!definition) return [];
  const orgId = step.snapshot.context.facts.participant?.id ?? null;
  return childrenOf(origin, step).map(({ id, title, block, input }) => ({
    id,
    kind: 'item',
    cycleId: origin.cycleId,
    orgId,
    parentId: origin.id,
    title,
    definition: { template: definition.template, track: { kind: 'item', block } } as unknown as JsonObject,
    input,
  }));
}
