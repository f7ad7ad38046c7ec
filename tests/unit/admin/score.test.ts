import { expect, test } from 'vitest';
import { treeOf } from '../../../admin/src/score/lines.ts';

test('indented lines become a tree', () => {
  expect(treeOf(['a', '  b', '    c', '  d', 'e'])).toEqual([
    {
      text: 'a',
      from: [
        { text: 'b', from: [{ text: 'c', from: [] }] },
        { text: 'd', from: [] },
      ],
    },
    { text: 'e', from: [] },
  ]);
  expect(treeOf([])).toEqual([]);
});
