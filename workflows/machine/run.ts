import { type AnyMachineSnapshot, type AnyStateMachine, createActor, type StateNode } from 'xstate';
import type { Json, JsonObject } from '../json.ts';

/** Something that the machine asks of the shell: an action by name, with its parameters. */
export interface Effect {
  type: string;
  params: JsonObject;
  /** The machine's context at that moment: later actions of the same step may have changed it. */
  context?: unknown;
}

/** A machine's position and context, opaque outside this folder but for these fields. */
export interface Snapshot<C = unknown> {
  status: 'active' | 'done' | 'error' | 'stopped';
  value: Json;
  context: C;
}

export interface Stepped<C = unknown> {
  snapshot: Snapshot<C>;
  effects: Effect[];
}

/** Runs one machine as pure functions: snapshot and event in, snapshot and effects out. */
export interface Runner<C = unknown> {
  start(input: unknown): Stepped<C>;
  /** Whether the event changes anything in this position. */
  can(snapshot: Snapshot<C>, event: { type: string }): boolean;
  /** @throws when a guard or an action throws; the given snapshot stays valid */
  step(snapshot: Snapshot<C>, event: { type: string }): Stepped<C>;
  persist(snapshot: Snapshot<C>): Json;
  restore(json: Json): Snapshot<C>;
}

interface RawAction {
  type: string;
  params: unknown;
  info?: { context: unknown };
}

/** Delayed raises and their cancelling come back as effects `delay.set` `{id, delay, event}` and `delay.cancel` `{id}`. */
function effectsOf(actions: readonly RawAction[]): Effect[] {
  const effects: Effect[] = [];
  for (const { type, params, info } of actions) {
    const given = (params ?? {}) as JsonObject;
    if (type === 'xstate.raise') {
      if (given.delay !== undefined)
        effects.push({
          type: 'delay.set',
          params: { id: given.id ?? '', delay: given.delay, event: given.event ?? null },
        });
    } else if (type === 'xstate.cancel') {
      effects.push({ type: 'delay.cancel', params: { id: given.sendId ?? '' } });
    } else effects.push({ type, params: given, ...(info && { context: info.context }) });
  }
  return effects;
}

/**
 * Makes a runner for an XState machine without invoked or spawned actors.
 *
 * XState's public `transition()` builds an actor for each call; this keeps one inert actor for the machine and hands it to
 * the same machine methods, which is three times as fast. Steps are synchronous, so one list of collected actions will do.
 */
export function makeRunner<C>(machine: AnyStateMachine): Runner<C> {
  const self = createActor(machine, { input: {} as never });
  let collected: RawAction[] = [];
  let nodes: Map<number, StateNode> | null = null;
  const scope = {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger: () => {},
    defer: () => {},
    stopChild: () => {},
    emit: () => {},
    actionExecutor: (action: RawAction) => {
      collected.push(action);
    },
  } as never;
  const collect = (move: () => unknown): Stepped<C> => {
    collected = [];
    const snapshot = move() as Snapshot<C> & { error?: unknown };
    if (snapshot.status === 'error') throw snapshot.error;
    return { snapshot, effects: effectsOf(collected) };
  };
  return {
    start: (input) => collect(() => machine.getInitialSnapshot(scope, input as never)),
    can: (snapshot, event) => (snapshot as unknown as AnyMachineSnapshot).can(event),
    step: (snapshot, event) => collect(() => machine.transition(snapshot as never, event as never, scope)),
    persist: (snapshot) => {
      const json = plainJson(snapshot) ?? (machine.getPersistedSnapshot(snapshot as never) as unknown as JsonObject);
      const order = orderOf(snapshot as unknown as AnyMachineSnapshot);
      return order ? { ...json, order } : json;
    },
    restore: (json) => {
      const snapshot = machine.restoreSnapshot(json as never, scope) as unknown as AnyMachineSnapshot;
      const { order } = json as { order?: number[] };
      if (order) {
        nodes ??= new Map(nodesOf(machine.root).map((node) => [node.order, node]));
        snapshot._nodes = order.map((n) => nodes?.get(n) as StateNode);
      }
      return snapshot as unknown as Snapshot<C>;
    },
  };
}

/** What XState persists of a snapshot that remembers no history: it would look through the whole context for actors, which has none. */
function plainJson(snapshot: unknown): JsonObject | null {
  const { status, output, error, value, context, historyValue, children } = snapshot as Record<string, Json>;
  if (Object.keys(historyValue as object).length + Object.keys(children as object).length > 0) return null;
  const json: JsonObject = {
    status: status ?? '',
    value: value ?? {},
    historyValue: {},
    context: context ?? {},
    children: {},
  };
  if (output !== undefined) json.output = output;
  if (error !== undefined) json.error = error;
  return json;
}

const nodesOf = (node: StateNode): StateNode[] => [node, ...Object.values(node.states).flatMap(nodesOf)];

/**
 * With parallel states active, XState lets the order in which they were entered decide between transitions that conflict, and
 * forgets that order when it persists. A restored case must go on as one that stayed in memory, so the order is kept.
 */
function orderOf({ _nodes }: AnyMachineSnapshot): number[] | null {
  let leaves = 0;
  for (const { type } of _nodes) if (type === 'atomic' || type === 'final') leaves += 1;
  return leaves > 1 ? _nodes.map((node) => node.order) : null;
}
