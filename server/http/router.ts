import { Router } from 'express';
import type { Deps } from './deps.ts';
import { serveRoute } from './pipeline.ts';
import { problem } from './problem.ts';
import type { Method, Route } from './route.ts';

/** Makes the router below /api/v1. A method that an address does not have is 405, with those it has. */
export const makeRouter = (routes: readonly Route[], deps: Deps): Router => {
  const router = Router({ caseSensitive: true, strict: true });
  for (const [path, methods] of byPath(routes)) {
    for (const route of methods) {
      router[route.method](path, async (request, response) => {
        response.locals.route = route;
        await serveRoute(route, deps, request, response);
      });
    }
    const allowed = methods.map(({ method }) => method.toUpperCase() as Uppercase<Method>);
    router.all(path, () => {
      throw problem('method.notAllowed', { allowed });
    });
  }
  return router;
};

/** Routes by address, fixed addresses before those with parameters, so that `/tasks/counts` is no id. */
const byPath = (routes: readonly Route[]): [string, Route[]][] => {
  const paths = new Map<string, Route[]>();
  for (const route of routes) paths.set(route.path, [...(paths.get(route.path) ?? []), route]);
  const rank = (path: string) =>
    path
      .split('/')
      .map((part) => (part.startsWith(':') ? '1' : '0'))
      .join('');
  return [...paths].sort(([a], [b]) => rank(a).localeCompare(rank(b)) || a.localeCompare(b));
};
