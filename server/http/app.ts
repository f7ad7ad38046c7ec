import express, { type Express } from 'express';
import { authenticate } from '../auth/session.ts';
import { makeDefinitions } from '../cases/definitions.ts';
import { type Launcher, makeLauncher } from '../cycles/launcher.ts';
import { makePushLimit } from '../tokens/limit.ts';
import { announceCommits } from './announce.ts';
import { answerProblem } from './answerProblem.ts';
import { makeConsole } from './console.ts';
import type { Deps } from './deps.ts';
import { makeDocs } from './docs.ts';
import { cspNonce, knownMethods, noStore, requestId, securityHeaders } from './headers.ts';
import { makeHealth } from './health.ts';
import { keepTidy } from './housekeeping.ts';
import { makeLive } from './live.ts';
import { logRequests } from './logging.ts';
import { makeMetrics } from './metrics.ts';
import { describeApi } from './openapi.ts';
import { problem } from './problem.ts';
import { makeRouter } from './router.ts';
import { makeRoutes } from './routes.ts';
import { version } from './version.ts';

export interface App {
  express: Express;
  launcher: Launcher;
  /** `/readyz` answers 503 from now on, live updates end. */
  close(): Promise<void>;
}

/** Makes the application: API, its description, health, metrics, and the console. */
export const makeApp = (deps: Deps): App => {
  const { settings, logger } = deps;
  const health = makeHealth(deps);
  const metrics = makeMetrics(deps);
  const live = makeLive(deps);
  const pushes = makePushLimit();
  const launcher = makeLauncher(deps);
  const housekeeping = keepTidy(deps);
  const announcer = announceCommits(deps.engine, deps.pool, logger);
  const routes = makeRoutes({ live, pushes, launcher, definitions: makeDefinitions(deps.prisma) });
  const description = JSON.stringify(describeApi(routes, version));

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', settings.trustProxy);
  app.set('query parser', 'simple');

  app.use(
    requestId,
    logRequests(logger),
    cspNonce,
    securityHeaders({ https: settings.secureCookies }),
    noStore,
    knownMethods,
  );
  app.get('/healthz', health.healthz);
  app.get('/readyz', health.readyz);
  app.get('/metrics', metrics.serve);
  app.get(['/docs', '/docs/'], (_request, response) => response.redirect(302, '/api/v1/docs/'));
  app.get('/openapi.json', (_request, response) => response.redirect(302, '/api/v1/openapi.json'));

  app.use(['/api/v1/docs', '/api/v1/openapi.json'], async (request, _response, next) => {
    if (!deps.demo && !(await authenticate(request, deps, { touch: false }))) throw problem('session.missing');
    next();
  });
  app.get('/api/v1/openapi.json', (_request, response) => void response.type('json').send(description));
  app.use('/api/v1/docs', makeDocs());
  app.use('/api/v1', metrics.observe, makeRouter(routes, deps));
  app.use('/api', () => {
    throw problem('route.unknown');
  });
  app.use(makeConsole(deps.consoleFolder));
  app.use(answerProblem(deps));

  const close = async (): Promise<void> => {
    health.setClosing();
    metrics.stop();
    pushes.close();
    await Promise.all([launcher.close(), live.close(), housekeeping.close()]);
    await announcer.close();
  };
  let closed: Promise<void> | undefined;
  return {
    express: app,
    launcher,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
};
