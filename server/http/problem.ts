import type { Language, Text } from '../../workflows/text.ts';
import { catalogue, type ProblemId } from './problems/index.ts';

export type { ProblemId } from './problems/index.ts';

/** One wrong place of the input: a path such as `values.weight` or `rows[3].name`, and why. */
export interface FieldError {
  path: string;
  message: Text;
}

/** What a problem carries besides its id: wrong fields, the cause (never shown), and members that are shown and fill `{name}` in its texts. */
export interface ProblemMembers {
  errors?: FieldError[];
  cause?: unknown;
  [member: string]: unknown;
}

/** A refusal with a stable id. Made by `problem(id, members)`, answered as problem+json (RFC 9457). */
export class ProblemError extends Error {
  readonly id: ProblemId;
  readonly status: number;
  readonly title: Text;
  readonly detail: Text | undefined;
  readonly hint: Text | undefined;
  readonly errors: FieldError[] | undefined;
  readonly members: Record<string, unknown>;

  constructor(id: ProblemId, { errors, cause, ...members }: ProblemMembers = {}) {
    const entry = catalogue[id];
    super(`${id}: ${fill(entry.detail ?? entry.title, members)?.en ?? entry.title.en}`, { cause });
    this.name = 'ProblemError';
    this.id = id;
    this.status = entry.status;
    this.title = entry.title;
    this.detail = fill(entry.detail, members);
    this.hint = fill(entry.hint, members);
    this.errors = errors;
    this.members = members;
  }
}

/**
 * Makes the error for a catalogue entry.
 *
 * @example throw problem('revision.stale', { current: 7 })
 */
export const problem = (id: ProblemId, members?: ProblemMembers): ProblemError => new ProblemError(id, members);

/** The body of the answer, in the language asked for, with both languages beside it. */
export const problemBody = (error: ProblemError, language: Language, requestId: string) => ({
  type: `/problems/${error.id}`,
  id: error.id,
  status: error.status,
  title: error.title[language],
  ...(error.detail && { detail: error.detail[language] }),
  ...(error.hint && { hint: error.hint[language] }),
  titles: error.title,
  ...(error.detail && { details: error.detail }),
  ...(error.hint && { hints: error.hint }),
  ...(error.errors && { errors: error.errors }),
  requestId,
  ...error.members,
});

/** Fills `{name}` in both languages; a text whose member is absent is left out rather than shown with a hole. */
const fill = (text: Text | undefined, members: Record<string, unknown>): Text | undefined => {
  if (!text) return undefined;
  const zh = fillOne(text.zh, members);
  const en = fillOne(text.en, members);
  return zh === undefined || en === undefined ? undefined : { zh, en };
};

const fillOne = (text: string, members: Record<string, unknown>): string | undefined => {
  let complete = true;
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = members[name];
    if (value === undefined || value === null) complete = false;
    return Array.isArray(value) ? value.join(', ') : String(value);
  });
  return complete ? filled : undefined;
};
