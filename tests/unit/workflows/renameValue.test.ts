import { describe, expect, test } from 'vitest';
import type { Json } from '../../../workflows/json.ts';
import { library } from '../../../workflows/library/index.ts';
import { getAt } from '../../../workflows/template/edit/path.ts';
import { nodesOf, treeOf } from '../../../workflows/template/edit/tree.ts';
import { renameValue } from '../../../workflows/template/edit/values.ts';
import { lintTemplate } from '../../../workflows/template/lint/index.ts';
import { branch, decimal, formula, named, task, template, weightedSum } from '../../support/blocks.ts';

const plain = (content: object): Json => JSON.parse(JSON.stringify(content));
const errors = (content: Json) =>
  lintTemplate(content)
    .filter(({ severity }) => severity === 'error')
    .map(({ path, reason }) => `${path}: ${reason.en}`);

const rows = {
  key: 'list',
  type: 'table' as const,
  name: named('list'),
  columns: [{ key: 'points', type: 'decimal' as const, name: named('points') }],
};
const content = plain(
  template({
    plan: [
      task('fill', { fields: [decimal('points'), rows] }),
      task('look', { shows: ['points'] }),
      task('again', { access: { points: 'read' } }),
      formula('sum', 'whole', 'points + sum(for points in list.points return points) + count(list[points > 1])'),
      branch('big', 'points > 3 and "points" != string(points)', [task('more')]),
    ],
    evaluate: [
      {
        key: 'scoring',
        type: 'compute',
        per: 'cycle',
        name: named('scoring'),
        into: 'total',
        rule: { kind: 'score', rule: weightedSum([{ value: 'points', weight: '1' }]) },
      },
    ],
  }),
);
const path = ['phases', 'plan', 'blocks', 0, 'fields', 0, 'key'];

describe('a value that is renamed', () => {
  test('is followed by all that name it, and by nothing that is only called the same', () => {
    const renamed = renameValue(content, path, 'marks');
    expect(renamed?.places).toBeGreaterThanOrEqual(6);
    const text = JSON.stringify(renamed?.content);
    expect(text).toContain('marks + sum(for points in list.points return points) + count(list[points > 1])');
    expect(text).toContain('marks > 3 and \\"points\\" != string(marks)');
    expect(text).toContain('"shows":["marks"]');
    expect(text).toContain('"access":{"marks":"read"}');
    expect(text).toContain('values.marks');
    expect(text).not.toContain('values.points');
    expect(errors(renamed?.content as Json)).toEqual(errors(content));
  });
  test('keeps its name where the other is taken', () => {
    expect(renameValue(content, path, 'list')).toBeUndefined();
    expect(renameValue(content, path, 'total')).toBeUndefined();
  });
  test('goes back again', () => {
    const there = renameValue(content, path, 'marks')?.content as Json;
    expect(renameValue(there, path, 'points')?.content).toEqual(content);
  });
});

test('in the shipped templates every field and computed value can be renamed without an error', {
  timeout: 60_000,
}, () => {
  for (const [key, shipped] of Object.entries(library)) {
    const whole = plain(shipped);
    const before = errors(whole);
    const values = [...nodesOf(treeOf(whole))].flatMap(({ block, path: at }) => [
      ...(Array.isArray(block.fields) ? block.fields.map((_, i) => [...at, 'fields', i, 'key']) : []),
      ...(typeof block.into === 'string' ? [[...at, 'into']] : []),
    ]);
    // What two blocks give is renamed at one of them only: the other goes on giving it.
    const names = values.map((at) => getAt(whole, at));
    const once = values.filter((at) => names.filter((name) => name === getAt(whole, at)).length === 1);
    expect(once.length).toBeGreaterThan(0);
    for (const one of once.filter((_, i) => i % 10 === 0)) {
      const renamed = renameValue(whole, one, 'anotherName');
      expect(errors(renamed?.content as Json), `${key}: ${String(getAt(whole, one))}`).toEqual(before);
    }
  }
});
