/** All delays and waits are multiples of this, so that a virtual clock that moves in these steps meets every due time. */
export const TICK_MS = 10;

/** Automatic transitions (eventless, on done, on raised events) burn fuel and outside events refill it: so no chart runs for ever. */
export const FUEL = 3;

export const COUNTERS = ['a', 'b', 'c'] as const;
export type Counter = (typeof COUNTERS)[number];

/** What a chart works on: counters for its guards, and a log that shows the order of its actions. */
export interface ChartContext {
  counters: Record<Counter, number>;
  fuel: number;
  /** Delayed events without an id that were sent so far; bounded. */
  sent: number;
  log: string[];
  /** Of all that was ever logged; the log itself is cut. */
  digest: number;
}

export type ChartGuard =
  | { is: 'less' | 'atLeast'; counter: Counter; n: number }
  | { is: 'odd'; counter: Counter }
  | { is: 'in'; state: string }
  | { is: 'not'; of: ChartGuard }
  | { is: 'and' | 'or'; of: ChartGuard[] };

export type ChartAction =
  | { do: 'log'; tag: string }
  | { do: 'add'; counter: Counter; by: number }
  /** Adds the number that the event or a final state's output carries. */
  | { do: 'take'; counter: Counter }
  /** An effect for the shell, with parameters computed from the context. */
  | { do: 'effect'; tag: string }
  | { do: 'raise'; event: string }
  | { do: 'later'; event: string; delay: number; id: string | null }
  | { do: 'cancel'; id: string }
  | { do: 'choose'; if: ChartGuard; yes: ChartAction[]; no: ChartAction[] };

export interface ChartTransition {
  /** Ids of states; none: the transition stays where it is. */
  targets: string[];
  reenter: boolean;
  guard: ChartGuard | null;
  /** Automatic transitions need fuel and burn it; the others refill it. */
  fuel: 'burn' | 'refill' | null;
  actions: ChartAction[];
}

export interface ChartState {
  id: string;
  kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  children: ChartState[];
  entry: ChartAction[];
  exit: ChartAction[];
  /** Of a compound state: its first child, and what is done on the way there. */
  initial: string | null;
  initialActions: ChartAction[];
  /** By event or wildcard; a transition without anything forbids the event to the states around. */
  on: Record<string, ChartTransition[]>;
  after: Record<string, ChartTransition[]>;
  always: ChartTransition[];
  onDone: ChartTransition[];
  /** Of a history state. */
  deep: boolean;
  fallback: string[];
  /** Of a final state. */
  output: number | null;
}

/** A random statechart, as data. */
export interface Chart {
  id: string;
  root: ChartState;
}

/** What happens to a chart: waits, in ticks, and events. */
export interface ChartRun {
  chart: Chart;
  events: { wait: number; event: { type: string; n?: number } }[];
}

/** Outside events, delayed ones (both refill), raised ones and immediate delayed ones (both burn). */
export const EVENTS = {
  outside: ['e.0', 'e.1', 'e.2', 'e.3'],
  later: ['d.0', 'd.1'],
  raised: ['r.0', 'r.1'],
  now: ['z.0'],
};
