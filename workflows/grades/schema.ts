import { z } from 'zod';
import { decimalSchema, shareSchema } from '../decimal.ts';
import { keySchema, nameSchema } from '../template/key.ts';
import { textSchema } from '../text.ts';

/** How many units: a number, or a share of the units of the category with the rounding stated. */
export const amountSchema = z.union([
  z.strictObject({ count: z.int().min(0).max(100_000) }),
  z.strictObject({ share: shareSchema, round: z.enum(['floor', 'halfUp', 'ceil']) }),
]);
export type Amount = z.infer<typeof amountSchema>;

/**
 * 名额: at `most` or at `least` so many units of a category (of each, without `category`) in these grades, which stand together at the
 * top or at the bottom. `onApproval`: what `most` may be raised to by decision. Units with the same score at the edge are
 * `in` the grades together, stay `out` together, or a `second` value decides (and if that is equal, they stay out).
 */
export const quotaSchema = z.strictObject({
  key: nameSchema,
  grades: z.array(keySchema).min(1).max(20),
  category: keySchema.optional(),
  most: amountSchema.optional(),
  onApproval: amountSchema.optional(),
  least: amountSchema.optional(),
  ties: z.enum(['in', 'out', 'second']),
});
export type Quota = z.infer<typeof quotaSchema>;

/**
 * 等次. `grades` from best to worst: a unit gets the first whose `atLeast` its score reaches (`above`: exceeds); one without a bound
 * takes the rest. Then the quotas move units at the edges. A veto puts a unit into `veto` (the last grade, unless said).
 * Categories `outside` are scored but neither ranked nor in a quota; they get their grade `byScore`, or `none`. `alarm`: when
 * the scores put at least that share of all units into these grades, the result is implausible, whatever quotas make of it.
 */
export const gradeSchemeSchema = z
  .strictObject({
    grades: z
      .array(
        z.strictObject({
          key: keySchema,
          name: textSchema,
          atLeast: decimalSchema.optional(),
          above: decimalSchema.optional(),
        }),
      )
      .min(2)
      .max(20),
    direction: z.enum(['up', 'down']).optional(),
    /** The score is rounded so before it is compared with the bounds; ranks use the score itself. */
    round: z
      .strictObject({ places: z.int().min(0).max(6), mode: z.enum(['halfUp', 'halfEven', 'floor', 'ceil']) })
      .optional(),
    quotas: z.array(quotaSchema).max(50).optional(),
    veto: keySchema.optional(),
    outside: z.strictObject({ categories: z.array(keySchema).max(100), grade: z.enum(['byScore', 'none']) }).optional(),
    alarm: z.strictObject({ grades: z.array(keySchema).min(1).max(20), share: shareSchema }).optional(),
  })
  .superRefine((scheme, context) => {
    const keys = scheme.grades.map((grade) => grade.key);
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    for (const [i, key] of keys.entries()) {
      if (keys.indexOf(key) !== i) refuse(['grades', i, 'key'], `grade "${key}" occurs twice`);
      const grade = scheme.grades[i];
      if (grade?.atLeast !== undefined && grade.above !== undefined) refuse(['grades', i], 'either atLeast or above');
    }
    const known = (list: readonly string[], path: (string | number)[]) => {
      for (const key of list) if (!keys.includes(key)) refuse(path, `there is no grade "${key}"`);
    };
    if (scheme.veto !== undefined) known([scheme.veto], ['veto']);
    if (scheme.alarm) known(scheme.alarm.grades, ['alarm', 'grades']);
    for (const [i, quota] of (scheme.quotas ?? []).entries()) {
      known(quota.grades, ['quotas', i, 'grades']);
      const places = new Set(quota.grades.map((key) => keys.indexOf(key)));
      const n = places.size;
      const top = [...places].every((at) => at < n);
      const bottom = [...places].every((at) => at >= keys.length - n);
      if (top === bottom)
        refuse(
          ['quotas', i, 'grades'],
          'grades of a quota stand together at the top or at the bottom, and are not all',
        );
      if (quota.most === undefined && quota.least === undefined) refuse(['quotas', i], 'a quota needs most or least');
      if (quota.onApproval !== undefined && quota.most === undefined) refuse(['quotas', i, 'onApproval'], 'needs most');
    }
  });
export type GradeScheme = z.infer<typeof gradeSchemeSchema>;
