import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const page = readFileSync('docs/security.md', 'utf8');
const NUMBERS = Array.from({ length: 62 }, (_, n) => n + 1).filter((n) => n !== 28);
const rows = new Map([...page.matchAll(/^\| S(\d+) \|(.*)\|$/gm)].map(([, n, rest]) => [Number(n), rest ?? '']));

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => join(folder, name));

test('every item stands in the page on security, once', () => {
  expect([...rows.keys()]).toEqual(NUMBERS);
});

test.each(NUMBERS)('S%i is shown by a test that there is', (n) => {
  const cell = rows.get(n)?.split(' | ').at(-1) ?? '';
  const named = cell.split('<br>').map((one) => /^ ?(.*) \(\[[^\]]*\]\(\.\.\/(.*)\)\) ?$/.exec(one));
  expect(named.length).toBeGreaterThan(0);
  for (const found of named) {
    const [, title = '', file = ''] = found ?? [];
    expect(title.length).toBeGreaterThan(11);
    expect(title).toMatch(new RegExp(`\\bS0?${n}\\b`));
    const text = readFileSync(file, 'utf8').replaceAll("\\'", "'");
    expect(text, file).toContain(title.replaceAll('\\|', '|'));
  }
});

test('no test of an item has a number that the page does not know', () => {
  const unknown = filesIn('tests').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\b(?:test|it)(?:\.each\([^)]*\))?\(\s*['"`]S0?(\d{1,2}) /g)]
      .filter(([, n]) => !rows.has(Number(n)))
      .map(([, n]) => `${file}: S${n}`),
  );
  expect(unknown).toEqual([]);
});
