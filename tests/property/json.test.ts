import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_DEPTH, parseStrictJson } from '../../server/http/json.ts';
import { ProblemError } from '../../server/http/problem.ts';

const FORBIDDEN = ['__proto__', 'constructor', 'prototype'];
const key = fc.stringMatching(/^[\x21-\x7e一-龥]{0,12}$/).filter((text) => !FORBIDDEN.includes(text));
const text = fc
  .oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('{"a":[', '\\"}', ',', '":"', '\\u0041\\'))
  .filter((one) => !one.includes('\0'));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 8 },
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('any'), { maxLength: 6 }),
  object: fc.dictionary(key, tie('any'), { maxKeys: 6 }),
})).any;
const spaces = fc.constantFrom(undefined, 2, '\t');

const idOf = (json: string): string | undefined => {
  try {
    parseStrictJson(json);
    return undefined;
  } catch (error) {
    return error instanceof ProblemError ? error.id : String(error);
  }
};

describe('JSON from outside', () => {
  it('is what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(value, spaces, (given, indent) => {
        const json = JSON.stringify(given, null, indent);
        expect(parseStrictJson(json)).toEqual(JSON.parse(json));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is refused with a forbidden key, or one key twice, at any place', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(...FORBIDDEN), key, (given, forbidden, twice) => {
        const inside = JSON.stringify(given);
        expect(idOf(`[${inside},{"x":{"${forbidden}":${inside}}}]`)).toBe('body.forbiddenKey');
        const name = JSON.stringify(twice);
        expect(idOf(`{"outer":[{${name}:${inside},${name}:1}]}`)).toBe('body.duplicateKey');
        expect(idOf(`{${name}:{${name}:1},"other one":{${name}:${inside}}}`)).toBe(undefined);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when it is cut off anywhere', () => {
    fc.assert(
      fc.property(value, fc.nat(), (given, at) => {
        const json = JSON.stringify({ given });
        expect(idOf(json.slice(0, at % json.length))).toBe('body.malformed');
      }),
      { numRuns: 500 },
    );
  });

  it('may be so deep, and no deeper', () => {
    expect(idOf('['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH))).toBe(undefined);
    expect(idOf('['.repeat(MAX_DEPTH + 1) + ']'.repeat(MAX_DEPTH + 1))).toBe('body.tooDeep');
  });
});
