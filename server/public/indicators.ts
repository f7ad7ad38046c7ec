import { aggregate } from '../../workflows/indicators/series.ts';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { Published } from '../../workflows/publish/published.ts';
import { targetMet } from '../../workflows/series/target.ts';
import type { Figure } from './figures.ts';
import type { PublicIndicator } from './schema.ts';

type Shown = Pick<Published, 'parts' | 'until'>;

/** What is public of a unit's indicator: verified values and lights of the periods that are, and what they come to. */
export function publicIndicator(figure: Figure, { parts, until }: Shown): PublicIndicator {
  const { code, name, unit, direction, frequency, aggregation, formula, source, monitoredBy } = figure;
  const goals = parts.has('goals');
  const values = publicValues(figure, { parts, until });
  const colours = new Map(
    (parts.has('lights') ? figure.lights : [])
      .filter(({ endsOn }) => endsOn <= (until.lights ?? endsOn))
      .map(({ period, colour }) => [period, colour]),
  );
  const periods = [...new Set([...values.map(({ period }) => period), ...colours.keys()])].sort();
  const value = aggregate(
    aggregation,
    values.map((one) => one.value),
  );
  const aim = { direction, target: figure.target, low: figure.low, high: figure.high };
  return {
    code,
    name,
    unit,
    definition: { direction, frequency, aggregation, formula, source, monitoredBy },
    weight: goals ? figure.weight : null,
    target: goals ? figure.target : null,
    low: goals ? figure.low : null,
    high: goals ? figure.high : null,
    values: periods.map((period) => ({
      period,
      value: values.find((one) => one.period === period)?.value ?? null,
      colour: colours.get(period) ?? null,
    })),
    value,
    met: goals ? targetMet(aim, value) : null,
  };
}

/** The verified values of the periods that are public. */
export const publicValues = ({ values }: Pick<Figure, 'values'>, { parts, until }: Shown): Figure['values'] =>
  parts.has('progress') ? values.filter(({ endsOn }) => endsOn <= (until.progress ?? endsOn)) : [];

/** The goals of a draft plan: what its rows say of indicators, and nothing of who owns them. */
export const draftGoals = (table: Json | undefined): PublicIndicator[] =>
  (Array.isArray(table) ? table : []).flatMap((row) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return [];
    const name = textOf(row, 'name');
    if (name === null) return [];
    return [
      {
        code: textOf(row, 'code') ?? '',
        name: { zh: name, en: name },
        unit: textOf(row, 'unit') ?? '',
        definition: null,
        weight: textOf(row, 'weight'),
        target: textOf(row, 'target'),
        low: textOf(row, 'low'),
        high: textOf(row, 'high'),
        values: [],
        value: null,
        met: null,
      },
    ];
  });

const textOf = (row: JsonObject, key: string): string | null => {
  const value = row[key];
  return typeof value === 'string' && value !== '' ? value : null;
};
