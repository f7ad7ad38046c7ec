import type { Request } from 'express';
import type { Answer, Route } from '../http/route.ts';

/** What a request is about, as the audit names it: its address below `/api/v1`, with the id of what it made. */
export const objectOf = (route: Pick<Route, 'output'>, request: Pick<Request, 'path'>, answer?: Answer): string => {
  const path = request.path.replace(/^\/+/, '');
  const { id } = (answer?.body ?? {}) as { id?: unknown };
  const made = (answer?.status ?? route.output.status) === 201;
  return typeof id === 'string' && made ? `${path}/${id}` : path;
};
