import { Decimal } from 'decimal.js';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { Column, Field } from '../../workflows/template/field.ts';
import { checkValues } from '../../workflows/template/form.ts';
import { fromRegister, REPORTED } from '../../workflows/template/sources.ts';
import type { Hint } from '../indicators/hints.ts';
import { type Draw, pick } from './draw.ts';
import { plausibleValue } from './figures.ts';
import { INDICATORS, LINES, REMARKS, UNITS } from './phrases.ts';

/** What somebody knows who fills in a form. */
export interface Writer {
  caseId: string;
  seat: number;
  /** How good the unit's work is, from 0 to 1: its numbers scatter around it. */
  quality: number;
  /** Who could be named in a field for a person. */
  colleagues: readonly string[];
  /** Names to write into lines that ask for one. */
  names: readonly string[];
  /** How much of the period is over, where the form reports on work under way; else 1. */
  elapsed: number;
  /** The day in the city. */
  today: string;
  /** What the unit's indicators are about, by code. */
  hints?: ReadonlyMap<string, Hint>;
  draw: Draw;
  calendar: Calendar;
}

type TableField = Extract<Field, { type: 'table' }>;

/** Plausible values for a form: valid by its fields, the same for the same seed. @throws when the fields cannot be met */
export function fillForm(
  fields: readonly Field[],
  writer: Writer,
  given: Readonly<Record<string, JsonObject[]>> = {},
): JsonObject {
  const written: JsonObject = {};
  const corrects = fields.some((field) => field.type === 'table' && field.source === 'recorded');
  let points = false;
  for (const field of fields) {
    if (corrects && field.type === 'decimal' && !field.required && !points) continue;
    if (field.type === 'table' && field.source === 'recorded') {
      const upheld = !Object.values(written).includes('rejected');
      const rows = correctedRows(given[field.key] ?? [], upheld, writer);
      points = upheld && rows.every(({ value }) => value === undefined);
      if (rows.length > 0) written[field.key] = rows;
      continue;
    }
    const value =
      field.type === 'table'
        ? tableOf(field, writer, given[field.key] ?? [], plannedIn(fields, written))
        : fieldValue(field, field.key, writer);
    if (value !== undefined) written[field.key] = value;
  }
  const { errors, values } = checkValues(fields, written);
  const wrong = errors[0];
  if (wrong) throw new Error(`the simulator cannot fill in "${wrong.path}": ${wrong.message.en}`);
  return values;
}

/** What the indicators that the form plans are called, for rows that name one. */
const plannedIn = (fields: readonly Field[], written: JsonObject): Json[] => {
  const plan = fields.find((field) => field.type === 'table' && field.source === 'plan');
  const rows = plan && written[plan.key];
  return (Array.isArray(rows) ? (rows as JsonObject[]) : []).flatMap(({ code, name }) => code ?? name ?? []);
};

function fieldValue(field: Exclude<Field, TableField> | Column, place: string, writer: Writer): Json | undefined {
  const u = writer.draw('value', writer.caseId, writer.seat, place);
  switch (field.type) {
    case 'text':
      return lineFor(field.key, field.maxLength ?? 500, u, writer);
    case 'longText':
      return pick(REMARKS, u).slice(0, field.maxLength);
    case 'decimal':
      return decimalOf(field, u, writer);
    case 'date':
      return writer.calendar.addWorkingDays(writer.today, 20 + Math.floor(u * 100));
    case 'choice':
      // Options run from good to bad more often than not, and most work is good.
      return pick(field.options, (1 - writer.quality) * 2 * u).value;
    case 'boolean':
      return u < 0.9;
    case 'person':
      return writer.colleagues.length > 0 ? pick(writer.colleagues, u) : undefined;
    case 'files':
      return undefined;
  }
}

/** Whether a value on record misses its target: one that is met already earns nothing more. */
function short({ direction, aggregation, target, periods }: Hint, recorded: string): boolean {
  if (target === null || direction === 'band') return true;
  const due = aggregation === 'sum' ? new Decimal(target).div(periods) : new Decimal(target);
  return direction === 'down' ? due.lt(recorded) : due.gt(recorded);
}

/**
 * Values on record as the review of an appeal leaves them: where it is upheld, the first that fell short and that good work would have
 * made another one is corrected to that.
 */
function correctedRows(rows: readonly JsonObject[], upheld: boolean, { hints }: Writer): JsonObject[] {
  const better = ({ code, recorded }: JsonObject): string | undefined => {
    const hint = hints?.get(String(code));
    if (!hint) return undefined;
    const value = plausibleValue(hint, { quality: 1, elapsed: 1, u: 0.5 }).toDecimalPlaces(2);
    return typeof recorded === 'string' && (value.eq(recorded) || !short(hint, recorded)) ? undefined : value.toFixed();
  };
  const at = upheld ? rows.findIndex((row) => better(row) !== undefined) : -1;
  return rows.map((row, i) => (i === at ? { ...row, value: better(row) ?? '' } : row));
}

/** A line of text that fits what the field is called. */
function lineFor(key: string, room: number, u: number, { names }: Writer): string {
  if (/owner|person|contact/i.test(key) && names.length > 0) return pick(names, u);
  if (room <= 20) return pick(UNITS, u);
  const list = [...LINES].find(([name]) => name.test(key))?.[1] ?? REMARKS;
  return pick(list, u).slice(0, room);
}

/** Between its bounds, around the quality of the work. A percentage during the year grows with the year. */
function decimalOf(field: Extract<Column, { type: 'decimal' }>, u: number, { quality, elapsed }: Writer): string {
  const min = new Decimal(field.min ?? 0);
  const max = new Decimal(field.max ?? Decimal.max(min.plus(100), 100));
  const share = Math.min(1, Math.max(0, quality + (u - 0.5) * 0.16)) * (field.unit === '%' ? elapsed : 1);
  const value = min.plus(max.minus(min).times(share));
  return Decimal.min(max, value.toDecimalPlaces(Math.min(field.places ?? 2, 2))).toFixed();
}

/**
 * Rows of a table: those that are given, completed, or else as many as there may be; the column that must add up is shared
 * out so that it does, to the last digit. What may be left empty is left empty as often as the work is good: a list of problems.
 */
function tableOf(
  field: TableField,
  writer: Writer,
  given: readonly JsonObject[],
  planned: readonly Json[],
): Json | undefined {
  const rows =
    given.length > 0 || field.source !== undefined ? withOwnRows(field, given, OWN_ROWS) : emptyRows(field, writer);
  if (rows.length === 0) return undefined;
  const offset = Math.floor(writer.draw('offset', writer.caseId, writer.seat, field.key) * INDICATORS.length);
  const total = field.total;
  const open = total ? rows.filter((row) => row[total.column] === undefined).length : 0;
  const preset = rows.reduce(
    (sum, row) => sum.plus(total && row[total.column] !== undefined ? String(row[total.column]) : 0),
    new Decimal(0),
  );
  const shares = total && open > 0 ? sharesOf(new Decimal(total.is).minus(preset).toFixed(), open) : [];
  return rows.map((row, i) => {
    const cells = field.columns.flatMap((column): [string, Json][] => {
      if (fromRegister(field.source, column.key) && row[column.key] === undefined) return [];
      const value =
        row[column.key] ??
        coveredBy(field, column, i) ??
        figureOf(field, column, row, writer) ??
        (column.key === 'indicator' && planned.length > 0 ? planned[i % planned.length] : undefined) ??
        (total?.column === column.key
          ? shares.shift()
          : column.key === 'name'
            ? INDICATORS[(offset + i) % INDICATORS.length]
            : isLeft(field, column)
              ? undefined
              : fieldValue(column, `${field.key}[${i}].${column.key}`, writer));
      return value === undefined ? [] : [[column.key, value]];
    });
    return Object.fromEntries(cells);
  });
}

/** The option that a row stands for where each must have one. */
export const coveredBy = (field: TableField, column: Column, row: number): string | undefined =>
  field.covers === column.key && column.type === 'choice' ? column.options[row]?.value : undefined;

/** Of problems that are given, people write what is asked of them, and leave what only says where a problem comes from. */
const isLeft = ({ source }: TableField, { required }: Column): boolean =>
  (source === 'problems' || source === 'mustCheck') && required !== true;

/** How many rows a table must have. */
export const leastRows = ({ minRows = 0, covers, columns }: TableField): number => {
  const covered = columns.find(({ key }) => key === covers);
  return Math.max(minRows, covered?.type === 'choice' ? covered.options.length : 0);
};

/** How many indicators of its own a unit adds to those that everyone has. */
const OWN_ROWS = 3;

/** The rows that are given, and as many more as the table needs: at least `minRows`, and something that its total can be shared by. */
export function withOwnRows(field: TableField, given: readonly JsonObject[], own: number): JsonObject[] {
  const { total, source } = field;
  const rows = [...given];
  const add = () => rows.push(source ? { code: `own-${rows.length + 1}` } : {});
  while (rows.length < leastRows(field)) add();
  if (!total || rows.some((row) => row[total.column] === undefined)) return rows;
  const sum = rows.reduce((all, row) => all.plus(String(row[total.column])), new Decimal(0));
  if (source === 'plan' && sum.lt(total.is)) for (let n = 0; n < own; n += 1) add();
  return rows;
}

/** The value of an indicator that is due. */
function figureOf(field: TableField, column: Column, row: JsonObject, writer: Writer): string | undefined {
  const hint = typeof row.code === 'string' ? writer.hints?.get(row.code) : undefined;
  if (!REPORTED.has(field.source) || column.key !== 'value' || column.type !== 'decimal' || !hint) return undefined;
  const u = writer.draw('figure', writer.caseId, writer.seat, hint.code);
  const value = plausibleValue(hint, { quality: writer.quality, elapsed: writer.elapsed, u });
  const low = column.min === undefined ? value : Decimal.max(value, column.min);
  const within = column.max === undefined ? low : Decimal.min(low, column.max);
  return within.toDecimalPlaces(Math.min(column.places ?? 2, 2)).toFixed();
}

function emptyRows(field: TableField, { draw, caseId, seat, quality }: Writer): JsonObject[] {
  const asked = leastRows(field);
  const optional = !field.required && asked === 0;
  if (optional && draw('empty', caseId, seat, field.key) < quality - 0.3) return [];
  const most = Math.min(field.maxRows ?? 5, Math.max(5, asked));
  const least = Math.min(most, Math.max(optional ? 1 : 3, asked));
  const count = least + Math.floor(draw('rows', caseId, seat, field.key) * (most - least + 1));
  return Array.from({ length: count }, () => ({}));
}

/** Splits a total into falling whole shares; the last one takes what is left. */
function sharesOf(total: string, count: number): string[] {
  const whole = new Decimal(total);
  const weights = Array.from({ length: count }, (_, i) => count - i);
  const sum = weights.reduce((a, b) => a + b, 0);
  const shares = weights.map((weight) => whole.times(weight).div(sum).floor());
  const rest = shares.slice(0, -1).reduce((left, share) => left.minus(share), whole);
  return [...shares.slice(0, -1), rest].map((share) => share.toFixed());
}
