import { z } from 'zod';
import { amount } from '../exact.ts';
import { type Kind, type Named, named } from '../kind.ts';
import { openParts, type Parts, parts } from '../parts.ts';

/** 合计: the sum of the parts that apply; not applicable where none does. */
export const sumSchema = z.strictObject({ kind: z.literal('sum'), ...named, of: parts() });
export interface Sum extends Named {
  kind: 'sum';
  of: Parts;
}

export const sum: Kind<Sum> = {
  title: { zh: '合计', en: 'sum' },
  open: ({ of }, scope) => openParts(of, scope),
  value: (operands) => {
    const [first, ...rest] = operands.applying('of');
    return first ? amount(rest.reduce((total, one) => total.plus(one), first)) : null;
  },
  words: ({ each }) => each('of').join(' + '),
};
