import { describe, expect, it } from 'vitest';
import { makeCalendar } from '../../../workflows/calendar/calendar.ts';
import { CHINA_DAYS, chinaCalendar } from '../../../workflows/calendar/china.ts';

const calendar = makeCalendar(chinaCalendar());

describe('the 2026 calendar of the State Council', () => {
  it.each([
    ['2026-01-01', false, '元旦'],
    ['2026-01-04', true, 'Sunday, made up for 2 January'],
    ['2026-02-14', true, 'Saturday, made up for Spring Festival'],
    ['2026-02-15', false, '春节 begins'],
    ['2026-02-23', false, '春节 ends, a Monday'],
    ['2026-02-24', true, 'first day back'],
    ['2026-02-28', true, 'Saturday, made up'],
    ['2026-04-06', false, '清明, a Monday'],
    ['2026-05-05', false, '劳动节, a Tuesday'],
    ['2026-05-09', true, 'Saturday, made up'],
    ['2026-06-19', false, '端午'],
    ['2026-09-20', true, 'Sunday, made up for 国庆'],
    ['2026-09-25', false, '中秋'],
    ['2026-10-07', false, '国庆 ends, a Wednesday'],
    ['2026-10-08', true, 'first day back'],
    ['2026-10-10', true, 'Saturday, made up'],
    ['2026-10-11', false, 'a plain Sunday'],
  ])('%s is a working day: %s (%s)', (day, working) => {
    expect(calendar.isWorkingDay(day)).toBe(working);
  });

  it('has 248 working days, as the notice implies: 365 − 104 weekend days − 19 weekdays off + 6 make-up days', () => {
    expect(calendar.workingDaysBetween('2025-12-31', '2026-12-31')).toBe(248);
  });

  it('names holidays and make-up days', () => {
    const named = (day: string) => CHINA_DAYS.find((entry) => entry.day === day)?.name;
    expect(named('2026-02-17')).toBe('春节');
    expect(named('2026-02-28')).toBe('春节调休');
  });
});

describe('adding working days', () => {
  it.each([
    ['2026-02-13', 1, '2026-02-14', 'a Saturday counts when it is made up'],
    ['2026-02-13', 2, '2026-02-24', 'over Spring Festival'],
    ['2026-02-13', 5, '2026-02-27', ''],
    ['2026-02-13', 6, '2026-02-28', 'the second made-up Saturday'],
    ['2026-09-24', 1, '2026-09-28', 'over 中秋'],
    ['2026-09-30', 3, '2026-10-10', 'over 国庆 onto a made-up Saturday'],
    ['2026-10-01', 0, '2026-10-08', 'nothing added on a holiday: the next working day'],
    ['2026-10-08', 0, '2026-10-08', ''],
    ['2026-10-08', -1, '2026-09-30', 'back over 国庆'],
    ['2026-10-04', -1, '2026-09-30', 'back from a holiday'],
    ['2025-12-31', 1, '2026-01-04', 'over the year end'],
    ['2026-01-04', -1, '2025-12-31', 'and back'],
    ['2026-12-31', 1, '2027-01-01', 'beyond what is known: the plain week'],
    ['2027-01-01', 1, '2027-01-04', ''],
    ['2024-02-28', 1, '2024-02-29', 'a leap day'],
  ])('%s %i → %s %s', (day, n, expected) => {
    expect(calendar.addWorkingDays(day, n)).toBe(expected);
  });

  it('gives a reply to a problem notice of 30 April 2026 ten working days, over the May holidays', () => {
    expect(calendar.addWorkingDays('2026-04-30', 10)).toBe('2026-05-18');
    expect(calendar.workingDaysBetween('2026-04-30', '2026-05-18')).toBe(10);
  });
});

describe('days and instants', () => {
  it('reads the day in the city', () => {
    expect(calendar.dayOf('2026-03-31T15:59:59.999Z')).toBe('2026-03-31');
    expect(calendar.dayOf('2026-03-31T16:00:00.000Z')).toBe('2026-04-01');
    expect(calendar.dayOf('2026-12-31T16:00:00Z')).toBe('2027-01-01');
  });

  it('ends a day at six in the evening in the city', () => {
    expect(calendar.endOf('2026-03-31')).toBe('2026-03-31T10:00:00.000Z');
    const west = makeCalendar({ ...chinaCalendar(), dayEnd: '24:00', offset: '-05:30' });
    expect(west.endOf('2026-03-31')).toBe('2026-04-01T05:30:00.000Z');
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '26-01-01', '2026-1-1', '', '2026-01-01T00:00:00Z'])(
    'refuses "%s" as a day',
    (day) => {
      expect(() => calendar.isWorkingDay(day)).toThrow(RangeError);
    },
  );

  it('refuses malformed data', () => {
    expect(() => makeCalendar({ ...chinaCalendar(), dayEnd: '25:00' })).toThrow(RangeError);
    expect(() => makeCalendar({ ...chinaCalendar(), offset: 'Z' })).toThrow(RangeError);
    expect(() => makeCalendar({ ...chinaCalendar(), days: { '2026-02-30': true } })).toThrow(RangeError);
    expect(() => calendar.dayOf('soon')).toThrow(RangeError);
  });

  it('knows the published years only', () => {
    expect(calendar.knownUntil).toBe('2026-12-31');
    expect(chinaCalendar({ from: 2024, to: 2024 }).knownUntil).toBe('2024-12-31');
    expect(Object.keys(chinaCalendar({ from: 2024, to: 2024 }).days).every((day) => day.startsWith('2024'))).toBe(true);
  });
});
