import { isJsonObject, type Json } from '../json.ts';
import { partsOf, pathSchema } from './data.ts';
import { pathsIn } from './formula.ts';
import type { Rule } from './rule.ts';

/** Texts for people and keys; the other words of rules never look like a path. */
export const SPOKEN: ReadonlySet<string> = new Set(['kind', 'key', 'name', 'reason']);
/** Where FEEL stands. */
export const FORMULAS: ReadonlySet<string> = new Set(['formula', 'where', 'if']);

/** A path into the data that a rule names, and where in the rule. */
export interface Read {
  /** Its parts: `values.a.b` is values, a, b. */
  parts: string[];
  at: PropertyKey[];
  /** It must be there. */
  required: boolean;
  /** A figure by itself, not a list or a part of a formula. */
  figure: boolean;
}

/** Every path into the data that a rule names. */
export const readsOf = (rule: Rule): Read[] => collect(rule as Json, [], '');

/** The names of the values of the case that a rule reads. */
export const valuesReadBy = (rule: Rule): string[] => [
  ...new Set(
    readsOf(rule).flatMap(({ parts: [root, name] }) => (root === 'values' && name !== undefined ? [name] : [])),
  ),
];

function collect(value: Json, at: PropertyKey[], name: string): Read[] {
  if (typeof value === 'string') {
    if (FORMULAS.has(name)) return formulaPaths(value).map((path) => read(path, at, { figure: false }));
    return pathSchema.safeParse(value).success ? [read(value, at, { figure: name !== 'each' })] : [];
  }
  if (Array.isArray(value)) return value.flatMap((one, i) => collect(one, [...at, i], ''));
  if (!isJsonObject(value)) return [];
  if (value.kind === 'let' && isJsonObject(value.let ?? null))
    return [
      ...Object.entries(value.let as Record<string, Json>).flatMap(([key, one]) =>
        collect(one, [...at, 'let', key], ''),
      ),
      ...collect(value.in ?? null, [...at, 'in'], ''),
    ];
  return Object.entries(value).flatMap(([key, one]): Read[] => {
    if (SPOKEN.has(key)) return [];
    const found = collect(one, [...at, key], key);
    if (value.kind === 'input' && key === 'path')
      return found.map((one) => ({ ...one, required: value.required === true, figure: value.unit === undefined }));
    return (value.kind === 'raters' || value.kind === 'votes') && key === 'of'
      ? found.map((one) => ({ ...one, figure: false }))
      : found;
  });
}

const read = (path: string, at: PropertyKey[], { figure }: { figure: boolean }): Read => ({
  parts: partsOf(path),
  at,
  required: false,
  figure,
});

function formulaPaths(formula: string): string[] {
  try {
    return pathsIn(formula);
  } catch {
    // What cannot be read is a finding of its own.
    return [];
  }
}
