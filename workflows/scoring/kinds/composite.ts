import type { Decimal } from 'decimal.js';
import { z } from 'zod';
import { keySchema } from '../../template/key.ts';
import { error, type Finding, pathText, text } from '../../template/lint/finding.ts';
import { type Text, textSchema } from '../../text.ts';
import { pathSchema } from '../data.ts';
import { close, evaluate } from '../evaluate.ts';
import { amount, Exact, settled } from '../exact.ts';
import { type Place, placeText, ScoreFault } from '../fault.ts';
import { fixed } from '../fixed.ts';
import { DECIMAL, type Kind, type Named, named, type Operand, positive, setting } from '../kind.ts';
import { type Each, elementsOf } from '../parts.ts';
import { type Rule, rule } from '../rule.ts';
import { type Scope, within } from '../scope.ts';

const partSchema = z.strictObject({
  key: keySchema.optional(),
  name: textSchema.optional(),
  weight: rule(),
  rule: rule(),
});
interface Part extends Named {
  weight: Rule;
  rule: Rule;
}
interface WeighedEach extends Each {
  weight: Rule;
}

/**
 * 加权: parts with weights, one by one or one rule for each element of a list. The weights add up to `total` (100; `any`: to whatever
 * they do), and a part that does not apply leaves the score and the maximum, so that the others count for the whole.
 * `mean` (the usual): each part is scored on the scale that the result has, 91.5 × 60%. `points`: each part is scored in points up to
 * its weight, and the result is in points of the total.
 */
export const compositeSchema = z.strictObject({
  kind: z.literal('composite'),
  ...named,
  of: z.union([
    z.array(partSchema).min(1).max(500),
    z.strictObject({
      each: pathSchema,
      where: z.string().min(1).max(2000).optional(),
      weight: rule(),
      rule: rule(),
    }),
  ]),
  scored: z.enum(['mean', 'points']).optional(),
  total: z.union([positive, z.literal('any')]).optional(),
});
export interface Composite extends Named {
  kind: 'composite';
  of: Part[] | WeighedEach;
  scored?: 'mean' | 'points' | undefined;
  total?: string | undefined;
}

export const composite: Kind<Composite> = {
  title: { zh: '加权', en: 'weighted' },
  open: ({ of, total = '100', scored = 'mean' }, scope) => {
    const parts = Array.isArray(of) ? listed(of, scope) : gone(of, scope);
    const all = sum(parts.map((one) => one.weight.amount?.exact ?? new Exact(0)));
    const whole = scored === 'mean' ? [setting('total', amount(all).text)] : [];
    return [
      setting('total', total),
      setting('scored', scored),
      ...parts.map(({ weight, score, key, name, place }) =>
        close(part, { kind: 'part', key, name }, 'part', [weight, score, ...whole], place),
      ),
    ];
  },
  value: (operands) => {
    const parts = operands.all.filter((one) => one.as === 'part');
    const all = sum(parts.map(weightOf));
    const total = operands.setting('total');
    if (total !== 'any' && !settled(all).eq(String(total)))
      throw operands.fault(
        'weights',
        {
          zh: `权重合计为 ${all.toFixed()}，应为 ${total}。`,
          en: `The weights add up to ${all.toFixed()}, not to ${total}.`,
        },
        {
          zh: '改正权重；不适用的部分也要有权重。',
          en: 'Correct them; a part that does not apply has its weight too.',
        },
        'of',
      );
    const applying = parts.filter((one) => one.amount);
    const weights = sum(applying.map(weightOf));
    if (weights.isZero()) return null;
    const points = sum(applying.flatMap((one) => (one.amount ? [one.amount.exact] : [])));
    return amount(weights.eq(all) ? points : points.times(all).div(weights));
  },
  lint: ({ of, total = '100' }, path) => {
    if (!Array.isArray(of)) return [];
    const weights = of.map((one) => fixed(one.weight));
    const negative = weights.flatMap((weight, i) =>
      weight?.isNegative() ? [negativeWeight([...path, 'of', i, 'weight'])] : [],
    );
    const figures = of.map((one) => figureOf(one.rule));
    const wrong = [
      ...negative,
      ...figures.flatMap((figure, i) =>
        figure !== null && figures.indexOf(figure) < i ? [twice([...path, 'of', i, 'rule'], figure)] : [],
      ),
    ];
    const all = weights.every((one) => one !== null) ? sum(weights) : null;
    if (!all || total === 'any' || all.eq(total)) return wrong;
    return [
      ...wrong,
      error(
        'rule.weights',
        pathText([...path, 'of']),
        text(
          `权重合计为 ${all.toFixed()}，应为 ${total}。`,
          `The weights add up to ${all.toFixed()}, not to ${total}.`,
        ),
        text('改正权重，或改 total。', 'Correct the weights, or `total`.'),
      ),
    ];
  },
  words: ({ line, pick }) => {
    const missing = line.children.filter((one) => one.value === null).length;
    const said = pick(`${line.children.length} 项合计`, `${line.children.length} parts together`);
    if (missing === 0) return said;
    return pick(
      `${said}，其中 ${missing} 项不适用，按其余各项折算`,
      `${said}; ${missing} not applicable, so the others count for the whole`,
    );
  },
};

interface PartLine {
  kind: 'part';
  key?: string | undefined;
  name?: Text | undefined;
}

/** The line of one part: what it adds to the whole. It stands in explanations only. */
export const part: Kind<PartLine> = {
  title: { zh: '其中', en: 'part' },
  open: () => [],
  value: (operands) => {
    const [score, weight] = [operands.amount('score'), operands.exact('weight')];
    if (!score || !weight) return null;
    const total = operands.exact('total');
    return total ? amount(operands.divide(score.exact.times(weight), total, 'weight')) : score;
  },
  words: ({ of, told, pick }) => {
    const [weight, total] = [told('weight'), told('total')];
    if (typeof total !== 'string')
      return pick(`${of('score')}（满分 ${of('weight')}）`, `${of('score')} of ${of('weight')}`);
    const share =
      typeof weight === 'string'
        ? `${new Exact(weight).times(100).div(total).toDecimalPlaces(4).toFixed()}%`
        : of('weight');
    return `${of('score')} × ${share}`;
  },
};

interface Opened {
  weight: Operand;
  score: Operand;
  key: string | undefined;
  name: Text | undefined;
  place: Place | undefined;
}

const listed = (parts: readonly Part[], scope: Scope): Opened[] =>
  parts.map((one, i) => {
    const at = within(scope, 'of', i);
    const score = evaluate(one.rule, within(at, 'rule'), 'score');
    return { weight: weigh(one.weight, at), score, key: one.key, name: one.name, place: at.place };
  });

function gone(of: WeighedEach, scope: Scope): Opened[] {
  const inside = within(scope, 'of');
  return elementsOf(of, inside).map(({ key, name, na, scope: item }) => {
    const at = { ...inside, ...item };
    const score: Operand = na
      ? { as: 'score', amount: null, input: { name: 'score', value: null, source: item.itemPath } }
      : evaluate(of.rule, within(at, 'rule'), 'score');
    return { weight: weigh(of.weight, at, na), score, key, name, place: at.place };
  });
}

/** @throws when a part that counts has no weight, or one below zero */
function weigh(weight: Rule, scope: Scope, na = false): Operand {
  const at = within(scope, 'weight');
  const found = evaluate(weight, at, 'weight');
  if (found.amount ? !found.amount.exact.isNegative() || found.amount.exact.isZero() : na) return found;
  throw new ScoreFault(
    'score.weight',
    placeText(at.place),
    { zh: '这一部分没有权重，或权重小于 0。', en: 'This part has no weight, or one below 0.' },
    {
      zh: `给 ${scope.item === undefined ? '它' : scope.itemPath} 一个权重。`,
      en: `Give ${scope.item === undefined ? 'it' : scope.itemPath} a weight.`,
    },
  );
}

const weightOf = (one: Operand): Decimal =>
  one.of?.find((inner) => inner.as === 'weight')?.amount?.exact ?? new Exact(0);

const sum = (numbers: readonly Decimal[]): Decimal => numbers.reduce((total, one) => total.plus(one), new Exact(0));

/** The path of a part that is a figure by itself. */
function figureOf(one: Rule): string | null {
  if (typeof one !== 'string') return one.kind === 'input' ? one.path : null;
  return DECIMAL.test(one) ? null : one;
}

const twice = (path: readonly PropertyKey[], figure: string): Finding =>
  error(
    'rule.partTwice',
    pathText(path),
    text(`“${figure}”计了两次。`, `"${figure}" is counted twice.`),
    text('每项只列一次，权重合在一起。', 'List each part once, with its weight in one place.'),
  );

const negativeWeight = (path: readonly PropertyKey[]): Finding =>
  error(
    'rule.weightNegative',
    pathText(path),
    text('权重小于 0。', 'The weight is below 0.'),
    text('权重不小于 0；扣分用 minus。', 'Weights are not negative; use `minus` to take points off.'),
  );
