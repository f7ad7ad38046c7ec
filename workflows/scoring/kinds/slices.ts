import { z } from 'zod';
import { error, pathText, text } from '../../template/lint/finding.ts';
import { evaluate } from '../evaluate.ts';
import { amount, Exact } from '../exact.ts';
import { type Kind, type Named, named, positive, type Said, setting } from '../kind.ts';
import { type Rule, rule } from '../rule.ts';
import { within } from '../scope.ts';

/** 分段累进: what `of` has in each slice counts at the slice's own rate. The last slice may be without end; below 0 there is nothing. */
export const slicesSchema = z.strictObject({
  kind: z.literal('slices'),
  ...named,
  of: rule(),
  slices: z
    .array(z.strictObject({ width: positive.optional(), rate: rule() }))
    .min(1)
    .max(50),
});
export interface Slices extends Named {
  kind: 'slices';
  of: Rule;
  slices: { width?: string | undefined; rate: Rule }[];
}

export const slices: Kind<Slices> = {
  title: { zh: '分段累进', en: 'slices' },
  open: ({ of, slices }, scope) => [
    evaluate(of, within(scope, 'of'), 'of'),
    setting(
      'widths',
      slices.map(({ width }) => width ?? null),
    ),
    ...slices.map(({ rate }, i) => evaluate(rate, within(scope, 'slices', i, 'rate'), `rate${i}`)),
  ],
  value: (operands) => {
    const of = operands.exact('of');
    if (!of) return null;
    let total = new Exact(0);
    for (const [i, { inside }] of cut(of.toFixed(), operands.setting('widths')).entries()) {
      const rate = operands.exact(`rate${i}`);
      if (!rate) return null;
      total = total.plus(rate.times(inside));
    }
    return amount(total);
  },
  lint: ({ slices }, path) =>
    slices.flatMap((slice, i) =>
      slice.width === undefined && i < slices.length - 1
        ? [
            error(
              'rule.sliceOpen',
              pathText([...path, 'slices', i, 'width']),
              text('没有宽度的一段后面还有别的段。', 'A slice without a width has others after it.'),
              text('只有最后一段可以不写宽度。', 'Only the last may go without.'),
            ),
          ]
        : [],
    ),
  words: (said) => piecesOf(said).join(' + '),
};

/** How much of a quantity lies in each slice. */
function cut(quantity: string, widths: unknown): { inside: InstanceType<typeof Exact> }[] {
  let left = Exact.max(0, quantity);
  return (Array.isArray(widths) ? widths : []).map((width) => {
    const inside = typeof width === 'string' ? Exact.min(left, width) : left;
    left = left.minus(inside);
    return { inside: new Exact(inside) };
  });
}

function piecesOf({ line, of, told }: Said): string[] {
  const quantity = line.inputs.find((one) => one.name === 'of') ?? line.children.find((one) => one.as === 'of');
  const widths = told('widths');
  if (typeof quantity?.value !== 'string') return [of('of')];
  const pieces = cut(quantity.value, widths).map(({ inside }, i) => [inside, `rate${i}`] as const);
  return pieces.flatMap(([inside, rate], i) => (i > 0 && inside.isZero() ? [] : [`${inside.toFixed()} × ${of(rate)}`]));
}
