import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

const page = read('docs/patterns.md');
const rows = [...page.matchAll(/^\| (W[CR]P-\d\d) \| ([^|]+) \| ([^|]+) \| (✓|◐|✗) \| ([^|]+) \|$/gm)].map(
  ([, id = '', name = '', chinese = '', mark = '', how = '']) => ({ id, name, chinese, mark, how }),
);
const tested = ['tests/unit/patterns', 'tests/integration/patterns'].flatMap((folder) =>
  readdirSync(new URL(`../../../${folder}`, import.meta.url)).flatMap((file) =>
    [...read(`${folder}/${file}`).matchAll(/\('(W[CR]P-\d\d [^']+)',/g)].map(([, name]) => name as string),
  ),
);

test('every pattern is on the page once, with both names and how or why not', () => {
  const numbers = Array.from({ length: 43 }, (_, i) => String(i + 1).padStart(2, '0'));
  expect(rows.map(({ id }) => id)).toEqual(['WCP', 'WRP'].flatMap((kind) => numbers.map((n) => `${kind}-${n}`)));
  expect(page.match(/^\| W[CR]P-/gm)).toHaveLength(86);
  expect(new Set(rows.map(({ name }) => name)).size).toBe(86);
  for (const { id, chinese, how } of rows) {
    expect(chinese, id).toMatch(/^[\p{Script=Han}]{2,}$/u);
    expect(how.length, id).toBeGreaterThan(5);
  }
});

test('a pattern is called supported exactly when a test of that name shows it', () => {
  const supported = rows.filter(({ mark }) => mark === '✓').map(({ id, name }) => `${id} ${name}`);
  expect([...new Set(tested)].sort()).toEqual(supported.sort());
});

test('what a row refers to is there, and is not supported either', () => {
  for (const { id, how } of rows)
    for (const [, other] of how.matchAll(/\bas (W[CR]P-\d\d)/g))
      expect(rows.find((row) => row.id === other)?.mark, `${id} → ${other}`).not.toBe('✓');
});
