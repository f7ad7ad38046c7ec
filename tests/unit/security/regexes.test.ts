import { checkSync } from 'recheck';
import { describe, expect, test } from 'vitest';
import { sourceRegexes } from '../../support/regexes.ts';

/** Put together from parts, written out here: checked as the others are. */
const BUILT: Record<string, [string, string]> = {
  'workflows/scoring/data.ts': [
    String.raw`^(values|participant|indicators|ballots|adjustments|history|item|let)((\.[^.[\]\s]+)|(\[[^[\]]+\]))*$`,
    'u',
  ],
  'workflows/scoring/interval.ts': [
    String.raw`^([[(])\s*(?:(-?\d+(?:\.\d+)?)\s*)?,\s*(?:(-?\d+(?:\.\d+)?)\s*)?([\])])$`,
    '',
  ],
  'server/delegations/schema.ts': ['^[A-Za-z][A-Za-z0-9_-]{0,63}(?:/[A-Za-z][A-Za-z0-9_-]{0,63})?$', ''],
};
/** Makes texts for patterns of the API's own description; nothing from outside is matched with it. */
const GENERATOR = 'server/fuzz/arbitrary.ts';

const { fixed, built } = sourceRegexes();
const all = [...fixed, ...Object.entries(BUILT).map(([place, [source, flags]]) => ({ place, source, flags }))];
const different = [...new Map(all.map((one) => [`${one.source}/${one.flags}`, one])).values()];

describe('regular expressions of the source', () => {
  test('S56 those put together from parts are known', () => {
    expect(different.length).toBeGreaterThan(150);
    expect(built.map(({ place }) => place.split(':')[0]).sort()).toEqual([...Object.keys(BUILT), GENERATOR].sort());
  });

  test('S56 none can be made to take long', { timeout: 300_000 }, () => {
    // Without a Java or native checker that may or may not be there.
    process.env.RECHECK_BACKEND = 'pure';
    const vulnerable = different.flatMap(({ place, source, flags }) => {
      const found = checkSync(source, flags, { timeout: 4_000 });
      return found.status === 'vulnerable' ? [`${place} /${source}/${flags}: ${found.complexity.summary}`] : [];
    });
    expect(vulnerable).toEqual([]);
  });

  test('S56 each reads 100 000 characters quickly', { timeout: 120_000 }, () => {
    const units = [
      '0',
      ' ',
      'a',
      '/',
      '.',
      '[',
      '[[',
      '"',
      '://:',
      '-',
      '{',
      '长',
      '\n',
      'a.',
      '0,',
      '<',
      '%',
      "'",
      'x=',
      '\\',
    ];
    const slow: string[] = [];
    for (const { place, source, flags } of different)
      for (const unit of units) {
        const text = `${unit.repeat(Math.ceil(100_000 / unit.length))}\u0000`;
        const regex = new RegExp(source, flags);
        const from = performance.now();
        regex.test(text);
        const ms = performance.now() - from;
        // 200 ms are wanted; what is quadratic takes seconds.
        if (ms > 1_000) slow.push(`${place} /${source}/${flags} with ${JSON.stringify(unit)}: ${Math.round(ms)} ms`);
      }
    expect(slow).toEqual([]);
  });
});
