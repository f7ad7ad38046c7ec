import { z } from 'zod';

const INVISIBLE = /[\p{Cc}\p{Cf}]/u;

/**
 * A key that administrators choose: it becomes a state id, a FEEL name and a column value, so only ASCII letters,
 * digits and `_` (blocks and templates also `-`). No dots: a dot breaks an XState target.
 */
export const keySchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, {
  message: 'key: letters, digits, "_" and "-", starting with a letter, at most 64',
});

/** A key that also is a name in FEEL expressions: no `-`, which FEEL reads as minus. */
export const nameSchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, {
  message: 'name: letters, digits and "_", starting with a letter, at most 64',
});

/** Text from outside that is stored: Unicode NFC without control or zero-width characters (newline and tab may stay). */
export function isCleanText(text: string): boolean {
  return text === text.normalize('NFC') && !INVISIBLE.test(text.replace(/[\n\r\t]/g, ''));
}
