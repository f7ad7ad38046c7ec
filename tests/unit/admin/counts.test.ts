import { expect, test } from 'vitest';
import { rowsOf } from '../../../admin/src/found/counts.ts';

test('complaints by unit and month become a row for each unit, the most first, with 0 where there were none', () => {
  const count = (key: string, period: string, complaints: number, solved = 0) => ({
    key,
    period,
    complaints,
    solved,
    inTime: 0,
  });
  expect(rowsOf([count('a', '2026-03', 1), count('b', '2026-01', 2, 1), count('b', '2026-03', 3, 2)])).toEqual({
    periods: ['2026-01', '2026-03'],
    rows: [
      { key: 'b', name: undefined, total: 5, solved: 3, inTime: 0, each: [2, 3] },
      { key: 'a', name: undefined, total: 1, solved: 0, inTime: 0, each: [0, 1] },
    ],
  });
});
