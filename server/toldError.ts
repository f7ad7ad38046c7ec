import type { Text } from '../workflows/text.ts';
import type { FieldError } from './http/problem.ts';

/** What ends a command or keeps a server from starting, told in both languages: what is wrong, and what to do. `id` is stable. */
export interface ToldError extends Error {
  id: string;
  title: Text;
  hint?: Text;
  /** In the words of whoever found it, such as another program's output. */
  detail?: string;
  /** Each wrong place. */
  errors?: FieldError[];
}

export interface ToldParts extends Pick<ToldError, 'hint' | 'detail' | 'errors'> {
  cause?: unknown;
}

export const toldError = (id: string, title: Text, { cause, ...parts }: ToldParts = {}): ToldError => {
  const { hint, detail } = parts;
  const message = [title.zh, title.en, hint && `${hint.zh} / ${hint.en}`, detail].filter(Boolean).join('\n');
  return Object.assign(new Error(message, cause === undefined ? {} : { cause }), { id, title, ...parts });
};
