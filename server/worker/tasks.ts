import type { TaskList } from 'graphile-worker';
import type pg from 'pg';
import type { LiveCalendar } from '../calendar/live.ts';
import type { LiveDirectory } from '../directory/directory.ts';
import type { Engine, Job } from '../engine/types.ts';
import type { Outbox } from '../mail/outbox.ts';
import { type LinkJob, sendLink } from '../passwordLinks/send.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Settings } from '../settings/index.ts';
import { patiently } from './away.ts';
import { coalesce, coalesceBy } from './coalesce.ts';
import type { WorkerMetrics } from './metrics.ts';
import { tell } from './tell.ts';
import { inTurn } from './turn.ts';

export interface WorkOptions {
  pool: pg.Pool;
  engine: Engine;
  directory: LiveDirectory;
  calendar: LiveCalendar;
  clock: { now(): Date };
  outbox: Outbox | null;
  mailLinks: string | null;
  secrets: Secrets;
  settings: Pick<Settings, 'invitationDays'>;
  metrics: WorkerMetrics;
}

/** What a worker does, each safe to do again at any time: rows are the truth, jobs only say that it is time to look. */
export interface Work {
  fireTimers(): Promise<void>;
  checkGates(cycleId: string): Promise<void>;
  sendMails(): Promise<void>;
  tell(payload: Extract<Job, { task: 'tell' }>['payload']): Promise<void>;
  serve(payload: Extract<Job, { task: 'serve' }>['payload']): Promise<void>;
  retryMails(to: string): Promise<void>;
  /** Mails somebody a link to choose a password by. */
  sendLink(job: LinkJob): Promise<void>;
  /** Counts open dates again by the calendar as it is now. */
  redate(actor: string): Promise<void>;
}

/** How long a node waits for another one that fires timers, before it does so too. */
const TURN_MS = 2_000;

export function makeWork(options: WorkOptions): Work {
  const { pool, engine, calendar, outbox, metrics } = options;
  const sendMails = coalesce(async () => {
    if (outbox) metrics.mailsSent += (await outbox.drain()).sent;
  });
  return {
    fireTimers: coalesce(async () => {
      await inTurn(pool, 'timers', TURN_MS, async () => {
        metrics.timersFired += await engine.fireDue();
      });
    }),
    checkGates: coalesceBy((cycleId) => engine.checkGates(cycleId)),
    sendMails,
    tell: (payload) => tell(options, payload),
    serve: (payload) => engine.serve(payload),
    sendLink: (job) => sendLink(options, job),
    retryMails: async (to) => {
      await outbox?.retry(to);
      await sendMails();
    },
    redate: async (actor) => {
      await calendar.reload();
      await engine.redate({ actor });
    },
  };
}

/** The tasks of the job queue. They wait while the database is away, so that it costs a job no attempts. */
export function taskList(work: Work, signal: AbortSignal): TaskList {
  const task = <Payload>(run: (payload: Payload) => Promise<void>) =>
    ((payload: unknown) => patiently(() => run(payload as Payload), signal)) as TaskList[string];
  return {
    'timers.fire': task(() => work.fireTimers()),
    'gates.check': task(({ cycleId }: { cycleId: string }) => work.checkGates(cycleId)),
    serve: task(work.serve),
    tell: task(work.tell),
    'calendar.redate': task(({ actor }: { actor: string }) => work.redate(actor)),
    'mail.send': task(() => work.sendMails()),
    'account.link': task(work.sendLink),
    'mail.retry': task(({ to }: { to: string }) => work.retryMails(to)),
  };
}
