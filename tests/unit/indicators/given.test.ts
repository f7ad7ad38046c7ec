import { expect, test } from 'vitest';
import { checkGiven } from '../../../server/forms/given.ts';
import type { JsonObject } from '../../../workflows/json.ts';
import { benchmarkTable } from '../../../workflows/library/parts/register.ts';

const table = benchmarkTable();
const known = { code: 'T1', name: '指标', own: '90', other: '95', gap: '-5', trend: 'catchingUp' };
const paths = (rows: JsonObject[], before: JsonObject[] = []) =>
  checkGiven([table], { benchmarks: [known] }, { benchmarks: rows }, { benchmarks: before }).map(({ path }) => path);

test('what comes from the register stays as it is there, cell by cell', () => {
  expect(paths([known])).toEqual([]);
  expect(paths([{ ...known, own: '99' }])).toEqual(['benchmarks[0].own']);
  // Neither emptied, nor filled in where nothing is known.
  expect(paths([{ ...known, trend: null }])).toEqual(['benchmarks[0].trend']);
  expect(paths([{ ...known, share: '1' }])).toEqual(['benchmarks[0].share']);
  expect(paths([{ ...known, share: '' }])).toEqual([]);
  // As it was handed in before it was sent back.
  expect(paths([{ ...known, own: '89' }], [{ ...known, own: '89' }])).toEqual([]);
  expect(paths([])).toEqual(['benchmarks']);
  expect(paths([known, { code: 'T2', own: '1' }])).toContain('benchmarks[1].code');
});
