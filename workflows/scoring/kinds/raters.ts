import { z } from 'zod';
import type { Json } from '../../json.ts';
import { pathSchema } from '../data.ts';
import { amount, Exact } from '../exact.ts';
import { DECIMAL, type Kind, named, type Operand } from '../kind.ts';
import { lookUp, notNumber, type Scope } from '../scope.ts';

/**
 * 评委打分: the mean of what raters gave, over the `Stats` of ballots or a list of numbers. With more raters than `trimAbove`,
 * one highest and one lowest are left out. Nobody rated: not applicable.
 */
export const ratersSchema = z.strictObject({
  kind: z.literal('raters'),
  ...named,
  of: pathSchema,
  trimAbove: z.int().min(2).max(1000).optional(),
});
export type Raters = z.infer<typeof ratersSchema>;

interface Given {
  n: number;
  sum: string;
  min: string;
  max: string;
  trimmed: boolean;
}

export const raters: Kind<Raters> = {
  title: { zh: '评分平均', en: 'raters' },
  open: ({ of, trimAbove }, scope) => [open(of, trimAbove, scope)],
  value: (operands) => {
    const given = operands.setting('raters') as unknown as Given | null;
    if (!given) return null;
    const sum = new Exact(given.sum);
    return amount(
      given.trimmed
        ? sum
            .minus(given.min)
            .minus(given.max)
            .div(given.n - 2)
        : sum.div(given.n),
    );
  },
  words: ({ line, pick }) => {
    const given = line.inputs[0]?.value as unknown as Given | null;
    if (!given) return pick('无人评分', 'nobody rated');
    const { n, sum, min, max, trimmed } = given;
    return trimmed
      ? pick(
          `${n} 人评分合计 ${sum}，去掉最高 ${max}、最低 ${min}，除以 ${n - 2}`,
          `${n} raters gave ${sum}; less the highest ${max} and the lowest ${min}, by ${n - 2}`,
        )
      : pick(`${n} 人评分合计 ${sum}，除以 ${n}`, `${n} raters gave ${sum}; by ${n}`);
  },
};

function open(path: string, trimAbove: number | undefined, scope: Scope): Operand {
  const { value, source } = lookUp(path, scope);
  const stats = Array.isArray(value) ? statsOf(value, source, scope) : value;
  const operand = (given: Json): Operand => ({
    as: 'raters',
    amount: null,
    input: { name: 'raters', value: given, source },
  });
  if (stats === undefined || stats === null) return operand(null);
  const { n, sum, min, max } = stats as Record<keyof Given, unknown>;
  if (typeof n !== 'number') throw notNumber(source, scope.place);
  if (n === 0) return operand(null);
  const [total, least, most] = [sum, min, max].map((one) => text(one, source, scope));
  return operand({
    n,
    sum: total ?? '',
    min: least ?? '',
    max: most ?? '',
    trimmed: trimAbove !== undefined && n > trimAbove,
  });
}

function statsOf(list: readonly unknown[], source: string, scope: Scope) {
  const numbers = list
    .filter((one) => one !== null && one !== undefined)
    .map((one) => new Exact(text(one, source, scope)));
  if (numbers.length === 0) return null;
  const sum = numbers.reduce((total, one) => total.plus(one), new Exact(0));
  return {
    n: numbers.length,
    sum: sum.toFixed(),
    min: Exact.min(...numbers).toFixed(),
    max: Exact.max(...numbers).toFixed(),
  };
}

function text(value: unknown, source: string, scope: Scope): string {
  if (typeof value === 'string' && DECIMAL.test(value)) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return new Exact(value).toFixed();
  throw notNumber(source, scope.place);
}
