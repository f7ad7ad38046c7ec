import type { JsonObject } from '../../workflows/json.ts';
import type { ActEvent, CaseContext, CaseEvent } from '../../workflows/machine/context.ts';
import type { Definition } from '../../workflows/machine/definition.ts';
import type { Effect, Snapshot } from '../../workflows/machine/run.ts';
import { startCase, stepCase } from '../../workflows/machine/step.ts';
import type { Track } from '../../workflows/machine/track.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { directory } from './play.ts';

export const PERIOD = { year: 2026, start: '2026-01-01', end: '2026-12-31' };

/** One case in memory, for tests that walk it step by step. */
export function walk(
  template: CycleTemplate,
  {
    track = { kind: 'participant' },
    data = {},
    facts = {},
  }: { track?: Track; data?: JsonObject; facts?: Partial<CaseContext['facts']> } = {},
) {
  const definition: Definition = { template, track };
  const kind = track.kind === 'cycle' ? 'cycle' : track.kind === 'item' ? 'item' : 'participant';
  const input = {
    facts: {
      kind,
      period: PERIOD,
      ...(kind !== 'cycle' && { participant: { id: 'u', name: 'Unit' } }),
      sections: [
        { key: 's1', name: 'Section 1' },
        { key: 's2', name: 'Section 2' },
      ],
      ...facts,
    } as CaseContext['facts'],
    data,
  };
  let { snapshot, effects } = startCase(definition, input, directory) as {
    snapshot: Snapshot<CaseContext>;
    effects: Effect[];
  };
  const case_ = {
    definition,
    get snapshot() {
      return snapshot;
    },
    get context() {
      return snapshot.context;
    },
    /** What the last step asked of the shell: `notify n`. */
    get effects() {
      return effects.map(({ type, params }) => `${type} ${params.block ?? ''}`.trim());
    },
    /** The notices of the last step, with the context at their moment. */
    get said() {
      return effects.flatMap(({ type, context }) => (type === 'notify' ? [{ context: context as CaseContext }] : []));
    },
    get live() {
      return Object.keys(snapshot.context.live);
    },
    get done() {
      return snapshot.status === 'done' ? snapshot.context.outcome : undefined;
    },
    send(event: CaseEvent) {
      ({ snapshot, effects } = stepCase(definition, snapshot, event, directory));
      return case_;
    },
    /** Acts on an open seat of a block, the first one if no person is named. */
    act(block: string, action: ActEvent['action'], more: Partial<ActEvent> = {}) {
      const seats = snapshot.context.live[block]?.seats ?? [];
      const seat = seats.find(
        (one) => one.state === 'open' && (more.actor === undefined || one.people.includes(more.actor)),
      );
      if (!seat) throw new Error(`nothing to ${action} at ${block}`);
      const reason = action === 'return' || action === 'reject' ? { reason: 'because' } : {};
      return case_.send({ type: 'act', seat: seat.n, action, actor: seat.people[0] ?? '', ...reason, ...more });
    },
    timer(
      block: string,
      act: Extract<CaseEvent, { type: 'timer' }>['do'],
      more: { round?: number; to?: string[] } = {},
    ) {
      return case_.send({
        type: 'timer',
        block,
        round: snapshot.context.live[block]?.round ?? 0,
        rung: 0,
        do: act,
        ...more,
      });
    },
  };
  return case_;
}
