import {
  type AnyStateMachine,
  and,
  assign,
  cancel,
  createMachine,
  enqueueActions,
  not,
  or,
  raise,
  stateIn,
} from 'xstate';
import {
  type Chart,
  type ChartAction,
  type ChartContext,
  type ChartGuard,
  type ChartState,
  type ChartTransition,
  FUEL,
  TICK_MS,
} from './statecharts.ts';

/** How many delayed events without an id a chart may send in its life. */
const SENT = 12;

/** How much of the log is kept. */
const LOG = 24;

type Args = { context: ChartContext; event: { n?: number; output?: { n?: number } } };

/** Makes an XState machine of a chart, with XState's own actions and guards throughout. */
export function machineOf(chart: Chart, onEffect: (params: unknown) => void = () => {}): AnyStateMachine {
  const context: ChartContext = { counters: { a: 0, b: 0, c: 0 }, fuel: FUEL, sent: 0, log: [], digest: 0 };
  const config = {
    ...configOf(chart.root),
    context,
    output: ({ context: { counters } }: Args) => counters,
    options: { maxIterations: 1000 },
  };
  return createMachine(
    config as never,
    {
      actions: { effect: (_: unknown, params: unknown) => onEffect(params) },
      delays: { soon: ({ context: { counters } }: Args) => ((counters.a % 3) + 1) * TICK_MS },
    } as never,
  );
}

function configOf(state: ChartState): object {
  const { id, kind } = state;
  if (kind === 'history') {
    const target = state.fallback.map((to) => `#${to}`);
    return {
      id,
      type: 'history',
      history: state.deep ? 'deep' : 'shallow',
      ...(target.length > 0 && { target: target.length === 1 ? target[0] : target }),
    };
  }
  const common = { id, entry: state.entry.flatMap(actionsOf), exit: state.exit.flatMap(actionsOf) };
  if (kind === 'final')
    return { ...common, type: 'final', ...(state.output !== null && { output: { n: state.output } }) };
  const all = (map: Record<string, ChartTransition[]>) =>
    Object.fromEntries(Object.entries(map).map(([key, list]) => [key, list.map(transitionOf)]));
  return {
    ...common,
    on: all(state.on),
    after: all(state.after),
    always: state.always.map(transitionOf),
    ...(kind !== 'atomic' && {
      onDone: state.onDone.map(transitionOf),
      states: Object.fromEntries(state.children.map((child) => [child.id, configOf(child)])),
    }),
    ...(kind === 'compound' && {
      initial: { target: state.initial, actions: state.initialActions.flatMap(actionsOf) },
    }),
    ...(kind === 'parallel' && { type: 'parallel' }),
  };
}

const hasFuel = ({ context }: Args) => context.fuel > 0;
const burn = assign({ fuel: ({ context }: Args) => context.fuel - 1 } as never);
const refill = assign({ fuel: FUEL } as never);

function transitionOf({ targets, reenter, guard, fuel, actions }: ChartTransition): object {
  const guards = [...(fuel === 'burn' ? [hasFuel] : []), ...(guard ? [guardOf(guard)] : [])];
  return {
    ...(targets.length > 0 && { target: targets.map((to) => `#${to}`) }),
    ...(reenter && { reenter }),
    ...(guards.length > 0 && { guard: guards.length === 1 ? guards[0] : and(guards as never) }),
    actions: [...(fuel ? [fuel === 'burn' ? burn : refill] : []), ...actions.flatMap(actionsOf)],
  };
}

function guardOf(guard: ChartGuard): unknown {
  switch (guard.is) {
    case 'less':
      return ({ context }: Args) => context.counters[guard.counter] < guard.n;
    case 'atLeast':
      return ({ context }: Args) => context.counters[guard.counter] >= guard.n;
    case 'odd':
      return ({ context }: Args) => context.counters[guard.counter] % 2 === 1;
    case 'in':
      return stateIn(`#${guard.state}`);
    case 'not':
      return not(guardOf(guard.of) as never);
    case 'and':
      return and(guard.of.map(guardOf) as never);
    case 'or':
      return or(guard.of.map(guardOf) as never);
  }
}

const log = (tag: string) =>
  assign((({ context }: Args) => ({
    log: [...context.log.slice(1 - LOG), tag],
    digest: [...tag].reduce((digest, letter) => (digest * 31 + letter.charCodeAt(0)) % 1_000_003, context.digest),
  })) as never);

const add = (counter: string, by: (args: Args) => number) =>
  assign({
    counters: (args: Args) => ({
      ...args.context.counters,
      [counter]: ((args.context.counters as Record<string, number>)[counter] as number) + by(args),
    }),
  } as never);

function actionsOf(action: ChartAction): unknown[] {
  switch (action.do) {
    case 'log':
      return [log(action.tag)];
    case 'add':
      return [add(action.counter, () => action.by)];
    case 'take':
      return [add(action.counter, ({ event }) => event.n ?? event.output?.n ?? 0)];
    case 'effect':
      return [{ type: 'effect', params: ({ context }: Args) => ({ tag: action.tag, ...context.counters }) }];
    case 'raise':
      return [raise({ type: action.event } as never)];
    case 'later':
      return later(action);
    case 'cancel':
      return [cancel(action.id)];
    case 'choose':
      return [
        enqueueActions(({ enqueue, check }) => {
          const branch = check(guardOf(action.if) as never) ? action.yes : action.no;
          for (const each of branch.flatMap(actionsOf)) enqueue(each as never);
        }),
      ];
  }
}

/** With an id it replaces an earlier one that is still pending, which XState itself would leave running without a name. */
function later({ event, delay, id }: Extract<ChartAction, { do: 'later' }>): unknown[] {
  if (id !== null) return [cancel(id), raise({ type: event } as never, { delay, id })];
  return [
    enqueueActions(({ context, enqueue }) => {
      const { sent } = context as ChartContext;
      if (sent >= SENT) return;
      enqueue.assign({ sent: sent + 1 } as never);
      enqueue.raise({ type: event } as never, { delay });
    }),
  ];
}
