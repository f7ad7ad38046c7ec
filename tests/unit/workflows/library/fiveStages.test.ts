import { describe, expect, test } from 'vitest';
import { fiveStages as template } from '../../../../workflows/library/five-stages.ts';
import { walkBlocks } from '../../../../workflows/template/schema.ts';

const keys = Object.values(template.phases).flatMap(({ blocks }) => [...walkBlocks(blocks)].map(({ key }) => key));
const inOrder = (...wanted: string[]) => expect(keys.filter((key) => wanted.includes(key))).toEqual(wanted);

describe('five-stages', () => {
  test('goals and indicators, training and data, evaluation and analysis, rectification, published report', () => {
    inOrder(
      'draftPlan',
      'train',
      'confirmTraining',
      'report',
      'analysis',
      'rectifyPlan',
      'compileReport',
      'publishReport',
    );
    expect(keys.at(-1)).toBe('publishReport');
    expect(template.phases.rectify.blocks.at(-1)).toMatchObject({ type: 'window', per: 'cycle' });
  });

  test('nobody is ranked or graded', () => {
    expect(Object.values(template.categories).some(({ ranked }) => ranked)).toBe(false);
    expect(template.grades).toBeUndefined();
  });
});
