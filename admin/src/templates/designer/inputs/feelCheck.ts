import { FACT_NAMES } from '../../../../../workflows/template/feel.ts';
import { checkFeel } from '../../../../../workflows/template/lint/feel.ts';
import { feelFinding } from '../../../../../workflows/template/lint/feelFinding.ts';
import { ANY } from '../../../../../workflows/template/lint/types.ts';
import type { Text } from '../../../../../workflows/text.ts';

export type FeelFlaw = { id: 'syntax'; at: number } | { id: 'name'; what: string } | { id: 'other'; reason: Text };

/** The first thing that is wrong in an expression; `names`: what it may name, where that is known here. */
export function feelCheck(expression: string, names: readonly string[] | undefined): FeelFlaw | undefined {
  const scope = Object.fromEntries([...(names ?? []), ...FACT_NAMES].map((name) => [name, ANY]));
  for (const problem of checkFeel(expression, scope).problems) {
    if (problem.id === 'syntax') return { id: 'syntax', at: Number(problem.what) };
    if (problem.id === 'name') {
      if (names) return { id: 'name', what: problem.what };
    } else if (
      problem.id === 'function' ||
      problem.id === 'forbidden' ||
      problem.id === 'tooLong' ||
      problem.id === 'range'
    )
      return { id: 'other', reason: feelFinding(problem as Parameters<typeof feelFinding>[0], '').reason };
  }
  return undefined;
}
