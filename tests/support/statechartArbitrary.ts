import fc from 'fast-check';
import { assemble, type RawAction, type RawGuard, type RawState, type RawTransition } from './statechartAssemble.ts';
import { type ChartRun, type ChartState, EVENTS } from './statecharts.ts';

const small = fc.nat({ max: 59 });
const few = <T>(arb: fc.Arbitrary<T>, max: number) => fc.array(arb, { maxLength: max, size: 'max' });
/** Mostly none. */
const rarely = <T>(arb: fc.Arbitrary<T>, max: number) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant([] as T[]) }, { weight: 2, arbitrary: few(arb, max) });

const rawGuard: fc.Arbitrary<RawGuard> = fc.letrec<{ guard: RawGuard }>((tie) => ({
  guard: fc.record({
    kind: small,
    counter: small,
    n: small,
    of: fc.oneof({ maxDepth: 1 }, fc.constant<RawGuard[]>([]), fc.array(tie('guard'), { maxLength: 2 })),
  }),
})).guard;

const rawAction: fc.Arbitrary<RawAction> = fc.letrec<{ action: RawAction }>((tie) => ({
  action: fc.record({
    kind: small,
    a: small,
    b: small,
    inner: fc.oneof({ maxDepth: 1 }, fc.constant<RawAction[]>([]), fc.array(tie('action'), { maxLength: 3 })),
  }),
})).action;

const rawTransition: fc.Arbitrary<RawTransition> = fc.record({
  on: small,
  targets: fc.oneof(
    { weight: 1, arbitrary: fc.constant<number[]>([]) },
    { weight: 5, arbitrary: fc.array(small, { minLength: 1, maxLength: 3 }) },
  ),
  split: fc.boolean(),
  reenter: fc.boolean(),
  guard: fc.option(rawGuard, { freq: 2 }),
  actions: few(rawAction, 2),
  forbid: fc.nat({ max: 11 }).map((n) => n === 0),
});

const { state: rawState } = fc.letrec<{ state: RawState; leaf: RawState; branch: RawState }>((tie) => {
  const common = {
    initial: small,
    deep: fc.boolean(),
    entry: rarely(rawAction, 2),
    exit: rarely(rawAction, 2),
    initialActions: rarely(rawAction, 1),
    transitions: few(rawTransition, 4),
    after: rarely(rawTransition, 2),
    always: rarely(rawTransition, 1),
    onDone: few(rawTransition, 1),
  };
  const kinds = (...list: ChartState['kind'][]) => fc.constantFrom(...list);
  return {
    leaf: fc.record({
      ...common,
      kind: kinds('atomic', 'atomic', 'atomic', 'atomic', 'final', 'history'),
      children: fc.constant<RawState[]>([]),
    }),
    branch: fc.record({
      ...common,
      kind: kinds('compound', 'compound', 'parallel'),
      children: fc.array(tie('state'), { minLength: 1, maxLength: 4, size: 'max' }),
    }),
    state: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { weight: 3, arbitrary: tie('leaf') },
      { weight: 2, arbitrary: tie('branch') },
    ),
  };
});

const rawRoot: fc.Arbitrary<RawState> = fc.record({
  kind: fc.constantFrom<ChartState['kind']>('compound', 'compound', 'compound', 'parallel'),
  children: fc.array(rawState, { minLength: 2, maxLength: 4, size: 'max' }),
  initial: small,
  deep: fc.constant(false),
  entry: rarely(rawAction, 2),
  exit: rarely(rawAction, 1),
  initialActions: rarely(rawAction, 1),
  transitions: few(rawTransition, 3),
  after: rarely(rawTransition, 1),
  always: rarely(rawTransition, 1),
  onDone: fc.constant<RawTransition[]>([]),
});

/** Random statecharts with random events for them. */
export const chartRun: fc.Arbitrary<ChartRun> = fc.record({
  chart: rawRoot.map(assemble),
  events: fc.array(
    fc.record({
      wait: fc.nat({ max: 3 }),
      event: fc.oneof(
        { weight: 6, arbitrary: fc.record({ type: fc.constantFrom(...EVENTS.outside), n: fc.nat({ max: 3 }) }) },
        { weight: 1, arbitrary: fc.record({ type: fc.constantFrom(...EVENTS.later, ...EVENTS.raised, 'unknown') }) },
      ),
    }),
    { minLength: 3, maxLength: 8, size: 'max' },
  ),
});
