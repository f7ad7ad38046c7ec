import type { SignInLimit } from '../auth/limit.ts';
import { makeAuthRoutes } from '../auth/routes.ts';
import { orgRoutes } from '../orgs/routes.ts';
import { peopleRoutes } from '../people/routes.ts';
import type { Live } from './live.ts';
import type { Route } from './route.ts';

/** What routes share beside the dependencies of the application. */
export interface Parts {
  live: Live;
  limit: SignInLimit;
}

/** All routes of the API. */
export const makeRoutes = (parts: Parts): Route[] => [...makeAuthRoutes(parts), ...orgRoutes, ...peopleRoutes];
