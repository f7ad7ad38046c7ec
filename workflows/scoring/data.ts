import { z } from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { type Text, textSchema } from '../text.ts';

/** What ballots come to: enough for means, trimmed means (one highest and one lowest left out), vote shares and layers. */
export interface Stats {
  n: number;
  sum: string;
  min: string;
  max: string;
  /** Votes by option. */
  counts?: Record<string, number> | undefined;
  /** The places that the assessors gave it. */
  ranks?: string[] | undefined;
  layers?: Record<string, Stats> | undefined;
  /** Of a layer that has a weight: what it counts among the others, and what it is called. */
  weight?: string | undefined;
  name?: Text | undefined;
}

/** An indicator of the participant, with what it is judged by. Decimals are texts; null: there is none. */
export interface IndicatorData {
  code: string;
  name: Text;
  kind: 'specific' | 'common';
  unit: string;
  direction: 'up' | 'down' | 'band';
  /** Its dimension, where the template has some. */
  group?: string | null | undefined;
  weight: string | null;
  target: string | null;
  low?: string | null | undefined;
  high?: string | null | undefined;
  actual: string | null;
  previous?: string | null | undefined;
  best?: string | null | undefined;
  /** The place of `actual` among the units of the category; the best is 1. */
  rank?: number | null | undefined;
  /** The verified values of the year, period by period (`key`: 2026-03), each with its place. */
  periods?: { key: string; value: string; rank: number | null }[] | undefined;
  /** Does not apply: leaves score and maximum, and is never 0. */
  na?: boolean | undefined;
  /** Where the value stands. */
  source?: Json | undefined;
}

/** An approved entry of the ledger. `points` is positive for bonus and deduction alike. */
export interface AdjustmentData {
  id: string;
  kind: 'bonus' | 'deduction' | 'veto';
  item: string;
  group: string;
  points: string;
  reason: string;
  /** Why it counts for nothing although it was approved. */
  withheld?: Text | undefined;
  source?: Json | undefined;
}

export interface YearData {
  year: number;
  score: string | null;
  grade: string | null;
  rank: number | null;
}

/** Everything that a scoring rule may look at: one participant's. */
export interface ScoreData {
  /** The participant's case data: fields and computed values. */
  values: JsonObject;
  participant: { id: string; name: string; category: string };
  indicators: IndicatorData[];
  ballots: Record<string, { cast: number; valid: number; items: Record<string, Stats> }>;
  adjustments: AdjustmentData[];
  /** Earlier years, oldest first. */
  history: YearData[];
}

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, { message: 'a decimal, as text: "12.5"' });
const json: z.ZodType<Json> = z.json();

const statsSchema = z.strictObject({
  n: z.int().min(0),
  sum: decimal,
  min: decimal,
  max: decimal,
  counts: z.record(z.string(), z.int().min(0)).optional(),
  ranks: z.array(decimal).optional(),
  weight: decimal.optional(),
  name: textSchema.optional(),
  get layers() {
    return z.record(z.string(), stats).optional();
  },
});
const stats: z.ZodType<Stats> = z.lazy(() => statsSchema);

/** The data of a rule as it comes from outside, such as a file. What is left out is empty. */
export const scoreDataSchema: z.ZodType<ScoreData> = z.strictObject({
  values: z.record(z.string(), json).default({}),
  participant: z
    .strictObject({ id: z.string(), name: z.string(), category: z.string() })
    .default({ id: '', name: '', category: '' }),
  indicators: z
    .array(
      z.strictObject({
        code: z.string().min(1),
        name: textSchema,
        kind: z.enum(['specific', 'common']).default('specific'),
        unit: z.string().default(''),
        direction: z.enum(['up', 'down', 'band']),
        group: z.string().nullable().optional(),
        weight: decimal.nullable().default(null),
        target: decimal.nullable().default(null),
        low: decimal.nullable().optional(),
        high: decimal.nullable().optional(),
        actual: decimal.nullable().default(null),
        previous: decimal.nullable().optional(),
        best: decimal.nullable().optional(),
        rank: z.int().min(1).nullable().optional(),
        periods: z
          .array(z.strictObject({ key: z.string(), value: decimal, rank: z.int().min(1).nullable() }))
          .optional(),
        na: z.boolean().optional(),
        source: json.optional(),
      }),
    )
    .default([]),
  ballots: z
    .record(
      z.string(),
      z.strictObject({ cast: z.int().min(0), valid: z.int().min(0), items: z.record(z.string(), stats) }),
    )
    .default({}),
  adjustments: z
    .array(
      z.strictObject({
        id: z.string(),
        kind: z.enum(['bonus', 'deduction', 'veto']),
        item: z.string(),
        group: z.string(),
        points: decimal,
        reason: z.string().default(''),
        withheld: textSchema.optional(),
        source: json.optional(),
      }),
    )
    .default([]),
  history: z
    .array(
      z.strictObject({
        year: z.int(),
        score: decimal.nullable().default(null),
        grade: z.string().nullable().default(null),
        rank: z.int().nullable().default(null),
      }),
    )
    .default([]),
});

/** Where a path may begin. `item` is the one at hand inside `each`; `let` holds the named intermediate values. */
export const ROOTS = [
  'values',
  'participant',
  'indicators',
  'ballots',
  'adjustments',
  'history',
  'item',
  'let',
] as const;

const PATH = new RegExp(`^(${ROOTS.join('|')})((\\.[^.[\\]\\s]+)|(\\[[^[\\]]+\\]))*$`, 'u');

/**
 * A path into the data, such as `values.results`, `indicators.GDP.actual`, `ballots.leaders.overall`, `history.2025.score`.
 * A part with dots in it stands in brackets: `indicators[1.2].actual`.
 */
export const pathSchema = z
  .string()
  .max(500)
  .regex(PATH, {
    message: `a path that begins with ${ROOTS.join(', ')}, like values.results`,
  });

const parts = new Map<string, string[]>();

/** A path's parts: `indicators[1.2].actual` is indicators, 1.2, actual. */
export function partsOf(path: string): string[] {
  const known = parts.get(path);
  if (known) return known;
  const split = (path.match(/\[[^[\]]+\]|[^.[\]]+/gu) ?? []).map((part) => part.replace(/^\[|\]$/gu, ''));
  if (parts.size > 10_000) parts.clear();
  parts.set(path, split);
  return split;
}

/**
 * What stands at a path below a value; undefined when there is nothing. In a list a part is the `code`, `id`, `key` or `year` of an
 * element, `last`, or else its position from 0. The groups of `ballots` have their items directly below.
 */
export function below(value: unknown, path: readonly string[]): unknown {
  let here: unknown = value;
  for (const part of path) {
    if (Array.isArray(here)) here = elementOf(here, part);
    else if (isObject(here)) here = Object.hasOwn(here, part) ? here[part] : itemOf(here, part);
    else return undefined;
  }
  return here;
}

function itemOf(group: Record<string, unknown>, part: string): unknown {
  const items = group.items;
  return isObject(items) && Object.hasOwn(items, part) ? items[part] : undefined;
}

function elementOf(list: readonly unknown[], part: string): unknown {
  if (part === 'last') return list.at(-1);
  const named = list.find(
    (one) =>
      isObject(one) && [one.code, one.id, one.key, one.year].some((key) => key !== undefined && String(key) === part),
  );
  return named ?? (/^\d+$/.test(part) ? list[Number(part)] : undefined);
}

const isObject = (value: unknown): value is Record<string, unknown> => isJsonObject(value);
