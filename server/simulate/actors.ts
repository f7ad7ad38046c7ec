import type { HumanBlock } from '../../workflows/template/block.ts';
import { blocksOf } from '../../workflows/template/schema.ts';
import { ProblemError } from '../http/problem.ts';
import { makeAgenda } from './agenda.ts';
import { choose } from './decide.ts';
import { makeDesks, qualityOf } from './desks.ts';
import { pick } from './draw.ts';
import { actionTime, type Habit, habitOf, type OpenTask } from './habits.ts';
import { readHolders, readOpenTasks } from './tasks.ts';
import type { Ran, World } from './world.ts';

interface Plan {
  task: OpenTask;
  habit: Habit;
  /** Who means to act; the seat's holders may have changed until then. */
  person: string;
  step: 'transfer' | 'act';
}

/** The people of the city: what they mean to do, and how they do it. */
export interface Actors {
  /** The next instant at which somebody means to act. */
  next(): number | undefined;
  /** People see what came into their inboxes since an instant, and decide when to deal with it. */
  look(since: Date): Promise<void>;
  /** Everyone acts who meant to by then: cases side by side, each case in order. */
  act(now: number): Promise<void>;
}

export function makeActors(world: World, ran: Ran): Actors {
  const { engine, clock, calendar, draw } = world;
  const blocks = new Map([...blocksOf(world.template)].map(({ block }) => [block.key, block as HumanBlock]));
  const agenda = makeAgenda<Plan>();
  const returns = new Map<string, number>();
  const { colleaguesOf, fill } = makeDesks(world);

  /** Who could take a task over: colleagues who do not hold it already. Where several decide together, everyone decides himself. */
  const takersOf = (task: OpenTask, block: HumanBlock, person: string) =>
    block.type === 'approval' && (block.mode ?? 'any') !== 'any'
      ? []
      : colleaguesOf(person).filter((id) => !task.people.includes(id));

  /** A seat is handed over once at most and closed once, so the action makes the key; impatient people press twice. */
  const send = async ({ caseId, seat }: OpenTask, event: { action: string; actor: string }): Promise<void> => {
    const key = `simulate/${seat}/${event.action}`;
    const step = { caseId, key, event: { type: 'act', seat, ...event } };
    const applied = await engine.apply(step);
    ran.acknowledged.push({ caseId, key, revision: applied.revision });
    if (draw('double click', caseId, seat, event.action) >= 0.02) return;
    const again = await engine.apply(step);
    if (!again.repeated || again.revision !== applied.revision) ran.doubled += 1;
  };

  const handOver = async ({ task, habit, person }: Plan, block: HumanBlock): Promise<void> => {
    const to = pick(takersOf(task, block, person), draw('taker', task.caseId, task.seat));
    await send(task, { action: 'transfer', actor: person, ...{ to, reason: '工作调整，请接办。' } });
    const taken = { ...task, openedAt: clock.now().toISOString(), people: [to] };
    agenda.add(actionTime('punctual', taken, block, draw, calendar), { task: taken, habit, person: to, step: 'act' });
  };

  const settleTask = async ({ task, person }: Plan, block: HumanBlock): Promise<void> => {
    const place = `${task.caseId}/${block.key}`;
    const choice = choose(block, task, qualityOf(draw, task.orgId), returns.get(place) ?? 0, draw);
    const values = await fill(block, task, person);
    await send(task, { ...choice, actor: person, ...(Object.keys(values).length > 0 && { values }) });
    if (choice.action === 'return' || choice.action === 'reject') returns.set(place, (returns.get(place) ?? 0) + 1);
    else returns.delete(place);
  };

  /** The block may have moved on since the plan was made, or the ladder given the seat to others: then they act. */
  const perform = async (plan: Plan): Promise<void> => {
    const { task } = plan;
    const block = blocks.get(task.block) as HumanBlock;
    try {
      await (plan.step === 'transfer' ? handOver : settleTask)(plan, block);
    } catch (error) {
      const id = error instanceof ProblemError ? error.id : '';
      const holders = id === 'task.notYours' ? await readHolders(world.pool, task.caseId, task.seat) : null;
      const person = holders?.find((holder) => holder !== plan.person);
      if (person !== undefined) return perform({ ...plan, person, step: 'act' });
      if (id !== 'task.closed' && id !== 'task.notYours' && id !== 'case.finished') throw error;
      ran.overtaken += 1;
    }
  };
  const performAll = async (plans: readonly Plan[]) => {
    for (const plan of plans) await perform(plan);
  };

  const consider = (task: OpenTask): void => {
    const block = blocks.get(task.block);
    if (!block || task.people.length === 0) {
      ran.vacant += 1;
      return;
    }
    const person = pick(task.people, draw('person', task.caseId, task.seat));
    const habit = habitOf(draw, person, task);
    const busy = habit === 'punctual' && draw('busy', task.caseId, task.seat) < 0.03;
    const step = busy && takersOf(task, block, person).length > 0 ? 'transfer' : 'act';
    agenda.add(actionTime(habit, task, block, draw, calendar), { task, habit, person, step });
  };

  return {
    next: agenda.next,
    look: async (since) => {
      for (const task of await readOpenTasks(world.pool, since)) consider(task);
    },
    act: async (now) => {
      const byCase = new Map<string, Plan[]>();
      for (const plan of agenda.take(now))
        byCase.set(plan.task.caseId, [...(byCase.get(plan.task.caseId) ?? []), plan]);
      for (const plans of byCase.values()) plans.sort((a, b) => a.task.seat - b.task.seat);
      await Promise.all([...byCase.values()].map(performAll));
    },
  };
}
