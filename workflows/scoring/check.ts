import { type Amount, amount, Exact } from './exact.ts';
import type { Explanation, Input } from './explanation.ts';
import { ScoreFault } from './fault.ts';
import { DECIMAL, type Operand, Operands } from './kind.ts';
import { lineKind } from './kinds/index.ts';

/** A line whose value does not follow from its inputs and the lines below it. */
export interface Mismatch {
  /** Such as `children[0].children[2]`; empty for the first line. */
  path: string;
  value: string | null;
  again: string | null;
}

/**
 * Computes an explanation again, from its own inputs alone and upwards line by line.
 * @returns the lines that do not come to the value that they state; none when the explanation holds
 */
export function checkExplanation(explanation: Explanation): Mismatch[] {
  const mismatches: Mismatch[] = [];
  again(explanation, '', new Map(), mismatches);
  return mismatches;
}

/** `let` values are exact, though an endless one is written with 30 places: their lines are computed before what refers to them. */
type Lets = ReadonlyMap<string, Amount | null>;

function again(line: Explanation, path: string, outer: Lets, mismatches: Mismatch[]): Operand {
  const lets = new Map(outer);
  const inputs = line.inputs.map((input): Operand => {
    const operand = { as: input.name, amount: figureOf(input, lets), input };
    if (input.name.startsWith('let.') && line.kind === 'let') lets.set(input.name, operand.amount);
    return operand;
  });
  const children = line.children.map((child, i) => {
    const operand = again(child, `${path}${path && '.'}children[${i}]`, lets, mismatches);
    if (operand.as.startsWith('let.')) lets.set(operand.as, operand.amount);
    return operand;
  });
  const all = [...inputs, ...children];
  const value = recomputed(line, all);
  if ((value?.text ?? null) !== line.value) mismatches.push({ path, value: line.value, again: value?.text ?? null });
  return { as: line.as ?? 'value', amount: value, line, of: all };
}

function recomputed(line: Explanation, all: readonly Operand[]): Amount | null {
  const operands = new Operands(all, undefined);
  // An explanation of a bare figure has nothing to compute.
  const kind = lineKind(line.kind);
  if (!kind) return null;
  try {
    return kind.value(operands);
  } catch (error) {
    if (error instanceof ScoreFault) return null;
    throw error;
  }
}

function figureOf({ value, source }: Input, lets: Lets): Amount | null {
  if (typeof source === 'string' && lets.has(source)) return lets.get(source) ?? null;
  return typeof value === 'string' && DECIMAL.test(value) ? amount(new Exact(value)) : null;
}
