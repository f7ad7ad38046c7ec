import { z } from 'zod';
import { pathSchema } from '../data.ts';
import { leaf } from '../evaluate.ts';
import { amount, Exact } from '../exact.ts';
import { placeText, ScoreFault } from '../fault.ts';
import { decimal, type Kind, named, type Operand, setting } from '../kind.ts';
import { lookUp, notNumber, type Scope } from '../scope.ts';

/**
 * 取数: a figure of the data. Nothing there: not applicable, unless a `default` stands for it or it is `required`.
 * `unit`: the figure is a duration ("90min", "1.5h", "PT1H30M", "2d") and counts in that unit.
 */
export const inputSchema = z.strictObject({
  kind: z.literal('input'),
  ...named,
  path: pathSchema,
  default: decimal.optional(),
  required: z.boolean().optional(),
  unit: z.enum(['s', 'min', 'h', 'd']).optional(),
});
export type InputRule = z.infer<typeof inputSchema>;

export const input: Kind<InputRule> = {
  title: { zh: '取数', en: 'figure' },
  open: (rule, scope) => {
    const found = rule.unit ? duration(rule.path, rule.unit, scope) : leaf(rule.path, scope, 'value');
    if (found.amount) return [found];
    if (rule.default !== undefined) return [{ ...setting('value', rule.default), ...{} }];
    if (!rule.required) return [found];
    throw new ScoreFault(
      'score.missing',
      placeText(scope.place),
      { zh: `缺少“${rule.path}”。`, en: `"${rule.path}" is missing.` },
      { zh: '补上这个数；缺的数不当作 0。', en: 'Give it; what is missing is never taken as 0.' },
    );
  },
  value: (operands) => operands.amount('value'),
  words: ({ of }) => of('value'),
};

const SECONDS = { s: 1, min: 60, h: 3600, d: 86_400 } as const;
const SHORT = /^(\d+(?:\.\d+)?)\s*(s|min|h|d)$/;
const ISO = /^P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

function duration(path: string, unit: keyof typeof SECONDS, scope: Scope): Operand {
  const { value, source } = lookUp(path, scope);
  if (value === undefined || value === null)
    return { as: 'value', amount: null, input: { name: 'value', value: null, source } };
  const seconds = typeof value === 'string' ? secondsOf(value) : null;
  if (!seconds) throw notNumber(source, scope.place);
  const counted = amount(seconds.div(SECONDS[unit]));
  return { as: 'value', amount: counted, input: { name: 'value', value: counted.text, source } };
}

function secondsOf(text: string) {
  const [, figure, unit] = SHORT.exec(text) ?? [];
  if (figure !== undefined) return new Exact(figure).times(SECONDS[unit as keyof typeof SECONDS]);
  const iso = /\d/.test(text) && ISO.exec(text);
  if (!iso) return null;
  const [, d = '0', h = '0', min = '0', s = '0'] = iso;
  return [
    [d, SECONDS.d],
    [h, SECONDS.h],
    [min, SECONDS.min],
    [s, SECONDS.s],
  ].reduce((sum, [count = '0', each = 1]) => sum.plus(new Exact(count).times(each)), new Exact(0));
}
