import { readFileSync } from 'node:fs';
import type { Text } from '../../workflows/text.ts';

/** Why a password is refused. */
export type Weakness = 'short' | 'common' | 'pattern' | 'own';

export const weaknessTexts: Record<Weakness | 'reused', Text> = {
  short: { zh: '太短', en: 'too short' },
  common: { zh: '是常见密码，或已在泄露的密码中出现', en: 'a common password, or one that has leaked' },
  pattern: { zh: '只是重复或连续的字符', en: 'nothing but repeated or successive characters' },
  own: {
    zh: '含有用户名、姓名、单位名称或代码',
    en: 'contains the user name, the own name, or the name or code of the unit',
  },
  reused: { zh: '最近用过', en: 'was used before, not long ago' },
};

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '');

let known: Set<string> | undefined;
/** Passwords that have leaked and are tried first; the notes at the head of the file end with an empty line. */
const common = (): Set<string> => {
  known ??= new Set(
    readFileSync(new URL('../../server/auth/commonPasswords.txt', import.meta.url), 'utf8')
      .split('\n\n')[1]
      ?.split('\n')
      .filter(Boolean),
  );
  return known;
};

/** Without what follows the last letter. */
const letters = (folded: string): string => {
  const chars = [...folded];
  return chars.slice(0, chars.findLastIndex((one) => /\p{Letter}/u.test(one)) + 1).join('');
};

const isCommon = (folded: string): boolean => common().has(folded) || common().has(letters(folded));

/** One to four characters over and over, or a run such as 23456789 or hgfedcba. */
const isPattern = (folded: string): boolean => {
  if (/^(.{1,4}?)\1+$/u.test(folded)) return true;
  const steps = [...folded]
    .map((one, i, all) => (one.codePointAt(0) ?? 0) - (all[i - 1]?.codePointAt(0) ?? 0))
    .slice(1);
  return steps.length > 0 && [1, -1].some((way) => steps.every((step) => step === way));
};

/** Short words are in everything: two Chinese characters or four others say whose password it is. */
const says = (folded: string, word: string): boolean => {
  const own = fold(word);
  const long = /\p{Script=Han}/u.test(own) ? 2 : 4;
  return folded === own || ([...own].length >= long && folded.includes(own));
};

/**
 * What is wrong with a password, by the rules of the house: long enough, in no list of leaked ones, no mere pattern, without
 * `own` words of its person. Every character counts, whatever its script.
 */
export const weaknessesOf = (password: string, own: readonly string[], length: number): Weakness[] => {
  const folded = fold(password);
  return [
    ...([...password].length < length ? (['short'] as const) : []),
    ...(isCommon(folded) ? (['common'] as const) : []),
    ...(isPattern(folded) ? (['pattern'] as const) : []),
    ...(own.some((word) => says(folded, word)) ? (['own'] as const) : []),
  ];
};
