import type { Decimal } from 'decimal.js';
import { z } from 'zod';
import type { Amount } from '../exact.ts';
import { type Kind, type Named, named, type Operands } from '../kind.ts';
import { openParts, type Parts, parts } from '../parts.ts';

/** 取低: the least of the parts that apply. */
export const minSchema = z.strictObject({ kind: z.literal('min'), ...named, of: parts() });
/** 取高: the greatest of the parts that apply. */
export const maxSchema = z.strictObject({ kind: z.literal('max'), ...named, of: parts() });

export interface Min extends Named {
  kind: 'min';
  of: Parts;
}
export interface Max extends Named {
  kind: 'max';
  of: Parts;
}

export const min: Kind<Min> = {
  title: { zh: '取低', en: 'least' },
  open: ({ of }, scope) => openParts(of, scope),
  value: (operands) => extreme(operands, (a, b) => a.lt(b)),
  words: ({ each, pick }) => pick(`取最低：${each('of').join('、')}`, `the least of ${each('of').join(', ')}`),
};

export const max: Kind<Max> = {
  title: { zh: '取高', en: 'greatest' },
  open: ({ of }, scope) => openParts(of, scope),
  value: (operands) => extreme(operands, (a, b) => a.gt(b)),
  words: ({ each, pick }) => pick(`取最高：${each('of').join('、')}`, `the greatest of ${each('of').join(', ')}`),
};

function extreme(operands: Operands, better: (a: Decimal, b: Decimal) => boolean): Amount | null {
  return operands.all.reduce<Amount | null>(
    (best, { amount }) => (amount && (!best || better(amount.exact, best.exact)) ? amount : best),
    null,
  );
}
