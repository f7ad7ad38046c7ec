import type { Text } from '../../text.ts';
import { NAMES } from './names.ts';
import { VALUES } from './values.ts';

const both = (zh: string, en: string): Text => ({ zh, en });

/** What an entry is called; `around`: the kind of the object that it is in and the entry that this stands under, nearest first. */
export function nameOf(entry: string, around: readonly (string | undefined)[] = []): Text {
  const found = around.map((one) => NAMES[`${one}.${entry}`]).find((one) => one !== undefined) ?? NAMES[entry];
  return found ? both(found[0], found[1]) : both(entry, entry);
}

/** What an entry is good for, where its name does not say. */
export function helpOf(entry: string, around: readonly (string | undefined)[] = []): Text | undefined {
  const found = around.map((one) => NAMES[`${one}.${entry}`]).find((one) => one !== undefined) ?? NAMES[entry];
  return found?.[2] !== undefined && found[3] !== undefined ? both(found[2], found[3]) : undefined;
}

/** What a word of the template language is called where an entry says it. */
export function valueName(entry: string, value: string, around: readonly (string | undefined)[] = []): Text {
  const found =
    around.map((one) => VALUES[`${one}.${entry}.${value}`]).find((one) => one !== undefined) ??
    VALUES[`${entry}.${value}`];
  return found ? both(found[0], found[1]) : both(value, value);
}

/** Whether an entry, or a word, has a name of its own. */
export const isNamed = (entry: string): boolean => Object.hasOwn(NAMES, entry);
export const isNamedValue = (entry: string, value: string): boolean => Object.hasOwn(VALUES, `${entry}.${value}`);
