import { ProblemError } from '../http/problem.ts';
import { makeAgenda } from '../simulate/agenda.ts';
import { makeActors } from './actors.ts';
import { type Firing, type OpenTask, readFirings, readMoved, readNextDue, readOpened, type SetTimer } from './look.ts';
import type { Scenario, Silence, Stage } from './stage.ts';
import { makeWatcher, type Visits } from './watcher.ts';

/** What was seen of a stage's scenarios. */
export interface Played {
  /** Every timer that was set for the watched unit or the cycle. */
  timers: SetTimer[];
  firings: Firing[];
  /** Who heard of a firing, by `case/revision`. */
  told: ReadonlyMap<string, string[]>;
  visits: Visits;
  /** Steps that could not be done. */
  failures: { block: string; why: string }[];
  steps: number;
}

/** Nothing lasts longer. */
const LONGEST_MS = 3 * 366 * 86_400_000;
const HOUR = 3_600_000;
/** Whoever is sent back more often fills in what does not help. */
const MOST_ROUNDS = 4;

/** Lets time pass for all scenarios at once, until each has been silent to the end of its ladder or come to its end. */
export async function play(stage: Stage, onProgress: (share: number) => void = () => {}): Promise<Played> {
  const { pool, engine, clock, scenarios } = stage;
  const agenda = makeAgenda<OpenTask>();
  const actors = makeActors(stage);
  const seen = new Set<string>();
  const running = new Set(scenarios.keys());
  const told = new Map<string, string[]>();
  const failures: Played['failures'] = [];
  const opened = new Map<string, Set<number>>();
  let steps = 0;

  const watcher = makeWatcher(stage);
  const fire = async () => {
    await watcher.look();
    steps += await engine.fireDue();
  };
  const settle = async () => {
    for (let quiet = false; !quiet; ) {
      const taken = stage.jobs.splice(0);
      for (const { task, payload } of taken) {
        if (task === 'serve') await engine.serve(payload);
        if (task === 'tell') told.set(payload.id.split('/', 2).join('/'), payload.people);
      }
      const cycles = new Set(taken.flatMap((job) => (job.task === 'gates.check' ? [job.payload.cycleId] : [])));
      for (const cycleId of cycles) await engine.checkGates(cycleId);
      const due =
        taken.some(({ task }) => task === 'timers.fire') &&
        ((await readNextDue(pool)) ?? Infinity) <= clock.now().getTime();
      if (due) await fire();
      quiet = !due && stage.jobs.length === 0;
    }
  };

  /** Someone finds a task: decides when to act, or to be silent. */
  const consider = (task: OpenTask): void => {
    const scenario = scenarios.get(task.cycleId) as Scenario;
    watcher.visit(task.cycleId, task.block, task.item);
    if (scenario.silence && isSilent(scenario.silence, task)) return;
    const now = clock.now().getTime();
    const due = task.dueAt === null || scenario.pace === 'atOnce' ? now : task.dueAt.getTime() - HOUR;
    agenda.add(new Date(Math.max(now, due)).toISOString(), task);
  };
  const perform = async (task: OpenTask): Promise<void> => {
    if (!running.has(task.cycleId)) return;
    const place = `${task.caseId}/${task.block}/${task.item}`;
    const rounds = (opened.get(place) ?? new Set()).add(task.round);
    opened.set(place, rounds);
    if (rounds.size > MOST_ROUNDS) {
      failures.push({ block: task.block, why: `sent back more than ${MOST_ROUNDS - 1} times` });
      return;
    }
    try {
      await actors.act(task);
      steps += 1;
    } catch (error) {
      if (error instanceof ProblemError && (error.id === 'task.closed' || error.id === 'case.finished')) return;
      failures.push({ block: task.block, why: causeOf(error) });
    }
  };
  const actNow = async (): Promise<boolean> => {
    const tasks = (await readOpened(pool, since)).filter(({ caseId, seat }) => !seen.has(`${caseId}.${seat}`));
    for (const task of tasks) {
      seen.add(`${task.caseId}.${task.seat}`);
      consider(task);
    }
    const due = agenda.take(clock.now().getTime());
    const byCase = new Map<string, OpenTask[]>();
    for (const task of due) byCase.set(task.caseId, [...(byCase.get(task.caseId) ?? []), task]);
    const inOrder = async (list: OpenTask[]) => {
      for (const task of list) await perform(task);
    };
    await Promise.all([...byCase.values()].map(inOrder));
    const sent = actors.sends ? await actors.sendMessages(await readMoved(pool, since)) : 0;
    await settle();
    return tasks.length + due.length + sent > 0;
  };

  /** Ends the scenarios whose silence nothing waits for any more. */
  const endSilences = async (): Promise<void> => {
    const now = new Set(
      (await watcher.look()).flatMap(({ cycleId, block, item }) => [
        `${cycleId}/${block}`,
        `${cycleId}/${block}/${item}`,
      ]),
    );
    for (const id of running) {
      const { silence } = scenarios.get(id) as Scenario;
      if (!silence) continue;
      const { live, item } = silence;
      const seen = watcher.visits.get(id)?.get(live);
      const came = item === null ? seen !== undefined : seen?.has(item);
      if (!came || now.has(item === null ? `${id}/${live}` : `${id}/${live}/${item}`)) continue;
      running.delete(id);
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM cases WHERE cycle_id = $1 AND status = 'active'`,
        [id],
      );
      for (const one of rows)
        await engine.cancel(one.id, { actor: 'rehearsal', reason: 'rehearsed' }).catch(ignoreEnded);
      stage.jobs.splice(0);
    }
  };

  let since = new Date(0);
  const until = clock.now().getTime() + LONGEST_MS;
  const silent = [...scenarios.values()].filter(({ silence }) => silence !== null).length;
  await settle();
  for (;;) {
    while (await actNow());
    await endSilences();
    onProgress(
      silent > 0 ? 1 - running.size / scenarios.size : (clock.now().getTime() - until + LONGEST_MS) / (LONGEST_MS / 2),
    );
    const due = (await readNextDue(pool)) ?? Number.POSITIVE_INFINITY;
    const next = Math.min(due, agenda.next() ?? Number.POSITIVE_INFINITY);
    if (!Number.isFinite(next) || next > until || running.size === 0) break;
    clock.set(next);
    since = clock.now();
    if (due <= since.getTime()) await fire();
    await settle();
  }
  const firings = await readFirings(pool, [...scenarios.keys()]);
  return { timers: watcher.timers(), firings, told, visits: watcher.visits, failures, steps };
}

/** Silent at the block itself the first time that it opens; at what keeps a meeting waiting, every time. */
function isSilent({ blocks, item, live }: Silence, task: OpenTask): boolean {
  if (!blocks.includes(task.block)) return false;
  return live !== task.block || item === null || task.item === item;
}

const ignoreEnded = (error: unknown): void => {
  if (!(error instanceof ProblemError) || error.id !== 'case.finished') throw error;
};

const causeOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
};
