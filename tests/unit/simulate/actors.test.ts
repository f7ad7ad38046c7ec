import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeAgenda } from '../../../server/simulate/agenda.ts';
import { makeDraw, pick } from '../../../server/simulate/draw.ts';
import { actionTime, habitOf, type OpenTask } from '../../../server/simulate/habits.ts';
import { fillForm } from '../../../server/simulate/values.ts';
import { makeCalendar } from '../../../workflows/calendar/calendar.ts';
import { chinaCalendar } from '../../../workflows/calendar/china.ts';
import { library } from '../../../workflows/library/index.ts';
import type { HumanBlock } from '../../../workflows/template/block.ts';
import { blocksOf } from '../../../workflows/template/schema.ts';

const calendar = makeCalendar(chinaCalendar());
const humans = Object.values(library)
  .flatMap((template) => [...blocksOf(template)].map(({ block }) => block))
  .filter((block): block is HumanBlock => block.type === 'task' || block.type === 'approval');

const task: OpenTask = {
  caseId: 'c',
  seat: 1,
  orgId: 'o',
  block: 'b',
  round: 1,
  people: ['p'],
  openedAt: '2026-03-02T02:00:00.000Z',
  dueAt: '2026-03-16T10:00:00.000Z',
};

describe('drawing', () => {
  it('depends on seed and purpose alone, and is spread evenly', () => {
    const draw = makeDraw(7);
    expect(draw('a', 1)).toBe(makeDraw(7)('a', 1));
    expect(draw('a', 1)).not.toBe(makeDraw(8)('a', 1));
    expect(draw('a', 11)).not.toBe(draw('a1', 1));
    const numbers = Array.from({ length: 4000 }, (_, i) => draw('n', i));
    expect(numbers.every((n) => n >= 0 && n < 1)).toBe(true);
    for (const share of [0.1, 0.5, 0.9])
      expect(Math.abs(numbers.filter((n) => n < share).length / 4000 - share)).toBeLessThan(0.03);
  });

  it('picks one of a list, and says when there is none', () => {
    expect([0, 0.34, 0.99, 1].map((n) => pick(['a', 'b', 'c'], n))).toEqual(['a', 'b', 'c', 'c']);
    expect(() => pick([], 0.5)).toThrow(RangeError);
  });
});

describe('the agenda', () => {
  it('hands out plans in order of time, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.array(fc.integer({ min: 0, max: 60 })), (at, takes) => {
        const agenda = makeAgenda<number>();
        for (const n of at) agenda.add(new Date(n).toISOString(), n);
        const taken: number[] = [];
        for (const until of [...takes.sort((a, b) => a - b), 60]) {
          taken.push(...agenda.take(until));
          expect(agenda.next() ?? 61).toBeGreaterThan(until);
        }
        expect(taken).toEqual([...at].sort((a, b) => a - b));
      }),
    );
  });
});

describe('people', () => {
  const block: HumanBlock = {
    key: 'b',
    type: 'task',
    name: { zh: '填报', en: 'Report' },
    who: [{ kind: 'head' }],
    escalate: [
      { after: 1, do: 'remind' },
      { after: 2, do: 'head' },
      { after: 20, do: 'office' },
    ],
  };

  it('act on working days, after the task was opened', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom('punctual' as const, 'late' as const, 'urged' as const, 'silent' as const),
        fc.integer({ min: 0, max: 400 * 24 }),
        fc.option(fc.integer({ min: -40, max: 40 })),
        (seed, habit, hours, days) => {
          const openedAt = new Date(Date.UTC(2026, 0, 1, hours)).toISOString();
          const dueAt = days === null ? null : calendar.endOf(calendar.addWorkingDays(calendar.dayOf(openedAt), days));
          const at = actionTime(habit, { ...task, openedAt, dueAt }, block, makeDraw(seed), calendar);
          expect(at > openedAt).toBe(true);
          expect(calendar.isWorkingDay(calendar.dayOf(at))).toBe(true);
          if (dueAt !== null && days !== null && days > 0) {
            if (habit === 'punctual') expect(at < dueAt).toBe(true);
            else expect(at > dueAt).toBe(true);
          }
        },
      ),
    );
  });

  it('who wait to be urged act after the ladder went beyond them; the silent after its last rung', () => {
    const day = (habit: 'urged' | 'silent') => calendar.dayOf(actionTime(habit, task, block, makeDraw(1), calendar));
    expect(day('urged') > calendar.addWorkingDays('2026-03-16', 2)).toBe(true);
    expect(day('silent') > calendar.addWorkingDays('2026-03-16', 20)).toBe(true);
  });

  it('are mostly on time', () => {
    const draw = makeDraw(3);
    const habits = Array.from({ length: 2000 }, (_, i) => habitOf(draw, `p${i % 100}`, { ...task, seat: i }));
    const share = (habit: string) => habits.filter((h) => h === habit).length / habits.length;
    expect(share('punctual')).toBeGreaterThan(0.8);
    for (const habit of ['late', 'urged', 'silent']) expect(share(habit)).toBeGreaterThan(0);
  });

  it('fill in every form of every shipped template validly', () => {
    for (const { fields } of humans)
      for (let seat = 1; seat <= 40; seat += 1) {
        const draw = makeDraw(seat);
        const quality = draw('quality');
        const writer = {
          caseId: 'c',
          seat,
          quality,
          colleagues: ['p'],
          names: ['王文平'],
          elapsed: 0.3,
          draw,
          calendar,
        };
        expect(() => fillForm(fields ?? [], { ...writer, today: '2026-03-02' })).not.toThrow();
      }
  });
});
