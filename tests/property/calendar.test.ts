import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarData, makeCalendar } from '../../workflows/calendar/calendar.ts';
import { chinaCalendar } from '../../workflows/calendar/china.ts';
import { formatDay, parseDay } from '../../workflows/calendar/day.ts';
import { ladderOf, resolveWhen, shiftFrozen } from '../../workflows/calendar/resolve.ts';

const china = chinaCalendar();
const epochDay = fc.integer({ min: parseDay('1999-01-01'), max: parseDay('2040-12-31') });
const day = epochDay.map(formatDay);
const count = fc.integer({ min: -400, max: 400 });

/** The real calendar, and ones with random holidays and make-up days. */
const data: fc.Arbitrary<CalendarData> = fc.oneof(
  fc.constant(china),
  fc
    .dictionary(
      fc.integer({ min: 0, max: 400 }).map((n) => formatDay(parseDay('2026-01-01') + n)),
      fc.boolean(),
    )
    .map((days) => ({ ...china, days })),
);

function walk(calendar: ReturnType<typeof makeCalendar>, from: string, n: number): string {
  let at = parseDay(from);
  let left = Math.abs(n);
  if (n === 0) while (!calendar.isWorkingDay(formatDay(at))) at += 1;
  while (left > 0) {
    at += Math.sign(n);
    if (calendar.isWorkingDay(formatDay(at))) left -= 1;
  }
  return formatDay(at);
}

describe('the calendar', () => {
  it('writes and reads every day as the platform does', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (n) => {
        expect(formatDay(n)).toBe(new Date(n * 86_400_000).toISOString().slice(0, 10));
        expect(parseDay(formatDay(n))).toBe(n);
      }),
      { numRuns: 2000 },
    );
  });

  it('adds working days as walking day by day does', () => {
    fc.assert(
      fc.property(
        data,
        fc.oneof(
          day,
          fc.integer({ min: -20, max: 420 }).map((n) => formatDay(parseDay('2026-01-01') + n)),
        ),
        count,
        (given, from, n) => {
          const calendar = makeCalendar(given);
          expect(calendar.addWorkingDays(from, n)).toBe(walk(calendar, from, n));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('measures what it added, and adds up over any day between', () => {
    fc.assert(
      fc.property(data, day, count, day, (given, from, n, other) => {
        const calendar = makeCalendar(given);
        fc.pre(n !== 0);
        expect(calendar.workingDaysBetween(from, calendar.addWorkingDays(from, n))).toBe(n);
        const start = calendar.nextWorkingDay(from);
        const [middle, end] = [calendar.nextWorkingDay(other), calendar.addWorkingDays(other, 7)];
        const span = (a: string, b: string) => calendar.workingDaysBetween(a, b);
        expect(span(start, middle) + span(middle, end)).toBe(span(start, end));
        expect(span(middle, start)).toBe(-span(start, middle) + 0);
      }),
      { numRuns: 500 },
    );
  });

  it('ends a day on that day, before the next one begins', () => {
    fc.assert(
      fc.property(day, (d) => {
        const calendar = makeCalendar(china);
        expect(calendar.dayOf(calendar.endOf(d))).toBe(d);
        expect(calendar.endOf(d) < calendar.endOf(calendar.addDays(d, 1))).toBe(true);
      }),
    );
  });
});

describe('moments', () => {
  const calendar = makeCalendar(china);
  const instant = fc
    .integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2029, 0, 1) })
    .map((ms) => new Date(ms).toISOString());

  it('always fall on the end of a working day, provisional beyond what is known', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: -300, max: 300 }), fc.option(count), (opened, days, workingDays) => {
        const when = { from: 'opened' as const, days, ...(workingDays !== null && { workingDays }) };
        const period = { start: '2026-01-01', end: '2026-12-31', year: 2026 };
        const { at, provisional } = resolveWhen(when, { opened, period }, calendar);
        const d = calendar.dayOf(at);
        expect(calendar.isWorkingDay(d)).toBe(true);
        expect(at).toBe(calendar.endOf(d));
        if (d > calendar.knownUntil) expect(provisional).toBe(true);
        if (d <= calendar.knownUntil && calendar.dayOf(opened) <= calendar.knownUntil) expect(provisional).toBe(false);
      }),
    );
  });

  it('of a ladder come in order, each once', () => {
    fc.assert(
      fc.property(
        instant,
        fc.array(fc.integer({ min: -60, max: 60 }), { maxLength: 10 }),
        fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 12 }),
        (due, remind, after) => {
          const ladder = ladderOf({ remind, escalate: after.map((n) => ({ after: n, do: 'head' })) }, due, calendar);
          expect(new Set(ladder.map(({ rung }) => rung)).size).toBe(ladder.length);
          expect(ladder.length).toBe(new Set(remind).size + after.length);
          const times = ladder.map(({ at }) => at);
          expect(times).toEqual([...times].sort());
        },
      ),
    );
  });

  it('keep their order and never come early when the clock stood still', () => {
    fc.assert(
      fc.property(day, day, instant, fc.integer({ min: 0, max: 90 * 86_400_000 }), (a, b, frozenAt, stop) => {
        const resumedAt = new Date(Date.parse(frozenAt) + stop).toISOString();
        const dues = [a, b].map((d) => calendar.endOf(calendar.nextWorkingDay(d))).sort() as [string, string];
        const [first, second] = dues.map((due) => shiftFrozen(due, frozenAt, resumedAt, calendar)) as [string, string];
        expect(first <= second).toBe(true);
        expect(first >= dues[0]).toBe(true);
        if (dues[0] > frozenAt) expect(first > resumedAt).toBe(true);
        if (dues[0] <= frozenAt) expect(first).toBe(dues[0]);
      }),
      { numRuns: 1000 },
    );
  });
});
