import type pg from 'pg';
import type { PrismaClient } from '../../prisma/client/client.ts';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { LiveDirectory } from '../directory/directory.ts';
import type { Engine, Job } from '../engine/types.ts';
import type { VirtualClock } from './clock.ts';
import type { Draw } from './draw.ts';

/** A city in virtual time: the real engine on a real database, and a clock that the simulator sets. */
export interface World {
  pool: pg.Pool;
  prisma: PrismaClient;
  engine: Engine;
  clock: VirtualClock;
  calendar: Calendar;
  directory: LiveDirectory;
  template: CycleTemplate;
  cycleId: string;
  year: number;
  draw: Draw;
  /** The jobs that the engine's steps asked for; taken out as they are done. */
  jobs: Job[];
  /** Does a `tell` job; without it nobody hears what is told. */
  tell?: (job: Extract<Job, { task: 'tell' }>) => Promise<void>;
}

/** A step that the engine has answered for: it must be in the record afterwards. */
export interface Acknowledged {
  caseId: string;
  key: string;
  revision: number;
}

/** What happened while the world ran. */
export interface Ran {
  acknowledged: Acknowledged[];
  /** Repeated requests that were not answered from the record. */
  doubled: number;
  /** Plans that came to nothing because the block had moved on. */
  overtaken: number;
  told: number;
  /** Open tasks that nobody holds. */
  vacant: number;
  timersFired: number;
}

export const nothingYet = (): Ran => ({
  acknowledged: [],
  doubled: 0,
  overtaken: 0,
  told: 0,
  vacant: 0,
  timersFired: 0,
});
