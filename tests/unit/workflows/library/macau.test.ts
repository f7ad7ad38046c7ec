import { describe, expect, test } from 'vitest';
import { grade } from '../../../../workflows/grades/grade.ts';
import { CHOSEN, CORE, FUNCTIONAL, MARKS, SITUATIONAL } from '../../../../workflows/library/macau-appraisal/marks.ts';
import { appraisalMark } from '../../../../workflows/library/macau-appraisal/score.ts';
import { macauAppraisal as template } from '../../../../workflows/library/macau-appraisal.ts';
import { scoreDataSchema } from '../../../../workflows/scoring/data.ts';
import { evaluateRule } from '../../../../workflows/scoring/evaluate.ts';
import { lintTemplate } from '../../../../workflows/template/lint/index.ts';
import { blocksOf } from '../../../../workflows/template/schema.ts';
import { walk } from '../../../support/steps.ts';
import { passMeeting, section } from './support.ts';

const grades = section(template, 'grades');
const core = Object.fromEntries(CORE.map(({ key }) => [key, '4']));
const agreed = (...applying: string[]) =>
  Object.fromEntries(CHOSEN.map(({ key }) => [`${key}Applies`, applying.includes(key)]));
const markOf = (values: Record<string, string | boolean>) =>
  evaluateRule(appraisalMark, scoreDataSchema.parse({ values }));

describe('macau-appraisal', () => {
  test('eleven indicators: core for all posts, situational and functional ones', () => {
    expect(MARKS).toHaveLength(11);
    expect([CORE, SITUATIONAL, FUNCTIONAL].map((list) => list.some(({ required }) => required))).toEqual([
      true,
      false,
      false,
    ]);
    expect(CORE.every(({ required }) => required)).toBe(true);
  });

  test('each point of the scale is told by behaviour, in both languages, once in the whole form', () => {
    const told = MARKS.flatMap(({ anchors = [] }) => anchors);
    expect(MARKS.map(({ anchors }) => anchors?.map(({ at }) => at))).toEqual(MARKS.map(() => ['1', '3', '5']));
    for (const language of ['zh', 'en'] as const)
      expect(new Set(told.map(({ name }) => name[language])).size).toBe(told.length);
    const appraise = [...blocksOf(template)].find(({ block }) => block.key === 'appraise')?.block;
    expect(appraise).toMatchObject({
      fields: expect.arrayContaining([expect.objectContaining({ anchors: MARKS[5]?.anchors })]),
    });
    expect(lintTemplate(template)).toEqual([]);
  });

  test('what does not apply leaves sum and divisor, and is never 0', () => {
    expect(markOf({ ...core, ...agreed() }).value).toBe('4.00');
    expect(markOf({ ...core, ...agreed('teamwork'), teamwork: '1' }).value).toBe('3.50');
    // A mark for what does not apply to the post does not count.
    expect(markOf({ ...core, ...agreed('teamwork'), teamwork: '1', innovation: '5' }).value).toBe('3.50');
    expect(() => markOf({ ...agreed() })).toThrow();
  });

  test('a mark that is missing for an indicator that applies sends the form back to the appraiser', () => {
    const appraised = (marks: Record<string, string>) => {
      const person = walk(template, {
        facts: { participant: { id: 'u', name: '甲', monitoringUnit: { id: 'm', name: '局' } } } as never,
      });
      passMeeting(person, { guide: '指引' });
      person.act('proposeGoals', 'submit', { values: { workGoals: '目标' } });
      person.act('agreeIndicators', 'submit', { values: { workGoals: '目标', ...agreed('resources') } });
      person.act('acceptAgreement', 'approve');
      person.send({ type: 'served', block: 'enterMustCheck', round: 1, data: { mustCheckEntered: { open: 0 } } });
      person.timer('half', 'until');
      person.act('progressReport', 'submit', { values: { interimReport: '进展' } });
      person.act('interim', 'submit', { values: { interimTalk: '2026-07-10', interimAdvice: '建议' } });
      person.act('interimSigned', 'approve').act('selfAppraisal', 'submit', { values: { selfReport: '自评' } });
      return person.act('appraise', 'submit', { values: { ...core, ...marks, appraisal: '评语' } });
    };
    expect(appraised({}).live).toEqual(['appraise']);
    const complete = appraised({ resources: '3' });
    expect(complete.live).toEqual(['marksSeen']);
    expect(complete.context.data.mark).toBe('3.83');
  });

  const people = (marks: string[]) => marks.map((score, i) => ({ id: `p${i}`, category: 'technical', score }));
  const spread = (top: number) => people(Array.from({ length: 20 }, (_, i) => (i < top ? '4.0' : '3.0')));

  test('the alarm rings at 85 % of top grades', () => {
    expect(grade(grades, spread(16)).alarm).toBeNull();
    expect(grade(grades, spread(17)).alarm).toMatchObject({ share: '0.85' });
  });

  test('by the proposal of 2017 at most 60 % keep one of the two top grades, 70 % by decision', () => {
    const marks = people(Array.from({ length: 20 }, (_, i) => String(5 - i / 20)));
    const top = (decisions = {}) =>
      grade(grades, marks, decisions).units.filter((unit) => ['excellent', 'veryGood'].includes(unit.grade ?? ''))
        .length;
    expect(top()).toBe(12);
    expect(top({ raised: { topTwo: { share: '0.7', round: 'floor' } } })).toBe(14);
    expect(() => top({ raised: { topTwo: { share: '0.8', round: 'floor' } } })).toThrow();
  });
});
