import { describe, expect, test } from 'vitest';
import { judged } from '../../../../workflows/library/minhang-project/score.ts';
import { minhangProject as template } from '../../../../workflows/library/minhang-project.ts';
import { scoreDataSchema } from '../../../../workflows/scoring/data.ts';
import { evaluateRule } from '../../../../workflows/scoring/evaluate.ts';
import { checkValues } from '../../../../workflows/template/form.ts';
import { walk } from '../../../support/steps.ts';
import { passMeeting } from './support.ts';

const ROW = { amount: '300', duty: '养老服务', goal: '新增床位 200 张', measure: '床位使用率' };

/** A project that asks for 300 and 200, with these figures of cost and benefit, signed by the head. */
function figured(totalCost: string, totalBenefit: string) {
  const project = walk(template);
  passMeeting(project, { cityGoals: '目标' });
  project.send({ type: 'served', block: 'allottedBefore', round: 1, data: { allotted: null } });
  const chain = [ROW, { ...ROW, amount: '200' }];
  project.act('draftPlan', 'submit', { values: { project: '养老院', chain, indicators: [] } });
  const values = { totalCost, totalBenefit, beneficiaries: '2000', benefitBasis: '……', readyBy: '2026-12-01' };
  return project.act('costBenefit', 'submit', { values }).act('headPlan', 'approve');
}

describe('minhang-project', () => {
  test('the budget is the sum of what duties, goals and measures ask for; none of the four may be missing', () => {
    expect(figured('600', '1500').context.data).toMatchObject({ requested: '500', benefitCostRatio: '2.5' });
    const draft = template.phases.plan.blocks.find(({ key }) => key === 'draftPlan');
    if (draft?.type !== 'task') throw new Error('no form');
    const chain = draft.fields?.filter(({ key }) => key === 'chain') ?? [];
    for (const part of Object.keys(ROW)) {
      const { errors } = checkValues(chain, { chain: [{ ...ROW, [part]: '' }] });
      expect(errors).toMatchObject([{ path: `chain[0].${part}`, id: 'value.required' }]);
    }
  });

  test('figures that leave out costs, or benefits below the cost, go back', () => {
    expect(figured('500', '500').live).toEqual(['expertReview']);
    expect(figured('499', '900').live).toEqual(['costBenefit']);
    expect(figured('500', '499').live).toEqual(['costBenefit']);
  });

  test('the questionnaire counts 40 %, the third party 60 %', () => {
    const ballots = (counts: Record<string, number>) => ({
      experts: { cast: 1, valid: 1, items: { overall: { n: 1, sum: '90', min: '90', max: '90' } } },
      questionnaire: { cast: 10, valid: 10, items: { overall: { n: 10, sum: '0', min: '0', max: '100', counts } } },
    });
    const score = (counts: Record<string, number>) =>
      evaluateRule(judged.rule, scoreDataSchema.parse({ ballots: ballots(counts) })).value;
    expect(score({ verySatisfied: 10 })).toBe('94.00');
    expect(score({ dissatisfied: 10 })).toBe('54.00');
    expect(score({ verySatisfied: 5, satisfied: 3, neutral: 2 })).toBe('88.40');
  });
});
