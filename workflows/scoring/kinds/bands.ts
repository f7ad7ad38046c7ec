import { z } from 'zod';
import { evaluate } from '../evaluate.ts';
import { contains, intervalOf, intervalSchema } from '../interval.ts';
import { type Kind, type Named, named, setting } from '../kind.ts';
import { type Rule, rule } from '../rule.ts';
import { within } from '../scope.ts';
import { bandFindings } from './bandFindings.ts';

/** 分档: each band says its ends, `[80,90)` or `[90,)`, and what it gives. `else` is what everything outside gives. */
export const bandsSchema = z.strictObject({
  kind: z.literal('bands'),
  ...named,
  of: rule(),
  bands: z
    .array(z.strictObject({ in: intervalSchema, gives: rule() }))
    .min(1)
    .max(100),
  else: rule().optional(),
});
export interface Bands extends Named {
  kind: 'bands';
  of: Rule;
  bands: { in: string; gives: Rule }[];
  else?: Rule | undefined;
}

export const bands: Kind<Bands> = {
  title: { zh: '分档', en: 'bands' },
  open: (rule, scope) => {
    const of = evaluate(rule.of, within(scope, 'of'), 'of');
    const value = of.amount?.exact;
    if (!value) return [of];
    const i = rule.bands.findIndex((band) => contains(intervalOf(band.in), value));
    const band = rule.bands[i];
    const gives = (one: Rule, ...path: (string | number)[]) => evaluate(one, within(scope, ...path), 'gives');
    if (band) return [of, setting('in', band.in), gives(band.gives, 'bands', i, 'gives')];
    return rule.else === undefined ? [of] : [of, gives(rule.else, 'else')];
  },
  value: (operands) => {
    const value = operands.exact('of');
    if (!value) return null;
    const band = operands.setting('in');
    const outside = typeof band === 'string' && !contains(intervalOf(band), value);
    if (operands.has('gives') && !outside) return operands.amount('gives');
    throw operands.fault(
      'bandGap',
      { zh: `${value.toFixed()} 不在任何一档之内。`, en: `${value.toFixed()} lies in none of the bands.` },
      { zh: '补上这一档，或写 else。', en: 'Add a band for it, or `else`.' },
      'bands',
    );
  },
  lint: (rule, path) => bandFindings(rule, path),
  words: ({ of, told, pick }) => {
    const band = told('in');
    return typeof band === 'string'
      ? pick(`${of('of')} 在 ${band} 档，得 ${of('gives')}`, `${of('of')} lies in ${band}: ${of('gives')}`)
      : pick(`${of('of')} 不在各档之内，得 ${of('gives')}`, `${of('of')} lies in no band: ${of('gives')}`);
  },
};
