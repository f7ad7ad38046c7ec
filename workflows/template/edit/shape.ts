import type { z } from 'zod';
import { isJsonObject, type Json } from '../../json.ts';

/** Any schema of the template language. */
export type Schema = z.core.$ZodType;

/** What may stand at a place of a template, as an editor needs to know it. Inner schemas are read when they are come to: rules nest. */
export type Shape =
  | { kind: 'text' }
  | { kind: 'string'; max: number | undefined }
  | { kind: 'number'; min: number | undefined; max: number | undefined }
  | { kind: 'boolean' }
  | { kind: 'words'; values: readonly string[] }
  | { kind: 'constant'; value: string }
  | { kind: 'object'; entries: readonly Entry[]; tag: { entry: string; value: string } | undefined }
  | { kind: 'list'; item: Schema; min: number }
  | { kind: 'record'; value: Schema }
  | { kind: 'union'; options: readonly Option[] };

export interface Entry {
  name: string;
  optional: boolean;
  schema: Schema;
}

/** One of several things that may stand at a place. `id`: the tag of an object, `=word`, `string`, `list`, or an object’s first entry. */
export interface Option {
  id: string;
  schema: Schema;
}

interface Def {
  type: string;
  innerType?: Schema;
  element?: Schema;
  valueType?: Schema;
  options?: readonly Schema[];
  shape?: Record<string, Schema>;
  entries?: Record<string, string>;
  values?: readonly unknown[];
  getter?: () => Schema;
}

const defOf = (schema: Schema): Def => schema._zod.def as unknown as Def;
const bagOf = (schema: Schema) => schema._zod.bag as { minimum?: number; maximum?: number };

/** A schema without what may be around it: that it is optional, or only read later. */
function bare(schema: Schema): Schema {
  const { type, innerType, getter } = defOf(schema);
  if (type === 'optional' && innerType) return bare(innerType);
  if (type === 'lazy' && getter) return bare(getter());
  return schema;
}

const known = new WeakMap<Schema, Shape>();

/** What a schema lets stand. */
export function shapeOf(schema: Schema): Shape {
  const found = known.get(schema);
  if (found) return found;
  const shape = read(bare(schema));
  known.set(schema, shape);
  return shape;
}

const TAGS = ['type', 'kind'];

function read(schema: Schema): Shape {
  const def = defOf(schema);
  switch (def.type) {
    case 'string':
      return { kind: 'string', max: bagOf(schema).maximum };
    case 'number':
      return { kind: 'number', min: bagOf(schema).minimum, max: bagOf(schema).maximum };
    case 'boolean':
      return { kind: 'boolean' };
    case 'enum':
      return { kind: 'words', values: Object.values(def.entries ?? {}) };
    case 'literal':
      return { kind: 'constant', value: String(def.values?.[0]) };
    case 'array':
      return { kind: 'list', item: def.element as Schema, min: bagOf(schema).minimum ?? 0 };
    case 'record':
      return { kind: 'record', value: def.valueType as Schema };
    case 'union':
      return { kind: 'union', options: optionsOf(def.options ?? []) };
    case 'object':
      return objectOf(def.shape ?? {});
    default:
      throw new Error(`the template language has a ${def.type}, which no editor knows`);
  }
}

function objectOf(inner: Record<string, Schema>): Shape {
  const names = Object.keys(inner);
  if (names.length === 2 && inner.zh && inner.en) return { kind: 'text' };
  const tag = TAGS.find((name) => inner[name] && defOf(inner[name]).type === 'literal');
  return {
    kind: 'object',
    tag: tag && inner[tag] ? { entry: tag, value: String(defOf(inner[tag]).values?.[0]) } : undefined,
    entries: Object.entries(inner)
      .filter(([name]) => name !== tag)
      .map(([name, schema]) => ({ name, schema, optional: defOf(schema).type === 'optional' })),
  };
}

/** The options of a union, those of unions inside it among them; several kinds of text are one. */
function optionsOf(schemas: readonly Schema[]): Option[] {
  const options = schemas.flatMap((schema): Option[] => {
    const inner = bare(schema);
    const shape = shapeOf(inner);
    switch (shape.kind) {
      case 'union':
        return [...shape.options];
      case 'words':
        return shape.values.map((value) => ({ id: `=${value}`, schema: inner }));
      case 'constant':
        return [{ id: `=${shape.value}`, schema: inner }];
      case 'object':
        return [{ id: shape.tag?.value ?? shape.entries[0]?.name ?? 'object', schema: inner }];
      default:
        return [{ id: shape.kind, schema: inner }];
    }
  });
  return options.filter(({ id }, at) => options.findIndex((one) => one.id === id) === at);
}

/** Which option of a union a value is; the first that it fits. */
export function optionOf(options: readonly Option[], value: Json | undefined): Option | undefined {
  if (typeof value === 'string')
    return options.find(({ id }) => id === `=${value}`) ?? options.find(({ id }) => id === 'string');
  if (Array.isArray(value)) return options.find(({ id }) => id === 'list');
  if (!isJsonObject(value ?? null)) return undefined;
  const object = value as Record<string, Json>;
  return options.find(({ id, schema }) => {
    const shape = shapeOf(schema);
    if (shape.kind === 'record') return true;
    if (shape.kind !== 'object') return false;
    if (shape.tag) return object[shape.tag.entry] === shape.tag.value;
    return (
      Object.hasOwn(object, id) || Object.keys(object).every((name) => shape.entries.some((one) => one.name === name))
    );
  });
}

/** The least that may stand at a place, for its author to fill in; `word`: of an option that is a word. */
export function blank(schema: Schema, word?: string): Json {
  if (word?.startsWith('=')) return word.slice(1);
  const shape = shapeOf(schema);
  switch (shape.kind) {
    case 'text':
      return { zh: '', en: '' };
    case 'string':
      return '';
    case 'number':
      return Math.max(0, shape.min ?? 0);
    case 'boolean':
      return false;
    case 'words':
      return shape.values[0] ?? '';
    case 'constant':
      return shape.value;
    case 'list':
      return Array.from({ length: shape.min }, () => blank(shape.item));
    case 'record':
      return {};
    case 'union': {
      const text = shape.options.find(({ id }) => id === 'string');
      const first = text ?? shape.options[0];
      return first ? blank(first.schema, first.id) : '';
    }
    case 'object': {
      const { tag, entries } = shape;
      return {
        ...(tag && { [tag.entry]: tag.value }),
        ...Object.fromEntries(
          entries.filter(({ optional }) => !optional).map(({ name, schema: inner }) => [name, blank(inner)]),
        ),
      };
    }
  }
}

/** The schema at a path of a value, as far as the value says which. */
export function schemaAt(
  schema: Schema,
  value: Json | undefined,
  path: readonly (string | number)[],
): Schema | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  const shape = shapeOf(schema);
  if (shape.kind === 'union') {
    const option = optionOf(shape.options, value);
    return option && schemaAt(option.schema, value, path);
  }
  if (shape.kind === 'list') return schemaAt(shape.item, Array.isArray(value) ? value[Number(step)] : undefined, rest);
  const inner = isJsonObject(value ?? null) ? (value as Record<string, Json>)[step] : undefined;
  if (shape.kind === 'record') return schemaAt(shape.value, inner, rest);
  if (shape.kind !== 'object') return undefined;
  const entry = shape.entries.find(({ name }) => name === step);
  return entry && schemaAt(entry.schema, inner, rest);
}
