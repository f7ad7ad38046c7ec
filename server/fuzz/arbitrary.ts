import fc, { type Arbitrary } from 'fast-check';
import { ADDRESSES, KEYS, NUMBERS, TEXTS } from './hostile.ts';
import type { JsonSchema } from './operations.ts';
import { Ref } from './ref.ts';

/** What a field with such a name usually refers to: a table, or a kind of text that `pools.ts` collects. */
const HINTS: readonly [RegExp, string][] = [
  [/^(org|orgId|orgs|orgIds|parentId|unit|units|unitId|place)$/i, 'org_units'],
  [/(person|people|approver|owner|head|assessor|recipient|mention|^to$|^of$|^from$|^by$|member)/i, 'people'],
  [/cycle/i, 'cycles'],
  [/(case|participant)/i, 'cases'],
  [/task/i, 'tasks'],
  [/^(indicator|code|codes|indicators)$/i, 'indicator_codes'],
  [/^(id$|indicatorId|assigned)/i, 'cycle_indicators'],
  [/goal/i, 'improvement_goals'],
  [/(block|step|phase)/i, 'blocks'],
  [/period/i, 'periods'],
  [/^(template|key|templateKey)$/i, 'template_keys'],
  [/category/i, 'categories'],
  [/^(file|files|evidence|fileId)$/i, 'evidence'],
];

const hintOf = (name: string): string | undefined => HINTS.find(([pattern]) => pattern.test(name))?.[1];

export interface Shapes {
  components: Record<string, JsonSchema>;
  /** Kinds of references that there are. */
  kinds: readonly string[];
  /** Nothing odd where something plain fits. */
  careful?: boolean;
  /** Of the cycles that there are. */
  years: readonly number[];
}

const MOST_DEPTH = 6;

/** Values that a schema describes: what a careful caller would send. */
export const valid = (schema: JsonSchema, shapes: Shapes, name = '', depth = 0): Arbitrary<unknown> => {
  const inside = (inner: unknown, as = name) => valid((inner ?? {}) as JsonSchema, shapes, as, depth + 1);
  if (typeof schema.$ref === 'string') {
    const target = shapes.components[schema.$ref.replace('#/components/schemas/', '')];
    return depth > MOST_DEPTH * 2 ? fc.constant(null) : inside(target);
  }
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
  const choices = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (choices) return fc.oneof(...choices.map((choice) => inside(choice)));
  switch (schema.type) {
    case 'string':
      return text(schema, shapes, name);
    case 'integer':
      if (name === 'year' && shapes.careful) return fc.constantFrom(...shapes.years);
      return fc.oneof(
        { weight: 3, arbitrary: fc.integer(bounds(schema, 0, 30)) },
        { weight: 1, arbitrary: fc.integer(bounds(schema, 2020, 2030)) },
      );
    case 'number':
      return fc.oneof(
        fc.integer(bounds(schema, 0, 100)),
        fc.double({ ...bounds(schema, 0, 1000), noNaN: true, noDefaultInfinity: true }),
      );
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const least = numberOf(schema.minItems, 0);
      if (depth > MOST_DEPTH) return fc.constant([]);
      const longest = Math.max(least, Math.min(numberOf(schema.maxItems, 4), 4));
      return fc.array(inside(schema.items), { minLength: least, maxLength: longest });
    }
    case 'object':
      return object(schema, shapes, depth);
    default:
      return schema.type === undefined && schema.properties
        ? object(schema, shapes, depth)
        : fc.oneof(fc.constantFrom('', '1', '完成', null, 5, true), fc.jsonValue({ maxDepth: 2 }));
  }
};

const object = (schema: JsonSchema, shapes: Shapes, depth: number): Arbitrary<unknown> => {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const required = (schema.required ?? []) as string[];
  const named = fc.record(
    Object.fromEntries(
      Object.entries(properties)
        .filter(([name]) => depth <= MOST_DEPTH || required.includes(name))
        .map(([name, property]) => [name, valid(property, shapes, name, depth + 1)]),
    ),
    { requiredKeys: required },
  );
  const more = schema.additionalProperties;
  if (typeof more !== 'object' || more === null || depth > MOST_DEPTH) return named;
  const key = valid((schema.propertyNames ?? { type: 'string', maxLength: 12 }) as JsonSchema, shapes, '', depth + 1);
  const extra = fc.array(fc.tuple(key, valid(more as JsonSchema, shapes, '', depth + 1)), { maxLength: 3 });
  return fc.tuple(named, extra).map(([known, pairs]) => ({
    ...Object.fromEntries(pairs.filter(([name]) => typeof name === 'string')),
    ...(known as object),
  }));
};

const numberOf = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

const bounds = (schema: JsonSchema, from: number, until: number): { min: number; max: number } => {
  const least = numberOf(schema.minimum, numberOf(schema.exclusiveMinimum, -(2 ** 53)));
  const most = numberOf(schema.maximum, numberOf(schema.exclusiveMaximum, 2 ** 53));
  const min = Math.ceil(Math.max(least, Math.min(from, most)));
  return { min, max: Math.max(min, Math.floor(Math.min(most, until))) };
};

/** A text of so few characters is no id, whatever it is called. */
const SHORT = 20;

const PHRASES = [
  '按期完成',
  'on time',
  '第一季度',
  '已核实',
  '30',
  '12.5',
  '0.15',
  '100',
  '0',
  '同意',
  '补充材料后再报',
];

const text = (schema: JsonSchema, shapes: Shapes, name: string): Arbitrary<unknown> => {
  const hint = hintOf(name);
  if (schema.format === 'uuid') return reference(shapes, hint);
  if (schema.format === 'date')
    return fc
      .integer({ min: -800, max: 800 })
      .map((days) => new Date(Date.UTC(2026, 5, 1) + days * 86_400_000).toISOString().slice(0, 10));
  if (schema.format === 'date-time')
    return fc
      .integer({ min: -20_000, max: 20_000 })
      .map((hours) => new Date(Date.UTC(2026, 5, 1) + hours * 3_600_000).toISOString());
  if (schema.format === 'uri') return fc.constantFrom(...ADDRESSES, 'https://data.example.org/values.json');
  const most = numberOf(schema.maxLength, 60);
  const known = hint && most > SHORT ? [{ weight: 4, arbitrary: placed(hint) }] : [];
  if (shapes.careful && known.length > 0) return placed(hint ?? '');
  if (typeof schema.pattern === 'string') return fc.oneof(...known, { weight: 2, arbitrary: matching(schema.pattern) });
  const least = numberOf(schema.minLength, 0);
  const fits = PHRASES.filter((phrase) => phrase.length >= least && phrase.length <= most);
  if (shapes.careful && fits.length > 0) return fc.constantFrom(...fits);
  return fc.oneof(...known, ...(fits.length > 0 ? [{ weight: 3, arbitrary: fc.constantFrom(...fits) }] : []), {
    weight: 1,
    arbitrary: fc.string({ unit: 'grapheme', minLength: least, maxLength: Math.max(least, Math.min(most, 60)) }),
  });
};

const placed = (kind: string): Arbitrary<Ref> => fc.nat(100_000).map((place) => new Ref(kind, place));

/** An id: of what the name says, of anything else, or of nothing. */
export const reference = ({ kinds, careful }: Shapes, hint: string | undefined): Arbitrary<unknown> =>
  careful && hint
    ? placed(hint)
    : fc.oneof(
        ...(hint ? [{ weight: 8, arbitrary: placed(hint) as Arbitrary<unknown> }] : []),
        { weight: 2, arbitrary: fc.constantFrom(...kinds).chain(placed) },
        { weight: 1, arbitrary: fc.uuid() },
      );

const patterns = new Map<string, Arbitrary<string>>();
const matching = (pattern: string): Arbitrary<string> => {
  let made = patterns.get(pattern);
  if (!made) {
    made = makeMatching(pattern);
    patterns.set(pattern, made);
  }
  return made;
};
/** Texts of a pattern; of those that fast-check cannot write (property classes, look-around) a few plain ones. */
const makeMatching = (pattern: string): Arbitrary<string> => {
  for (const flags of ['', 'u'])
    try {
      const made = fc.stringMatching(new RegExp(pattern, flags), { size: 'small' });
      fc.sample(made, { numRuns: 1, seed: 1 });
      return made;
    } catch {
      // The next way, or plain texts.
    }
  return fc.constantFrom('a1', 'x', '2026', '2026-Q1', 'name@example.org', '12.5');
};

/** What stands in place of something right. */
export const hostile: Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 2, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false, [], {}, [[]], [null], { $gt: '' }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

/** One thing done to a value: at a place of it, something hostile, nothing, or one more key. */
export interface Mutation {
  at: number;
  how: 'replace' | 'remove' | 'add';
  key: string;
  what: unknown;
}

export const mutation: Arbitrary<Mutation> = fc.record({
  at: fc.nat(200),
  how: fc.oneof(
    { weight: 5, arbitrary: fc.constant('replace' as const) },
    { weight: 1, arbitrary: fc.constant('remove' as const) },
    { weight: 1, arbitrary: fc.constant('add' as const) },
  ),
  key: fc.oneof(
    fc.constantFrom<string>(...KEYS, 'role', 'status', 'revision', 'score', 'id', 'active'),
    fc.string({ maxLength: 8 }),
  ),
  what: hostile,
});

/** The value with every mutation done to it. */
export const mutate = (value: unknown, mutations: readonly Mutation[]): unknown => mutations.reduce(mutateOnce, value);

const mutateOnce = (value: unknown, { at, how, key, what }: Mutation): unknown => {
  const places = countPlaces(value);
  // Seldom all of it: then nothing of the rest is looked at.
  const wanted = places > 1 && at < 195 ? 1 + (at % (places - 1)) : 0;
  let seen = 0;
  const visit = (node: unknown): unknown => {
    const here = seen++ === wanted;
    if (here && how === 'replace') return what;
    if (Array.isArray(node)) {
      const items = here && how === 'remove' ? node.slice(1) : node;
      return [...items.map(visit), ...(here && how === 'add' ? [what] : [])];
    }
    if (!isPlain(node)) return here ? what : node;
    const entries = Object.entries(node);
    const kept = here && how === 'remove' ? entries.slice(1) : entries;
    const copy = Object.create(null) as Record<string, unknown>;
    for (const [name, item] of kept) copy[name] = visit(item);
    if (here && how === 'add') copy[key] = what;
    return copy;
  };
  return visit(value);
};

const isPlain = (node: unknown): node is Record<string, unknown> =>
  typeof node === 'object' && node !== null && !(node instanceof Ref);

const countPlaces = (node: unknown): number => {
  if (Array.isArray(node)) return node.reduce<number>((sum, item) => sum + countPlaces(item), 1);
  return isPlain(node) ? Object.values(node).reduce<number>((sum, item) => sum + countPlaces(item), 1) : 1;
};
