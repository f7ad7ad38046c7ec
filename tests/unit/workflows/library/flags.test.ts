import { expect, test } from 'vitest';
import { library } from '../../../../workflows/library/index.ts';
import { flagsOf } from '../../../../workflows/series/flags.ts';
import { blocksOf } from '../../../../workflows/template/schema.ts';

const recording = Object.values(library).filter((template) =>
  [...blocksOf(template)].some(({ block }) => 'rule' in block && block.rule.kind === 'record'),
);

test('templates record values', () => expect(recording.length).toBeGreaterThan(9));

test.each(recording.map((template) => [template.key, template] as const))(
  '%s flags values that nobody would believe',
  (_, template) => {
    const raised = (facts: Partial<Parameters<typeof flagsOf>[1]>) =>
      flagsOf(template.warnings?.flags ?? [], { value: null, direction: 'up', ...facts }).map(({ kind }) => kind);
    expect(raised({ value: '130', max: '100' })).toContain('impossible');
    expect(raised({ value: '9000', earlier: ['80', '82', '81', '79', '80', '83'] })).toContain('outlier');
    expect(raised({ value: '71.3', earlier: ['71.3', '71.3', '71.3'] })).toContain('copied');
    expect(raised({ value: '80', reported: '100', verified: '80', target: '100' })).toContain('gap');
    expect(raised({ value: '81', reported: '81', verified: '81', target: '100', earlier: ['80', '82', '79'] })).toEqual(
      [],
    );
  },
);
