import { describe } from 'vitest';
import type { Publish } from '../../../../workflows/publish/schema.ts';
import type { Block } from '../../../../workflows/template/block.ts';
import type { Field } from '../../../../workflows/template/field.ts';
import { decimal, named, task } from '../../../support/blocks.ts';
import { testRows } from '../../../support/lintRows.ts';

const shown: Block = { key: 'shown', type: 'window', name: named('shown'), until: { from: 'opened', workingDays: 5 } };
const columns = ['code', 'opinion', 'answer'].map((key) => ({ key, type: 'text' as const, name: named(key) }));
const table = (own: typeof columns = columns): Field => ({
  key: 'said',
  type: 'table',
  name: named('said'),
  source: 'consultation',
  columns: own,
});
const asks = (more: Partial<NonNullable<Publish['consultation']>> = {}): { publish: Publish } => ({
  publish: { consultation: { during: 'shown', into: 'said', answer: 'answer', ...more } },
});
const answered = { plan: [shown, task('reply', { fields: [table()] })] };

describe('publish', () => {
  testRows([
    [
      'from no block',
      'publish.block',
      'publish.goals.from.block',
      { plan: [task('a')] },
      { publish: { goals: { from: { block: 'b' } } } },
    ],
    [
      'words of no field',
      'publish.text',
      'publish.texts[0].field',
      { plan: [task('a', { fields: [decimal('x')] })] },
      { publish: { texts: [{ field: 'x', from: { block: 'a' } }] } },
    ],
    [
      'a consultation without its window',
      'publish.window',
      'publish.consultation.during',
      answered,
      asks({ during: 'reply' }),
    ],
    ['a consultation that nobody answers', 'publish.table', 'publish.consultation.into', { plan: [shown] }, asks()],
    [
      'an answer before the question',
      'publish.table',
      'publish.consultation.into',
      { plan: [task('reply', { fields: [table()] }), shown] },
      asks(),
    ],
    [
      'a table without room for an opinion',
      'publish.columns',
      'publish.consultation.answer',
      { plan: [shown, task('reply', { fields: [table(columns.filter(({ key }) => key !== 'opinion'))] })] },
      asks(),
    ],
    ['a table that no consultation fills', 'publish.source', 'plan[1].fields[0].source', answered],
  ]);
});
