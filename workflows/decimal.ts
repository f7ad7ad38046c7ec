import { z } from 'zod';
import { Exact } from './scoring/exact.ts';

/** A decimal as text, so that no digit is lost: `"12.5"`. */
export const decimalSchema = z
  .string()
  .regex(/^-?\d{1,20}(\.\d{1,20})?$/, { message: 'a decimal, as text: "12.5"', abort: true });

/** A share of a whole, as text: `"0.15"`. Below zero and above one there is none. */
export const shareSchema = decimalSchema.refine((text) => new Exact(text).gte(0) && new Exact(text).lte(1), {
  message: 'a share between 0 and 1, as text: "0.15"',
});
