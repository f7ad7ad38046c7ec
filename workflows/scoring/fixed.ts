import type { Decimal } from 'decimal.js';
import { error, type Finding, pathText, text } from '../template/lint/finding.ts';
import { Exact } from './exact.ts';
import { DECIMAL } from './kind.ts';
import type { Rule } from './rule.ts';

/** The number that a part of a rule is, whatever the data; null where it depends on them. */
export function fixed(rule: Rule | undefined): Decimal | null {
  if (typeof rule === 'string') return DECIMAL.test(rule) ? new Exact(rule) : null;
  return rule?.kind === 'const' ? new Exact(rule.value) : null;
}

/** A cap below its floor can never be kept. */
export function capFindings(floor: Rule | undefined, cap: Rule | undefined, path: readonly PropertyKey[]): Finding[] {
  const [least, most] = [fixed(floor), fixed(cap)];
  if (!least || !most || most.gte(least)) return [];
  return [
    error(
      'rule.caps',
      pathText([...path, 'cap']),
      text(`上限 ${most} 低于下限 ${least}。`, `The cap ${most} is below the floor ${least}.`),
      text('改正其中一个。', 'Correct one of them.'),
    ),
  ];
}

/** What is divided by is not the number 0. */
export function divisorFindings(divisor: Rule | undefined, path: readonly PropertyKey[]): Finding[] {
  return fixed(divisor)?.isZero() ? [zeroDivisor(path)] : [];
}

export const zeroDivisor = (path: readonly PropertyKey[]): Finding =>
  error(
    'rule.divideByZero',
    pathText(path),
    text('除数为 0。', 'Division by zero.'),
    text('改正这个数。', 'Correct the number.'),
  );
