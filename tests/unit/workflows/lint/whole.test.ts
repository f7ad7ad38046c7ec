import { describe } from 'vitest';
import { task } from '../../../support/blocks.ts';
import { testRows } from '../../../support/lintRows.ts';

const office = { kind: 'role', role: 'performanceOffice' } as const;

describe('the whole', () => {
  testRows([
    ['no blocks', 'template.empty', 'phases', {}],
    [
      'nothing for participants',
      'template.noParticipant',
      'phases',
      { plan: [task('a', { per: 'cycle', who: [office] })] },
    ],
    ['a blank name', 'name.blank', 'plan[0].name.zh', { plan: [task('a', { name: { zh: '  ', en: 'a' } })] }],
    [
      'a blank name of a category',
      'name.blank',
      'categories.all.name.en',
      { plan: [task('a')] },
      { categories: { all: { name: { zh: 'x', en: ' ' }, ranked: true } } },
    ],
  ]);
});
