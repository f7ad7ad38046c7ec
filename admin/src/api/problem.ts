import { HttpError } from 'ra-core';
import type { Language } from '../../../workflows/text.ts';
import type { RowError, Text } from './types.ts';

/** An API error (RFC 9457) in both languages, so that a page may switch language while it shows one. */
export interface Problem {
  id: string;
  status: number;
  title: Text;
  detail?: Text;
  hint?: Text;
  errors: { path: string; message: Text }[];
  rows: RowError[];
}

interface ProblemJson {
  id?: string;
  status?: number;
  title?: string;
  titles?: Text;
  detail?: string;
  details?: Text;
  hint?: string;
  hints?: Text;
  errors?: { path?: string; row?: number; column?: string; message: Text }[];
}

const both = (text: string): Text => ({ zh: text, en: text });

/** Reads the body of a failed answer; what the server did not say is filled from the status. */
export function readProblem(status: number, body: unknown): Problem {
  const json = (typeof body === 'object' && body !== null ? body : {}) as ProblemJson;
  const title =
    json.titles ??
    (json.title ? both(json.title) : { zh: `服务器返回 ${status}`, en: `The server answered ${status}` });
  const detail = json.details ?? (json.detail ? both(json.detail) : undefined);
  const hint = json.hints ?? (json.hint ? both(json.hint) : undefined);
  const errors = json.errors ?? [];
  return {
    id: json.id ?? `http.${status}`,
    status,
    title,
    ...(detail ? { detail } : {}),
    ...(hint ? { hint } : {}),
    errors: errors.flatMap((e) => (e.path === undefined ? [] : [{ path: e.path, message: e.message }])),
    rows: errors.flatMap((e) => (e.row === undefined ? [] : [e as RowError])),
  };
}

/** No answer at all: the network, or a server that is restarting. */
export function offlineProblem(): Problem {
  return {
    id: 'offline',
    status: 0,
    title: { zh: '暂时连不上服务器', en: 'The server cannot be reached' },
    hint: {
      zh: '已填写的内容还在；请检查网络后再试。',
      en: 'What you entered is kept; check the network and try again.',
    },
    errors: [],
    rows: [],
  };
}

/** The error thrown by every call: react-admin's own kind, with the problem, and the field errors where its forms look. */
export function problemError(problem: Problem, language: Language): HttpError {
  const errors = Object.fromEntries(problem.errors.map(({ path, message }) => [path, message[language]]));
  return new HttpError(problem.title[language], problem.status, { problem, errors });
}

/** The problem carried by an error; anything else (a bug) becomes one too. */
export function problemOf(error: unknown): Problem {
  const body = (error as { body?: { problem?: Problem } } | null)?.body;
  if (body?.problem) return body.problem;
  const message = error instanceof Error ? error.message : String(error);
  return {
    id: 'console',
    status: 0,
    title: { zh: '页面出了差错', en: 'The page failed' },
    detail: both(message),
    errors: [],
    rows: [],
  };
}
