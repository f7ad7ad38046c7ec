import { expect, test } from 'vitest';
import { publishingOf, type Reached } from '../../../workflows/publish/published.ts';
import { openCycle } from '../../support/publicCycle.ts';

const nowhere: Reached = { rounds: {}, loops: {}, live: {} };
const quarters = ['03-31', '06-30', '09-30', '12-31'].map((day, i) => ({
  key: `2026-Q${i + 1}`,
  name: `Q${i + 1}`,
  end: `2026-${day}`,
}));
const at = (index: number, live: boolean): Reached => ({
  rounds: { asked: 1, shown: index + 1 },
  loops: { quarters: { index, items: quarters } },
  live: live ? { shown: { round: index + 1 } } : {},
});
const publishing = publishingOf(openCycle, 2026);
const of = (unit: Reached, cycle: Reached | null = null, today = '2026-03-02') => {
  const { parts, until, texts } = publishing.of(unit, cycle, today);
  return { parts: [...parts], until, texts };
};

test('nothing is public before its block is reached', () => {
  expect(of(nowhere, nowhere)).toEqual({ parts: [], until: {}, texts: [] });
});

test('a block in a repeat publishes the quarters one by one, the current one while it is shown', () => {
  expect(of(at(0, true))).toMatchObject({ parts: ['goals', 'progress'], until: { progress: '2026-03-31' } });
  expect(of(at(1, false)).until).toEqual({ progress: '2026-03-31' });
  expect(of(at(1, true)).until).toEqual({ progress: '2026-06-30' });
  expect(of(at(4, false))).toMatchObject({ parts: ['goals', 'progress'], until: {} });
  // It was shown once, and the first quarter is done again.
  expect(of({ ...at(0, false), rounds: { asked: 1, shown: 1 } }).parts).toEqual(['goals']);
});

test('a block of the cycle publishes for every unit', () => {
  const cycle = { ...nowhere, rounds: { publicity: 1 } };
  expect(of(nowhere, cycle)).toEqual({ parts: ['results'], until: {}, texts: ['note'] });
});

test('a day publishes from that day on, in this year or the next', () => {
  const dated = publishingOf(
    {
      ...openCycle,
      publish: { goals: { from: { date: '07-15' } }, results: { from: { date: '02-01', year: 'next' } } },
    },
    2026,
  );
  const on = (today: string) => [...dated.of(nowhere, null, today).parts];
  expect(on('2026-07-14')).toEqual([]);
  expect(on('2026-07-15')).toEqual(['goals']);
  expect(on('2027-01-31')).toEqual(['goals']);
  expect(on('2027-02-01')).toEqual(['goals', 'results']);
});
