import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, grade } from '../../workflows/grades/grade.ts';
import { ranks } from '../../workflows/grades/rank.ts';
import { type GradeScheme, gradeSchemeSchema } from '../../workflows/grades/schema.ts';
import { guangyuan, projects, yinchuan } from '../../workflows/library/lights.ts';
import { light } from '../../workflows/lights/light.ts';
import { COLOURS, type LightScheme } from '../../workflows/lights/schema.ts';
import { forecast } from '../../workflows/series/trend.ts';

const name = (key: string) => ({ zh: key, en: key });
const keys = ['A', 'B', 'C', 'D'];
const score = fc.integer({ min: 0, max: 20 }).map((n) => String(n * 5));
const units = fc
  .array(
    fc.record({
      category: fc.constantFrom('c1', 'c2'),
      score: fc.option(score, { nil: null }),
      second: score,
      vetoed: fc.boolean(),
    }),
    { maxLength: 25 },
  )
  .map((list): Candidate[] =>
    list.map(({ vetoed, ...each }, i) => ({
      id: `u${i}`,
      ...each,
      ...(vetoed && i % 5 === 0 && { veto: name('veto') }),
    })),
  );
const share = fc.integer({ min: 0, max: 20 }).map((n) => String(n / 20));
const amount = fc.oneof(
  fc.record({ share, round: fc.constantFrom('floor', 'halfUp', 'ceil') }),
  fc.record({ count: fc.integer({ min: 0, max: 10 }) }),
);
const ties = fc.constantFrom('in', 'out', 'second');
/** Quotas of grades at the top, narrow to wide: at most so many. */
const schemes = fc.array(fc.record({ n: fc.integer({ min: 1, max: 3 }), most: amount, ties }), { maxLength: 3 }).map(
  (quotas): GradeScheme =>
    gradeSchemeSchema.parse({
      grades: keys.map((key, i) => ({ key, name: name(key), ...(i < 3 && { atLeast: String(90 - i * 20) }) })),
      quotas: quotas.map(({ n, ...quota }, i) => ({ key: `q${i}`, grades: keys.slice(0, n), ...quota })),
    }),
);

describe('grades', () => {
  it('do not depend on the order of the units', () => {
    fc.assert(
      fc.property(schemes, units, fc.infiniteStream(fc.nat()), (scheme, list, random) => {
        const shuffled = list.map((unit) => ({ unit, at: random.next().value ?? 0 })).sort((a, b) => a.at - b.at);
        const byId = (given: Candidate[]) =>
          new Map(grade(scheme, given).units.map((unit) => [unit.id, [unit.rank, unit.grade]]));
        const [one, other] = [byId(list), byId(shuffled.map(({ unit }) => unit))];
        for (const [id, found] of one) expect(other.get(id)).toEqual(found);
      }),
    );
  });

  it('go with the ranks: nobody has a better grade than somebody ahead, unless vetoed', () => {
    fc.assert(
      fc.property(schemes, units, (scheme, list) => {
        const vetoed = new Set(list.flatMap(({ id, veto }) => (veto ? [id] : [])));
        const graded = grade(scheme, list).units.filter((unit) => unit.grade !== null && !vetoed.has(unit.id));
        for (const a of graded)
          for (const b of graded)
            if (a.category === b.category && (a.rank ?? 0) < (b.rank ?? 0))
              expect(keys.indexOf(a.grade ?? ''), `${a.id} ${b.id}`).toBeLessThanOrEqual(keys.indexOf(b.grade ?? ''));
      }),
    );
  });

  it('keep within a quota whose ties stay out', () => {
    fc.assert(
      fc.property(schemes, units, (scheme, list) => {
        const out = new Set((scheme.quotas ?? []).filter((quota) => quota.ties !== 'in').map(({ key }) => key));
        for (const use of grade(scheme, list).quotas)
          if (out.has(use.quota)) expect(use.used).toBeLessThanOrEqual(use.most);
      }),
    );
  });

  it('no quota gives anybody a better grade than the bounds do', () => {
    fc.assert(
      fc.property(schemes, units, (scheme, list) => {
        const free = new Map(grade({ ...scheme, quotas: [] }, list).units.map((unit) => [unit.id, unit.grade]));
        for (const unit of grade(scheme, list).units)
          expect(keys.indexOf(unit.grade ?? '')).toBeGreaterThanOrEqual(keys.indexOf(free.get(unit.id) ?? ''));
      }),
    );
  });

  it('ranks: one more than the number of those ahead', () => {
    fc.assert(
      fc.property(fc.array(score), fc.constantFrom('up', 'down'), (values, direction) => {
        const found = ranks(values, direction);
        for (const [i, value] of values.entries()) {
          const ahead = values.filter((other) =>
            direction === 'up' ? Number(other) > Number(value) : Number(other) < Number(value),
          );
          expect(found[i]).toBe(ahead.length + 1);
        }
      }),
    );
  });
});

describe('lights', () => {
  const severity = (scheme: LightScheme, facts: object) =>
    COLOURS.indexOf(light(scheme, { day: '2026-06-30', ...facts }, []).colour ?? 'green');
  const percent = fc.integer({ min: 0, max: 200 });

  it('more progress never gives a more severe light', () => {
    fc.assert(
      fc.property(fc.constantFrom(yinchuan, guangyuan), percent, percent, percent, (scheme, planned, a, b) => {
        const of = (progress: number) => severity(scheme, { planned: String(planned), progress: String(progress) });
        expect(of(Math.max(a, b))).toBeGreaterThanOrEqual(of(Math.min(a, b)));
      }),
    );
  });

  it('a day later never gives a milder light', () => {
    const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 360 }), fc.integer({ min: 0, max: 360 }), (due, today) => {
        const of = (n: number) => severity(projects, { due: day(due), day: day(n) });
        expect(of(today + 1)).toBeLessThanOrEqual(of(today));
      }),
    );
  });
});

it('a forecast lies inside its interval, which grows with the distance', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1000, max: 1000 }).map(String), { minLength: 3, maxLength: 12 }),
      (values) => {
        const [near, far] = [forecast(values, values.length + 1), forecast(values, values.length + 5)];
        if (!near || !far) throw new Error('three values make a line');
        const width = ({ low, high }: { low: string; high: string }) => Number(high) - Number(low);
        expect(Number(near.low)).toBeLessThanOrEqual(Number(near.value));
        expect(Number(near.value)).toBeLessThanOrEqual(Number(near.high));
        expect(width(far)).toBeGreaterThanOrEqual(width(near));
      },
    ),
  );
});
