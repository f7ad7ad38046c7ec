import type pg from 'pg';
import type { Logger } from 'pino';
import { keepCheckpoint } from '../audit/keep.ts';
import type { LiveCalendar } from '../calendar/live.ts';
import { makePool } from '../db/pool.ts';
import { makePrisma } from '../db/prisma.ts';
import type { LiveDirectory } from '../directory/directory.ts';
import { systemClock } from '../engine/index.ts';
import type { Clock, Engine } from '../engine/types.ts';
import { pullDue } from '../indicators/pull.ts';
import type { LdapSettings } from '../ldap/client.ts';
import { syncWhenDue } from '../ldap/nightly.ts';
import { makeOutbox, type Outbox } from '../mail/outbox.ts';
import { type MailTransport, makeTransport } from '../mail/transport.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Settings } from '../settings/index.ts';
import { patiently } from './away.ts';
import { coalesce } from './coalesce.ts';
import { digest } from './digest.ts';
import { endLease, makeAudit, reap, renewLease } from './lease.ts';
import { startLoop } from './loop.ts';
import { makeMetrics, type WorkerMetrics } from './metrics.ts';
import { superviseRunner } from './supervisor.ts';
import { sweep } from './sweep.ts';
import { makeWork, taskList } from './tasks.ts';
import { inTurn } from './turn.ts';

/** How often things are looked after, in ms. */
export interface WorkerPace {
  /** A worker asks for jobs although nobody told it of one. */
  poll: number;
  /** It says that it lives. */
  lease: number;
  /** It frees jobs of dead workers, and its own lost ones. */
  reap: number;
  /** It fires timers that are overdue, whatever became of their jobs. */
  overdue: number;
  /** It looks after everything else that a lost job may have left. */
  sweep: number;
  /** It mails people their new tasks. */
  digest: number;
  /** It looks whether it is time for a checkpoint of the audit. */
  checkpoint: number;
}

export const PACE: WorkerPace = {
  poll: 1_000,
  lease: 2_000,
  reap: 5_000,
  overdue: 5_000,
  sweep: 60_000,
  digest: 3 * 60_000,
  checkpoint: 5_000,
};

export interface WorkerOptions {
  /** Connections of its own, made by `makeWorkerPool`. It stays the caller's to end, after `stop`. */
  pool: pg.Pool;
  engine: Engine;
  directory: LiveDirectory;
  calendar: LiveCalendar;
  settings: Pick<
    Settings,
    | 'jobConcurrency'
    | 'smtpUrl'
    | 'mailFrom'
    | 'url'
    | 'host'
    | 'port'
    | 'pullHosts'
    | 'data'
    | 'auditKeyFile'
    | 'auditFile'
    | 'invitationDays'
    | 'ldapSyncAt'
  > &
    LdapSettings;
  /** Opens mails that are kept sealed. */
  secrets: Secrets;
  clock?: Clock;
  logger: Logger;
  /** How mail leaves the house, instead of `SMTP_URL`. */
  mail?: MailTransport | null;
  pace?: Partial<WorkerPace>;
  /** Where it counts. */
  metrics?: WorkerMetrics;
}

export interface Worker {
  metrics: WorkerMetrics;
  /** Looks after everything now. */
  sweep(): Promise<void>;
  /** Mails new tasks now; 0 when there is no mail. */
  digest(): Promise<number>;
  /** Ends after the jobs that run, or ten seconds. */
  stop(): Promise<void>;
}

/** Connections beside those that run jobs: one listens, one for each thing that is looked after. */
const SPARE = 7;

/** The connections of a worker that runs so many jobs at a time. */
export const makeWorkerPool = (url: string, concurrency: number, logger: Logger): pg.Pool =>
  makePool(url, {
    max: concurrency + SPARE,
    name: 'worker',
    onConnectionError: (error) => logger.debug({ err: error }, 'a connection of the worker broke'),
  });

/** Mails under way may end, but a mail server or database that hangs does not keep a worker from stopping. */
const STOP_MAIL_MS = 8_000;
const STOP_LEASE_MS = 2_000;

/**
 * Runs the jobs of the queue and heals what crashes leave. Any number of workers may run against one database.
 *
 * graphile-worker alone does not survive a crash: the jobs of a killed process stay locked for four hours, a lost answer leaves
 * one locked by a pool that lives, and a pool whose first query failed listens for ever without running anything. So each pool
 * has a lease, a reaper frees what expired leases hold, an audit frees what is ours and not running, and a supervisor replaces
 * a pool that cannot take jobs.
 */
export function startWorker(options: WorkerOptions): Worker {
  const {
    pool,
    engine,
    directory,
    calendar,
    settings,
    secrets,
    logger,
    clock = systemClock,
    metrics = makeMetrics(),
  } = options;
  const pace = { ...PACE, ...options.pace };
  const publicUrl = settings.url ?? `http://${settings.host}:${settings.port}`;
  const transport = options.mail === undefined ? transportOf(settings, publicUrl) : options.mail;
  const outbox: Outbox | null = transport && makeOutbox({ pool, transport, secrets, clock, logger });
  const mailLinks = outbox ? publicUrl : null;
  const work = makeWork({ pool, engine, directory, calendar, clock, outbox, mailLinks, secrets, settings, metrics });

  // One after the other, so that a lease that has ended is not renewed by a late word.
  let leasing = Promise.resolve();
  let alive: string | null = null;
  const renew = async () => {
    if (alive !== null) await renewLease(pool, alive);
  };
  const onLease = (work: () => Promise<void>): Promise<void> => {
    leasing = leasing.then(work).catch((error) => {
      logger.debug({ err: error }, 'a lease waits for the database'); // it runs out by itself
    });
    return leasing;
  };
  const supervisor = superviseRunner(
    {
      pool,
      tasks: (signal) => taskList(work, signal),
      concurrency: settings.jobConcurrency,
      pollMs: pace.poll,
      sickAfter: 3 * settings.jobConcurrency,
      logger,
      metrics,
    },
    {
      started: ({ id }) => {
        alive = id;
        void onLease(renew);
      },
      lost: ({ id }) => {
        alive = null;
        void onLease(() => patiently(() => endLease(pool, id), AbortSignal.timeout(STOP_LEASE_MS)));
      },
    },
  );
  const audit = makeAudit(pool);
  const sweepNow = coalesce(() => sweep({ pool, engine, calendar, clock, work, metrics }));
  const prisma = makePrisma(pool);
  const pullNow = coalesce(async () => {
    const puller = { prisma, hosts: settings.pullHosts, now: clock.now(), calendar: calendar.current() };
    await inTurn(pool, 'pull', 0, () => pullDue(puller));
  });
  const checkpointNow = coalesce(async () => {
    const dayOf = (instant: string) => calendar.current().dayOf(instant);
    await inTurn(pool, 'checkpoint', 0, () => keepCheckpoint({ pool, settings, clock, dayOf, mail: outbox !== null }));
  });
  const syncNow = coalesce(async () => {
    if (settings.ldapUrl === undefined) return;
    const now = clock.now();
    const synced = await inTurn(pool, 'ldap', 0, () => syncWhenDue(prisma, settings, now, calendar.current()));
    if (synced) await directory.reload();
  });
  const digestNow = coalesce(async () => {
    if (mailLinks === null) return 0;
    return (await inTurn(pool, 'digest', 0, () => digest({ pool, directory, clock, links: mailLinks }))) ?? 0;
  });

  const loops = [
    startLoop('lease', pace.lease, () => onLease(renew), logger),
    startLoop(
      'reap',
      pace.reap,
      async () => {
        const { id, running } = supervisor.current();
        metrics.reaped += await reap(pool);
        metrics.unlocked += await audit(id, running);
      },
      logger,
    ),
    startLoop('overdue', pace.overdue, () => work.fireTimers(), logger),
    startLoop('sweep', pace.sweep, sweepNow, logger),
    startLoop('digest', pace.digest, digestNow, logger),
    startLoop('pull', pace.sweep, pullNow, logger),
    startLoop('checkpoint', pace.checkpoint, checkpointNow, logger),
    startLoop('ldap', pace.sweep, syncNow, logger),
  ];

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    const timer = setTimeout(() => outbox?.close(), STOP_MAIL_MS);
    await Promise.all([supervisor.stop(), ...loops.map((loop) => loop.stop())]);
    clearTimeout(timer);
    outbox?.close();
    const { id } = supervisor.current();
    await onLease(() => patiently(() => endLease(pool, id), AbortSignal.timeout(STOP_LEASE_MS)));
  };
  return {
    metrics,
    sweep: sweepNow,
    digest: digestNow,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

const transportOf = (
  { smtpUrl, mailFrom }: Pick<Settings, 'smtpUrl' | 'mailFrom'>,
  publicUrl: string,
): MailTransport | null => (smtpUrl ? makeTransport({ smtpUrl, from: mailFrom, publicUrl }) : null);
