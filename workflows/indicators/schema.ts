import { z } from 'zod';
import { keySchema, nameSchema } from '../template/key.ts';
import { textSchema } from '../text.ts';

/** A decimal as text, so that no digit is lost; at most 38 digits, as in SQL. */
const decimalSchema = z.string().regex(/^-?\d{1,26}(\.\d{1,12})?$/, { message: 'a decimal, as text: "12.5"' });
const weightSchema = z.string().regex(/^\d{1,6}(\.\d{1,6})?$/, { message: 'a weight, as text: "12.5"' });

/** What an indicator or a unit is called in files and interfaces: `K01`, `GDP-2`. Only names (`GDP_2`) can stand in formulas. */
export const indicatorCodeSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, { message: 'code: letters, digits, "." "_" and "-", at most 64' });

export const DIRECTIONS = ['up', 'down', 'band'] as const;
export const FREQUENCIES = ['month', 'quarter', 'half', 'year'] as const;
/**
 * How the values of a period's parts become the period's value: the last one (`last`: how it stands; `toDate`: each is the total up to
 * then), their sum, mean or highest.
 */
export const AGGREGATIONS = ['last', 'toDate', 'sum', 'mean', 'max'] as const;
/** How the values of parts (sections, lower units) become the whole's. */
export const ROLL_UPS = ['sum', 'mean', 'weighted'] as const;
export type Direction = (typeof DIRECTIONS)[number];
export type Frequency = (typeof FREQUENCIES)[number];
export type Aggregation = (typeof AGGREGATIONS)[number];
export type RollUp = (typeof ROLL_UPS)[number];

const EVIDENCE_KINDS = ['document', 'sheet', 'image', 'archive', 'text'] as const;

/** What an indicator measures and how. `band`: good between `low` and `high`. Units are named by their codes in the directory. */
export const definitionFields = {
  /** What one of it is called: %, 件, 亿元. */
  unit: z.string().min(1).max(20),
  direction: z.enum(DIRECTIONS),
  low: decimalSchema.optional(),
  high: decimalSchema.optional(),
  frequency: z.enum(FREQUENCIES),
  /** Unless named: `toDate` for what is counted up, `last` for shares, marks, limits and bands (`aggregationOf`). */
  aggregation: z.enum(AGGREGATIONS).optional(),
  /** FEEL over the codes of other indicators of the same unit and period: `done / planned * 100`. Such a value is never reported. */
  formula: z.string().min(1).max(2000).optional(),
  owner: indicatorCodeSchema.optional(),
  jointOwners: z.array(indicatorCodeSchema).max(50).optional(),
  /** Supplies or verifies its values; by default the unit that monitors the participant. */
  monitoringUnit: indicatorCodeSchema.optional(),
  /** Where the numbers come from. */
  source: z.string().min(1).max(500).optional(),
  evidence: z
    .strictObject({ required: z.boolean(), kinds: z.array(z.enum(EVIDENCE_KINDS)).min(1).optional() })
    .optional(),
  /** A value outside is impossible: wrong unit, slip of the keyboard. */
  plausible: z.strictObject({ min: decimalSchema.optional(), max: decimalSchema.optional() }).optional(),
  rollUp: z.enum(ROLL_UPS).optional(),
};

export const definitionSchema = z.strictObject(definitionFields);
export type IndicatorDefinition = z.infer<typeof definitionSchema>;

/**
 * An indicator of a template. `common`: every participant has it (of `categories`, of `units` where they are named);
 * `specific`: a unit has it when its plan names the code.
 */
export const indicatorSchema = z.strictObject({
  code: indicatorCodeSchema,
  name: textSchema,
  kind: z.enum(['specific', 'common']),
  categories: z.array(keySchema).min(1).max(50).optional(),
  /** Codes of units in the directory. */
  units: z.array(indicatorCodeSchema).min(1).max(500).optional(),
  /** Dimension: finance, public, learning; core, situational, functional. */
  group: keySchema.optional(),
  weight: weightSchema.optional(),
  target: decimalSchema.optional(),
  /** Cascade: the indicator of the unit above (by the directory's tree) that this one is a part of. */
  parent: indicatorCodeSchema.optional(),
  /** A key target: holders of this role of the template decide on another one, instead of the performance office. */
  approves: nameSchema.optional(),
  ...definitionFields,
});
export type Indicator = z.infer<typeof indicatorSchema>;

/** A key task over several years: how much of it each year, and what it consists of, each with its standard and satisfaction. */
export const keyTaskSchema = z.strictObject({
  code: indicatorCodeSchema,
  name: textSchema,
  unit: z.string().min(1).max(20),
  total: decimalSchema,
  years: z
    .array(z.strictObject({ year: z.int().min(1990).max(2200), amount: decimalSchema }))
    .min(1)
    .max(20),
  contents: z
    .array(
      z.strictObject({
        key: keySchema,
        name: textSchema,
        standard: textSchema,
        /** At least this share of people is satisfied, in percent. */
        satisfaction: decimalSchema.optional(),
      }),
    )
    .max(50)
    .optional(),
  categories: z.array(keySchema).min(1).max(50).optional(),
  units: z.array(indicatorCodeSchema).min(1).max(500).optional(),
  frequency: z.enum(FREQUENCIES).optional(),
  weight: weightSchema.optional(),
  /** As of an indicator. */
  approves: nameSchema.optional(),
});
export type KeyTask = z.infer<typeof keyTaskSchema>;

/** The template's section `indicators`. */
export const indicatorsSchema = z.strictObject({
  /** What the weights of one participant add up to: 100 or 1000. */
  total: weightSchema,
  list: z.array(indicatorSchema).max(2000),
  /** Names of the dimensions that `group` may say. */
  groups: z.record(keySchema, z.strictObject({ name: textSchema })).optional(),
  keyTasks: z.array(keyTaskSchema).max(200).optional(),
  /** The office's table of the cycle whose rows become indicators of everybody, each a part of the same one of the unit above. */
  issued: nameSchema.optional(),
  /** 对标: the place whose values the register holds beside the own ones. */
  benchmark: z.strictObject({ place: z.string().trim().min(1).max(100) }).optional(),
  /** How often the indicators that a plan adds by itself are reported; `quarter` by default. */
  frequency: z.enum(FREQUENCIES).optional(),
  /** Values are due so many working days after their period ends; 5 by default. */
  due: z.strictObject({ workingDays: z.int().min(0).max(120) }).optional(),
  /** The common set's share of the total; the plan's own indicators take the rest. Without it, all weights together make the total. */
  commonShare: weightSchema.optional(),
  /** Weights that do not add up: refused, or (`rescale`) brought to the total in proportion. */
  weights: z.enum(['exact', 'rescale']).optional(),
  /** When and why targets may change. */
  change: z
    .strictObject({
      reasons: z
        .array(z.strictObject({ value: nameSchema, name: textSchema }))
        .min(1)
        .max(20),
      /** Not before this day of the year (MM-DD): after the mid-year check. */
      from: z
        .string()
        .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
        .optional(),
      until: z
        .string()
        .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
        .optional(),
    })
    .optional(),
});
export type IndicatorsSection = z.infer<typeof indicatorsSchema>;
