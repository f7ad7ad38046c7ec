import { actionsOf, needsPerson, needsReason } from '../../../workflows/approval/actions.ts';
import type { ActEvent, CaseEvent, Seat } from '../../../workflows/machine/context.ts';
import { refusalOf } from '../../../workflows/machine/step.ts';
import { returnTargets } from '../../../workflows/machine/targets.ts';
import { blockByKey } from '../../../workflows/machine/track.ts';
import { ACTIONS, type Action } from '../../../workflows/template/action.ts';
import type { HumanBlock } from '../../../workflows/template/block.ts';
import type { Applied, CaseState } from '../../engine/types.ts';
import { ProblemError } from '../../http/problem.ts';
import type { Actors } from '../actors.ts';
import { makeAgenda } from '../agenda.ts';
import { makeDesks } from '../desks.ts';
import { pick } from '../draw.ts';
import { actionTime, habitOf, type OpenTask } from '../habits.ts';
import { readOpenTasksOfMoved } from '../tasks.ts';
import type { Ran, World } from '../world.ts';
import { blocksAfterMeetings, stopsBehind } from './stops.ts';

/** What the chaos came to. */
export interface Tally {
  /** Steps that took effect, by what they were. */
  done: Record<string, number>;
  /** Attempts that were rightly refused, by the id of the refusal. */
  refused: Record<string, number>;
  violations: { caseId: string; what: string; detail: string }[];
}

interface Plan {
  task: OpenTask;
  root: string;
  what: 'act' | 'resume';
}

type Live = { key: string; block: HumanBlock; seats: readonly Seat[]; seat: Seat };

/** So often somebody in a case does as they please; then all have had enough, and work. */
const MISCHIEF = 40;
const OVERTAKEN: ReadonlySet<string> = new Set(['task.closed', 'task.notYours', 'case.suspended', 'case.finished']);
const REASON = '按自己的想法办。';

/**
 * People who do whatever their tasks allow, and try what they do not: they hand over, add and remove approvers, return to
 * anywhere, take back, act twice, on what they saw long ago, and on what is not theirs, while the office moves, suspends and
 * cancels cases. Each answer of the engine is compared with what the core says of the same state; each act names the revision
 * that it saw, so that a refusal which changed anything shows.
 */
export function makeChaoticActors(world: World, ran: Ran, tally: Tally): Actors & { wake(): void } {
  const { engine, clock, calendar, draw, pool } = world;
  const agenda = makeAgenda<Plan>();
  const planned = new Map<string, Plan>();
  const turns = new Map<string, number>();
  const mischief = new Map<string, number>();
  const silentIn = blocksAfterMeetings(world.template);
  const { colleaguesOf, fill } = makeDesks(world);
  const everyone = [...world.directory.data().people.keys()];
  const office = world.directory.data().roles.get('performanceOffice')?.[0] ?? (everyone[0] as string);
  /** Cases that have moved since somebody turned to them. */
  const moved = new Set<string>();
  let awake = false;

  const nameOf = ({ caseId, seat }: Pick<OpenTask, 'caseId' | 'seat'>) => `${caseId}/${seat}`;
  const count = (table: Record<string, number>, name: string) => {
    table[name] = (table[name] ?? 0) + 1;
  };
  const violation = (caseId: string, what: string, detail: string) => tally.violations.push({ caseId, what, detail });

  const consider = (task: OpenTask & { root: string }): void => {
    const name = nameOf(task);
    const plan = planned.get(name);
    if (plan) {
      plan.task = task;
      return;
    }
    const block = blockByKey(world.template, task.block) as HumanBlock;
    const person = task.people[0];
    if (person === undefined) {
      ran.vacant += 1;
      return;
    }
    if (!awake && silentIn.has(task.block) && draw('for ever', task.caseId, task.block) < 0.02) return;
    const meant: Plan = { task, root: task.root, what: 'act' };
    const seen = { ...task, openedAt: clock.now().toISOString() };
    agenda.add(actionTime(habitOf(draw, person, task), seen, block, draw, calendar), meant);
    planned.set(name, meant);
  };

  const wild = (root: string, key: string): boolean =>
    !awake && (mischief.get(root) ?? 0) < MISCHIEF && draw(key, 'wild') < 0.35;

  /** What the core says of an event in this state, by the id that the engine must answer. */
  const predicted = (state: CaseState, event: CaseEvent): string | null => {
    if (state.status === 'suspended' && event.type !== 'cancel') return 'case.suspended';
    if (state.status !== 'active' && state.status !== 'suspended') return 'case.finished';
    const id = refusalOf(state.definition, state.snapshot, event)?.id ?? null;
    return id === 'action.notAllowed' ? 'event.refused' : id;
  };

  /** Sends an event; it must be answered as the core says. Null when it was refused. */
  const send = async (
    state: CaseState,
    event: CaseEvent,
    key: string,
    expected: readonly string[] = [predicted(state, event)].flatMap((id) => id ?? []),
    revision = state.revision,
  ): Promise<Applied | null> => {
    const name = event.type === 'act' ? event.action : event.type;
    const told = `${name} in "${'block' in event ? event.block : 'seat' in event ? event.seat : ''}"`;
    try {
      const applied = await engine.apply({ caseId: state.id, event, key, revision });
      if (expected.length > 0) violation(state.id, 'accepted', `${told}, which ${expected.join(' or ')} should refuse`);
      else count(tally.done, name);
      moved.add(state.id);
      ran.acknowledged.push({ caseId: state.id, key, revision: applied.revision });
      return applied;
    } catch (error) {
      const id = error instanceof ProblemError ? error.id : String(error);
      if (!expected.includes(id as never)) violation(state.id, 'refused', `${told}: ${id}`);
      else count(tally.refused, id);
      return null;
    }
  };

  /** What must be refused, whatever the state. */
  const trespass = async (state: CaseState, { seat, block }: Live, key: string, u: number): Promise<void> => {
    const action: Action = block.type === 'task' ? 'submit' : 'approve';
    const own: ActEvent = { type: 'act', seat: seat.n, action, actor: seat.people[0] as string };
    const others = ACTIONS.filter((one) => one !== 'retrieve' && !actionsOf(block).includes(one));
    const stranger = everyone.find((one) => !seat.people.includes(one)) as string;
    const tries: [CaseEvent, string][] = [
      [{ ...own, actor: stranger }, 'task.notYours'],
      [{ ...own, seat: 1_000_000 }, 'task.closed'],
      [{ type: 'gathered', block: 'nowhere' }, 'event.refused'],
      [{ type: 'retrieve', block: 'nowhere', actor: stranger }, 'retrieve.late'],
      [{ type: 'jump', block: 'nowhere', actor: office, reason: REASON }, 'jump.target'],
    ];
    if (others.length > 0)
      tries.push([{ ...own, action: pick(others, draw(key, 'other')), reason: REASON, to: stranger }, 'event.refused']);
    if (u < 0.15) await send(state, own, key, ['revision.stale'], state.revision - 1);
    else {
      const [event, id] = pick(tries, draw(key, 'trespass'));
      await send(state, event, key, [id]);
    }
  };

  const byOffice = async (state: CaseState, root: string, key: string): Promise<void> => {
    const u = draw(key, 'office');
    const by = { actor: office, reason: REASON, key };
    const item = state.kind === 'item';
    if (u < 0.3) {
      const block = pick(Object.keys(state.context.done).concat('nowhere'), draw(key, 'retrieve'));
      const actor = state.context.done[block]?.by ?? office;
      const withdraw = draw(key, 'withdraw') < 0.4;
      await send(
        state,
        withdraw ? { type: 'withdraw', actor: state.context.initiator ?? actor } : { type: 'retrieve', block, actor },
        key,
      );
    } else if (u < 0.7 && state.kind === 'participant') {
      const behind = stopsBehind(state.definition, Object.keys(state.context.live));
      const block = behind.at(-1 - Math.floor(draw(key, 'jump') * 4)) ?? behind[0];
      if (block !== undefined) await send(state, { type: 'jump', block, actor: office, reason: REASON }, key);
    } else if (u < 0.99 && !item) {
      await engine.suspend(state.id, by);
      moved.add(state.id);
      count(tally.done, 'suspend');
      await send({ ...state, status: 'suspended' }, { type: 'message', message: 'none' }, `${key}/still`);
      const day = calendar.dayOf(clock.now().toISOString());
      const back = calendar.endOf(calendar.addWorkingDays(day, 1 + Math.floor(draw(key, 'back') * 8)));
      const task = { caseId: state.id, seat: 0 } as OpenTask;
      agenda.add(back, { task, root, what: 'resume' });
    } else if (state.kind === 'participant') {
      await engine.cancel(state.id, by);
      moved.add(state.id);
      count(tally.done, 'cancel');
    }
  };

  /** Whatever the task offers, filled in; what the core refuses is sent as well. */
  const anything = async (
    { seat, seats, block }: Live,
    task: OpenTask,
    person: string,
    key: string,
  ): Promise<ActEvent> => {
    const u = (purpose: string) => draw(key, purpose);
    const decides: Action[] = block.type === 'task' ? ['submit'] : ['approve'];
    const done = seats.filter((one) => one.state === 'done' && one.by !== undefined);
    const offered = actionsOf(block).filter((one) => one !== 'retrieve' || done.length > 0);
    let action = pick([...decides, ...offered], u('action'));
    // Few units end for good.
    if (action === 'reject' && block.type === 'approval' && block.onReject === 'end' && u('end') > 0.05)
      action = 'approve';
    const mine = action === 'retrieve' ? (done[0] as Seat) : seat;
    const event: ActEvent = { type: 'act', seat: mine.n, action, actor: mine.by ?? person };
    if (needsReason(action) ? u('silent') < 0.9 : u('reason') < 0.3) event.reason = REASON;
    if (needsPerson(action))
      event.to = pick([...colleaguesOf(person), ...seat.people, pick(everyone, u('anyone'))], u('to'));
    if (action === 'remove') event.target = pick(seats, u('target')).n;
    if (action === 'return' && block.type === 'approval') {
      const targets = returnTargets(world.template, block);
      event.block = pick([...targets, ...targets, block.key], u('target'));
    }
    if (action === 'submit' || action === 'approve') event.values = await fill(block, task, person);
    return event;
  };

  const decision = async (block: HumanBlock, task: OpenTask, person: string): Promise<ActEvent> => ({
    type: 'act',
    seat: task.seat,
    action: block.type === 'task' ? 'submit' : 'approve',
    actor: person,
    values: await fill(block, task, person),
  });

  /** Presses the button again: the same request is answered from the record, a new one finds the task closed. */
  const again = async (state: CaseState, event: ActEvent, key: string, applied: Applied): Promise<void> => {
    const same = await engine.apply({ caseId: state.id, event, key });
    if (!same.repeated || same.revision !== applied.revision) ran.doubled += 1;
    if (event.action !== 'submit' && event.action !== 'approve') return;
    const refusals = ['task.closed', 'task.notYours', 'case.finished'];
    await send(state, event, `${key}/again`, refusals, applied.revision);
  };

  const actOn = async (state: CaseState, live: Live, { task, root }: Plan, key: string): Promise<void> => {
    const person = pick(live.seat.people, draw(key, 'person'));
    if (!wild(root, key.slice(0, -'/seen'.length))) {
      await send(state, await decision(live.block, task, person), key);
      return;
    }
    mischief.set(root, (mischief.get(root) ?? 0) + 1);
    const u = draw(key, 'kind');
    if (u < 0.3) await trespass(state, live, `${key}/trespass`, u);
    if (u > 0.85) return byOffice(state, root, `${key}/office`);
    const event = await anything(live, task, person, key);
    const applied = await send(state, event, key);
    if (applied && draw(key, 'twice') < 0.3) await again(state, event, key, applied);
    // Whoever was refused still has the task, and nothing has changed, so it is done properly on what was seen before.
    if (!applied) await send(state, await decision(live.block, task, person), `${key}/then`);
  };

  /** Does the task as it was seen last; false when somebody was faster, or the case stands still. */
  const work = async ({ task }: Plan, key: string): Promise<boolean> => {
    const event = await decision(
      blockByKey(world.template, task.block) as HumanBlock,
      task,
      pick(task.people, draw(key, 'who')),
    );
    try {
      const applied = await engine.apply({ caseId: task.caseId, event, key });
      count(tally.done, event.action);
      ran.acknowledged.push({ caseId: task.caseId, key, revision: applied.revision });
      return true;
    } catch (error) {
      if (error instanceof ProblemError && OVERTAKEN.has(error.id)) return false;
      violation(task.caseId, 'refused', `${event.action} in "${task.block}": ${String(error)}`);
      return true;
    }
  };

  const perform = async (plan: Plan): Promise<void> => {
    const { caseId, seat: n } = plan.task;
    const turn = (turns.get(plan.root) ?? 0) + 1;
    turns.set(plan.root, turn);
    const key = `simulate/${turn}/${plan.root}`;
    if (plan.what === 'act' && !wild(plan.root, key) && (await work(plan, key))) return;
    const state = await engine.read(caseId);
    if (plan.what === 'resume') {
      if (state.status !== 'suspended') return;
      await engine.resume(caseId, { actor: office, reason: REASON, key });
      count(tally.done, 'resume');
      return;
    }
    const live = liveOf(state, n);
    // Somebody was faster, or the case stands still: whoever acts on what they saw is told so.
    if (!live || state.status !== 'active') {
      ran.overtaken += 1;
      const stale: ActEvent = { type: 'act', seat: n, action: 'approve', actor: office };
      await send(state, stale, `${key}/stale`);
      return;
    }
    moved.delete(caseId);
    if (live.seat.people.length > 0) await actOn(state, live, plan, `${key}/seen`);
    // Whoever got nowhere comes back to it another day.
    if (!moved.has(caseId)) consider({ ...plan.task, root: plan.root, people: live.seat.people });
  };

  return {
    next: agenda.next,
    wake: () => {
      awake = true;
    },
    look: async (since) => {
      for (const task of await readOpenTasksOfMoved(pool, since)) consider(task);
    },
    act: async (now) => {
      const byRoot = new Map<string, Plan[]>();
      for (const one of agenda.take(now)) {
        if (one.what === 'act') planned.delete(nameOf(one.task));
        byRoot.set(one.root, [...(byRoot.get(one.root) ?? []), one]);
      }
      const inOrder = async (plans: Plan[]) => {
        const order = (one: Plan) => `${one.what}/${one.task.caseId}/${String(one.task.seat).padStart(9, '0')}`;
        for (const one of plans.sort((a, b) => (order(a) < order(b) ? -1 : 1))) await perform(one);
      };
      await Promise.all([...byRoot.values()].map(inOrder));
    },
  };
}

/** The block and the seat of an open task; undefined when it is no longer open. */
function liveOf({ context, definition }: CaseState, n: number): Live | undefined {
  for (const [key, { seats }] of Object.entries(context.live)) {
    const seat = seats?.find((one) => one.n === n && one.state === 'open');
    if (seat && seats) return { key, block: blockByKey(definition.template, key) as HumanBlock, seats, seat };
  }
  return undefined;
}
