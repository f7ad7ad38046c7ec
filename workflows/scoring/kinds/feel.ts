import { z } from 'zod';
import { amount, Exact } from '../exact.ts';
import { evaluateFormula, formulaOf, openFormula } from '../formula.ts';
import { DECIMAL, type Kind, named } from '../kind.ts';

/**
 * 公式: a FEEL expression, for what no other kind says. FEEL counts with floating-point numbers: its result is taken to 15 digits.
 * It may name values, item, indicators, history and the other parts of the data, and `let` values.
 */
export const feelSchema = z.strictObject({ kind: z.literal('feel'), ...named, formula: z.string().min(1).max(2000) });
export type Feel = z.infer<typeof feelSchema>;

export const feel: Kind<Feel> = {
  title: { zh: '公式', en: 'formula' },
  open: ({ formula }, scope) => openFormula(formula, scope),
  value: (operands) => {
    const result = evaluateFormula(operands);
    if (typeof result === 'number' && Number.isFinite(result)) return amount(new Exact(result.toPrecision(15)));
    if (typeof result === 'string' && DECIMAL.test(result)) return amount(result);
    const reads = operands.all.filter((one) => one.as !== 'formula');
    if (result === null && reads.some((one) => one.input?.value === null)) return null;
    throw operands.fault(
      'feel',
      { zh: '公式没有得出数字（可能除以 0）。', en: 'The formula gives no number (division by zero?).' },
      { zh: '改正公式，如先用 if 排除 0。', en: 'Correct it, for example rule out 0 by `if` first.' },
      'formula',
    );
  },
  words: ({ line }) => formulaOf(line.inputs),
};
