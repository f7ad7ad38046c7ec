import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../workflows/json.ts';
import { library } from '../../../workflows/library/index.ts';
import type { Block } from '../../../workflows/template/block.ts';
import { type Difference, diffTemplates } from '../../../workflows/template/diff.ts';
import { addBlock, duplicateBlock, moveBlock, removeBlock } from '../../../workflows/template/edit/blocks.ts';
import { newBlock } from '../../../workflows/template/edit/kinds.ts';
import { nodesOf, treeOf } from '../../../workflows/template/edit/tree.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import { approval, branch, decimal, task, template, textField } from '../../support/blocks.ts';
import { anyTemplate } from '../../support/templates.ts';

const json = (value: unknown) => value as Json;
const brief = (list: Difference[]) => list.map(({ kind, what, key }) => `${kind} ${what} ${key}`);
const plan = (...blocks: Block[]): CycleTemplate => template({ plan: blocks });
const between = (before: CycleTemplate, after: CycleTemplate) => diffTemplates(json(before), json(after));

describe('the difference of two versions', () => {
  test('blocks come, go, move and change, each said once', () => {
    const before = plan(task('a'), task('b'), task('c'), branch('d', 'true', [task('e')]));
    const after = plan(task('b'), branch('d', 'score > 1', [task('a')], [task('n')]), approval('c2'), task('e'));
    expect(brief(between(before, after))).toEqual([
      'removed block c',
      'changed block d',
      'moved block a',
      'added block n',
      'added block c2',
      'moved block e',
    ]);
    const moved = between(before, after).find(({ key }) => key === 'a');
    expect([moved?.from?.zh, moved?.place?.zh]).toEqual(['目标制定', '目标制定 › yes']);
  });

  test('of a list in another order only what moved is said', () => {
    const before = plan(task('a'), task('b'), task('c'), task('d'));
    expect(brief(between(before, plan(task('d'), task('a'), task('b'), task('c'))))).toEqual(['moved block d']);
    expect(brief(between(before, plan(task('b'), task('a'), task('d'), task('c')))).length).toBe(2);
  });

  test('settings are said in words, field by field', () => {
    const before = plan(
      task('a', {
        fields: [textField('goal'), decimal('points', { max: '10' })],
        escalate: [{ after: 2, do: 'head' }],
      }),
    );
    const after = plan(
      task('a', {
        deadline: { from: 'opened', workingDays: 10 },
        who: [{ kind: 'head' }],
        fields: [decimal('points', { max: '20', required: true }), textField('why')],
        escalate: [
          { after: 2, do: 'head' },
          { after: 5, do: 'supervise', colour: 'red' },
        ],
      }),
    );
    const [one] = between(before, after);
    expect(one?.entries.map(({ kind, where, before: was, after: is }) => [kind, where.zh, was?.zh, is?.zh])).toEqual([
      ['changed', '办理人', 'staff', '单位负责人'],
      ['changed', '期限', '到达后 5 个工作日', '到达后 10 个工作日'],
      ['removed', '表单字段 › goal', undefined, undefined],
      ['changed', '表单字段 › points › 最大', '10', '20'],
      ['added', '表单字段 › why', undefined, undefined],
      ['changed', '逾期升级', '+2 报单位负责人', '+2 报单位负责人、+5 发督办单 红'],
    ]);
    expect(one?.entries[1]?.after?.en).toBe('10 working days after opening');
  });

  test('parts and phases are compared, too; the version and the order of entries say nothing', () => {
    const before = plan(task('a'));
    const after: CycleTemplate = {
      ...plan(task('a')),
      version: 2,
      name: { zh: '新名', en: 'new' },
      sample: true,
      roles: { ...before.roles, clerk: { name: { zh: '文书', en: 'clerk' }, scope: 'unit' } },
    };
    after.phases.plan.window = { start: { date: '01-01' }, end: { date: '03-31' } };
    expect(brief(between(before, after))).toEqual([
      'changed part name',
      'changed part roles',
      'added part sample',
      'changed phase plan',
    ]);
    const turned = Object.fromEntries(Object.entries(before).reverse());
    expect(diffTemplates(json(before), json(turned))).toEqual([]);
  });

  test('of any template with itself there is none, and every block that is added, copied, moved or removed is told', () => {
    fc.assert(
      fc.property(anyTemplate(), fc.nat(200), fc.nat(200), (start, a, b) => {
        const content = json(start);
        expect(diffTemplates(content, json(structuredClone(start)))).toEqual([]);
        const nodes = [...nodesOf(treeOf(content))];
        const node = nodes[a % nodes.length];
        if (!node) return;
        const key = String(node.block.key);
        const copied = duplicateBlock(content, node.path);
        if (copied) {
          const told = diffTemplates(content, copied.content);
          expect(told.every(({ kind }) => kind === 'added')).toBe(true);
          expect(told.length).toBe([...nodesOf(node.lists)].length + 1);
        }
        const removed = removeBlock(content, node.path);
        if (removed) expect(brief(diffTemplates(content, removed.content))).toContain(`removed block ${key}`);
        const into = treeOf(content)[b % 5];
        const moved = into && moveBlock(content, node.path, into.path, 0);
        if (moved) expect(brief(diffTemplates(content, moved.content)).length).toBeGreaterThan(0);
      }),
      { numRuns: Number(process.env.RUNS ?? 60) },
    );
  });

  test('any two shipped templates, and drafts that are half done, can be compared', () => {
    const all = Object.values(library).map(json);
    for (const [at, one] of all.entries()) {
      const other = all[(at + 1) % all.length] as Json;
      const there = diffTemplates(one, other);
      const back = diffTemplates(other, one);
      const count = (list: Difference[], kind: string) =>
        list.filter((two) => two.what === 'block' && two.kind === kind).length;
      expect(count(there, 'added')).toBe(count(back, 'removed'));
    }
    const added = addBlock({}, ['phases', 'plan', 'blocks'], 0, newBlock('task', {}));
    expect(brief(diffTemplates({}, added?.content as Json))).toEqual(['added block task']);
    expect(diffTemplates(null, 3)).toEqual([]);
  });
});
