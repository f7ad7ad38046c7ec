import { describe, expect, it } from 'vitest';
import { decimalSchema, shareSchema } from '../../workflows/decimal.ts';

const taken = (schema: typeof shareSchema, texts: string[]) => texts.filter((text) => schema.safeParse(text).success);

describe('decimals as text', () => {
  it('are taken with all their digits', () => {
    const right = ['0', '-1', '12.50', '99999999999999999999.00000000000000000001'];
    expect(taken(decimalSchema, [...right, '', '1.', '.5', '1e3', '+1', ' 1', 'NaN', '１', '1'.repeat(21)])).toEqual(
      right,
    );
  });

  it('are shares from none to all', () => {
    expect(taken(shareSchema, ['0', '0.15', '1', '1.01', '-0.1'])).toEqual(['0', '0.15', '1']);
  });

  it('are refused with a sentence when they are no number', () => {
    expect(shareSchema.safeParse('<script>').error?.issues.map(({ message }) => message)).toEqual([
      'a decimal, as text: "12.5"',
    ]);
  });
});
