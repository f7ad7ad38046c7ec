import type { Decimal } from 'decimal.js';
import { z } from 'zod';
import type { Json } from '../json.ts';
import { keySchema } from '../template/key.ts';
import type { Finding } from '../template/lint/finding.ts';
import { type Language, type Text, textSchema } from '../text.ts';
import { type Amount, amount } from './exact.ts';
import type { Explanation, Input, Veto } from './explanation.ts';
import { type Place, placeText, ScoreFault } from './fault.ts';
import type { Scope } from './scope.ts';

export const DECIMAL = /^-?\d+(\.\d+)?$/;

/** What every part of a rule may carry: what it is called, for people and for whoever looks for its value. */
export const named = { key: keySchema.optional(), name: textSchema.optional() };

export interface Named {
  key?: string | undefined;
  name?: Text | undefined;
}

/** A decimal, as text. */
export const decimal = z.string().regex(DECIMAL, { message: 'a decimal, as text: "12.5"' });

/** A decimal that is not negative, as text. */
export const positive = z
  .string()
  .regex(/^\d+(\.\d+)?$/, { message: 'a decimal that is not negative, as text: "12.5"' });

/** What a line is computed from: a figure (`input`) or a line of its own (`line`). A null amount does not apply. */
export interface Operand {
  as: string;
  amount: Amount | null;
  input?: Input;
  line?: Explanation;
  /** What that line was computed from. */
  of?: readonly Operand[];
}

/** The operands of a line, by the names that its kind gave them. */
export class Operands {
  constructor(
    readonly all: readonly Operand[],
    /** Where the rule stands, for what is wrong in it. */
    readonly place: Place | undefined,
  ) {}

  has(as: string): boolean {
    return this.all.some((one) => one.as === as);
  }

  amount(as: string): Amount | null {
    return this.all.find((one) => one.as === as)?.amount ?? null;
  }

  exact(as: string): Decimal | null {
    return this.amount(as)?.exact ?? null;
  }

  /** Every operand of that name, in order; those that do not apply are left out. */
  applying(as: string): Decimal[] {
    return this.all.flatMap((one) => (one.as === as && one.amount ? [one.amount.exact] : []));
  }

  /** A word or list of the rule itself. */
  setting(as: string): Json | undefined {
    return this.all.find((one) => one.as === as)?.input?.value;
  }

  fault(id: string, title: Text, hint: Text, part?: string): ScoreFault {
    return new ScoreFault(
      `score.${id}`,
      placeText(part === undefined ? this.place : { up: this.place, part }),
      title,
      hint,
    );
  }

  /** @throws where the divisor is zero: nobody can say what that would mean */
  divide(dividend: Decimal, divisor: Decimal, part: string): Decimal {
    if (!divisor.isZero()) return dividend.div(divisor);
    throw this.fault(
      'divideByZero',
      { zh: '除数为 0。', en: 'Division by zero.' },
      {
        zh: '换一种计分方式（如分档、按单位加减分），或用 choose 先排除 0。',
        en: 'Use another kind here (bands, points per unit), or rule out 0 by `choose` first.',
      },
      part,
    );
  }
}

/** A setting of the rule that the line's value depends on. */
export const setting = (as: string, value: Json): Operand => ({
  as,
  amount: typeof value === 'string' && DECIMAL.test(value) ? amount(value) : null,
  input: { name: as, value },
});

/**
 * A rule kind: what it looks like, what of the data it needs, how its value comes from that, and how that is said. `open` alone
 * sees rule and data; `value` sees only the operands, so a line of an explanation can be computed again.
 */
export interface Kind<R> {
  /** What its line is called where the rule gives it no name. */
  title: Text;
  open: (rule: R, scope: Scope) => Operand[];
  value: (operands: Operands) => Amount | null;
  /** What it does besides its value. */
  veto?: (rule: R, operands: Operands) => Veto | undefined;
  /** The computation in words, without name and result. */
  words: (said: Said) => string;
  /** What is wrong in the rule as data, beyond its shape. */
  lint?: (rule: R, path: readonly PropertyKey[]) => Finding[];
}

/** A line that is put into words. */
export interface Said {
  language: Language;
  line: Explanation;
  /** An operand as it is read aloud. */
  of: (as: string) => string;
  /** Every operand of that name that applies. */
  each: (as: string) => string[];
  /** A setting of the rule. */
  told: (as: string) => Json | undefined;
  /** One of two texts. */
  pick: (zh: string, en: string) => string;
}
