import {
  type Chart,
  type ChartAction,
  type ChartGuard,
  type ChartState,
  type ChartTransition,
  COUNTERS,
  EVENTS,
  TICK_MS,
} from './statecharts.ts';

const DESCRIPTORS = [
  ...EVENTS.outside,
  ...EVENTS.outside,
  'e.*',
  ...EVENTS.later,
  'd.*',
  ...EVENTS.raised,
  ...EVENTS.now,
  '*',
];
/** `after` at once, at fixed times, and after a time that depends on the context. */
const AFTER = ['0', '10', '20', '30', '50', 'soon'];
const IDS = ['A', 'B'];

const burns = (descriptor: string) => descriptor === '*' || descriptor === '0' || /^[rz]\./.test(descriptor);

export interface RawTransition {
  on: number;
  targets: number[];
  split: boolean;
  reenter: boolean;
  guard: RawGuard | null;
  actions: RawAction[];
  forbid: boolean;
}

export type RawGuard = { kind: number; counter: number; n: number; of: RawGuard[] };
export type RawAction = { kind: number; a: number; b: number; inner: RawAction[] };

export interface RawState {
  kind: ChartState['kind'];
  children: RawState[];
  initial: number;
  deep: boolean;
  entry: RawAction[];
  exit: RawAction[];
  initialActions: RawAction[];
  transitions: RawTransition[];
  after: RawTransition[];
  always: RawTransition[];
  onDone: RawTransition[];
}

interface Place {
  raw: RawState;
  state: ChartState;
  parent: Place | null;
  children: Place[];
}

/** Makes any raw tree a chart that XState accepts. */
export function assemble(root: RawState): Chart {
  const all: Place[] = [];
  const place = (raw: RawState, parent: Place | null): Place => {
    const state: ChartState = {
      id: `s${all.length}`,
      kind: kindOf(raw, parent),
      children: [],
      entry: [],
      exit: [],
      initial: null,
      initialActions: [],
      on: {},
      after: {},
      always: [],
      onDone: [],
      deep: raw.deep,
      fallback: [],
      output: null,
    };
    const here: Place = { raw, state, parent, children: [] };
    all.push(here);
    if (state.kind === 'compound' || state.kind === 'parallel') {
      here.children = raw.children.map((child) => place(child, here));
      if (!here.children.some(isReal)) here.children.push(place(plain, here));
      state.children = here.children.map((child) => child.state);
    }
    return here;
  };
  const top = place(root, null);
  for (const here of all) furnish(here, all);
  return { id: 'chart', root: top.state };
}

const plain: RawState = {
  kind: 'atomic',
  children: [],
  initial: 0,
  deep: false,
  entry: [],
  exit: [],
  initialActions: [],
  transitions: [],
  after: [],
  always: [],
  onDone: [],
};

/** A region is not final, and few charts end early. */
function kindOf({ kind, deep, initial }: RawState, parent: Place | null): ChartState['kind'] {
  if (kind !== 'final' || !parent) return kind;
  const ends = parent.parent === null && !(deep && initial % 2 === 0);
  return ends || parent.state.kind === 'parallel' ? 'atomic' : kind;
}

const isReal = ({ state }: Place) => state.kind !== 'history';
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

function furnish(here: Place, all: Place[]): void {
  const { raw, state, children } = here;
  const { id, kind } = state;
  const actions = (list: RawAction[]) => list.map((action) => actionOf(action, all));
  if (kind === 'history') {
    const around = here.parent as Place;
    state.fallback = raw.initial % 3 === 0 && around.state.kind === 'compound' ? [] : defaultsOf(around, raw.initial);
    return;
  }
  state.entry = [{ do: 'log', tag: `+${id}` }, ...actions(raw.entry)];
  state.exit = [{ do: 'log', tag: `-${id}` }, ...actions(raw.exit)];
  if (kind === 'final') {
    state.output = raw.deep ? (raw.initial % 4) + 1 : null;
    return;
  }
  if (kind === 'compound') {
    state.initial = pick(children.filter(isReal), raw.initial).state.id;
    state.initialActions = actions(raw.initialActions);
  }
  for (const given of raw.transitions) {
    const event = pick(DESCRIPTORS, given.on);
    const transition = given.forbid ? nothing : transitionOf(here, given, all, burns(event));
    state.on[event] = [...(state.on[event] ?? []), transition];
  }
  for (const given of raw.after) {
    const delay = pick(AFTER, given.on);
    state.after[delay] = [...(state.after[delay] ?? []), transitionOf(here, given, all, burns(delay))];
  }
  state.always = raw.always.map((given) => transitionOf(here, given, all, true));
  if (kind !== 'atomic') state.onDone = raw.onDone.map((given) => transitionOf(here, given, all, true));
}

const nothing: ChartTransition = { targets: [], reenter: false, guard: null, fuel: null, actions: [] };

function transitionOf(here: Place, raw: RawTransition, all: Place[], burning: boolean): ChartTransition {
  const targets =
    raw.targets.length === 0
      ? []
      : targetsOf(
          raw,
          all.slice(1).filter((to) => mayGo(here, to)),
        );
  const guard = raw.guard && guardOf(raw.guard, all);
  return {
    targets,
    reenter: raw.reenter,
    guard,
    fuel: burning ? 'burn' : 'refill',
    actions: [{ do: 'log', tag: `~${here.state.id}` }, ...raw.actions.map((action) => actionOf(action, all))],
  };
}

/**
 * From inside, a history state of a state around leads XState (and the W3C's algorithm) to enter states that it has not left:
 * nothing that a template may do, so charts do not.
 */
const mayGo = (from: Place, to: Place): boolean => isReal(to) || !isInside(from.parent, to.parent as Place);

const isInside = (place: Place | null, around: Place): boolean =>
  place !== null && (place === around || isInside(place.parent, around));

/** One state, or one in each region of a parallel state. */
function targetsOf(raw: RawTransition, all: Place[]): string[] {
  const target = pick(all, raw.targets[0] as number);
  if (!raw.split || target.state.kind !== 'parallel') return [target.state.id];
  return regionsOf(target).map(
    (region, i) => descendant(region, raw.targets[(i + 1) % raw.targets.length] as number).state.id,
  );
}

const regionsOf = (parallel: Place) => parallel.children.filter(isReal);

function descendant(place: Place, n: number): Place {
  const below = place.children.filter(isReal);
  return below.length === 0 || n % 3 === 0 ? place : descendant(pick(below, n), Math.floor(n / 3));
}

const defaultsOf = (around: Place, n: number): string[] =>
  around.state.kind === 'parallel'
    ? regionsOf(around).map((region) => descendant(region, n).state.id)
    : [descendant(pick(around.children.filter(isReal), n), n).state.id];

function guardOf(raw: RawGuard, all: Place[]): ChartGuard {
  const counter = pick(COUNTERS, raw.counter);
  const of = raw.of.map((inner) => guardOf(inner, all));
  if (of[0] && raw.kind % 4 === 0) return { is: 'not', of: of[0] };
  if (of.length > 0) return { is: raw.kind % 2 === 0 ? 'and' : 'or', of };
  const n = raw.n % 5;
  switch (raw.kind % 5) {
    case 0:
      return { is: 'less', counter, n: n + 1 };
    case 1:
      return { is: 'odd', counter };
    case 2:
      return { is: 'in', state: pick(all.filter(isReal), raw.n).state.id };
    default:
      return { is: 'atLeast', counter, n };
  }
}

function actionOf(raw: RawAction, all: Place[]): ChartAction {
  const counter = pick(COUNTERS, raw.a);
  const inner = raw.inner.map((action) => actionOf(action, all));
  if (inner.length > 0) {
    const guard = guardOf({ kind: raw.a, counter: raw.b, n: raw.b, of: [] }, all);
    const half = raw.b % (inner.length + 1);
    return { do: 'choose', if: guard, yes: inner.slice(0, half), no: inner.slice(half) };
  }
  switch (raw.kind % 10) {
    case 0:
      return { do: 'take', counter };
    case 1:
    case 2:
      return { do: 'effect', tag: `x${raw.b}` };
    case 3:
      return { do: 'raise', event: pick(EVENTS.raised, raw.b) };
    case 4:
      return { do: 'later', event: pick(EVENTS.now, raw.b), delay: 0, id: null };
    case 5:
      return { do: 'later', event: pick(EVENTS.later, raw.b), delay: ((raw.a % 4) + 1) * TICK_MS, id: null };
    case 6:
      return {
        do: 'later',
        event: pick(EVENTS.later, raw.b),
        delay: ((raw.a % 4) + 1) * TICK_MS,
        id: pick(IDS, raw.b),
      };
    case 7:
      return { do: 'cancel', id: pick(IDS, raw.b) };
    default:
      return { do: 'add', counter, by: (raw.b % 3) + 1 };
  }
}
