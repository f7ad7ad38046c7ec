import { z } from 'zod';
import { amount } from '../exact.ts';
import { type Kind, type Named, named } from '../kind.ts';
import { openParts, type Parts, parts } from '../parts.ts';

/** 平均: the mean of the parts that apply. */
export const meanSchema = z.strictObject({ kind: z.literal('mean'), ...named, of: parts() });
export interface Mean extends Named {
  kind: 'mean';
  of: Parts;
}

export const mean: Kind<Mean> = {
  title: { zh: '平均', en: 'mean' },
  open: ({ of }, scope) => openParts(of, scope),
  value: (operands) => {
    const [first, ...rest] = operands.applying('of');
    return first ? amount(rest.reduce((total, one) => total.plus(one), first).div(rest.length + 1)) : null;
  },
  words: ({ each }) => {
    const all = each('of');
    return `(${all.join(' + ')}) ÷ ${all.length}`;
  },
};
