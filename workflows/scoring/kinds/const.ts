import { z } from 'zod';
import { decimal, type Kind, named, setting } from '../kind.ts';

/** A number of the rule with a name of its own; without one, the number itself as text will do. */
export const constSchema = z.strictObject({ kind: z.literal('const'), ...named, value: decimal });
export type Const = z.infer<typeof constSchema>;

export const constant: Kind<Const> = {
  title: { zh: '定值', en: 'fixed value' },
  open: ({ value }) => [setting('value', value)],
  value: (operands) => operands.amount('value'),
  words: ({ of }) => of('value'),
};
