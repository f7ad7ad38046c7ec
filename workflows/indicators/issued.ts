import { isJsonObject, type Json } from '../json.ts';
import { DIRECTIONS, type Indicator, type IndicatorsSection } from './schema.ts';

/** Shares, points, times: of several of them the mean says something, the sum does not. */
const AVERAGED = /[%‰分天日时]/;

/** How the values of parts become the whole's where nothing says so. */
export const rollUpOf = (unit: string): 'mean' | 'sum' => (AVERAGED.test(unit) ? 'mean' : 'sum');

/** What the rows of an issued table are called as indicators: `D1`, `D2`, in their order. */
export const ISSUED_CODE = /^D\d+$/;

const filled = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/**
 * The rows of the table that the office issued, as indicators that all have in common: `name`, `unit`, `direction`, `target`, `weight`
 * and the `standard` that they are scored by. A unit's is a part of that of the unit above.
 */
export function issuedIndicators(section: IndicatorsSection, rows: Json | undefined): Indicator[] {
  if (section.issued === undefined || !Array.isArray(rows)) return [];
  return rows.filter(isJsonObject).flatMap((row, i): Indicator[] => {
    const [name, unit] = [filled(row.name), filled(row.unit)];
    if (name === undefined || unit === undefined) return [];
    const [target, weight, standard] = [filled(row.target), filled(row.weight), filled(row.standard)];
    const code = `D${i + 1}`;
    return [
      {
        code,
        name: { zh: name, en: name },
        kind: 'common',
        unit,
        direction: DIRECTIONS.find((one) => one === row.direction) ?? 'up',
        frequency: section.frequency ?? 'quarter',
        rollUp: rollUpOf(unit),
        parent: code,
        ...(target !== undefined && { target }),
        ...(weight !== undefined && { weight }),
        ...(standard !== undefined && { source: standard.slice(0, 500) }),
      },
    ];
  });
}
