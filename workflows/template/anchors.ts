import { z } from 'zod';
import { Exact } from '../scoring/exact.ts';
import { type Text, textSchema } from '../text.ts';

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, { message: 'a decimal, as text: "12.5"' });

/** 行为锚定: what a point of a scale stands for, in behaviour that can be seen ("arrives within an hour" = 5). */
export const anchorsSchema = z
  .array(z.strictObject({ at: decimal, name: textSchema }))
  .min(2)
  .max(20);
export type Anchor = z.infer<typeof anchorsSchema>[number];

/** What is wrong with anchors: one off the scale, or not each higher than the one before. `index` says which. */
export function wrongAnchors(
  anchors: readonly Anchor[],
  { min, max }: { min?: string | undefined; max?: string | undefined },
): { index: number; why: Text }[] {
  return anchors.flatMap(({ at }, index) => {
    const before = anchors[index - 1];
    if ((min !== undefined && new Exact(at).lt(min)) || (max !== undefined && new Exact(at).gt(max)))
      return [{ index, why: { zh: `锚点 ${at} 不在量表之内。`, en: `The anchor ${at} is off the scale.` } }];
    if (before && new Exact(at).lte(before.at))
      return [{ index, why: { zh: `锚点应由低到高，各不相同。`, en: 'Anchors go from low to high, each once.' } }];
    return [];
  });
}
