import { describe, expect, test } from 'vitest';
import type { Json } from '../../../workflows/json.ts';
import { library } from '../../../workflows/library/index.ts';
import { blockSchema } from '../../../workflows/template/block.ts';
import { CONCERNS, IN_TREE } from '../../../workflows/template/edit/concerns.ts';
import { BLOCK_KINDS } from '../../../workflows/template/edit/kinds.ts';
import { candidatesOf, refOf } from '../../../workflows/template/edit/refs.ts';
import { blank, optionOf, type Schema, schemaAt, shapeOf } from '../../../workflows/template/edit/shape.ts';
import { lintTemplate } from '../../../workflows/template/lint/index.ts';
import { cycleTemplateSchema } from '../../../workflows/template/schema.ts';
import { isNamed, isNamedValue, nameOf, valueName } from '../../../workflows/template/words/index.ts';

/** Every entry and word that the template language has. */
function language() {
  const entries = new Set<string>();
  const words = new Set<string>();
  const seen = new Set<Schema>();
  const walk = (schema: Schema, under: string): void => {
    if (seen.has(schema)) return;
    seen.add(schema);
    const shape = shapeOf(schema);
    if (shape.kind === 'words') for (const value of shape.values) words.add(`${under}.${value}`);
    if (shape.kind === 'constant') words.add(`${under}.${shape.value}`);
    if (shape.kind === 'list') walk(shape.item, under);
    if (shape.kind === 'record') walk(shape.value, under);
    if (shape.kind === 'union')
      for (const { id, schema: inner } of shape.options) {
        if (id.startsWith('=')) words.add(`${under}.${id.slice(1)}`);
        else walk(inner, under);
      }
    if (shape.kind === 'object') {
      if (shape.tag) words.add(`${shape.tag.entry}.${shape.tag.value}`);
      for (const { name, schema: inner } of shape.entries) {
        entries.add(name);
        walk(inner, name);
      }
    }
  };
  walk(cycleTemplateSchema, 'template');
  return { entries: [...entries], words: [...words] };
}

describe('the description that the designer is made from', () => {
  const { entries, words } = language();

  test('reaches the whole language, and every entry and word of it has a name in both languages', () => {
    expect(entries.length).toBeGreaterThan(240);
    expect(words.length).toBeGreaterThan(240);
    // What is new is named in workflows/template/words.
    expect(entries.filter((entry) => !isNamed(entry))).toEqual([]);
    expect(words.filter((word) => !isNamedValue(...(word.split('.') as [string, string])))).toEqual([]);
    const all = [
      ...entries.map((entry) => nameOf(entry)),
      ...words.map((word) => valueName(...(word.split('.') as [string, string]))),
    ];
    expect(all.filter(({ zh }) => !/\p{Script=Han}/u.test(zh))).toEqual([]);
    expect(all.filter(({ en }) => /\p{Script=Han}/u.test(en))).toEqual([]);
  });

  test('every setting of every kind of block belongs to a concern', () => {
    const shape = shapeOf(blockSchema);
    const settings = new Set(CONCERNS.flatMap((concern) => concern.entries));
    const options = shape.kind === 'union' ? shape.options : [];
    expect(options.map(({ id }) => id).sort()).toEqual(BLOCK_KINDS.map(({ type }) => type).sort());
    for (const { id, schema } of options) {
      const inner = shapeOf(schema);
      const names = inner.kind === 'object' ? inner.entries.map(({ name }) => name) : [];
      expect(
        names.filter((name) => !settings.has(name) && !IN_TREE.has(name)),
        id,
      ).toEqual([]);
    }
  });

  test('knows the place of every value of every shipped template', () => {
    const lost: string[] = [];
    const walk = (template: Json, value: Json, path: (string | number)[]): void => {
      const schema = schemaAt(cycleTemplateSchema, template, path);
      if (!schema) {
        lost.push(path.join('.'));
        return;
      }
      const shape = shapeOf(schema);
      if (shape.kind === 'union' && !optionOf(shape.options, value)) lost.push(`${path.join('.')} fits no option`);
      if (shape.kind === 'text' || typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        const option = shape.kind === 'union' ? optionOf(shape.options, value) : undefined;
        const own = shapeOf(option?.schema ?? schema);
        if (own.kind === 'object' && own.tag?.entry === key) continue;
        walk(template, inner as Json, [...path, Array.isArray(value) ? Number(key) : key]);
      }
    };
    for (const template of Object.values(library)) walk(template as unknown as Json, template as unknown as Json, []);
    expect(lost.slice(0, 10)).toEqual([]);
  });

  test('what is blank has the right shape, with only its texts to be filled in', () => {
    const shape = shapeOf(blockSchema);
    for (const { id, schema } of shape.kind === 'union' ? shape.options : []) {
      const made = blank(schema);
      expect(schemaAt(blockSchema, made, ['key']), id).toBeDefined();
      expect((made as { type: string }).type).toBe(id);
    }
    const rules = shapeOf(schemaAt(blockSchema, { type: 'compute' }, ['rule']) as Schema);
    expect(rules.kind === 'union' && rules.options.map(({ id }) => id)).toContain('carry');
  });

  test('a text that is still blank is told to be empty', () => {
    const content = { ...library['zjg-departments'], name: { zh: '', en: 'Departments' } };
    expect(lintTemplate(content)).toMatchObject([
      { path: 'name.zh', id: 'schema.tooSmall', reason: { zh: '这里还没有填写。' }, hint: { en: 'Fill it in.' } },
    ]);
  });

  test('knows what an entry may name', () => {
    const content = library['zjg-departments'] as unknown as Json;
    expect(refOf('of', ['table'])).toBe('value');
    expect(refOf('of', ['role'])).toBeUndefined();
    expect(candidatesOf(content, 'role').map(({ value }) => value)).toContain('performanceOffice');
    expect(candidatesOf(content, 'block').map(({ value }) => value)).toContain('draftPlan');
    expect(candidatesOf(content, 'grade').length).toBeGreaterThan(1);
    expect(candidatesOf(content, 'value').find(({ value }) => value === 'cityGoals')?.name.zh).toBeTruthy();
    expect(candidatesOf({}, 'value')).toEqual([]);
  });
});
