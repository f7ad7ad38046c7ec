import english from 'ra-language-english';
import { expect, test } from 'vitest';
import { en } from '../../../admin/src/i18n/en/index.ts';
import { type LaterName, later } from '../../../admin/src/i18n/later.ts';
import { fill, keysOf, lookUp, type Messages } from '../../../admin/src/i18n/translate.ts';
import { zh } from '../../../admin/src/i18n/zh/index.ts';
import type { Language } from '../../../workflows/text.ts';

const names = Object.keys(later.zh) as LaterName[];
const fetched = async (language: Language): Promise<Messages> =>
  Object.fromEntries(await Promise.all(names.map(async (name) => [name, await later[language][name]()] as const)));
const chinese: Messages = { ...zh, ...(await fetched('zh')) };
const inEnglish: Messages = { ...en, ...(await fetched('en')) };
const own = (messages: Messages): Messages =>
  Object.fromEntries(Object.entries(messages).filter(([key]) => key !== 'ra'));
const holes = (message: string | undefined) => [...new Set(message?.match(/%\{\w+\}/g) ?? [])].sort();

test('Chinese has every key of react-admin, and no other', () => {
  expect(keysOf({ ra: chinese.ra as Messages }).sort()).toEqual(keysOf(english as Messages).sort());
});

test('both languages have the same keys', () => {
  expect(keysOf(own(inEnglish)).sort()).toEqual(keysOf(own(chinese)).sort());
  expect(keysOf(own(inEnglish)).length).toBeGreaterThan(250);
});

test('both languages fill the same holes', () => {
  const different = keysOf(own(chinese)).filter((key) => {
    const plural = (message: string | undefined) => holes(message).map((hole) => hole.replace('smart_count', 'count'));
    return plural(lookUp(chinese, key)).join() !== plural(lookUp(inEnglish, key)).join();
  });
  expect(different).toEqual([]);
});

test('no message is empty or left in the other language', () => {
  const han = /\p{Script=Han}/u;
  const wrong = keysOf(own(chinese)).filter(
    (key) => !lookUp(chinese, key) || !lookUp(inEnglish, key) || han.test(lookUp(inEnglish, key) ?? ''),
  );
  expect(wrong).toEqual([]);
});

test('holes and plural forms are filled', () => {
  expect(fill('%{smart_count} day left |||| %{smart_count} days left', { smart_count: 1 })).toBe('1 day left');
  expect(fill('%{smart_count} day left |||| %{smart_count} days left', { smart_count: 5 })).toBe('5 days left');
  expect(fill('剩 %{smart_count} 天', { smart_count: 1 })).toBe('剩 1 天');
  expect(fill('%{a} and %{b}', { a: 0 })).toBe('0 and %{b}');
});
