import { actionsOf, needsPerson, needsReason } from '../../workflows/approval/actions.ts';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { ActEvent, CaseContext, CaseEvent, Item, Seat } from '../../workflows/machine/context.ts';
import { type Definition, runnerOf } from '../../workflows/machine/definition.ts';
import { handedOver } from '../../workflows/machine/handOver.ts';
import { itemsOf } from '../../workflows/machine/items.ts';
import type { Effect, Snapshot } from '../../workflows/machine/run.ts';
import { type Directory, refusalOf, startCase, stepCase } from '../../workflows/machine/step.ts';
import { returnTargets } from '../../workflows/machine/targets.ts';
import { blockByKey, type Track } from '../../workflows/machine/track.ts';
import type { ApprovalBlock, HumanBlock } from '../../workflows/template/block.ts';
import type { Field } from '../../workflows/template/field.ts';
import { checkValues } from '../../workflows/template/form.ts';
import { isHuman } from '../../workflows/template/model.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Who } from '../../workflows/template/when.ts';
import { pick } from './templates.ts';

/** A case of the play: what a row of the database would hold. */
export interface PlayCase {
  id: string;
  definition: Definition;
  input: { facts: CaseContext['facts']; data: JsonObject };
  snapshot: Snapshot<CaseContext>;
  events: CaseEvent[];
}

/** Something that can happen next. */
export interface Move {
  caseId: string;
  event: CaseEvent;
  /** Brings the case nearer to its end; others send it back, or are the clock's doing. */
  forward: boolean;
}

/**
 * A cycle in memory: participants, the cycle's own case and the cases of items, with what the shell does between them
 * (meetings, ranks, children, messages), but no clock: whoever plays decides what comes next.
 */
export function makePlay(template: CycleTemplate, participants: number, number: () => number) {
  const cases = new Map<string, PlayCase>();
  const passed = new Map<string, JsonObject>();
  const ranks = new Map<string, JsonObject>();
  const inbox: { caseId: string; event: CaseEvent }[] = [];

  const start = (id: string, track: Track, facts: CaseContext['facts'], data: JsonObject): void => {
    const definition: Definition = { template, track };
    const input = { facts, data };
    const step = startCase(definition, input, directory);
    cases.set(id, { id, definition, input, snapshot: step.snapshot, events: step.events });
    carryOut(id, step.effects);
  };

  const apply = (caseId: string, event: CaseEvent): void => {
    const one = cases.get(caseId);
    if (one?.snapshot.status !== 'active') return;
    const step = stepCase(one.definition, one.snapshot, event, directory);
    one.snapshot = step.snapshot;
    one.events.push(...step.events);
    carryOut(caseId, step.effects);
  };

  const carryOut = (caseId: string, effects: readonly Effect[]): void => {
    const one = cases.get(caseId) as PlayCase;
    const { context, status } = one.snapshot;
    for (const { type, params } of effects) {
      const key = String(params.block ?? '');
      const block = blockByKey(template, key);
      if (type === 'release') passed.set(key, { ...context.data });
      if (type === 'serve') rank(caseId, key);
      if (type === 'dropChildren')
        for (const child of cases.values())
          if (child.input.facts.parent?.caseId === caseId && child.input.facts.parent.block === key)
            inbox.push({ caseId: child.id, event: { type: 'cancel', actor: 'system', reason: 'superseded' } });
      if (type === 'children' && block?.type === 'repeat')
        itemsOf(block, context).forEach((item, index) => {
          const round = context.live[key]?.round ?? 0;
          const parent = { caseId, block: key, round, index };
          start(
            `${caseId}/${key}.${round}.${index}`,
            { kind: 'item', block: key },
            { ...context.facts, kind: 'item', item, parent },
            context.data,
          );
        });
    }
    const { parent } = one.input.facts;
    if (status === 'done' && parent && context.outcome !== 'cancelled') {
      const repeat = blockByKey(template, parent.block);
      const fields = repeat?.type === 'repeat' ? (repeat.collect?.fields ?? []) : [];
      const data = Object.fromEntries(fields.map((name): [string, Json] => [name, context.data[name] ?? null]));
      const { block, round, index } = parent;
      inbox.push({
        caseId: parent.caseId,
        event: { type: 'child', block, round, index, data: { item: one.input.facts.item?.key ?? '', ...data } },
      });
    }
  };

  const rank = (caseId: string, key: string): void => {
    const block = blockByKey(template, key);
    const one = cases.get(caseId);
    if (block?.type !== 'compute' || block.rule.kind !== 'rank' || !one) return;
    const { by } = block.rule;
    const scored = [...cases.values()].filter(
      ({ input, snapshot }) => input.facts.kind === 'participant' && snapshot.context.data[by] !== undefined,
    );
    const order = scored.toSorted((a, b) => Number(b.snapshot.context.data[by]) - Number(a.snapshot.context.data[by]));
    for (const [i, { id }] of order.entries()) ranks.set(`${block.into}/${id}`, { rank: i + 1, rankOf: order.length });
    const round = one.snapshot.context.live[key]?.round ?? 0;
    inbox.push({
      caseId,
      event: { type: 'served', block: key, round, data: { [block.into]: { ranked: order.length } } },
    });
  };

  /** Meetings come about, and messages between cases arrive, until nothing does. */
  const settle = (): void => {
    for (;;) {
      const next = inbox.shift();
      if (next) {
        apply(next.caseId, next.event);
        continue;
      }
      const met = meet();
      if (!met) return;
      apply(met.caseId, met.event);
    }
  };

  const meet = (): { caseId: string; event: CaseEvent } | undefined => {
    const running = [...cases.values()].filter((one) => one.snapshot.status === 'active');
    for (const one of running.filter(({ input }) => input.facts.kind === 'participant'))
      for (const key of Object.keys(one.snapshot.context.live)) {
        const data = passed.get(key);
        if (data && blockByKey(template, key)?.per === 'cycle') {
          const own = [...ranks]
            .filter(([name]) => name.endsWith(`/${one.id}`))
            .map(([name, value]) => [name.split('/')[0], value]);
          return {
            caseId: one.id,
            event: {
              type: 'passed',
              block: key,
              data: { ...handedOver(template, key, { data, done: {} }).data, ...Object.fromEntries(own) },
            },
          };
        }
      }
    const cycle = running.find(({ input }) => input.facts.kind === 'cycle');
    const gather = Object.keys(cycle?.snapshot.context.live ?? {}).find((key) => key.endsWith('~gather'));
    if (!cycle || gather === undefined) return undefined;
    const key = gather.slice(0, -'~gather'.length);
    const waiting = running.filter(({ input }) => input.facts.kind === 'participant');
    if (!waiting.every(({ snapshot }) => snapshot.context.live[key])) return undefined;
    return { caseId: cycle.id, event: { type: 'gathered', block: gather } };
  };

  /** Everything that people, the clock or messages can do now. */
  const moves = (): Move[] =>
    [...cases.values()].flatMap((one): Move[] => {
      const { context, status } = one.snapshot;
      if (status !== 'active') return [];
      const taken = Object.keys(context.done).map((key): Move => {
        const event: CaseEvent = { type: 'retrieve', block: key, actor: context.done[key]?.by ?? '' };
        return { caseId: one.id, event, forward: false };
      });
      const event: CaseEvent = { type: 'withdraw', actor: context.initiator ?? '' };
      taken.push({ caseId: one.id, event, forward: false });
      return [...taken, ...waiting(one)].filter((move) => refusalOf(one.definition, one.snapshot, move.event) === null);
    });

  const waiting = ({ id, snapshot: { context } }: PlayCase): Move[] =>
    Object.entries(context.live).flatMap(([key, live]): Move[] => {
      const block = blockByKey(template, key);
      const move = (event: CaseEvent, forward = true): Move => ({ caseId: id, event, forward });
      const timer = (act: 'until' | 'pass' | 'return' | 'transfer', to?: string[]): CaseEvent => ({
        type: 'timer',
        block: key,
        round: live.round,
        rung: 0,
        do: act,
        ...(to && { to }),
      });
      if (block?.type === 'wait' || block?.type === 'window')
        return [
          ...('until' in block && block.until ? [move(timer('until'))] : []),
          ...(block.type === 'wait' && block.message ? [move({ type: 'message', message: block.message })] : []),
        ];
      if (!block || !isHuman(block)) return [];
      const open = (live.seats ?? []).filter((seat) => seat.state === 'open');
      // Nobody was found: the shell hands the seat to the administrator.
      if (open.some((seat) => seat.people.length === 0)) return [move(timer('transfer', ['admin']))];
      const rungs = (block.escalate ?? []).flatMap((rung) =>
        rung.do === 'pass' || rung.do === 'return' ? [rung.do] : [],
      );
      return [
        ...acts(block, live.seats ?? []).map((event) =>
          move(event, event.action === 'submit' || event.action === 'approve'),
        ),
        // Not forward either where it passes: what the form asks for is not known then.
        ...rungs.map((act) => move(timer(act), false)),
      ];
    });

  /** Whatever anybody might try with the seats of a block; what is refused is left out later. */
  const acts = (block: HumanBlock, seats: readonly Seat[]): ActEvent[] =>
    seats.flatMap((seat) =>
      (seat.state === 'open' ? actionsOf(block) : seat.state === 'done' ? (['retrieve'] as const) : []).map(
        (action): ActEvent => ({
          type: 'act',
          seat: seat.n,
          action,
          actor: seat.by ?? seat.people[number() % Math.max(seat.people.length, 1)] ?? '',
          ...(needsReason(action) && { reason: 'because' }),
          ...(needsPerson(action) && { to: `deputy${number() % 5}` }),
          ...(action === 'remove' && { target: pick(seats, number())?.n ?? 0 }),
          ...(action === 'return' && block.type === 'approval' && number() % 2 === 0 && chosen(block)),
        }),
      ),
    );

  const chosen = (block: ApprovalBlock) => {
    const to = pick(returnTargets(template, block), number());
    return to === undefined ? {} : { block: to };
  };

  /** Makes a move; a form is filled in on the way. `good`: with values that satisfy conditions. */
  const make = ({ caseId, event }: Move, good: boolean): void => {
    const one = cases.get(caseId);
    const filled = event.type === 'act' && one ? withValues(one, event, good) : event;
    apply(caseId, filled);
    settle();
  };

  const withValues = (one: PlayCase, event: Extract<CaseEvent, { type: 'act' }>, good: boolean): CaseEvent => {
    if (event.action !== 'submit' && event.action !== 'approve') return event;
    const key = Object.keys(one.snapshot.context.live).find((k) =>
      one.snapshot.context.live[k]?.seats?.some((seat) => seat.n === event.seat),
    );
    const block = key === undefined ? undefined : blockByKey(template, key);
    const fields = block && isHuman(block) ? (block.fields ?? []) : [];
    const { errors, values } = checkValues(fields, valuesFor(fields, number, good));
    if (errors.length > 0) throw new Error(`the form of ${key} cannot be filled in: ${JSON.stringify(errors)}`);
    return fields.length > 0 ? { ...event, values } : event;
  };

  const period = { year: 2026, start: '2026-01-01', end: '2026-12-31' };
  start('cycle', { kind: 'cycle' }, { kind: 'cycle', period }, {});
  for (let i = 0; i < participants; i += 1)
    start(
      `p${i}`,
      { kind: 'participant' },
      {
        kind: 'participant',
        period,
        participant: { id: `u${i}`, name: `Unit ${i}`, category: 'all', monitoringUnit: { id: 'm', name: 'Monitor' } },
        sections: Array.from({ length: i % 3 }, (_, n) => ({ key: `s${n}`, name: `Section ${n}` })),
      },
      {},
    );
  settle();
  return { cases, moves, make };
}

export type Play = ReturnType<typeof makePlay>;

/** A small town's directory. */
export const directory: Directory = ({ who, context, item }) => who.map((one) => peopleFor(one, context, item));

function peopleFor(who: Who, context: CaseContext, item: Item | undefined): string[] {
  switch (who.kind) {
    case 'role':
      return who.of === undefined ? [`${who.role}1`, `${who.role}2`, `${who.role}3`] : [`${who.role}1`, `${who.role}2`];
    case 'person':
      return [who.person];
    case 'head':
      return [who.of === 'item' ? `head of ${item?.key}` : 'head'];
    case 'superior':
      return ['superior'];
    case 'initiator':
      return context.initiator === undefined ? [] : [context.initiator];
    case 'actorOf': {
      const by = context.done[who.block]?.by;
      return by === undefined ? [] : [by];
    }
    case 'field': {
      const person = context.data[who.field];
      return typeof person === 'string' ? [person] : [];
    }
  }
}

/** Values that a form takes; `good` ones are high, and leave nothing out. */
export function valuesFor(fields: readonly Field[], number: () => number, good: boolean): JsonObject {
  return Object.fromEntries(
    fields.flatMap((field): [string, Json][] => {
      if (!good && !field.required && number() % 3 === 0) return [];
      return [[field.key, valueFor(field, number, good)]];
    }),
  );
}

function valueFor(field: Field, number: () => number, good: boolean): Json {
  switch (field.type) {
    case 'decimal':
      return good ? '100' : String(number() % 101);
    case 'boolean':
      return good || number() % 2 === 0;
    case 'date':
      return '2026-06-30';
    case 'choice':
      return field.options[number() % field.options.length]?.value ?? '';
    case 'person':
      return `chosen${number() % 3}`;
    case 'files':
      return ['file'];
    case 'table': {
      const rows = Math.max(field.minRows ?? 0, 1 + (number() % 2));
      const share = field.total ? { [field.total.column]: field.total.is } : {};
      return Array.from({ length: rows }, (_, i) => ({
        ...Object.fromEntries(field.columns.map((column) => [column.key, valueFor(column, number, good)])),
        ...(field.total && { [field.total.column]: '0' }),
        ...(i === 0 && share),
      }));
    }
    default:
      return 'text';
  }
}

/** A case rebuilt from its start and its record. */
export function rebuilt({ definition, input, events }: PlayCase): Snapshot<CaseContext> {
  const runner = runnerOf(definition);
  return events.reduce((snapshot, event) => runner.step(snapshot, event).snapshot, runner.start(input).snapshot);
}
