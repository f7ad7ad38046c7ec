import { z } from 'zod';
import { isAdministrator } from '../auth/roles.ts';

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

/** https anywhere; http only for this machine. */
export const secureAddress = z
  .string()
  .trim()
  .refine((value) => {
    if (!URL.canParse(value)) return false;
    const { protocol, hostname, username, password, hash } = new URL(value);
    const here = protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
    return (protocol === 'https:' || here) && username === '' && password === '' && hash === '';
  });

/** Words separated by commas. Empty: none. */
export const wordList = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
  )
  .pipe(z.array(z.string().max(200)).max(50));

/** `name=value,name=value` with each of the names at most once, and no others. */
export const pairs = <Name extends string>(names: readonly [Name, ...Name[]]) =>
  z
    .string()
    .transform((text) => text.split(',').map((one) => one.split('=').map((part) => part.trim())))
    .refine(
      (list) => list.every(({ length }) => length === 2) && new Set(list.map(([name]) => name)).size === list.length,
    )
    .refine((list) =>
      list.every(([name, value]) => names.includes(name as Name) && /^[A-Za-z][\w-]*$/.test(value ?? '')),
    )
    .transform((list) => Object.fromEntries(list) as Partial<Record<Name, string>>);

/** `role:DN; role:DN`: which groups of a directory give which roles. */
export const roleGroups = z
  .string()
  .transform((text) =>
    text
      .split(/;(?=\s*[A-Za-z]\w*:)/)
      .map((one) => one.trim().replace(/;$/, ''))
      .filter(Boolean)
      .map((one) => ({ role: one.slice(0, one.indexOf(':')).trim(), group: one.slice(one.indexOf(':') + 1).trim() })),
  )
  .pipe(
    z
      .array(
        z.object({
          role: z
            .string()
            .regex(/^[a-z]\w{0,63}$/i)
            .refine((role) => !isAdministrator(role)),
          group: z.string().regex(/=/),
        }),
      )
      .max(100),
  );

/** A time of the day, HH:MM. */
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
