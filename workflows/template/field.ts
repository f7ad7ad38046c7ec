import { z } from 'zod';
import { textSchema } from '../text.ts';
import { anchorsSchema } from './anchors.ts';
import { nameSchema } from './key.ts';
import { SOURCES } from './sources.ts';

const decimalString = z.string().regex(/^-?\d+(\.\d+)?$/, { message: 'a decimal, as text: "12.5"' });

const common = {
  key: nameSchema,
  name: textSchema,
  help: textSchema.optional(),
  required: z.boolean().optional(),
};

const number = {
  min: decimalString.optional(),
  max: decimalString.optional(),
  unit: z.string().max(20).optional(),
  anchors: anchorsSchema.optional(),
};

const columnSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('text'), maxLength: z.int().min(1).max(10_000).optional() }),
  z.strictObject({ ...common, type: z.literal('decimal'), places: z.int().min(0).max(6).optional(), ...number }),
  z.strictObject({ ...common, type: z.literal('date') }),
  z.strictObject({
    ...common,
    type: z.literal('choice'),
    options: z
      .array(z.strictObject({ value: nameSchema, name: textSchema }))
      .min(1)
      .max(200),
  }),
  z.strictObject({ ...common, type: z.literal('person') }),
]);

/**
 * A field of a form. Values are JSON: text, choice, person (account id) and date (`YYYY-MM-DD`) are strings, a decimal is
 * a string so that no digit is lost, boolean is a boolean, files are evidence ids, a table is a list of rows.
 * A table's `total` asks that a decimal column adds up exactly (weights = 100). With a `source` the server gives its rows: the
 * indicators of the unit's `plan`, those `due` in the period, of these those that the item's unit has `owned` for another, what is left from the last cycle (`mustCheck`), found `problems`, the values
 * that are `recorded` at the end of the year, what the public said (`consultation`), or the rows of an `earlier` table of the case, `of`
 * which they are, numbered from 1 in their column `code`. From the register come, read only: own values beside those of the `benchmark`
 * place, those of the last five `years`, the `keyTasks` year by year and their `contents`. `covers` asks for a row for every option of a choice.
 * A long text with the source `report` begins with the sentences of the report, which people go on writing in.
 */
export const fieldSchema = z.discriminatedUnion('type', [
  ...columnSchema.options,
  z.strictObject({
    ...common,
    type: z.literal('longText'),
    maxLength: z.int().min(1).max(100_000).optional(),
    source: z.literal('report').optional(),
  }),
  z.strictObject({ ...common, type: z.literal('boolean') }),
  z.strictObject({ ...common, type: z.literal('files'), maxFiles: z.int().min(1).max(50).optional() }),
  z.strictObject({
    ...common,
    type: z.literal('table'),
    columns: z.array(columnSchema).min(1).max(30),
    minRows: z.int().min(0).max(500).optional(),
    maxRows: z.int().min(1).max(1000).optional(),
    total: z.strictObject({ column: nameSchema, is: decimalString }).optional(),
    source: z.enum(SOURCES).optional(),
    of: nameSchema.optional(),
    covers: nameSchema.optional(),
  }),
]);
export type Field = z.infer<typeof fieldSchema>;
export type Column = z.infer<typeof columnSchema>;
