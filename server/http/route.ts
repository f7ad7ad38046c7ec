import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { ApiToken } from '../../prisma/client/client.ts';
import type { Language, Text } from '../../workflows/text.ts';
import type { Me } from '../auth/me.ts';
import type { Ability } from '../auth/policy.ts';
import type { Database, Deps } from './deps.ts';
import type { ProblemId } from './problem.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What a handler answers. `version` becomes the ETag; without a body the answer is 204. */
export interface Answer<Body = unknown> {
  body?: Body;
  status?: number;
  version?: number;
  headers?: Record<string, string>;
}

/** One request, checked: everything a handler may use. */
export interface Call<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  /** Who asks; routes that are `public` have nobody and must not look, nor where there is a `token`. */
  me: Me;
  /** The token of the business system that asks, where the route knows `bearer`s and one was sent. */
  token: ApiToken | undefined;
  /** The transaction of a change, which also keeps the idempotent answer; plain reads run outside of one. */
  db: Database;
  deps: Deps;
  now: Date;
  language: Language;
  requestId: string;
  /** Idempotency-Key, when the caller sent one. */
  key: string | undefined;
  /** Version named by If-Match; present where the route says `ifMatch`. */
  ifMatch: number;
  request: Request;
  response: Response;
}

/** How the body arrives; a `table` is CSV or Excel. `json` is the default where there is a body schema. */
export type BodyKind = 'json' | 'csv' | 'table' | 'file';

export interface RouteSpec<Params, Query, Body, Output> {
  /** Operation id, e.g. `orgs.list`. */
  id: string;
  method: Method;
  /** Below /api/v1, in express form: `/orgs/:id`. */
  path: string;
  summary: Text;
  /** Who may call it: anyone, anyone signed in, or who has an ability. Rows are filtered by the handler. */
  can: 'public' | 'signedIn' | Ability;
  input?: {
    params?: z.ZodType<Params>;
    query?: z.ZodType<Query>;
    body?: z.ZodType<Body>;
    kind?: BodyKind;
  };
  /** Status and schema of the answer, and the other types that it may come in; 204 has no schema. */
  output: { status: number; body?: z.ZodType<Output>; type?: string; also?: readonly string[] };
  /** What tells business systems by the token of `Authorization: Bearer`, which stands for a session here. */
  bearer?(request: Request, deps: Deps): Promise<ApiToken>;
  /** Refusals of this route beside the general ones. */
  problems?: readonly ProblemId[];
  /** The caller must name the version it changes. */
  ifMatch?: boolean;
  /**
   * How a change is made: in one transaction of the pipeline's with the idempotency row (default), by the engine, which
   * keeps keys itself, or by the handler's own hand, which then calls `settle` last in its transaction. `none`: it only computes.
   */
  change?: 'transaction' | 'engine' | 'own' | 'none';
  /** A reading that goes on record too: exports, and what not everyone may see. */
  audits?: boolean;
  /** Its row in the audit tells neither who nor from where. */
  anonymous?: boolean;
  /** Runs once the change is committed, and again when it is repeated by its key. */
  after?(answer: Answer<Output>): void;
  /** Also for a session that must first renew its password or set up a second factor, and may do nothing else. */
  onDuty?: boolean;
  /** Secrets come with it or are answered: it is not kept to be repeated by its key. */
  secret?: boolean;
  /** It changes who is who: every node's directory is told, in the same transaction. */
  changesDirectory?: boolean;
  /** It changes working days: every node's calendar is told, and open dates are counted again. */
  changesCalendar?: boolean;
  handler(call: Call<Params, Query, Body>): Promise<Answer<Output>> | Answer<Output>;
}

/** A route as the router and the API description see it. */
export type Route = RouteSpec<unknown, unknown, unknown, unknown>;

/**
 * Declares a route. The router and the OpenAPI description are both made from it.
 *
 * @example
 * route({
 *   id: 'orgs.read', method: 'get', path: '/orgs/:id', can: 'signedIn',
 *   summary: { zh: '单位', en: 'an organisation' },
 *   input: { params: idParams }, output: { status: 200, body: orgSchema },
 *   handler: async ({ params, db, me }) => ({ body: await readOrg(db, params.id, me) }),
 * })
 */
export const route = <Params = unknown, Query = unknown, Body = unknown, Output = unknown>(
  spec: RouteSpec<Params, Query, Body, Output>,
): Route => spec as unknown as Route;

/** A change writes; reads never do. */
export const isChange = (route: Pick<Route, 'method'>): boolean => route.method !== 'get';
