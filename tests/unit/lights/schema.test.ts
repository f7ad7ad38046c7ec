import { describe, expect, test } from 'vitest';
import { gradeSchemeSchema } from '../../../workflows/grades/schema.ts';
import { lightSchemeSchema } from '../../../workflows/lights/schema.ts';
import { warningsSchema } from '../../../workflows/lights/warnings.ts';
import { resultUsesSchema } from '../../../workflows/uses/schema.ts';

const name = { zh: '名', en: 'Name' };
const paths = (result: { success: boolean; error?: { issues: { path: PropertyKey[] }[] } }) =>
  (result.error?.issues ?? []).map((issue) => issue.path.join('.'));

describe('what a template may not say', () => {
  test.each([
    ['no bound', { of: 'behind' }],
    ['two bounds from below', { of: 'behind', above: '1', atLeast: '2' }],
    ['two bounds from above', { of: 'behind', below: '1', atMost: '2' }],
    ['a number that is no text', { of: 'behind', above: 10 }],
    ['an unknown measure', { of: 'mood', above: '1' }],
  ])('a light condition with %s', (_, condition) => {
    const result = lightSchemeSchema.safeParse({ rules: [{ key: 'a', colour: 'red', when: [condition] }] });
    expect(paths(result)[0]).toMatch(/^rules\.0\.when\.0/);
  });

  const grades = [
    { key: 'a', name, atLeast: '90' },
    { key: 'b', name, atLeast: '60' },
    { key: 'c', name },
  ];
  const quota = (over: object) => ({
    grades,
    quotas: [{ key: 'q', grades: ['a'], most: { share: '0.2', round: 'floor' }, ties: 'out', ...over }],
  });
  test.each([
    ['below zero', quota({ most: { share: '-0.1', round: 'floor' } })],
    ['above one', quota({ most: { share: '1.01', round: 'floor' } })],
    ['of a negative number of units', quota({ most: { count: -1 } })],
    ['of grades in the middle', quota({ grades: ['b'] })],
    ['of all grades', quota({ grades: ['a', 'b', 'c'] })],
    ['of an unknown grade', quota({ grades: ['z'] })],
    ['without an amount', quota({ most: undefined })],
    ['without a rule for ties', quota({ ties: undefined })],
  ])('a quota %s', (_, scheme) => {
    expect(paths(gradeSchemeSchema.safeParse(scheme))[0]).toMatch(/^quotas\.0/);
  });

  test('a grade twice, two bounds, a veto or alarm of an unknown grade', () => {
    const scheme = {
      grades: [...grades, { key: 'a', name, atLeast: '1', above: '1' }],
      veto: 'z',
      alarm: { grades: ['y'], share: '2' },
    };
    expect(paths(gradeSchemeSchema.safeParse(scheme))).toContain('alarm.share');
    const others = { ...scheme, alarm: { grades: ['y'], share: '0.85' } };
    expect(paths(gradeSchemeSchema.safeParse(others))).toEqual(['grades.3.key', 'grades.3', 'veto', 'alarm.grades']);
  });

  test('a sheet colour twice, a use twice', () => {
    const sheet = { colour: 'blue', reply: 5 };
    expect(paths(warningsSchema.safeParse({ sheets: [sheet, sheet] }))).toEqual(['sheets']);
    const use = { key: 'u', name, whom: { kind: 'top', n: 1 }, effect: { kind: 'award' } };
    expect(resultUsesSchema.safeParse([use, use]).success).toBe(false);
    expect(resultUsesSchema.safeParse([use]).success).toBe(true);
  });
});
