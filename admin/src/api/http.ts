import type { Language } from '../../../workflows/text.ts';
import { isAttended } from './attended.ts';
import { offlineProblem, problemError, readProblem } from './problem.ts';

export const API = '/api/v1';

export type Query = Record<string, string | number | boolean | undefined | null>;

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Query;
  /** Sent as JSON, unless it is a string (with `type`) or FormData. */
  body?: unknown;
  type?: string;
  ifMatch?: string | number;
  /** Repeating a call with the same key gives the first answer. */
  key?: string;
  signal?: AbortSignal;
  keepalive?: boolean;
}

const session: { csrf: string; language: Language } = { csrf: '', language: 'zh' };
const lost = new Set<() => void>();
const duties = new Set<() => void>();

/** The language that errors are told in where the page cannot translate them again. */
export const spoken = (): Language => session.language;

/** Told by the session folder after signing in and by the language switch. */
export function setSession(change: Partial<typeof session>): void {
  Object.assign(session, change);
}

/** Calls back when the server no longer knows us. */
export function onSessionLost(listener: () => void): () => void {
  lost.add(listener);
  return () => lost.delete(listener);
}

/** Calls back when the server asks for something else first: another password, a second factor. */
export function onDuty(listener: () => void): () => void {
  duties.add(listener);
  return () => duties.delete(listener);
}

/** One request to the API; a failure throws react-admin's HttpError with the problem in it. */
export async function call<T>(path: string, options: Call = {}): Promise<T> {
  return (await callWithTag<T>(path, options)).data;
}

/** The same, with the ETag that a later change must send back. */
export async function callWithTag<T>(path: string, options: Call = {}): Promise<{ data: T; tag: string | undefined }> {
  const { method = 'GET', query, signal, keepalive } = options;
  const response = await fetch(API + path + queryString(query), {
    method,
    credentials: 'same-origin',
    headers: headersOf(method, options),
    body: bodyOf(options),
    ...(signal ? { signal } : {}),
    ...(keepalive ? { keepalive } : {}),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw problemError(offlineProblem(), session.language);
  });
  const data = await readBody(response);
  if (!response.ok) {
    const problem = readProblem(response.status, data);
    if (problem.id === 'session.missing' && path !== '/session') for (const listener of lost) listener();
    if (problem.id === 'password.expired' || problem.id === 'secondFactor.required')
      for (const listener of duties) listener();
    throw problemError(problem, session.language);
  }
  return { data: data as T, tag: response.headers.get('etag') ?? undefined };
}

/** The headers that every changing request needs, also those not sent by `fetch` (uploads with progress). */
export function headersOf(
  method: string,
  options: Pick<Call, 'body' | 'type' | 'ifMatch' | 'key'>,
): Record<string, string> {
  const headers: Record<string, string> = {
    'Accept-Language': session.language,
    Accept: 'application/json, application/problem+json',
  };
  if (method !== 'GET') headers['X-CSRF-Token'] = session.csrf;
  else if (!isAttended()) headers['X-Unattended'] = '1';
  if (options.type) headers['Content-Type'] = options.type;
  else if (options.body !== undefined && !(options.body instanceof FormData))
    headers['Content-Type'] = 'application/json';
  if (options.ifMatch !== undefined) headers['If-Match'] = quoted(options.ifMatch);
  if (options.key) headers['Idempotency-Key'] = options.key;
  return headers;
}

/** A query string without the empty parts. */
export function queryString(query: Query | undefined): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

function quoted(tag: string | number): string {
  const text = String(tag);
  return text.startsWith('"') || text.startsWith('W/') ? text : `"${text}"`;
}

function bodyOf({ body }: Call): BodyInit | null {
  if (body === undefined) return null;
  return typeof body === 'string' || body instanceof FormData || body instanceof Blob ? body : JSON.stringify(body);
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '');
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
