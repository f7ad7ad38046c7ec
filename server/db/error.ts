import type { Text } from '../../workflows/text.ts';

/** An error of the database layer: a stable id, a title in two languages, and what to do. */
export interface DatabaseError extends Error {
  id: string;
  title: Text;
  hint?: Text;
}

export const makeDatabaseError = (
  id: string,
  title: Text,
  options: { hint?: Text; cause?: unknown; detail?: string } = {},
): DatabaseError => {
  const { hint, cause, detail } = options;
  const message = [title.zh, title.en, hint && `${hint.zh} / ${hint.en}`, detail].filter(Boolean).join('\n');
  return Object.assign(new Error(message, cause === undefined ? {} : { cause }), {
    name: 'DatabaseError',
    id,
    title,
    ...(hint ? { hint } : {}),
  });
};

/** Nothing for a file that is not there; whatever else failed is thrown on. For `catch`. */
export const ifThere = (error: unknown): undefined => {
  if (codeOf(error) !== 'ENOENT') throw error;
};

/** The code of a Node or PostgreSQL error, e.g. `ENOENT` or `57P03`. */
export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
