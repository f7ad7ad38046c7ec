import type { Text } from '../api/types.ts';

/** Messages by place: `budget`, `indicators.2.weight`. */
export type Errors = Record<string, Text>;

/** The place of a server's error in the form: `values.indicators[2].weight` is `indicators.2.weight` here. */
export function placeOf(path: string): string {
  return path
    .replace(/\[(\d+)\]/g, '.$1')
    .replace(/^\//, '')
    .replace(/\//g, '.')
    .replace(/^values\./, '');
}

/** A server's errors by place; the first of each place counts. */
export function errorsByPlace(errors: { path: string; message: Text }[]): Errors {
  const found: Errors = {};
  for (const { path, message } of errors) found[placeOf(path)] ??= message;
  return found;
}

/** The errors without those of a place and below it: that part was just changed. */
export function without(errors: Errors, place: string): Errors {
  return Object.fromEntries(Object.entries(errors).filter(([key]) => key !== place && !key.startsWith(`${place}.`)));
}

/** The part of the errors that lies below a place, seen from there. */
export function below(errors: Errors, place: string): Errors {
  const start = `${place}.`;
  return Object.fromEntries(
    Object.entries(errors).flatMap(([key, text]) => (key.startsWith(start) ? [[key.slice(start.length), text]] : [])),
  );
}
