import { describe, expect, test } from 'vitest';
import { library } from '../../../workflows/library/index.ts';
import { besideOwners } from '../../../workflows/library/parts/owners.ts';
import { recordValues, valueTable } from '../../../workflows/library/parts/values.ts';
import type { Block } from '../../../workflows/template/block.ts';
import { lintTemplate } from '../../../workflows/template/lint/index.ts';
import { asksOwners } from '../../../workflows/template/owners.ts';
import { formula, repeat, task, template, wait } from '../../support/blocks.ts';

const reports = () => besideOwners([task('report', { fields: [valueTable()] }), recordValues()], 'office');
const findings = (execute: Block[]) => lintTemplate(template({ execute })).map(({ id, path }) => `${id} ${path}`);

describe('a report beside the owners of indicators', () => {
  test('stands in months and quarters, and once a year', () => {
    for (const over of ['months', 'quarters'] as const)
      expect(
        findings([repeat('r', over, 'oneByOne', [wait('w', { until: { from: 'itemEnd' } }), ...reports()])]),
      ).toEqual([]);
    expect(findings(reports())).toEqual([]);
  });

  test('knows the unit that owns them, and the days of the period', () => {
    const inside = (expression: string): Block[] => {
      const [parallel, ...after] = reports();
      const owners = parallel.branches[1]?.blocks.find(({ type }) => type === 'repeat');
      if (owners?.type === 'repeat') owners.blocks.push(formula('told', 'told', expression));
      return [repeat('r', 'quarters', 'oneByOne', [parallel, ...after])];
    };
    expect(findings(inside('item.id + item.code + item.name + item.start + item.end'))).toEqual([]);
    expect(findings(inside('item.due')).map((one) => one.split(' ')[0])).toEqual(['feel.entry']);
  });

  test('is in a template that has a table of what others own', () => {
    expect(asksOwners(template({ execute: reports() }))).toBe(true);
    expect(asksOwners(template({ execute: [task('report', { fields: [valueTable()] })] }))).toBe(false);
    const asking = Object.values(library).filter(asksOwners);
    expect(asking.map(({ key }) => key)).toEqual(['hongkong-kpi']);
  });
});
