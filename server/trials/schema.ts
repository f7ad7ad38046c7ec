import { z } from 'zod';

/** More units are for the command line. */
export const MOST_CASES = 24;

const year = z.int().min(0).max(9999);
export const rehearseBody = z.strictObject({ year });
export type RehearseBody = z.infer<typeof rehearseBody>;

export const simulateBody = z.strictObject({
  year,
  cases: z.int().min(1).max(MOST_CASES).meta({ description: 'units that take part' }),
});
export type SimulateBody = z.infer<typeof simulateBody>;
