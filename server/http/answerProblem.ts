import type { NextFunction, Request, Response } from 'express';
import type { Deps } from './deps.ts';
import { toProblem } from './errors.ts';
import { languageOf } from './language.ts';
import { problemBody } from './problem.ts';

/** The last handler: whatever was thrown becomes problem+json; only failures of ours are logged with their cause. */
export const answerProblem =
  ({ logger, settings }: Pick<Deps, 'logger' | 'settings'>) =>
  (thrown: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const error = toProblem(thrown);
    if (error.status >= 500)
      logger.error({ requestId: request.id, problem: error.id, err: error.cause ?? error }, 'request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    // What failed hands out no session: a cookie that was set before the commit is of one that is not there.
    response.removeHeader('Set-Cookie');
    const body = problemBody(error, languageOf(request, settings.language), String(request.id));
    if (error.id === 'method.notAllowed') response.set('Allow', String(error.members.allowed).replaceAll(',', ', '));
    if (error.status === 503) response.set('Retry-After', '1');
    if (typeof error.members.minutes === 'number') response.set('Retry-After', String(error.members.minutes * 60));
    response.status(error.status).type('application/problem+json').send(JSON.stringify(body));
  };
