import { describe, expect, it } from 'vitest';
import { makeCalendar } from '../../../workflows/calendar/calendar.ts';
import { chinaCalendar } from '../../../workflows/calendar/china.ts';
import { type Anchors, ladderOf, phaseDays, resolveWhen, shiftFrozen } from '../../../workflows/calendar/resolve.ts';
import type { When } from '../../../workflows/template/when.ts';

const calendar = makeCalendar(chinaCalendar());
const anchors: Anchors = {
  opened: '2026-02-13T01:00:00.000Z',
  period: { start: '2026-01-01', end: '2026-12-31', year: 2026 },
  phase: { start: '2026-03-01', end: '2026-11-30' },
  item: { start: '2026-05-01', end: '2026-05-31' },
};
const end = (day: string) => `${day}T10:00:00.000Z`;

describe('resolveWhen', () => {
  it.each<[string, When, string, boolean]>([
    ['a date', { date: '03-31' }, '2026-03-31', false],
    ['a date on a holiday', { date: '10-01' }, '2026-10-08', false],
    ['a date of the next year', { date: '01-20', year: 'next' }, '2027-01-20', true],
    ['29 February in a common year', { date: '02-29' }, '2026-02-28', false],
    ['working days from the opening', { from: 'opened', workingDays: 5 }, '2026-02-27', false],
    ['calendar days, ending in a holiday', { from: 'opened', days: 5 }, '2026-02-24', false],
    ['calendar days first, working days then', { from: 'opened', days: 5, workingDays: 1 }, '2026-02-24', false],
    ['the start of the period, a holiday', { from: 'periodStart' }, '2026-01-04', false],
    ['back from the end of the period', { from: 'periodEnd', workingDays: -5 }, '2026-12-24', false],
    ['after the end of the period', { from: 'periodEnd', workingDays: 5 }, '2027-01-07', true],
    ['the end of the phase', { from: 'phaseEnd', workingDays: -1 }, '2026-11-27', false],
    ['after the month of a repeat', { from: 'itemEnd', workingDays: 5 }, '2026-06-05', false],
    ['the first working day of that month', { from: 'itemStart', workingDays: 0 }, '2026-05-06', false],
  ])('%s', (_name, when, day, provisional) => {
    expect(resolveWhen(when, anchors, calendar)).toEqual({ at: end(day), provisional });
  });

  // Opened on Friday 13 February 2026; 15 to 23 February are 春节, Saturday 14 and 28 are worked.
  it.each<[string, When, string]>([
    ['days that are working days', { from: 'opened', days: 5, counting: 'working' }, '2026-02-27'],
    ['calendar days by name', { from: 'opened', days: 5, counting: 'calendar' }, '2026-02-24'],
    ['3 statutory days: working days', { from: 'opened', days: 3, counting: 'statutory' }, '2026-02-25'],
    ['10 statutory days: still working days', { from: 'opened', days: 10, counting: 'statutory' }, '2026-03-05'],
    ['11 statutory days: calendar days', { from: 'opened', days: 11, counting: 'statutory' }, '2026-02-24'],
    ['60 statutory days', { from: 'opened', days: 60, counting: 'statutory' }, '2026-04-14'],
    [
      '15 statutory days that end on a Saturday worked',
      { from: 'opened', days: 15, counting: 'statutory' },
      '2026-02-28',
    ],
    ['back by statutory days', { from: 'periodEnd', days: -5, counting: 'statutory' }, '2026-12-24'],
    ['the first day counted, working days', { from: 'opened', workingDays: 3, countFirst: true }, '2026-02-24'],
    ['the first day counted, one day', { from: 'opened', workingDays: 1, countFirst: true }, '2026-02-13'],
    ['the first day counted, calendar days', { from: 'opened', days: 2, countFirst: true }, '2026-02-14'],
    [
      'the first day counted, statutory',
      { from: 'opened', days: 3, counting: 'statutory', countFirst: true },
      '2026-02-24',
    ],
    ['a first day off, counted', { from: 'periodStart', workingDays: 1, countFirst: true }, '2026-01-04'],
    ['a last day counted back', { from: 'periodEnd', workingDays: -1, countFirst: true }, '2026-12-31'],
    ['nothing counted', { from: 'opened', countFirst: true }, '2026-02-13'],
  ])('counts %s', (_name, when, day) => {
    expect(resolveWhen(when, anchors, calendar).at).toBe(end(day));
  });

  it('is provisional when it counts back from a day that is not known', () => {
    const opened = { ...anchors, opened: '2027-01-06T01:00:00.000Z' };
    expect(resolveWhen({ from: 'opened', workingDays: -5 }, opened, calendar).provisional).toBe(true);
  });

  it('says which edge is missing', () => {
    const { item: _, ...without } = anchors;
    expect(() => resolveWhen({ from: 'itemEnd' }, without, calendar)).toThrow('itemEnd');
  });

  it("gives a phase's days as named, also when they are off", () => {
    const window = { start: { date: '01-01' }, end: { date: '03-31', year: 'next' } } as const;
    expect(phaseDays(window, anchors, calendar)).toEqual({ start: '2026-01-01', end: '2027-03-31' });
    expect(phaseDays(undefined, anchors, calendar)).toBeUndefined();
  });
});

describe('ladderOf', () => {
  const block = {
    remind: [-1, -5, 1, -1],
    escalate: [
      { after: 0, do: 'remind' },
      { after: 3, do: 'head' },
      { after: 3, do: 'supervise', colour: 'yellow' },
      { after: 10, do: 'deduct', points: '0.5' },
    ],
  } as const;
  const mutable = { remind: [...block.remind], escalate: [...block.escalate] };

  it('lists reminders and rungs by date over the year end', () => {
    expect(ladderOf(mutable, end('2026-12-30'), calendar)).toEqual([
      { rung: -3, do: 'remind', at: end('2026-12-23'), provisional: false },
      { rung: -2, do: 'remind', at: end('2026-12-29'), provisional: false },
      { rung: 0, do: 'remind', at: end('2026-12-30'), provisional: false },
      { rung: -1, do: 'remind', at: end('2026-12-31'), provisional: false },
      { rung: 1, do: 'head', at: end('2027-01-04'), provisional: true },
      { rung: 2, do: 'supervise', at: end('2027-01-04'), provisional: true },
      { rung: 3, do: 'deduct', at: end('2027-01-13'), provisional: true },
    ]);
  });

  it('leaves out reminders that would come before the block opened', () => {
    const rungs = ladderOf(mutable, end('2026-12-30'), calendar, '2026-12-28T00:00:00.000Z').map(({ rung }) => rung);
    expect(rungs).toEqual([-2, 0, -1, 1, 2, 3]);
  });

  it('marks reminders of a provisional deadline', () => {
    expect(ladderOf({ remind: [-5] }, end('2027-01-05'), calendar)).toEqual([
      { rung: -1, do: 'remind', at: end('2026-12-29'), provisional: true },
    ]);
  });
});

describe('shiftFrozen', () => {
  it.each([
    ['over a weekend', '2026-03-20T10:00:00Z', '2026-03-13T02:00:00Z', '2026-03-16T02:00:00Z', '2026-03-23'],
    ['over 国庆', '2026-09-30T10:00:00Z', '2026-09-29T02:00:00Z', '2026-10-09T02:00:00Z', '2026-10-10'],
    ['inside one day', '2026-03-20T10:00:00Z', '2026-03-13T02:00:00Z', '2026-03-13T09:00:00Z', '2026-03-20'],
    [
      'due inside a stop of hours',
      '2026-03-13T10:00:00Z',
      '2026-03-13T02:00:00Z',
      '2026-03-13T11:00:00Z',
      '2026-03-16',
    ],
    [
      'already due before the stop',
      '2026-03-12T10:00:00Z',
      '2026-03-13T02:00:00Z',
      '2026-04-13T02:00:00Z',
      '2026-03-12',
    ],
    ['over the year end', '2026-12-31T10:00:00Z', '2026-12-30T02:00:00Z', '2027-01-06T02:00:00Z', '2027-01-07'],
  ])('%s', (_name, due, frozenAt, resumedAt, day) => {
    expect(shiftFrozen(due, frozenAt, resumedAt, calendar)).toBe(end(day));
  });
});
