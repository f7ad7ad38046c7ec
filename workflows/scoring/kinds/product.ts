import { z } from 'zod';
import { amount } from '../exact.ts';
import { type Kind, type Named, named } from '../kind.ts';
import { openParts, type Parts, parts } from '../parts.ts';

/** 连乘（系数）: the product of coefficients; not applicable as soon as one is not. */
export const productSchema = z.strictObject({ kind: z.literal('product'), ...named, of: parts() });
export interface Product extends Named {
  kind: 'product';
  of: Parts;
}

export const product: Kind<Product> = {
  title: { zh: '连乘', en: 'product' },
  open: ({ of }, scope) => openParts(of, scope),
  value: (operands) => {
    const [first, ...rest] = operands.applying('of');
    if (!first || rest.length + 1 < operands.all.length) return null;
    return amount(rest.reduce((total, one) => total.times(one), first));
  },
  words: ({ each }) => each('of').join(' × '),
};
