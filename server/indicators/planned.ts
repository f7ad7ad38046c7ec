import { computeOrder, FormulaError } from '../../workflows/indicators/formula.ts';
import {
  AGGREGATIONS,
  DIRECTIONS,
  FREQUENCIES,
  type Indicator,
  type IndicatorsSection,
  ROLL_UPS,
} from '../../workflows/indicators/schema.ts';
import { catalogue, checkWeights, commonSet, type Known, type Unit } from '../../workflows/indicators/set.ts';
import { isJsonObject, type Json, type JsonObject } from '../../workflows/json.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';

/** The section of a template that says nothing about indicators. */
export const sectionOf = (template: CycleTemplate): IndicatorsSection =>
  template.indicators ?? { total: '100', list: [] };

/** An indicator as a unit's plan wants it. */
export interface Planned {
  indicator: Indicator;
  /** The version of the library's definition, if it is from there. */
  version: number | null;
  owner: string | null;
  dueOn: string | null;
  /** What the row calls it, which a definition may call otherwise. */
  written?: string | undefined;
}

/** A definition of the library, with what the plan may leave to it. */
export interface LibraryDefinition {
  version: number;
  indicator: Indicator;
}

const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** A row whose code is none, such as words of somebody who does not know codes, is an indicator of the unit's own. */
const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

const oneOf = <const Options extends readonly string[]>(options: Options, value: Json | undefined) =>
  options.find((option) => option === value) as Options[number] | undefined;

/** Why a plan cannot be assigned. */
export class PlanError extends Error {
  readonly id: string;
  readonly text: Text;
  /** Where in the table: `[3].indicator`; the whole table when empty. */
  readonly place: string;

  constructor(id: string, text: Text, place = '') {
    super(`${id}: ${text.zh} ${text.en}`);
    this.name = 'PlanError';
    this.id = id;
    this.text = text;
    this.place = place;
  }
}

/**
 * What a unit is measured by: the rows of its plan, each by the definition of its code (the template's, else the library's, else
 * what the row itself says), and the common set where the plan does not name it, which depends on what is known `beside` the template.
 *
 * @throws PlanError when a code is there twice, a formula cannot be computed, or the weights do not make the total and the shares
 */
export function plannedIndicators(
  section: IndicatorsSection,
  unit: Unit,
  year: number,
  rows: Json | undefined,
  library: ReadonlyMap<string, LibraryDefinition>,
  beside: Known = {},
): Planned[] {
  const common = commonSet(section, unit, year, beside);
  const known = new Map([...catalogue(section, unit), ...common].map((one) => [one.code, one]));
  const planned = plannedRows(section, rows, known, library);
  const named = new Set(planned.map(({ indicator: { code } }) => code));
  const all = [
    ...planned,
    ...common.flatMap((indicator) =>
      named.has(indicator.code) ? [] : [{ indicator, version: null, owner: null, dueOn: null }],
    ),
  ];
  computable(all);
  const weighed = all.flatMap(({ indicator: { code, kind, weight } }) =>
    weight === undefined ? [] : [{ code, kind, weight }],
  );
  const checked = checkWeights(section, weighed);
  if (!checked.ok) {
    const { of, sum, total } = checked;
    throw new PlanError('plan.weights', {
      zh: `${of === 'all' ? '指标' : of === 'common' ? '共性指标' : '个性指标'}的权重合计为 ${sum}，应为 ${total}。`,
      en: `The weights of ${of === 'all' ? 'all' : `the ${of}`} indicators add up to ${sum}, not to ${total}.`,
    });
  }
  return all.map((one) => {
    const weight = checked.weights.get(one.indicator.code);
    return weight === undefined ? one : { ...one, indicator: { ...one.indicator, weight } };
  });
}

function computable(planned: readonly Planned[]): void {
  try {
    computeOrder(planned.map(({ indicator: { code, formula } }) => ({ code, formula })));
  } catch (error) {
    throw error instanceof FormulaError ? new PlanError(error.id, error.text) : error;
  }
}

/** The rows of a plan alone, such as a section's part, whose weights need not make the total. @throws PlanError when a code is there twice */
export function plannedRows(
  section: IndicatorsSection,
  rows: Json | undefined,
  known: ReadonlyMap<string, Indicator>,
  library: ReadonlyMap<string, LibraryDefinition>,
): Planned[] {
  const given = Array.isArray(rows) ? rows.filter(isJsonObject) : [];
  const planned = given.map((row, i) => plannedRow(row, i, section, known, library));
  const codes = planned.map(({ indicator: { code } }) => code);
  const twice = codes.find((code, i) => codes.indexOf(code) < i);
  if (twice !== undefined)
    throw new PlanError('plan.twice', { zh: `计划中“${twice}”出现两次。`, en: `The plan names "${twice}" twice.` });
  return planned;
}

function plannedRow(
  row: JsonObject,
  i: number,
  section: IndicatorsSection,
  known: ReadonlyMap<string, Indicator>,
  library: ReadonlyMap<string, LibraryDefinition>,
): Planned {
  const written = textOf(row.code);
  const code = written !== undefined && CODE.test(written) ? written : `P${i + 1}`;
  const fromLibrary = known.has(code) ? undefined : library.get(code);
  const name = textOf(row.name);
  const target = textOf(row.target);
  const weight = textOf(row.weight);
  const base: Indicator = known.get(code) ??
    fromLibrary?.indicator ?? {
      code,
      name: { zh: name ?? code, en: name ?? code },
      kind: row.kind === 'common' ? 'common' : 'specific',
      unit: textOf(row.unit) ?? '%',
      ...(oneOf(ROLL_UPS, row.rollUp) && { rollUp: oneOf(ROLL_UPS, row.rollUp) }),
      direction: oneOf(DIRECTIONS, row.direction) ?? 'up',
      frequency: oneOf(FREQUENCIES, row.frequency) ?? section.frequency ?? 'quarter',
      ...(oneOf(AGGREGATIONS, row.aggregation) && { aggregation: oneOf(AGGREGATIONS, row.aggregation) }),
      ...(textOf(row.low) !== undefined && { low: textOf(row.low) }),
      ...(textOf(row.high) !== undefined && { high: textOf(row.high) }),
    };
  return {
    indicator: { ...base, ...(target !== undefined && { target }), ...(weight !== undefined && { weight }) },
    version: fromLibrary?.version ?? null,
    owner: textOf(row.owner) ?? null,
    dueOn: textOf(row.dueDate) ?? null,
    written: name,
  };
}
