import type { Text } from '../../workflows/text.ts';
import type { FieldError } from '../http/problem.ts';
import { languageOf } from './output.ts';

/** What --json prints when a command fails. */
export interface Failure {
  error: { id: string; message: string; title?: Text; hint?: Text; detail?: string | Text; errors?: unknown };
}

/** Any thrown value as a failure with a stable id. */
export const describeFailure = (thrown: unknown): Failure => {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const known = error as Error & Partial<Failure['error']>;
  return {
    error: {
      id: known.id ?? 'internal',
      message: error.message,
      ...(known.title ? { title: known.title } : {}),
      ...(known.hint ? { hint: known.hint } : {}),
      ...(known.detail ? { detail: known.detail } : {}),
      ...(known.errors ? { errors: known.errors } : {}),
    },
  };
};

/** Errors of other makers, such as esbuild, carry `errors` of their own kind. */
const isPlace = (error: Partial<FieldError>): error is FieldError =>
  typeof error.path === 'string' && typeof error.message === 'object';

/** Prints a failure (JSON on stdout with --json, else words on stderr) and makes the exit code 1. */
export const reportFailure = (thrown: unknown, { json }: { json: boolean }): void => {
  const failure = describeFailure(thrown);
  process.exitCode = 1;
  if (json) {
    process.stdout.write(`${JSON.stringify(failure)}\n`);
    return;
  }
  const { id, message, title, hint, detail, errors } = failure.error;
  const language = languageOf(process.env);
  const places = (Array.isArray(errors) ? errors : []).filter(isPlace);
  const lines = [
    ...(title
      ? [title[language], typeof detail === 'object' ? detail[language] : detail, hint?.[language]]
      : [message]),
    ...places.map((one) => `  ${one.path}: ${one.message[language]}`),
  ];
  process.stderr.write(`${lines.filter(Boolean).join('\n')}\n[${id}]\n`);
  if (id === 'internal' && thrown instanceof Error) process.stderr.write(`${thrown.stack ?? ''}\n`);
};
