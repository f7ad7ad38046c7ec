import { describe, expect, test } from 'vitest';
import { indicators, LEVELS } from '../../../../workflows/library/tax-bureau/indicators.ts';
import { judged } from '../../../../workflows/library/tax-bureau/score.ts';
import { taxBureau as template } from '../../../../workflows/library/tax-bureau.ts';
import { scoreDataSchema } from '../../../../workflows/scoring/data.ts';
import { evaluateRule } from '../../../../workflows/scoring/evaluate.ts';
import { walk } from '../../../support/steps.ts';
import { passMeeting } from './support.ts';

const bureau = (category: string) =>
  passMeeting(walk(template, { facts: { participant: { id: category, name: category, category } } }), { demands: [] });
const values = { indicators: [], cascadeNote: '分解' };

describe('tax-bureau', () => {
  test('every demand is measured at each level, as a part of the indicator of the level above', () => {
    const of = (level: string) => indicators.list.filter(({ categories }) => categories?.includes(level));
    const codes = new Set(indicators.list.map(({ code }) => code));
    expect(LEVELS.map(([level]) => of(level).length)).toEqual([5, 5, 5]);
    expect(of('provincial').every(({ parent }) => parent === undefined)).toBe(true);
    for (const [below, above] of [
      ['municipal', 'provincial'],
      ['county', 'municipal'],
    ] as const)
      for (const { parent, name } of of(below)) {
        expect(codes).toContain(parent);
        expect(of(above).find(({ code }) => code === parent)?.name).toEqual(name);
      }
  });

  test('a county waits until the provinces and the municipalities have theirs', () => {
    const county = bureau('county');
    expect(county.live).toEqual(['provincialCascaded']);
    expect(passMeeting(county).live).toEqual(['municipalCascaded']);
    expect(passMeeting(county).live).toEqual(['countyDraft']);
  });

  test('a municipality takes its indicators over, its head signs, and the bureau above approves', () => {
    const city = passMeeting(bureau('municipal'));
    city.act('municipalDraft', 'submit', { values }).act('municipalHead', 'approve');
    expect(city.live).toEqual(['municipalAbove']);
    expect(city.act('municipalAbove', 'return').live).toEqual(['municipalDraft']);
    city.act('municipalDraft', 'submit', { values }).act('municipalHead', 'approve').act('municipalAbove', 'approve');
    city.send({ type: 'served', block: 'municipalAssign', round: 1, data: { assigned: { assigned: 5 } } });
    city.send({ type: 'served', block: 'municipalMustCheck', round: 1, data: { mustCheckEntered: { open: 0 } } });
    expect(city.live).toEqual(['municipalCascaded']);
    const [, above] = template.phases.plan.blocks.flatMap((block) =>
      block.type === 'branch'
        ? block.paths.flatMap(({ blocks }) => blocks.filter(({ key }) => key.endsWith('Above')))
        : [],
    );
    expect(above).toMatchObject({ who: [{ kind: 'superior' }] });
  });

  test('what taxpayers say counts', () => {
    const score = (satisfied: string) =>
      evaluateRule(
        judged.rule,
        scoreDataSchema.parse({
          indicators: [
            { code: 'A', name: { zh: '甲', en: 'A' }, direction: 'up', weight: '100', target: '10', actual: '9' },
          ],
          ballots: {
            taxpayers: {
              cast: 2,
              valid: 2,
              items: { overall: { n: 1, sum: satisfied, min: satisfied, max: satisfied } },
            },
          },
        }),
      ).value;
    expect([score('100'), score('60')]).toEqual(['92.00', '84.00']);
  });
});
