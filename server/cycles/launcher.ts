import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { uuidOf } from '../engine/index.ts';
import type { Deps } from '../http/deps.ts';
import { ProblemError } from '../http/problem.ts';

/** Starts the cases of cycles behind the requests that asked for it. */
export interface Launcher {
  /** Starts what is not started yet; does nothing when it is at it already. */
  start(cycleId: string): void;
  /** Goes on with launches that a stopped process left. */
  resume(): Promise<void>;
  /** Waits until nothing is being launched. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

type Needs = Pick<Deps, 'engine' | 'prisma' | 'clock' | 'logger'>;

export const makeLauncher = ({ engine, prisma, clock, logger }: Needs): Launcher => {
  const running = new Map<string, Promise<void>>();
  const closing = new AbortController();

  /** Every batch is durable and a repeat starts the rest, so an engine that is away is simply asked again. */
  const launch = async (cycleId: string): Promise<void> => {
    for (let tries = 0; !closing.signal.aborted; tries++) {
      try {
        await engine.launchCycle(cycleId);
        return;
      } catch (error) {
        if (!(error instanceof ProblemError) || error.id !== 'engine.unavailable') return record(cycleId, error);
        logger.warn({ err: error, cycleId }, 'the launch of a cycle waits for the engine');
        await pause(Math.min(10_000, 200 * 2 ** tries), undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  };

  /** What cannot work by itself becomes an incident; its retry launches again. The engine has recorded its own already. */
  const record = async (cycleId: string, error: unknown): Promise<void> => {
    logger.error({ err: error, cycleId }, 'the launch of a cycle failed');
    if (error instanceof ProblemError && error.id === 'engine.incident') return;
    const cause = error instanceof Error ? error.message : String(error);
    const event = { type: 'start', cycleId, id: uuidOf(cycleId, 'cycle') };
    const detail = { event, key: null, fired: null };
    await prisma.incident.create({
      data: { id: uuidv7(), kind: 'event', at: clock.now(), cause, detail, state: 'open' },
    });
  };

  const start = (cycleId: string): void => {
    if (running.has(cycleId) || closing.signal.aborted) return;
    const work = launch(cycleId)
      .catch((error) => logger.error({ err: error, cycleId }, 'a failed launch could not be recorded'))
      .finally(() => running.delete(cycleId));
    running.set(cycleId, work);
  };

  return {
    start,
    resume: async () => {
      const left = await prisma.cycle.findMany({ where: { status: 'launching' }, select: { id: true } });
      for (const { id } of left) start(id);
    },
    settled: async () => {
      await Promise.all(running.values());
    },
    close: async () => {
      closing.abort();
      await Promise.all(running.values());
    },
  };
};
