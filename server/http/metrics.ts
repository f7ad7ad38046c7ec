import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Deps } from './deps.ts';
import { problem } from './problem.ts';
import type { Route } from './route.ts';

/** Numbers for Prometheus: durations of requests here, and the state of the shared database at the moment of the scrape. */
export const makeMetrics = ({
  pool,
  engine,
  workerMetrics,
  settings,
}: Pick<Deps, 'pool' | 'engine' | 'workerMetrics' | 'settings'>) => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'bihuan_' });
  const seconds = new Histogram({
    name: 'bihuan_http_request_seconds',
    help: 'Duration of API requests by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
    registers: [registry],
  });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const cases = gauge('bihuan_cases', 'Cases by status', ['status']);
  const tasks = gauge('bihuan_tasks_open', 'Open tasks', ['overdue']);
  const timers = gauge('bihuan_timers', 'Timers by state: waiting, due and not yet fired, parked by an incident', [
    'state',
  ]);
  const incidents = gauge('bihuan_incidents_open', 'Incidents that nobody has resolved');
  const jobs = gauge('bihuan_jobs', 'Jobs of the queue by state', ['state']);

  const steps = new Counter({
    name: 'bihuan_steps_total',
    help: 'Steps of cases that this process committed, by event',
    labelNames: ['event'],
    registers: [registry],
  });
  const stop = engine.onCommitted(({ event }) => steps.inc({ event: event.type }));

  const ran = gauge('bihuan_worker_jobs', 'Jobs that the worker of this process ran', ['task', 'result']);
  const counted = gauge('bihuan_worker', 'What the worker of this process has counted', ['what']);
  const readWorker = (): void => {
    const { done = {}, failed = {}, ...numbers } = workerMetrics?.() ?? {};
    for (const [task, n] of Object.entries(done)) ran.set({ task, result: 'done' }, n);
    for (const [task, n] of Object.entries(failed)) ran.set({ task, result: 'failed' }, n);
    for (const [what, n] of Object.entries(numbers)) counted.set({ what }, n);
  };

  const scrape = async (): Promise<string> => {
    const { rows } = await pool.query<{ metric: string; label: string; value: string }>(STATE);
    for (const one of [cases, tasks, timers, jobs]) one.reset();
    for (const { metric, label, value } of rows) {
      const number = Number(value);
      if (metric === 'cases') cases.set({ status: label }, number);
      if (metric === 'tasks') tasks.set({ overdue: label }, number);
      if (metric === 'timers') timers.set({ state: label }, number);
      if (metric === 'incidents') incidents.set(number);
      if (metric === 'jobs') jobs.set({ state: label }, number);
    }
    readWorker();
    return registry.metrics();
  };

  const observe = (_request: Request, response: Response, next: NextFunction): void => {
    const started = process.hrtime.bigint();
    response.on('finish', () => {
      const route = response.locals.route as Route | undefined;
      if (!route || route.output.type === 'text/event-stream') return;
      const labels = { method: route.method, route: route.path, status: String(response.statusCode) };
      seconds.observe(labels, Number(process.hrtime.bigint() - started) / 1e9);
    });
    next();
  };

  /** Metrics say how an office works, so only this machine may read them, and who has the token. */
  const serve = async (request: Request, response: Response): Promise<void> => {
    if (!isOwnMachine(request) && !hasToken(request, settings.metricsToken)) throw problem('route.unknown');
    response.type(registry.contentType).send(await scrape());
  };

  return { observe, serve, stop };
};

const STATE = `
  SELECT 'cases' AS metric, status AS label, count(*) AS value FROM cases GROUP BY status
  UNION ALL SELECT 'tasks', (coalesce(due_at, 'infinity') < now())::text, count(*) FROM tasks WHERE state = 'open' GROUP BY 2
  UNION ALL SELECT 'timers', CASE WHEN parked THEN 'parked' WHEN due_at < now() AND frozen_at IS NULL THEN 'due' ELSE 'waiting' END,
                   count(*) FROM timers GROUP BY 2
  UNION ALL SELECT 'incidents', '', count(*) FROM incidents WHERE state = 'open'
  UNION ALL SELECT 'jobs', CASE WHEN locked_at IS NOT NULL THEN 'running' WHEN attempts >= max_attempts THEN 'failed'
                                WHEN run_at <= now() THEN 'ready' ELSE 'scheduled' END, count(*)
            FROM graphile_worker.jobs GROUP BY 2`;

/** Not what a proxy on this machine passes on, of which we were told nothing. */
const isOwnMachine = (request: Request): boolean =>
  isLoopback(request.ip) &&
  isLoopback(request.socket.remoteAddress) &&
  !['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'].some((name) => name in request.headers);

const hasToken = (request: Request, token: string | undefined): boolean => {
  if (!token) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`));
};

/** True for an address of this machine. */
export const isLoopback = (address: string | undefined): boolean =>
  address === '::1' || /^(::ffff:)?127\./.test(address ?? '');
