import type { Actors } from './actors.ts';
import { makeVoters } from './ballots.ts';
import { makeField } from './field.ts';
import { makeLedger } from './ledger.ts';
import { makeMilestones } from './milestones.ts';
import { makeOrders } from './orders.ts';
import { readNextTimer } from './tasks.ts';
import type { Ran, World } from './world.ts';

/**
 * Lets time pass: jumps from one instant to the next at which a timer comes due or somebody acts, fires the timers through the
 * engine, then lets everyone act who means to. Ends when nothing is left to happen, or before it would pass `until`.
 */
export async function run(
  world: World,
  ran: Ran,
  actors: Actors,
  until: Date,
  onProgress?: (progress: { now: Date; steps: number }) => unknown,
): Promise<void> {
  const { pool, engine, clock } = world;
  let since = new Date(0);
  const field = await makeField(world);
  const milestones = makeMilestones(world);
  const orders = makeOrders(world);
  const ledger = makeLedger(world);
  const voters = makeVoters(world, ran);
  await settle(world, ran);
  for (;;) {
    await actors.look(since);
    await voters.look(since);
    const timer = (await readNextTimer(pool)) ?? Number.POSITIVE_INFINITY;
    const meant = [actors.next(), voters.next(), field.next()].map((at) => at ?? Number.POSITIVE_INFINITY);
    const next = Math.min(timer, ...meant);
    if (!Number.isFinite(next) || next > until.getTime()) return;
    // Always a later instant, so that the look at what was opened since then sees each task once.
    clock.set(Math.max(next, clock.now().getTime() + 1));
    since = clock.now();
    if (timer <= since.getTime()) ran.timersFired += await engine.fireDue();
    await settle(world, ran);
    await actors.act(since.getTime());
    await voters.act(since.getTime());
    await settle(world, ran);
    await milestones();
    await orders();
    await ledger();
    await field.act();
    await onProgress?.({ now: since, steps: ran.acknowledged.length + ran.timersFired });
  }
}

/** Does what the steps asked for, and fires what came due by it, until all is quiet at this instant. */
async function settle({ pool, engine, clock, jobs, tell }: World, ran: Ran): Promise<void> {
  for (let quiet = false; !quiet; ) {
    const taken = jobs.splice(0);
    for (const job of taken) {
      if (job.task === 'serve') await engine.serve(job.payload);
    }
    const told = taken.flatMap((job) => (job.task === 'tell' ? [job] : []));
    ran.told += told.length;
    if (tell) await Promise.all(told.map(tell));
    const cycles = new Set(taken.flatMap((job) => (job.task === 'gates.check' ? [job.payload.cycleId] : [])));
    for (const cycleId of cycles) await engine.checkGates(cycleId);
    const near = taken.some(({ task }) => task === 'timers.fire');
    const due = near && ((await readNextTimer(pool)) ?? Number.POSITIVE_INFINITY) <= clock.now().getTime();
    if (due) ran.timersFired += await engine.fireDue();
    quiet = !due && jobs.length === 0;
  }
}
