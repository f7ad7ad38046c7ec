import { z } from 'zod';

/** `1/true/yes/on` and `0/false/no/off`, in any case. */
export const flag = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.enum(['1', 'true', 'yes', 'on', '0', 'false', 'no', 'off']))
  .transform((value) => ['1', 'true', 'yes', 'on'].includes(value));

/** A whole number between two limits, written in decimal digits. */
export const whole = (min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));

/** An address with one of the given schemes, e.g. `address('http', 'https')`. */
export const address = (...schemes: string[]) =>
  z
    .string()
    .trim()
    .refine((value) => {
      return URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1));
    });

/** A text that is not empty after trimming. */
export const word = z.string().trim().min(1).max(4096);

/** Hosts separated by commas: names or addresses, in lower case, without ports. Empty: none. */
export const hostList = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((host) => host.trim().toLowerCase())
      .filter(Boolean),
  )
  .pipe(z.array(z.string().regex(/^[a-z0-9.:-]+$/)).max(200));
