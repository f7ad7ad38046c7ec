import type { Request, Response } from 'express';
import { objectOf } from '../audit/object.ts';
import { isOwed, type Owed, origin, owe, rowsNoted, setActor, withOrigin } from '../audit/origin.ts';
import { record, settle } from '../audit/record.ts';
import { checkCsrf, checkOrigin } from '../auth/csrf.ts';
import { dutyOf } from '../auth/duty.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import { authenticate } from '../auth/session.ts';
import { overPrisma } from '../db/sql.ts';
import { JOB_ATTEMPTS } from '../engine/jobs.ts';
import { readBytes, readJson } from './body.ts';
import type { Database, Deps } from './deps.ts';
import { etagOf, readIfMatch } from './etag.ts';
import { changeOnce, hashRequest, readKey } from './idempotency.ts';
import { isStorable } from './json.ts';
import { languageOf } from './language.ts';
import { ProblemError, problem } from './problem.ts';
import { type Answer, type Call, isChange, type Route } from './route.ts';
import { validate } from './validate.ts';
import { XLSX_TYPE } from './xlsx.ts';

/** Largest CSV that an import takes. */
export const CSV_LIMIT = 5 * 1024 * 1024;

/** Answers one request by a route; what it records of itself says where it came from. */
export const serveRoute = (route: Route, deps: Deps, request: Request, response: Response): Promise<void> =>
  withOrigin({ requestId: String(request.id), address: request.ip, now: () => deps.clock.now() }, () =>
    answerRequest(route, deps, request, response),
  );

/** One concern a line, each refusing by a problem. */
const answerRequest = async (route: Route, deps: Deps, request: Request, response: Response): Promise<void> => {
  try {
    await answer(route, deps, request, response);
  } catch (error) {
    if (isDenial(error)) await recordDenial(route, deps, request, error);
    throw error;
  }
};

const answer = async (route: Route, deps: Deps, request: Request, response: Response): Promise<void> => {
  if (isChange(route)) checkOrigin(request, deps.settings.url);
  const token = isByToken(route, request) ? await route.bearer?.(request, deps) : undefined;
  const me = token ? null : await identify(route, deps, request);
  if (me) setActor(me.id);
  if (me && isChange(route)) checkCsrf(request, me);
  if (me) checkDuty(route, deps, me);
  if (me) authorise(route, me);
  const sent = isChange(route) ? readKey(request) : undefined;
  const key = route.secret ? undefined : sent;
  const ifMatch = route.ifMatch ? readIfMatch(request) : 0;
  const params = checkInput(route, 'params', request.params);
  const query = checkInput(route, 'query', request.query);
  const raw = await readBody(route, deps, request, response);
  const call: Call<unknown, unknown, unknown> = {
    params,
    query,
    body: route.input?.kind === 'file' ? undefined : checkInput(route, 'body', raw),
    me: me as Me,
    token,
    db: deps.prisma,
    deps,
    now: deps.clock.now(),
    language: languageOf(request, deps.settings.language),
    requestId: String(request.id),
    key,
    ifMatch,
    request,
    response,
  };
  if (owes(route, call)) owe(rowOf(route, call));
  const made = await perform(route, call, raw);
  if (isOwed()) await settleLate(route, call, made);
  if (!response.headersSent) send(route, deps, response, made);
};

/** Whoever sends a token is a business system; where only those may come, whoever sends none is told so. */
const isByToken = (route: Route, request: Request): boolean =>
  route.bearer !== undefined &&
  (route.can === 'public' || request.headers.authorization?.startsWith('Bearer ') === true);

const identify = async (route: Route, deps: Deps, request: Request): Promise<Me | null> => {
  if (route.can === 'public') return null;
  const me = await authenticate(request, deps, { touch: route.output.type !== 'text/event-stream' });
  if (!me) throw problem('session.missing');
  return me;
};

const checkDuty = (route: Route, deps: Deps, me: Me): void => {
  const duty = route.onDuty ? undefined : dutyOf(me, deps, deps.clock.now());
  if (duty) throw problem(duty);
};

const authorise = (route: Route, me: Me): void => {
  if (route.can === 'public' || route.can === 'signedIn' || may(me, route.can)) return;
  throw problem('permission.denied', { ability: route.can });
};

const checkInput = (route: Route, part: 'params' | 'query' | 'body', value: unknown): unknown => {
  const schema = route.input?.[part];
  if (part !== 'body' && !isStorable(Object.values(value as object).join())) throw problem('body.uncleanText');
  return schema ? validate(schema, value) : value;
};

const readBody = async (route: Route, deps: Deps, request: Request, response: Response): Promise<unknown> => {
  const kind = route.input?.kind ?? (route.input?.body ? 'json' : undefined);
  if (kind === 'json') return readJson(request, response, deps.settings.bodyMaxKb * 1024);
  if (kind !== 'csv' && kind !== 'table') return undefined;
  const types = ['text/csv', 'application/vnd.ms-excel', ...(kind === 'table' ? [XLSX_TYPE] : [])];
  if (!request.is(types))
    throw problem('body.type', { expected: kind === 'table' ? `text/csv, ${XLSX_TYPE}` : 'text/csv' });
  return readBytes(request, response, CSV_LIMIT);
};

const perform = async (route: Route, call: Call<unknown, unknown, unknown>, raw: unknown): Promise<Answer> => {
  const own = route.change !== undefined && route.change !== 'transaction';
  if (!isChange(route) || own || route.can === 'public') return route.handler(call);
  const { deps, me, key, request, token } = call;
  // What a system pushes says itself whether it is the same again.
  if (token) return deps.prisma.$transaction((db) => changeOnRecord(route, { ...call, db }));
  const hash = hashRequest(request.originalUrl, raw);
  const repeat = { actor: me.id, key, route: route.id, hash };
  const answer = await changeOnce(deps, repeat, async (db) => {
    if (route.changesDirectory) await db.$executeRaw`SELECT pg_notify('bihuan_directory', '')`;
    if (route.changesCalendar) await askForRedates(db, me.id);
    return changeOnRecord(route, { ...call, db });
  });
  if (route.changesDirectory) {
    await deps.directory.reload();
    fillVacancies(deps);
  }
  if (route.changesCalendar) await deps.reloadCalendar();
  route.after?.(answer);
  return answer;
};

/** Makes a change and puts it on record, in its transaction. */
const changeOnRecord = async (route: Route, call: Call<unknown, unknown, unknown>): Promise<Answer> => {
  const answer = await route.handler(call);
  if (isOwed()) owe(rowOf(route, call, answer));
  await settle(overPrisma(call.db));
  return answer;
};

/** Whether a request leaves a row of its own: steps of cases leave theirs, and what only computes leaves none. */
const owes = (route: Route, { query, body }: Call<unknown, unknown, unknown>): boolean => {
  if (!isChange(route)) return route.audits === true;
  if (route.change === 'engine' || route.change === 'none') return route.audits === true;
  const dry = [query, body].some((part) =>
    [true, 'true'].includes((part as { dryRun?: never } | undefined)?.dryRun ?? ''),
  );
  return !dry;
};

const rowOf = (route: Route, { request, token }: Call<unknown, unknown, unknown>, answer?: Answer): Owed => ({
  action: route.id,
  object: route.anonymous ? null : objectOf(route, request, answer),
  ...(token && { detail: { token: token.id } }),
  ...(route.anonymous && { anonymous: true }),
});

/** A reading goes on record before it is answered. A change should have done so in its own transaction. */
const settleLate = async (route: Route, call: Call<unknown, unknown, unknown>, answer: Answer): Promise<void> => {
  const late = isChange(route) || call.response.headersSent;
  if (late && route.change !== 'none' && call.deps.checkAnswers && rowsNoted() === 0)
    throw new Error(`${route.id} left no row in the audit: call settle() last in its transaction`);
  owe(rowOf(route, call, answer));
  await settle(overPrisma(call.deps.prisma));
};

/** Somebody known was told that they may not. */
const isDenial = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && error.status === 403 && origin().actor !== undefined;

const recordDenial = (route: Route, { prisma }: Deps, request: Request, { id }: ProblemError): Promise<void> =>
  record(overPrisma(prisma), {
    action: route.id,
    object: objectOf(route, request),
    ok: false,
    detail: { problem: id },
  });

/**
 * Tells every node of other working days, and has open dates counted again: now, and once more a minute later, because a
 * node that had not heard yet may have set dates meanwhile.
 */
const askForRedates = async (db: Database, actor: string): Promise<void> => {
  await db.$executeRaw`SELECT pg_notify('bihuan_calendar', '')`;
  await db.$executeRaw`
    SELECT count(graphile_worker.add_job('calendar.redate', json_build_object('actor', ${actor}::text), run_at := now() + n * interval '1 minute', max_attempts := ${JOB_ATTEMPTS}::int))
    FROM generate_series(0, 1) AS n`;
};

/** Whoever is new may be who some task has been waiting for; nobody waits for that here. */
const fillVacancies = ({ engine, logger }: Deps): void => {
  engine.fillVacancies().catch((error) => logger.warn({ err: error }, 'vacant tasks could not be filled'));
};

const send = (route: Route, deps: Deps, response: Response, answer: Answer): void => {
  if (answer.version !== undefined) response.set('ETag', etagOf(answer.version));
  if (answer.headers) response.set(answer.headers);
  response.status(answer.status ?? route.output.status);
  if (answer.body === undefined) {
    response.end();
    return;
  }
  if (deps.checkAnswers && route.output.body)
    validate(route.output.body, JSON.parse(JSON.stringify(answer.body)), 'server.error');
  response.json(answer.body);
};
