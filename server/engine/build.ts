import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { CaseContext, CaseEvent, Item } from '../../workflows/machine/context.ts';
import { itemsOf, titleOf } from '../../workflows/machine/items.ts';
import type { Snapshot } from '../../workflows/machine/run.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import { wakeJobs } from './jobs.ts';
import { type Logic, type LogicStep, uuidOf } from './logic.ts';
import { project } from './project.ts';
import type { CaseKind, CaseStatus, Job } from './types.ts';
import type { NewCase, TimerRow, Whence, Write } from './write.ts';

export interface Origin {
  id: string;
  kind: CaseKind;
  cycleId: string | null;
  revision: number;
  logic: Logic;
  snapshot: Snapshot<CaseContext> | null;
}

export interface BuildInput {
  origin: Origin;
  start: NewCase | null;
  step: LogicStep;
  /** What is recorded as having happened: its type, who, the key. */
  cause: {
    type: string;
    actor?: string | null;
    onBehalfOf?: string | null;
    key?: string | null;
    body: JsonObject;
  } & Partial<Whence>;
  event: CaseEvent | null;
  fired: Write['fired'];
  at: string;
  calendar: Calendar;
}

/** Turns a step into what it writes. Pure. */
export function buildWrite({ origin, start, step, cause, event, fired, at, calendar }: BuildInput): Write {
  const { id, logic } = origin;
  const after = step.snapshot.context;
  const projected = project({
    caseId: id,
    definition: logic.definition,
    before: origin.snapshot?.context ?? null,
    after,
    event,
    at,
    calendar,
  });
  const ended = step.snapshot.status !== 'active';
  const delayed = delays(id, origin.revision + 1, step, at);
  const timersSet = [...projected.timersSet, ...delayed.set];
  const messages = ended ? toParent(origin, after, at) : [];
  const write: Write = {
    id,
    expected: origin.revision,
    start,
    at,
    snapshot: JSON.stringify(logic.persist(step.snapshot)),
    status: statusOf(step.snapshot),
    outcome: after.outcome ?? null,
    ended,
    event: {
      type: cause.type,
      actor: cause.actor ?? null,
      onBehalfOf: cause.onBehalfOf ?? null,
      key: cause.key ?? null,
      body: JSON.stringify({ ...cause.body, events: step.events as unknown as Json }),
      request: cause.request ?? null,
      address: cause.address ?? null,
    },
    opened: projected.opened,
    reopened: projected.reopened,
    closed: projected.closed,
    reseated: projected.reseated,
    blocks: projected.blocks,
    waits: projected.waits,
    phase: projected.phase,
    timersSet: [...timersSet, ...messages],
    timersCancelled: [...projected.timersCancelled, ...delayed.cancelled],
    fired,
    jobs: jobsFor(origin, step, projected.waits, [...timersSet, ...messages], at),
    children: [],
    extras: [],
  };
  return write;
}

export function statusOf(snapshot: Snapshot<CaseContext>): CaseStatus {
  if (snapshot.status === 'active') return 'active';
  return snapshot.context.outcome === 'cancelled' ? 'cancelled' : 'done';
}

/**
 * XState's own delayed events (bare statecharts) are timer rows too. A rung is the token of an id that comes back, and keeps those
 * that are due together in the order in which they were set. What a step sets and cancels again leaves no row.
 */
function delays(caseId: string, revision: number, step: LogicStep, at: string) {
  let set: TimerRow[] = [];
  const cancelled: string[] = [];
  for (const [n, { type, params }] of step.effects.entries()) {
    const scope = `delay:${String(params.id)}`;
    if (type === 'delay.set') {
      const dueAt = new Date(Date.parse(at) + Number(params.delay)).toISOString();
      const event = JSON.stringify(params.event);
      set.push({ caseId, scope, rung: revision * 1000 + n, dueAt, event, provisional: false });
    } else if (type === 'delay.cancel') {
      set = set.filter((timer) => timer.scope !== scope);
      cancelled.push(scope);
    }
  }
  return { set, cancelled };
}

/** An item's case that ends tells the case that waits for it: a message is a timer that is due at once. */
function toParent({ id, logic }: Origin, context: CaseContext, at: string): TimerRow[] {
  const parent = context.facts?.parent;
  if (!parent || context.outcome === 'cancelled') return [];
  const { block, round, index } = parent;
  const repeat = logic.definition && blockByKey(logic.definition.template, block);
  const fields = repeat?.type === 'repeat' ? (repeat.collect?.fields ?? []) : [];
  const data: JsonObject = {
    item: context.facts.item?.key ?? '',
    ...Object.fromEntries(fields.map((name) => [name, context.data[name] ?? null])),
  };
  const event = JSON.stringify({ type: 'child', block, round, index, data });
  return [{ caseId: parent.caseId, scope: `child:${id}`, rung: 0, dueAt: at, event, provisional: false }];
}

function jobsFor(origin: Origin, step: LogicStep, waits: string[], timers: TimerRow[], at: string): Job[] {
  const jobs = wakeJobs(
    timers.map(({ dueAt }) => dueAt),
    at,
  );
  if (step.effects.some((effect) => effect.type === 'dropChildren'))
    jobs.push({ task: 'timers.fire', payload: { at } });
  const { cycleId, kind } = origin;
  const known = new Set(origin.snapshot ? Object.keys(origin.snapshot.context.live ?? {}) : []);
  const meets =
    waits.some((key) => !known.has(key)) ||
    step.snapshot.status !== 'active' ||
    step.effects.some((e) => e.type === 'release');
  if (cycleId && kind !== 'item' && meets) jobs.push({ task: 'gates.check', payload: { cycleId } });
  for (const effect of step.effects) {
    if (effect.type !== 'serve') continue;
    const block = String(effect.params.block);
    jobs.push({
      task: 'serve',
      payload: { caseId: origin.id, block, round: step.snapshot.context.live[block]?.round ?? 0 },
    });
  }
  return jobs;
}

/** The cases that a `together` repeat starts: one an item, each with an id that follows from its place. */
export function childrenOf(
  origin: Origin,
  step: LogicStep,
): { id: string; title: string; block: string; input: JsonObject }[] {
  const { definition } = origin.logic;
  if (!definition) return [];
  const { context } = step.snapshot;
  return step.effects.flatMap((effect) => {
    const key = String(effect.params.block);
    const block = effect.type === 'children' ? blockByKey(definition.template, key) : undefined;
    const round = context.live[key]?.round ?? 0;
    if (block?.type !== 'repeat') return [];
    return itemsOf(block, context).map((item: Item, index) => ({
      id: uuidOf(origin.id, key, round, index),
      title: titleOf(definition.template, block, item),
      block: key,
      input: {
        facts: { ...context.facts, kind: 'item', item, parent: { caseId: origin.id, block: key, round, index } },
        data: context.data,
      } as unknown as JsonObject,
    }));
  });
}
