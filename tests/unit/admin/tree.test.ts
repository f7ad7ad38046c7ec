import { expect, test } from 'vitest';
import { makeTypeAhead } from '../../../admin/src/orgs/treeKeys.ts';

const items = ['示例市\ncity', '博物馆\nbwg', '编办\nbb', '财政局\nczj'].map(
  (find) => ({ dataset: { find } }) as unknown as HTMLElement,
);
const tree = { querySelectorAll: () => items } as unknown as HTMLElement;

/** Types one letter after the other, this long apart, each from where the last one led. */
const typed = (letters: string, apart = 100, from = 0): number => {
  const typeAhead = makeTypeAhead();
  return [...letters].reduce((at, letter, i) => {
    const found = typeAhead(letter, i * apart, items[at] as HTMLElement, tree);
    return found ? items.indexOf(found) : at;
  }, from);
};

test('a tree goes to what is typed, by name or code', () => {
  expect(typed('bw')).toBe(1);
  expect(typed('bb')).toBe(2);
  expect(typed('B')).toBe(1);
  expect(typed('财')).toBe(3);
  expect(typed('财政')).toBe(3);
});

test('one letter again and again goes round; after a pause one begins anew', () => {
  expect(typed('bbb')).toBe(1);
  expect(typed('bc', 1000)).toBe(3);
  expect(typed('bc', 100)).toBe(1);
});

test('keys that are no letters, and what nothing begins with, lead nowhere', () => {
  const typeAhead = makeTypeAhead();
  for (const key of ['Enter', 'Tab', ' ', 'F2', 'q'])
    expect(typeAhead(key, 0, items[0] as HTMLElement, tree), key).toBeUndefined();
});
