import { describe, expect, test } from 'vitest';
import { compile, machineConfig } from '../../../workflows/machine/compile.ts';
import { runnerOf } from '../../../workflows/machine/definition.ts';
import { refusalOf } from '../../../workflows/machine/step.ts';
import type { Block } from '../../../workflows/template/block.ts';
import {
  approval,
  branch,
  decimal,
  formula,
  gate,
  named,
  notify,
  parallel,
  repeat,
  task,
  template,
  textField,
  wait,
  weighted,
} from '../../support/blocks.ts';
import { PERIOD, walk } from '../../support/steps.ts';

const points = (key = 'score') => task(key, { fields: [decimal('points')] });

describe('a sequence', () => {
  test('goes from block to block and phase to phase', () => {
    const one = walk(template({ plan: [task('a'), task('b')], rectify: [task('c')] }));
    expect(one.live).toEqual(['a']);
    expect(one.act('a', 'submit').live).toEqual(['b']);
    expect(one.act('b', 'submit').live).toEqual(['c']);
    expect(one.act('c', 'submit').done).toBe('completed');
    expect(one.context.live).toEqual({});
    expect(Object.keys(one.context.done)).toEqual(['a', 'b', 'c']);
  });
  test('a template without a participant block ends at once', () => {
    expect(walk(template({ plan: [notify('n', 'x')] })).done).toBe('completed');
  });
  test('values are kept, and computed exactly', () => {
    const parts = [
      { value: 'points', weight: '0.6' },
      { value: 'more', weight: '0.4' },
    ];
    const one = walk(
      template({
        plan: [points(), task('b', { fields: [decimal('more')] }), weighted('w', 'total', parts), task('c')],
      }),
    );
    one.act('score', 'submit', { values: { points: '0.1' } }).act('b', 'submit', { values: { more: '0.2' } });
    expect(one.context.data).toEqual({ points: '0.1', more: '0.2', total: '0.14' });
  });
  test("张家港's weights give the published score", () => {
    const parts = [
      { value: 'r', weight: '0.6' },
      { value: 'l', weight: '0.2' },
      { value: 'g', weight: '0.1' },
      { value: 's', weight: '0.1' },
    ];
    const one = walk(template({ plan: [weighted('w', 'total', parts), task('a')] }), {
      data: { r: '91.5', l: '88', g: '84.2', s: '90' },
    });
    expect(one.context.data.total).toBe('89.92');
  });
  test('a missing part is an error, and the case stays where it was', () => {
    const one = walk(
      template({ plan: [task('a'), weighted('w', 'total', [{ value: 'nope', weight: '1' }]), task('b')] }),
    );
    const before = one.snapshot;
    expect(() => one.act('a', 'submit')).toThrow('"values.nope" is missing');
    expect(one.snapshot).toBe(before);
    expect(one.live).toEqual(['a']);
  });
  test('notices are asked for in order', () => {
    const one = walk(template({ plan: [task('a'), notify('n', 'x'), notify('m', 'y'), task('b')] }));
    expect(one.act('a', 'submit').effects).toEqual(['notify n', 'notify m']);
  });
});

describe('returns', () => {
  test('open the earlier block again, under a new round', () => {
    const one = walk(template({ plan: [task('a'), approval('b', { returnTo: 'a' })] }));
    one.act('a', 'submit').act('b', 'return');
    expect(one.live).toEqual(['a']);
    expect(one.context.live.a?.round).toBe(2);
    expect(one.context.done.b).toMatchObject({ outcome: 'returned', reason: 'because' });
    expect(one.act('a', 'submit').act('b', 'approve').done).toBe('completed');
  });
  test('from inside a parallel close what runs beside', () => {
    const one = walk(
      template({
        plan: [task('a'), parallel('p', [approval('b', { returnTo: 'a' })], [task('c'), task('d')]), task('e')],
      }),
    );
    one.act('a', 'submit').act('c', 'submit');
    expect(one.live.sort()).toEqual(['b', 'd']);
    one.act('b', 'return');
    expect(one.live).toEqual(['a']);
    one.act('a', 'submit');
    expect(one.live.sort()).toEqual(['b', 'c']);
    expect(one.act('b', 'approve').act('c', 'submit').act('d', 'submit').live).toEqual(['e']);
  });
  test('inside a parallel leave what runs beside alone', () => {
    const one = walk(template({ plan: [parallel('p', [task('a'), approval('b', { returnTo: 'a' })], [task('c')])] }));
    one.act('a', 'submit');
    const beside = one.context.live.c;
    one.act('b', 'return');
    expect(one.live.sort()).toEqual(['a', 'c']);
    expect(one.context.live.c).toEqual(beside);
  });
  test('from inside a loop start it over', () => {
    const one = walk(
      template({
        plan: [task('a'), repeat('r', 'sections', 'oneByOne', [task('b'), approval('c', { returnTo: 'a' })])],
      }),
    );
    one.act('a', 'submit').act('b', 'submit').act('c', 'approve').act('b', 'submit').act('c', 'return');
    expect(one.live).toEqual(['a']);
    one.act('a', 'submit');
    expect(one.context.live.b?.item).toMatchObject({ key: 's1' });
  });
  test('a rejection ends the case, whatever runs beside', () => {
    const one = walk(template({ plan: [parallel('p', [approval('a')], [task('b')]), task('c')] }));
    expect(one.act('a', 'reject').done).toBe('rejected');
    expect(one.context.live).toEqual({});
  });
});

describe('branches and gates', () => {
  const chosen = template({
    plan: [points(), branch('b', 'points >= 60', [task('yes')], [task('no')]), task('after')],
  });
  test.each([
    ['60', 'yes'],
    ['59.99', 'no'],
  ])('%s goes to %s', (value, path) => {
    const one = walk(chosen).act('score', 'submit', { values: { points: value } });
    expect(one.live).toEqual([path]);
    expect(one.act(path, 'submit').live).toEqual(['after']);
  });
  test('what is not known is not yes', () => {
    expect(walk(chosen).act('score', 'submit').live).toEqual(['no']);
  });
  test('an empty default goes on', () => {
    const one = walk(template({ plan: [points(), branch('b', 'points >= 60', [task('yes')]), task('after')] }));
    expect(one.act('score', 'submit', { values: { points: '1' } }).live).toEqual(['after']);
  });
  test('a gate sends back, and lets pass what has been put right', () => {
    const one = walk(template({ plan: [points(), gate('g', 'points >= 60', 'score'), task('after')] }));
    one.act('score', 'submit', { values: { points: '1' } });
    expect(one.live).toEqual(['score']);
    expect(one.context.done.g?.outcome).toBe('rejected');
    expect(one.act('score', 'submit', { values: { points: '61' } }).live).toEqual(['after']);
  });
  test('a gate ends the case', () => {
    const one = walk(template({ plan: [points(), gate('g', 'points >= 60', 'end'), task('after')] }));
    expect(one.act('score', 'submit', { values: { points: '1' } }).done).toBe('rejected');
  });
  test('a computed grade is text where a score was asked for', () => {
    const plan = [
      points(),
      formula('f', 'grade', 'if points >= 90 then "A" else "B"'),
      branch('b', 'grade = "A"', [task('top')]),
      task('after'),
    ];
    expect(walk(template({ plan })).act('score', 'submit', { values: { points: '95' } }).live).toEqual(['top']);
  });
});

describe('repeats', () => {
  test('one by one: each item in turn, its values gathered', () => {
    const one = walk(
      template({
        plan: [
          repeat('r', 'sections', 'oneByOne', [points()], { collect: { fields: ['points'], into: 'all' } }),
          task('after'),
        ],
      }),
    );
    expect(one.context.live.score?.item).toEqual({ key: 's1', name: 'Section 1' });
    one.act('score', 'submit', { values: { points: '1' } });
    expect(one.context.live.score?.item).toEqual({ key: 's2', name: 'Section 2' });
    one.act('score', 'submit', { values: { points: '2' } });
    expect(one.live).toEqual(['after']);
    expect(one.context.data.all).toEqual([
      { index: 0, item: 's1', points: '1' },
      { index: 1, item: 's2', points: '2' },
    ]);
  });
  test('a notice at the end of an item sees that item, not the next', () => {
    const one = walk(
      template({ plan: [repeat('r', 'sections', 'oneByOne', [task('a'), notify('n', '{{item.name}}')])] }),
    );
    const seen = () => one.said.map(({ context }) => context.loops.r?.index);
    expect(one.act('a', 'submit') && seen()).toEqual([0]);
    expect(one.act('a', 'submit') && seen()).toEqual([1]);
  });
  test('quarters have their days', () => {
    const one = walk(template({ plan: [repeat('r', 'quarters', 'oneByOne', [task('a')])] }));
    const spans = [1, 2, 3, 4].map(() => {
      const item = one.context.live.a?.item;
      one.act('a', 'submit');
      return `${item?.key} ${item?.start} ${item?.end}`;
    });
    expect(spans).toEqual([
      '2026-Q1 2026-01-01 2026-03-31',
      '2026-Q2 2026-04-01 2026-06-30',
      '2026-Q3 2026-07-01 2026-09-30',
      '2026-Q4 2026-10-01 2026-12-31',
    ]);
    expect(one.done).toBe('completed');
  });
  test('months end as the calendar says, also in a leap year', () => {
    const one = walk(template({ plan: [repeat('r', 'months', 'oneByOne', [task('a')])] }), {
      facts: { period: { ...PERIOD, year: 2028 } },
    });
    one.act('a', 'submit');
    expect(one.context.live.a?.item).toMatchObject({ key: '2028-02', end: '2028-02-29' });
  });
  test('rows of a table, with their values', () => {
    const table = {
      key: 'rows',
      type: 'table' as const,
      name: { zh: 'x', en: 'x' },
      columns: [{ ...textField('label') }, { ...decimal('weight') }] as never,
    };
    const one = walk(
      template({
        plan: [
          task('t', { fields: [table] }),
          repeat('r', { rows: 'rows' }, 'oneByOne', [branch('b', 'item.weight > 50', [task('big')], [task('small')])]),
        ],
      }),
    );
    one.act('t', 'submit', {
      values: {
        rows: [
          { label: 'x', weight: '60' },
          { label: 'y', weight: '40' },
        ],
      },
    });
    expect(one.live).toEqual(['big']);
    expect(one.act('big', 'submit').live).toEqual(['small']);
  });
  test('together: asks for a case an item, and waits for all', () => {
    const one = walk(
      template({
        plan: [
          repeat('r', 'sections', 'together', [points()], { collect: { fields: ['points'], into: 'all' } }),
          task('after'),
        ],
      }),
    );
    expect(one.effects).toContain('children r');
    expect(one.context.live.r).toMatchObject({ left: 2, round: 1 });
    const child = (index: number, value: string) =>
      one.send({ type: 'child', block: 'r', round: 1, index, data: { item: `s${index + 1}`, points: value } });
    expect(child(1, '2').live).toEqual(['r']);
    one.send({ type: 'child', block: 'r', round: 9, index: 0, data: {} });
    expect(one.live).toEqual(['r']);
    expect(child(0, '1').live).toEqual(['after']);
    expect(one.context.data.all).toEqual([
      { index: 0, item: 's1', points: '1' },
      { index: 1, item: 's2', points: '2' },
    ]);
  });
  test("an item's own case runs the body", () => {
    const t = template({
      plan: [repeat('r', 'sections', 'together', [points(), approval('b', { returnTo: 'score' })])],
    });
    const one = walk(t, { track: { kind: 'item', block: 'r' }, facts: { item: { key: 's1', name: 'Section 1' } } });
    one
      .act('score', 'submit', { values: { points: '1' } })
      .act('b', 'return')
      .act('score', 'submit')
      .act('b', 'approve');
    expect(one.done).toBe('completed');
    expect(one.context.data.points).toBe('1');
  });
  test.each(['oneByOne', 'together'] as const)('nothing to repeat goes on (%s)', (mode) => {
    const one = walk(template({ plan: [repeat('r', 'sections', mode, [task('a')]), task('after')] }), {
      facts: { sections: [] },
    });
    expect(one.live).toEqual(['after']);
  });
});

describe('waits and the clock', () => {
  test('a wait ends by its day or by its message', () => {
    const t = template({ plan: [wait('w', { message: 'go' }), task('a')] });
    expect(walk(t).timer('w', 'until').live).toEqual(['a']);
    expect(walk(t).send({ type: 'message', message: 'other' }).live).toEqual(['w']);
    const one = walk(t).send({ type: 'message', message: 'go', data: { x: '1' } });
    expect(one.live).toEqual(['a']);
    expect(one.context.data.x).toBe('1');
  });
  test('a timer of an earlier round does nothing', () => {
    const one = walk(
      template({ plan: [task('a', { escalate: [{ after: 1, do: 'pass' }] }), approval('b', { returnTo: 'a' })] }),
    );
    one.act('a', 'submit').act('b', 'return').timer('a', 'pass', { round: 1 });
    expect(one.live).toEqual(['a']);
    expect(one.timer('a', 'pass').live).toEqual(['b']);
  });
  test('rungs pass, return and hand over; the others change nothing', () => {
    const t = template({ plan: [task('a'), approval('b', { returnTo: 'a' })] });
    const one = walk(t).act('a', 'submit');
    for (const rung of ['remind', 'head', 'superior', 'office', 'supervise', 'deduct'] as const) {
      const before = one.context.live;
      expect(one.timer('b', rung).context.live).toEqual(before);
    }
    one.timer('b', 'transfer', { to: ['x', 'y'] });
    expect(one.context.live.b?.seats).toMatchObject([{ people: ['x', 'y'], state: 'open' }]);
    one.timer('b', 'transfer', { to: [] });
    expect(one.context.live.b?.seats).toMatchObject([{ people: ['x', 'y'] }]);
    expect(one.timer('b', 'return').live).toEqual(['a']);
    expect(one.context.done.b).toMatchObject({ outcome: 'returned', reason: 'deadline' });
  });
});

describe('meetings', () => {
  const t = template({
    plan: [
      task('goals', { per: 'cycle', who: [{ kind: 'role', role: 'performanceOffice' }] }),
      approval('agree', { per: 'cycle', returnTo: 'goals', onReject: undefined }),
      task('a'),
    ],
    execute: [task('c', { per: 'cycle', who: [{ kind: 'role', role: 'performanceOffice' }] })],
  });
  test('participants wait under the first block of a run', () => {
    const one = walk(t);
    expect(one.live).toEqual(['goals']);
    expect(one.context.live.goals?.seats).toBeUndefined();
    one.send({ type: 'passed', block: 'goals', data: { cityGoals: 'x' } });
    expect(one.live).toEqual(['a']);
    expect(one.context.data.cityGoals).toBe('x');
    expect(one.act('a', 'submit').live).toEqual(['c']);
  });
  test("the cycle's case gathers, runs its blocks, and releases", () => {
    const one = walk(t, { track: { kind: 'cycle' } });
    expect(one.live).toEqual(['goals~gather']);
    expect(one.send({ type: 'gathered', block: 'goals~gather' }).live).toEqual(['goals']);
    expect(one.act('goals', 'submit').act('agree', 'return').live).toEqual(['goals']);
    one.act('goals', 'submit').act('agree', 'approve');
    expect(one.effects).toContain('release goals');
    expect(one.live).toEqual(['c~gather']);
    expect(one.timer('c~gather', 'opens').live).toEqual(['c']);
    expect(one.act('c', 'submit').done).toBe('completed');
  });
});

describe('what is refused', () => {
  const t = template({ plan: [task('a'), wait('w', { message: 'go' }), task('b')] });
  test('says what is allowed', () => {
    const one = walk(t);
    const refuse = (event: Parameters<typeof refusalOf>[2]) => refusalOf(one.definition, one.snapshot, event);
    expect(refuse({ type: 'act', seat: 99, action: 'submit', actor: 'x' })?.id).toBe('task.closed');
    expect(refuse({ type: 'act', seat: 1, action: 'submit', actor: 'x' })?.id).toBe('task.notYours');
    expect(refuse({ type: 'act', seat: 1, action: 'approve', actor: 'staff1' })).toMatchObject({
      id: 'action.notAllowed',
    });
    expect(refuse({ type: 'message', message: 'go' })).toEqual({ id: 'event.refused', allowed: ['act:a', 'cancel'] });
    expect(refuse({ type: 'act', seat: 1, action: 'submit', actor: 'staff1' })).toBeNull();
    one.act('a', 'submit');
    expect(refuse({ type: 'message', message: 'no' })).toEqual({
      id: 'event.refused',
      allowed: ['message:go', 'cancel'],
    });
  });
  test('cancelling ends it from anywhere', () => {
    const one = walk(
      template({ plan: [parallel('p', [task('a')], [repeat('r', 'months', 'oneByOne', [task('b')])])] }),
    );
    one.send({ type: 'cancel', actor: 'admin', reason: 'reorganised' });
    expect(one.done).toBe('cancelled');
    expect(one.context.live).toEqual({});
  });
});

describe('the record', () => {
  test('a stored snapshot goes on where it stood', () => {
    const one = walk(template({ plan: [task('a'), parallel('p', [task('b')], [task('c')])] }))
      .act('a', 'submit')
      .act('b', 'submit');
    const runner = runnerOf(one.definition);
    const again = runner.restore(JSON.parse(JSON.stringify(runner.persist(one.snapshot))));
    const seat = again.context.live.c?.seats?.[0];
    const { snapshot } = runner.step(again, { type: 'act', seat: seat?.n, action: 'submit', actor: 'staff1' } as never);
    expect(snapshot.status).toBe('done');
  });
});

describe('the machine', () => {
  const t = template({ plan: [task('a'), repeat('r', 'months', 'together', [task('b')])] });
  test('is plain data that names its track', () => {
    const config = machineConfig(t, { kind: 'participant' });
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
    expect([
      config.id,
      machineConfig(t, { kind: 'cycle' }).id,
      machineConfig(t, { kind: 'item', block: 'r' }).id,
    ]).toEqual(['test@1/participant', 'test@1/cycle', 'test@1/r']);
    expect(() => machineConfig(t, { kind: 'item', block: 'a' })).toThrow('no repeat "a"');
  });
  test('has no more states for more people, months or indicators', () => {
    const count = (over: 'months' | 'sections') =>
      JSON.stringify(
        machineConfig(template({ plan: [repeat('r', over, 'oneByOne', [task('b')])] }), { kind: 'participant' }),
      ).length;
    expect(count('months')).toBe(count('sections'));
  });
  test('is compiled once for a template and track', () => {
    expect(runnerOf({ template: t, track: { kind: 'cycle' } })).toBe(
      runnerOf({ template: t, track: { kind: 'cycle' } }),
    );
    expect(compile(t, { kind: 'cycle' })).not.toBe(compile(t, { kind: 'cycle' }));
  });
  test('stops at a circle that a lint would have refused', () => {
    const circle = template({ plan: [task('t'), formula('f', 'x', '1'), gate('g', 'x > 1', 'f')] });
    expect(() => walk(circle).act('t', 'submit')).toThrow(/Infinite loop/);
  });
});

test('a scoring rule over the values of a case; what does not apply has no value', () => {
  const rule = { kind: 'sum', of: [{ kind: 'product', of: ['values.done', '0.1'] }, '0.2'] };
  const content = template({
    plan: [
      task('report', { fields: [decimal('done', { required: false })] }),
      { key: 'scored', type: 'compute', name: named('scored'), into: 'points', rule: { kind: 'rule', rule } } as Block,
      task('after'),
    ],
  });
  const pointsOf = (values: Record<string, string>) =>
    walk(content).act('report', 'submit', { values }).context.data.points;
  expect(pointsOf({ done: '0.1' })).toBe('0.21');
  expect(pointsOf({})).toBe('0.2');
});
