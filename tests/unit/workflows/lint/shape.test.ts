import { describe, expect, test } from 'vitest';
import type { Block } from '../../../../workflows/template/block.ts';
import { isGreen, lintTemplate } from '../../../../workflows/template/lint/index.ts';
import type { CycleTemplate } from '../../../../workflows/template/schema.ts';
import { approval, repeat, task, template } from '../../../support/blocks.ts';

describe('what has not the right shape', () => {
  const bad = (change: (content: Record<string, never>) => void): [string, string][] => {
    const content = JSON.parse(JSON.stringify(template({ plan: [task('a'), approval('b')] })));
    change(content);
    return lintTemplate(content).map(({ id, path }) => [id, path]);
  };
  const block = (content: Record<string, never>, i = 0): Record<string, unknown> =>
    (content as unknown as CycleTemplate).phases.plan.blocks[i] as unknown as Record<string, unknown>;

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['text', 'template'],
    ['a number', 5],
  ])('%s', (_what, content) => {
    const findings = lintTemplate(content);
    expect(isGreen(findings)).toBe(false);
  });

  test('a dot in a key', () => {
    expect(bad((c) => Object.assign(block(c), { key: 'a.b' }))).toEqual([
      ['schema.format', 'phases.plan.blocks[0].key'],
    ]);
  });
  test('a type that is not there', () => {
    expect(bad((c) => Object.assign(block(c), { type: 'invoke' }))).toEqual([
      ['schema.value', 'phases.plan.blocks[0].type'],
    ]);
  });
  test('a property that is not there', () => {
    expect(bad((c) => Object.assign(block(c), { invoke: 1 }))).toEqual([
      ['schema.unknownKey', 'phases.plan.blocks[0].invoke'],
    ]);
  });
  test('a deadline of no shape', () => {
    expect(bad((c) => Object.assign(block(c), { deadline: { from: 'opened', weeks: 1 } }))).toEqual([
      ['schema.unknownKey', 'phases.plan.blocks[0].deadline.weeks'],
    ]);
  });
  test('a date of no shape', () => {
    expect(bad((c) => Object.assign(block(c), { deadline: { date: '3-1' } }))).toEqual([
      ['schema.format', 'phases.plan.blocks[0].deadline.date'],
    ]);
  });
  test('a category without a name', () => {
    expect(bad((c) => Object.assign(c, { categories: { x: { ranked: true } } }))).toEqual([
      ['schema.type', 'categories.x.name'],
    ]);
  });
  test('a name in one language', () => {
    expect(bad((c) => Object.assign(block(c), { name: { zh: '甲' } }))).toEqual([
      ['schema.type', 'phases.plan.blocks[0].name.en'],
    ]);
  });
  test('zero-width text in a name', () => {
    expect(bad((c) => Object.assign(block(c), { name: { zh: '甲\u200b', en: 'a' } }))).toEqual([
      ['text.unclean', 'phases.plan.blocks[0].name.zh'],
    ]);
  });
  test('text that is not NFC', () => {
    expect(bad((c) => Object.assign(block(c), { name: { zh: '甲', en: 'e\u0301' } }))).toEqual([
      ['text.unclean', 'phases.plan.blocks[0].name.en'],
    ]);
  });
  test('__proto__ as a role', () => {
    const content = JSON.parse(
      JSON.stringify(template({ plan: [task('a'), approval('b')] })).replace(
        '"roles":{',
        '"roles":{"__proto__":{"scope":"city"},',
      ),
    );
    expect(lintTemplate(content).map(({ id, path }) => [id, path])).toContainEqual([
      'key.forbidden',
      'roles.__proto__',
    ]);
    expect(({} as { scope?: string }).scope).toBeUndefined();
  });
  test('nested without end', () => {
    let content: unknown = {};
    for (let i = 0; i < 100_000; i += 1) content = [content];
    expect(lintTemplate(content).map(({ id }) => id)).toEqual(['template.size']);
  });
  test('huge', () => {
    const content = template({ plan: [task('a')] }) as unknown as Record<string, unknown>;
    content.description = { zh: 'x', en: 'x', more: Array.from({ length: 60_000 }, () => 1) };
    expect(lintTemplate(content).map(({ id }) => id)).toEqual(['template.size']);
  });
  test('too many blocks', () => {
    const blocks = Array.from({ length: 100 }, (_, i) => i);
    const phases = Object.fromEntries(
      (['plan', 'execute', 'evaluate', 'feedback', 'rectify'] as const).map((phase) => [
        phase,
        blocks.map((i) => task(`${phase}${i}`)),
      ]),
    );
    const nested = repeat('r', 'months', 'oneByOne', [task('more')]);
    expect(
      lintTemplate(template({ ...phases, plan: [...(phases.plan as Block[])].slice(1).concat(nested) })).map(
        ({ id }) => id,
      ),
    ).toContain('template.size');
  });
  test('too deep', () => {
    let inner: Block = task('a');
    for (let i = 0; i < 9; i += 1) inner = repeat(`r${i}`, 'months', 'oneByOne', [inner]);
    expect(lintTemplate(template({ plan: [inner] })).map(({ id }) => id)).toContain('template.nesting');
  });
});
