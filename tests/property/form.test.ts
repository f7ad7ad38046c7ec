import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Column, Field } from '../../workflows/template/field.ts';
import { checkValues } from '../../workflows/template/form.ts';
import { named } from '../support/blocks.ts';
import { valuesFor } from '../support/play.ts';

const key = fc.constantFrom('a', 'b', 'c', 'd');
const common = { name: fc.constant(named('x')), required: fc.boolean() };
const field: fc.Arbitrary<Field> = fc.oneof(
  fc.record({ key, type: fc.constant('text' as const), ...common }),
  fc.record({ key, type: fc.constant('longText' as const), ...common }),
  fc.record({ key, type: fc.constant('boolean' as const), ...common }),
  fc.record({ key, type: fc.constant('date' as const), ...common }),
  fc.record({ key, type: fc.constant('files' as const), ...common }),
  fc.record({ key, type: fc.constant('decimal' as const), places: fc.nat(6), min: fc.constant('-5'), ...common }),
  fc.record({
    key,
    type: fc.constant('table' as const),
    columns: fc.constant<Column[]>([{ key: 'w', type: 'decimal', name: named('w'), places: 2 }]),
    total: fc.option(fc.constant({ column: 'w', is: '100' }), { nil: undefined }),
    ...common,
  }) as fc.Arbitrary<Field>,
);
const fields = fc.uniqueArray(field, { selector: (one) => one.key, maxLength: 4 });
const anything = fc.oneof(
  fc.anything(),
  fc.dictionary(
    fc.oneof(key, fc.constant('__proto__'), fc.string()),
    fc.oneof(fc.string({ unit: 'binary' }), fc.anything()),
  ),
);

test('whatever is sent in is judged, and what is kept is clean: checked again it is the same', () => {
  fc.assert(
    fc.property(fields, anything, fc.boolean(), (form, values, draft) => {
      const first = checkValues(form, values, { draft });
      for (const name of Object.keys(first.values)) expect(form.some((one) => one.key === name)).toBe(true);
      expect(() => JSON.stringify(first.values)).not.toThrow();
      expect(checkValues(form, first.values, { draft: true })).toEqual({ errors: [], values: first.values });
    }),
    { numRuns: 500 },
  );
});

test('a form that fits is kept, a full value for each field', () => {
  fc.assert(
    fc.property(fields, fc.nat(), (form, seed) => {
      const values = valuesFor(form, () => seed, true);
      const { errors, values: kept } = checkValues(form, values);
      const high = form.filter((one) => one.type === 'decimal');
      expect(errors).toEqual([]);
      expect(Object.keys(kept).sort()).toEqual(form.map((one) => one.key).sort());
      for (const one of high) expect(kept[one.key]).toBe('100');
    }),
    { numRuns: 200 },
  );
});

test('a total is reached exactly or not at all', () => {
  const weights: Field = {
    key: 'weights',
    type: 'table',
    name: named('weights'),
    columns: [{ key: 'w', type: 'decimal', name: named('w'), places: 4 }],
    total: { column: 'w', is: '100' },
  };
  const cents = fc.integer({ min: 0, max: 1_000_000 });
  const text = (n: number) => `${Math.trunc(n / 10_000)}.${String(n % 10_000).padStart(4, '0')}`;
  fc.assert(
    fc.property(fc.array(cents, { minLength: 1, maxLength: 20 }), fc.boolean(), (parts, fit) => {
      const sum = parts.reduce((all, part) => all + part, 0);
      const rest = 1_000_000 - sum;
      fc.pre(rest >= 0 && (fit || rest > 0));
      const rows = [...parts, ...(fit ? [rest] : [])].map((part) => ({ w: text(part) }));
      expect(checkValues([weights], { weights: rows }).errors.map((error) => error.id)).toEqual(
        fit ? [] : ['table.total'],
      );
    }),
    { numRuns: 200 },
  );
});
