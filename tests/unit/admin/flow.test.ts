import { expect, test } from 'vitest';
import type { Flow, FlowNode } from '../../../admin/src/api/types.ts';
import { itemsOf, stateOf, treeOf } from '../../../admin/src/flow/tree.ts';
import { fieldsOf, treeOfTemplate } from '../../../admin/src/templates/tree.ts';
import { library } from '../../../workflows/library/index.ts';
import { flowOf } from '../../../workflows/machine/flow.ts';
import { blocksOf } from '../../../workflows/template/schema.ts';
import { whenWords } from '../../../workflows/template/words/said.ts';

const node = (key: string, more: Partial<FlowNode> = {}): FlowNode => ({
  key,
  type: 'task',
  name: { zh: key, en: key },
  phase: 'plan',
  state: 'ahead',
  per: 'participant',
  ...more,
});
const phases = [{ key: 'plan', name: { zh: '计划', en: 'Plan' } }];

test('branches of a box become lanes, each in its own order', () => {
  const flow: Flow = {
    phases,
    nodes: [
      node('p', { type: 'parallel' }),
      node('a1', { parent: 'p' }),
      node('a2', { parent: 'p' }),
      node('b', { parent: 'p' }),
      node('end'),
    ],
    edges: [
      { from: 'p', to: 'a1', label: { zh: '甲', en: 'A' } },
      { from: 'p', to: 'b', label: { zh: '乙', en: 'B' } },
      { from: 'a1', to: 'a2' },
      { from: 'p', to: 'end' },
      { from: 'a2', to: 'a1', back: true },
    ],
  };
  const [plan] = treeOf(flow);
  expect(plan?.items.map(({ key }) => key)).toEqual(['p', 'end']);
  expect(plan?.items[0]?.lanes.map((lane) => [lane.name?.zh, lane.items.map(({ key }) => key)])).toEqual([
    ['甲', ['a1', 'a2']],
    ['乙', ['b']],
  ]);
});

test('a meeting of the cycle lies ahead of a unit on its way, and is where an arrived unit stands', () => {
  const meeting = node('rank', { per: 'cycle', state: 'current', type: 'compute' });
  const state = (nodes: FlowNode[]) => treeOf({ phases, nodes, edges: [] })[0]?.items.at(-1)?.state;
  expect(state([node('draft', { state: 'current' }), meeting])).toBe('ahead');
  expect(state([node('draft', { state: 'passed' }), meeting])).toBe('current');
});

test('a phase is running as soon as something in it is, however deep', () => {
  const nodes = [node('r', { type: 'repeat', state: 'passed' }), node('in', { parent: 'r', state: 'current' })];
  const [plan] = treeOf({ phases, nodes, edges: [{ from: 'r', to: 'in' }] });
  if (!plan) throw new Error();
  expect(stateOf(plan)).toBe('current');
});

test('every block of a shipped template is in its picture, once', () => {
  for (const template of Object.values(library)) {
    const flow = flowOf(template, { kind: 'participant' }, {
      live: {},
      done: {},
      data: {},
      rounds: {},
      facts: {},
    } as never) as Flow;
    const drawn = treeOf(flow).flatMap(({ items }) => [...itemsOf(items)].map(({ key }) => key));
    expect(drawn.sort()).toEqual(flow.nodes.map(({ key }) => key).sort());
    const read = treeOfTemplate(template).flatMap(({ items }) => [...itemsOf(items)].map(({ key }) => key));
    expect(read.sort()).toEqual(drawn.sort());
    expect(fieldsOf(template).length).toBeGreaterThan(0);
  }
});

test('what a template computes is called by its block, what a form has by its field', () => {
  for (const template of Object.values(library)) {
    const names = new Map(fieldsOf(template).map(({ key, name }) => [key, name]));
    for (const { block } of blocksOf(template)) if (block.type === 'compute') expect(names.has(block.into)).toBe(true);
  }
});

test('deadlines are said in words', () => {
  expect(whenWords({ from: 'opened', workingDays: 10 })).toEqual({
    zh: '到达后 10 个工作日',
    en: '10 working days after opening',
  });
  expect(whenWords({ from: 'periodEnd', days: -5 }).zh).toBe('周期结束前 5 天');
  expect(whenWords({ date: '03-20', year: 'next' }).zh).toBe('次年3月20日');
});
