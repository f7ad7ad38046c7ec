import { ANY, BOOLEAN, listOf, NUMBER, TEXT, type Type } from './types.ts';

const group = (type: Type | 'forbidden', names: string): [string, Type | 'forbidden'][] =>
  names.split(',').map((name) => [name.trim(), type]);

/**
 * FEEL's functions with what they answer. Forbidden: those that read a clock, which a case may not (its record must give
 * the same answer whenever it is read again), and those that take a pattern, which can run without end.
 */
const FUNCTIONS: ReadonlyMap<string, Type | 'forbidden'> = new Map([
  ...group('forbidden', 'now, today, matches, replace, split'),
  ...group(NUMBER, 'number, string length, count, sum, mean, median, stddev, product, decimal, floor, ceiling, abs'),
  ...group(NUMBER, 'round up, round down, round half up, round half down, modulo, sqrt, log, exp'),
  ...group(NUMBER, 'day of year, week of year'),
  ...group(TEXT, 'string, substring, upper case, lower case, substring before, substring after, string join'),
  ...group(TEXT, 'day of week, month of year'),
  ...group(BOOLEAN, 'not, contains, starts with, ends with, list contains, all, any, odd, even, is, before, after'),
  ...group(BOOLEAN, 'meets, met by, overlaps, overlaps before, overlaps after, finishes, finished by, includes'),
  ...group(BOOLEAN, 'during, starts, started by, coincides'),
  ...group({ kind: 'temporal' }, 'date, time, date and time, duration, years and months duration'),
  ...group(listOf(NUMBER), 'index of, mode'),
  ...group(listOf(ANY), 'list replace, sublist, append, concatenate, insert before, remove, reverse, union'),
  ...group(listOf(ANY), 'distinct values, flatten, sort, get entries'),
  ...group(ANY, 'min, max, get value, context, context put, context merge, range'),
]);

/** What a function answers, `forbidden`, or undefined when there is none of that name. */
export const returnTypeOf = (name: string): Type | 'forbidden' | undefined => FUNCTIONS.get(name);

/** The functions of one word, which a value's name would hide. */
export const FUNCTION_NAMES: ReadonlySet<string> = new Set([...FUNCTIONS.keys()].filter((name) => !name.includes(' ')));
