import { z } from 'zod';
import { isJsonObject, type Json } from '../../json.ts';
import { pathSchema, type Stats } from '../data.ts';
import { amount, Exact } from '../exact.ts';
import { DECIMAL, type Kind, named, type Operand } from '../kind.ts';
import { lookUp, notNumber, type Scope } from '../scope.ts';
import { type Composite, composite } from './composite.ts';

/**
 * 评委打分: the mean of what raters gave, over the `Stats` of ballots or a list of numbers. With more raters than `trimAbove`,
 * one highest and one lowest are left out. Layers with weights are averaged each by itself, then by their weights; one in which
 * nobody rated leaves its weight to the others. Nobody rated: not applicable.
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
  trimmed: boolean;
  /** Where they are left out. */
  min?: string;
  max?: string;
}

export const raters: Kind<Raters> = {
  title: { zh: '评分平均', en: 'raters' },
  open: (rule, scope) => {
    const { value, source } = lookUp(rule.of, scope);
    const layers = layersIn(value, rule);
    return layers ? composite.open(layers, scope) : [open(value, source, rule.trimAbove, scope)];
  },
  value: (operands) => {
    if (operands.has('part')) return composite.value(operands);
    const given = operands.setting('raters') as unknown as Given | null;
    if (!given) return null;
    const { n, sum, min = '0', max = '0', trimmed } = given;
    return amount(
      trimmed
        ? new Exact(sum)
            .minus(min)
            .minus(max)
            .div(n - 2)
        : new Exact(sum).div(n),
    );
  },
  words: (said) => {
    const { line, pick } = said;
    if (line.children.length > 0) return composite.words(said);
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

/** The layers that have weights, as a weighted mean of what each of them gave. */
function layersIn(value: unknown, { of, trimAbove }: Raters): Composite | null {
  const { layers } = (isJsonObject(value) ? value : {}) as { layers?: Record<string, Stats> };
  const weighted = Object.entries(layers ?? {}).filter(([, { weight }]) => weight !== undefined);
  if (weighted.length === 0) return null;
  const parts = weighted.map(([key, { weight = '0', name }]) => {
    const inside: Raters = { kind: 'raters', of: `${of}.layers.${key}`, ...(trimAbove !== undefined && { trimAbove }) };
    return { key, ...(name && { name }), weight, rule: inside };
  });
  return { kind: 'composite', total: 'any', of: parts };
}

function open(value: unknown, source: string, trimAbove: number | undefined, scope: Scope): Operand {
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
  const [total = '', least = '', most = ''] = [sum, min, max].map((one) => text(one, source, scope));
  const trimmed = trimAbove !== undefined && n > trimAbove;
  // The highest and the lowest are ballots by themselves: only where they are left out they are named.
  return operand({ n, sum: total, ...(trimmed && { min: least, max: most }), trimmed });
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
