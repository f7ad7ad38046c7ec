import { describe, expect, test } from 'vitest';
import { grade } from '../../../../workflows/grades/grade.ts';
import { liaoningBudget as template } from '../../../../workflows/library/liaoning-budget.ts';
import { light } from '../../../../workflows/lights/light.ts';
import { startSheet } from '../../../../workflows/lights/sheets.ts';
import { usesOf } from '../../../../workflows/uses/uses.ts';
import { walk } from '../../../support/steps.ts';
import { passMeeting, section } from './support.ts';

const lights = section(template, 'lights');
const grades = section(template, 'grades');
const uses = section(template, 'uses');

const DOCUMENTS = { affordability: '可承受。', expectedBenefit: '受益 3 万人。', ownShare: '60' };

/** A project as far as the panel's review, with these documents and marks; the base line is 60. */
function reviewed(documents: Record<string, string>, marks: [affordability: string, benefit: string]) {
  const project = walk(template);
  passMeeting(project, { baseLine: '60', cityGoals: '指南' });
  project.send({ type: 'served', block: 'allottedBefore', round: 1, data: { allotted: null } });
  project.act('applyProject', 'submit', {
    values: { project: '校舍', requested: '500', projectGoal: '……', indicators: [] },
  });
  project.act('exAnteDocuments', 'submit', { values: documents });
  project.act('headApplication', 'approve');
  const [affordabilityScore, benefitScore] = marks;
  return project.act('panelReview', 'submit', { values: { affordabilityScore, benefitScore, panelOpinion: '……' } });
}

describe('liaoning-budget', () => {
  test('below the base line a project is rejected, at it the budget may be granted', () => {
    const below = reviewed(DOCUMENTS, ['70', '49.98']);
    expect(below.context.data.exAnteScore).toBe('59.99');
    expect(below.done).toBe('rejected');

    const at = reviewed(DOCUMENTS, ['70', '50']);
    expect(at.done).toBeUndefined();
    expect(at.live).toEqual(['approveBudget']);
  });

  test.each([
    ['affordability', 0],
    ['expectedBenefit', 1],
  ] as const)('without the document on %s it is rejected, whatever its marks', (missing, failed) => {
    const { [missing]: _, ...rest } = DOCUMENTS;
    const project = reviewed(rest, ['100', '100']);
    expect(project.done).toBe('rejected');
    expect(project.context.done.exAnteGate ?? project.context.live.exAnteGate).toMatchObject({ outcome: 'rejected' });
    expect(template.phases.plan.blocks.find(({ key }) => key === 'exAnteGate')).toMatchObject({
      requires: { [failed]: { if: `${missing} != null` } },
    });
  });

  test('from 20 % behind schedule the warning notice is issued, to answer in 10 working days, before it none', () => {
    const at = (progress: string) => light(lights, { day: '2026-06-30', progress, planned: '50' }, []);
    expect(at('40')).toMatchObject({
      colour: 'yellow',
      consequences: [{ consequence: { kind: 'supervise' } }],
    });
    expect(at('40.01')).toMatchObject({ colour: 'green', consequences: [] });
    expect(startSheet(section(template, 'warnings'), undefined, false)).toMatchObject({ colour: 'yellow', reply: 10 });
  });

  test('goals not met halve the money of next year, grade A adds to it', () => {
    const scores = { best: '92', fair: '75', poor: '59.99' };
    const units = Object.entries(scores).map(([id, score]) => ({ id, category: 'livelihood', score }));
    const graded = grade(grades, units).units;
    expect(graded.map((unit) => unit.grade)).toEqual(['A', 'C', 'notMet']);
    const results = graded.map((unit) => ({ ...unit, score: scores[unit.id as keyof typeof scores] }));
    const used = usesOf(uses, { year: 2026, results }, []);
    expect(used.map(({ id, effect }) => [id, effect])).toEqual([
      ['poor', { kind: 'budget', percent: '-50' }],
      ['best', { kind: 'budget', percent: '10' }],
    ]);
  });
});
