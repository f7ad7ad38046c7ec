import { type AnyStateMachine, assign, createMachine } from 'xstate';
import { refusalOfAct } from '../approval/decide.ts';
import { reassign } from '../approval/hand.ts';
import { type Block, type HumanBlock, isServed, type Path, type RepeatBlock } from '../template/block.ts';
import { decimalNames, feelScope, holds } from '../template/feel.ts';
import { type CycleTemplate, PHASES } from '../template/schema.ts';
import * as change from './assign.ts';
import { type CaseContext, type CaseEvent, emptyContext, type Facts, type Outcome } from './context.ts';
import { recused } from './recuse.ts';
import { followers, jumpTargets, returners, returnTargets, sameFrame } from './targets.ts';
import { blockByKey, type Stop, stopsOf, type Track } from './track.ts';

type Params = {
  block: string;
  loop?: string | undefined;
  is?: Outcome;
  to?: string;
  if?: string;
  message?: string;
  /** Who acted stays known, because they recuse themselves later. */
  acted?: true;
};
/** Where a list of blocks stands. */
type Here = change.Place & { template: CycleTemplate };
type Use = { type: string; params: Params };
interface Move {
  guard?: Use;
  target?: string;
  actions?: Use[];
}
/** A state of the machine as plain data: what `template export --xstate` prints. */
export interface StateConfig {
  id?: string;
  type?: 'parallel' | 'final';
  initial?: string;
  states?: Record<string, StateConfig>;
  entry?: Use[];
  exit?: Use[];
  always?: Move[];
  on?: Record<string, Move[]>;
  onDone?: Move[];
}

const END = '~end';

/**
 * The machine of a track as plain XState data. Each block is a state (a composite one a state of states), so the number of
 * states depends on the template alone. A block is left only when its `outcome` is known; everything that happens to it
 * before that is an action inside its state.
 */
export function machineConfig(template: CycleTemplate, track: Track): StateConfig & { id: string } {
  const finals: Record<string, StateConfig> = {
    '~completed': { type: 'final', entry: [use('finish', { block: 'completed' })] },
    '~rejected': { id: '~rejected', type: 'final', entry: [use('finish', { block: 'rejected' })] },
    '~cancelled': { type: 'final', entry: [use('finish', { block: 'cancelled' })] },
  };
  const on = {
    people: [{ actions: [use('seat', { block: '' })] }],
    reseat: [{ guard: use('vacant', { block: '' }), actions: [use('unseat', { block: '' })] }],
    reassign: [{ guard: use('mayReassign', { block: '' }), actions: [use('reassign', { block: '' })] }],
    cancel: [{ target: '.~cancelled' }],
    jump: jumpTargets(template, track).map((block) => ({
      guard: use('here', { block }),
      target: `#${block}`,
      actions: [use('restart', { block })],
    })),
  };
  const id = `${template.key}@${template.version}/${track.kind === 'item' ? track.block : track.kind}`;
  if (track.kind === 'item') {
    const repeat = blockByKey(template, track.block);
    if (repeat?.type !== 'repeat') throw new Error(`no repeat "${track.block}"`);
    return {
      id,
      initial: '~body',
      on,
      states: { '~body': { ...sequence(repeat.blocks, { template }), onDone: [{ target: '~completed' }] }, ...finals },
    };
  }
  const phases = PHASES.map((phase, i): [string, StateConfig] => [
    phase,
    {
      ...sequence(stopsOf(template, phase, track.kind), { template }),
      onDone: [{ target: PHASES[i + 1] ?? '~completed' }],
    },
  ]);
  return { id, initial: PHASES[0], on, states: { ...Object.fromEntries(phases), ...finals } };
}

const use = (type: string, params: Params): Use => ({ type, params });

function sequence(stops: readonly Stop[], place: Here): StateConfig {
  const states: Record<string, StateConfig> = {};
  stops.forEach((stop, i) => {
    states[stop.key + suffix(stop)] = state(stop, stops[i + 1] ? nameOf(stops[i + 1] as Stop) : END, place);
  });
  states[END] = { type: 'final' };
  return { initial: stops[0] ? nameOf(stops[0]) : END, states, ...retrievals(stops) };
}

const suffix = (stop: Stop) => (stop.type === 'gather' ? '~gather' : stop.type === 'release' ? '~release' : '');
const nameOf = (stop: Stop) => stop.key + suffix(stop);

function state(stop: Stop, next: string, place: Here): StateConfig {
  const block = nameOf(stop);
  const params = { block, ...(place.loop !== undefined && { loop: place.loop }) };
  const left: Params = recused(place.template).has(block) ? { ...params, acted: true } : params;
  const frame = { id: block, entry: [use('enter', params)], exit: [use('leave', left)] };
  const is = (outcome: Outcome) => use('outcome', { block, is: outcome });
  const onward: Move = { guard: is('done'), target: next };
  const timer = [{ guard: use('clock', { block }), actions: [use('tick', { block })] }];
  const here = (action: string): Move[] => [{ guard: use('here', { block }), actions: [use(action, { block })] }];

  switch (stop.type) {
    case 'task':
    case 'approval':
      return {
        ...frame,
        on: { act: [{ guard: use('mine', { block }), actions: [use('act', { block })] }], timer },
        always: [...straightBack(stop, place), onward, ...backward(stop, is, place)],
      };
    case 'wait':
      return {
        ...frame,
        on: {
          timer,
          ...(stop.message !== undefined && {
            message: [{ guard: use('said', { block, message: stop.message }), actions: [use('pass', { block })] }],
          }),
        },
        always: [onward],
      };
    case 'window':
      return { ...frame, on: { timer }, always: [onward] };
    case 'await':
      return { ...frame, entry: [use('arrive', params)], on: { passed: here('pass') }, always: [onward] };
    case 'gather':
      return { ...frame, entry: [use('arrive', params)], on: { gathered: here('pass'), timer }, always: [onward] };
    case 'release':
      return { entry: [use('release', { block: stop.key })], always: [{ target: next }] };
    case 'notify':
      return {
        id: block,
        entry: [use('enter', params), use('notify', params)],
        exit: [use('leave', params)],
        always: [{ target: next }],
      };
    case 'gate':
      return {
        ...frame,
        entry: [use('enter', params), use('checkGate', params)],
        always: [onward, { guard: is('rejected'), target: stop.onFail === 'end' ? '#~rejected' : `#${stop.onFail}` }],
      };
    case 'compute':
      if (!isServed(stop)) return { id: block, entry: [use('compute', params)], always: [{ target: next }] };
      return {
        ...frame,
        entry: [use('enter', params), use('serve', params)],
        on: { served: here('pass') },
        always: [onward],
      };
    case 'ballots':
      return {
        ...frame,
        entry: [use('enter', params), use('serve', params)],
        on: { timer, served: here('note'), complete: here('pass') },
        always: [onward],
      };
    case 'parallel':
      return {
        id: block,
        type: 'parallel',
        states: Object.fromEntries(stop.branches.map((branch) => [branch.key, sequence(branch.blocks, place)])),
        onDone: [{ target: next }],
      };
    case 'branch':
      return branchState(stop, next, place);
    case 'repeat':
      return stop.mode === 'together'
        ? {
            ...frame,
            entry: [use('enter', params), use('clearCollected', params), use('children', params)],
            exit: [use('dropChildren', params), use('leave', params)],
            on: { child: here('countChild') },
            always: [onward],
          }
        : loopState(stop, next, params, place);
  }
}

/** A block that was returned, once redone, may go straight to whoever returned it. */
const straightBack = (block: HumanBlock, { template }: Here): Move[] =>
  returners(template, block)
    .filter((to) => sameFrame(template, block.key, to))
    .map((to) => ({ guard: use('back', { block: block.key, to }), target: `#${to}` }));

function backward(block: HumanBlock, is: (outcome: Outcome) => Use, { template }: Here): Move[] {
  if (block.type === 'task') return [];
  const moves: Move[] = returnTargets(template, block).map((to) => ({
    guard: use('returned', { block: block.key, to }),
    target: `#${to}`,
  }));
  if (block.onReject !== undefined)
    moves.push({ guard: is('rejected'), target: block.onReject === 'end' ? '#~rejected' : `#${block.onReject}` });
  return moves;
}

/** Blocks of a list that may be taken back by whoever decided them; handled by the list, so that what came of it is left. */
function retrievals(stops: readonly Stop[]): Pick<StateConfig, 'on'> {
  const moves = (event: 'retrieve' | 'withdraw') =>
    stops.flatMap((stop): Move[] =>
      (stop.type === 'task' || stop.type === 'approval') && stop.allow?.includes(event)
        ? [
            {
              guard: use('mayTakeBack', { block: stop.key }),
              target: `.${stop.key}`,
              actions: [use('restart', { block: stop.key })],
            },
          ]
        : [],
    );
  const on = Object.fromEntries(
    (['retrieve', 'withdraw'] as const).map((event) => [event, moves(event)]).filter(([, list]) => list?.length),
  );
  return Object.keys(on).length > 0 ? { on } : {};
}

function branchState(block: Extract<Block, { type: 'branch' }>, next: string, place: Here): StateConfig {
  const path = ({ key, blocks }: Path): [string, StateConfig] => [
    key,
    { ...sequence(blocks, place), onDone: [{ target: END }] },
  ];
  const choose: Move[] = block.paths.map(({ key, if: condition }) => ({
    guard: use('feel', { block: block.key, if: condition, loop: place.loop }),
    target: key,
  }));
  return {
    id: block.key,
    initial: '~choose',
    states: {
      '~choose': { always: [...choose, { target: block.otherwise.key }] },
      ...Object.fromEntries([...block.paths, block.otherwise].map(path)),
      [END]: { type: 'final' },
    },
    onDone: [{ target: next }],
  };
}

function loopState(block: RepeatBlock, next: string, params: Params, place: Here): StateConfig {
  return {
    id: block.key,
    initial: '~next',
    entry: [use('loopStart', params)],
    states: {
      '~next': { always: [{ guard: use('loopMore', { block: block.key }), target: '~body' }, { target: END }] },
      '~body': {
        ...sequence(block.blocks, { ...place, loop: block.key }),
        onDone: [{ target: '~next', actions: [use('loopNext', { block: block.key })] }],
      },
      [END]: { type: 'final' },
    },
    onDone: [{ target: next }],
  };
}

/** A step that moves on more often by itself runs in a circle; the linter refuses those, and this stops what it missed. */
const MAX_MICROSTEPS = 10_000;

/** Compiles a track of a template into its XState machine. Pure: the same template gives the same machine. */
export function compile(template: CycleTemplate, track: Track): AnyStateMachine {
  const decimals = decimalNames(template);
  const find = <T extends Block['type']>(key: string, ..._types: T[]) =>
    blockByKey(template, key) as Extract<Block, { type: T }>;
  const scope = (context: CaseContext, params: Params) =>
    feelScope(context, change.currentItem(context, params), decimals);

  type On<E = CaseEvent> = { context: CaseContext; event: E };
  type Change = (context: CaseContext, params: Params, event: never) => CaseContext;
  const write = (fn: Change) =>
    assign((({ context, event }: On, params: Params) => fn(context, params, event as never)) as never);

  const actions: Record<string, ReturnType<typeof write>> = {
    enter: write((c, p) => change.enter(c, blockByKey(template, p.block) as Block, p)),
    arrive: write((c, p) => change.enter(c, { type: 'await', key: p.block }, p)),
    leave: write((c, p) => change.leave(c, p.block, p.acted)),
    seat: write((c, _p, e: Extract<CaseEvent, { type: 'people' }>) =>
      change.seat(c, find(e.block, 'task', 'approval'), e),
    ),
    reassign: write((c, _p, e: Extract<CaseEvent, { type: 'reassign' }>) => change.reassignSeat(c, e)),
    unseat: write((c, _p, e: Extract<CaseEvent, { type: 'reseat' }>) => change.unseat(c, e.block)),
    act: write((c, p, e: Extract<CaseEvent, { type: 'act' }>) => change.act(c, find(p.block, 'task', 'approval'), e)),
    tick: write((c, p, e: Extract<CaseEvent, { type: 'timer' }>) => change.tick(c, p.block, e)),
    pass: write((c, p, e: Parameters<typeof change.pass>[2]) => change.pass(c, p.block, e)),
    note: write((c, _p, e: { data?: CaseContext['data'] }) => change.note(c, e.data)),
    countChild: write((c, p, e: Extract<CaseEvent, { type: 'child' }>) =>
      change.countChild(c, find(p.block, 'repeat'), e),
    ),
    clearCollected: write((c, p) => change.clearCollected(c, find(p.block, 'repeat'))),
    compute: write((c, p) => change.compute(c, find(p.block, 'compute'), scope(c, p))),
    checkGate: write((c, p) => change.checkGate(c, find(p.block, 'gate'), scope(c, p))),
    loopStart: write((c, p) => change.loopStart(c, find(p.block, 'repeat'))),
    loopNext: write((c, p) => change.loopNext(c, find(p.block, 'repeat'))),
    restart: write((c) => change.restart(c)),
    finish: write((c, p) => ({ ...c, outcome: p.block as NonNullable<CaseContext['outcome']> })),
  };
  const live = (context: CaseContext, params: Params) => context.live[params.block];
  const guards = {
    outcome: ({ context }: On, p: Params) => live(context, p)?.outcome === p.is,
    returned: ({ context }: On, p: Params) => {
      const now = live(context, p);
      const block = find(p.block, 'approval');
      return now?.outcome === 'returned' && (now.to ?? block.returnTo) === p.to;
    },
    back: ({ context }: On, p: Params) =>
      live(context, p)?.outcome === 'done' && context.back?.at === p.block && context.back.to === p.to,
    mayTakeBack: ({ context, event }: On<Extract<CaseEvent, { type: 'retrieve' | 'withdraw' }>>, p: Params) =>
      change.mayTakeBack(context, p.block, event, followers(template, p.block)),
    mine: ({ context, event }: On<Extract<CaseEvent, { type: 'act' }>>, p: Params) => {
      const now = live(context, p);
      const block = find(p.block, 'task', 'approval');
      const targets = block.type === 'approval' ? returnTargets(template, block) : [];
      return now !== undefined && refusalOfAct(block, now, event, targets) === null;
    },
    clock: ({ context, event }: On<Extract<CaseEvent, { type: 'timer' }>>, p: Params) =>
      event.block === p.block && live(context, p)?.round === event.round,
    here: ({ context, event }: On<{ block: string; round?: number }>, p: Params) =>
      event.block === p.block && (event.round === undefined || live(context, p)?.round === event.round),
    said: ({ event }: On<Extract<CaseEvent, { type: 'message' }>>, p: Params) => event.message === p.message,
    mayReassign: ({ context, event }: On<Extract<CaseEvent, { type: 'reassign' }>>) =>
      !('refused' in reassign(context.live[event.block]?.seats ?? [], event.seat, event)),
    vacant: ({ context, event }: On<Extract<CaseEvent, { type: 'reseat' }>>) => {
      const now = context.live[event.block];
      return now?.round === event.round && change.isVacant(now);
    },
    feel: ({ context }: On, p: Params) => holds(p.if ?? 'false', scope(context, p)),
    loopMore: ({ context }: On, p: Params) => {
      const loop = context.loops[p.block];
      return loop !== undefined && loop.index < loop.items.length;
    },
  };
  const config = {
    ...machineConfig(template, track),
    options: { maxIterations: MAX_MICROSTEPS },
    context: ({ input }: { input: { facts: Facts; data?: CaseContext['data'] } }) =>
      emptyContext(input.facts, input.data),
  };
  return createMachine(config as never, { actions, guards } as never) as AnyStateMachine;
}
