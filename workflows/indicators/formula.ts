import type { Decimal } from 'decimal.js';
import { parseExpression } from 'feelin';
import { Exact } from '../scoring/exact.ts';
import type { Text } from '../text.ts';
import { isSeen } from './seen.ts';

/** Why a formula cannot be used. */
export class FormulaError extends Error {
  readonly id: 'formula.syntax' | 'formula.name' | 'formula.loop' | 'formula.divideByZero' | 'formula.unsupported';
  readonly text: Text;
  /** The indicators whose formulas are at fault, where that is known: of a loop, all in it. */
  readonly codes: readonly string[];

  constructor(id: FormulaError['id'], zh: string, en: string, codes: readonly string[] = []) {
    super(en);
    this.name = 'FormulaError';
    this.id = id;
    this.text = { zh, en };
    this.codes = codes;
  }
}

/** How many decimal places a computed value keeps, rounded half up once, at the end. */
export const FORMULA_PLACES = 12;

type Value = Decimal | boolean | null;
type Values = Readonly<Record<string, string | null | undefined>>;
type Eval = (values: Values) => Value;
type SyntaxNode = ReturnType<typeof parseExpression>['topNode'];

/** A formula that has been read: the codes (and `complaints.…`, `observations.…`) that it needs, and how to compute it. */
export interface Formula {
  names: string[];
  /** Null when a value that it needs is missing: a missing value is never 0. @throws FormulaError on a division by zero */
  evaluate(values: Values): string | null;
}

/**
 * Reads a formula: FEEL's numbers, names, `+ - * / **`, comparisons, `and`, `or`, `if`, lists, and the functions sum, mean, min,
 * max, abs, floor, ceiling, `round half up`, not. FEEL's parser reads it, but it is computed in decimals of 120 digits instead of
 * floats: only a division can be inexact, in the 120th digit.
 *
 * @example readFormula('done / planned * 100').evaluate({ done: '7', planned: '35' }) // '20'
 * @throws FormulaError
 */
export function readFormula(source: string): Formula {
  const names = new Set<string>();
  let top: SyntaxNode;
  try {
    top = parseExpression(source, {}, undefined).topNode;
  } catch (error) {
    throw syntax(error instanceof Error ? error.message : String(error));
  }
  const compiled = compile(top, source, names);
  return {
    names: [...names],
    evaluate(values) {
      const value = compiled(values);
      if (value === null) return null;
      if (typeof value === 'boolean')
        throw new FormulaError('formula.unsupported', '公式的结果应为数。', 'A formula must give a number.');
      return numberText(value);
    },
  };
}

const numberText = (value: Decimal): string => {
  const rounded = value.toDecimalPlaces(FORMULA_PLACES, Exact.ROUND_HALF_UP);
  return rounded.isZero() ? '0' : rounded.toFixed();
};

const syntax = (where: string) =>
  new FormulaError('formula.syntax', `公式无法解析：${where}。`, `The formula cannot be read: ${where}.`);

const unsupported = (what: string) =>
  new FormulaError('formula.unsupported', `公式中不能使用“${what}”。`, `"${what}" cannot be used in a formula.`);

const PUNCTUATION = new Set(['(', ')', '[', ']', ',', 'LineComment', 'BlockComment']);

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (!PUNCTUATION.has(child.name)) children.push(child);
  return children;
}

function compile(node: SyntaxNode, source: string, names: Set<string>): Eval {
  if (node.type.isError) throw syntax(`at character ${node.from + 1}`);
  const written = source.slice(node.from, node.to);
  const children = childrenOf(node);
  for (const child of children) if (child.type.isError) throw syntax(`at character ${child.from + 1}`);
  const of = (child: SyntaxNode | undefined): Eval => {
    if (!child) throw syntax(`at character ${node.to + 1}`);
    return compile(child, source, names);
  };
  switch (node.name) {
    case 'Expression':
    case 'ParenthesizedExpression': {
      if (children.length !== 1) throw syntax(`at character ${node.from + 1}`);
      return of(children[0]);
    }
    case 'NumericLiteral': {
      const value = new Exact(written);
      return () => value;
    }
    case 'VariableName': {
      if (/\s/.test(written)) throw syntax(`"${written}"`);
      return named(written, names);
    }
    case 'PathExpression':
      if (!isSeen(written)) throw unsupported(written);
      return named(written, names);
    case 'ArithmeticExpression': {
      const operator = children.find(({ name }) => name === 'ArithOp');
      const operands = children.filter(({ name }) => name !== 'ArithOp');
      const sign = operator ? source.slice(operator.from, operator.to) : '';
      if (operands.length === 1) {
        const only = of(operands[0]);
        return (values) => each([only], values, ([a]) => numberOf(a).neg());
      }
      const [a, b] = [of(operands[0]), of(operands[1])];
      // A divisor of numbers alone is known now.
      if (sign === '/' && known(b)?.isZero()) throw dividesByZero(written);
      return (values) => each([a, b], values, ([x, y]) => arithmetic(sign, numberOf(x), numberOf(y), written));
    }
    case 'Comparison': {
      const operator = children.find(({ name }) => name === 'CompareOp');
      if (!operator || children.length !== 3) throw unsupported(written);
      const sign = source.slice(operator.from, operator.to);
      const [a, b] = [of(children[0]), of(children[2])];
      return (values) => each([a, b], values, ([x, y]) => compare(sign, numberOf(x), numberOf(y)));
    }
    case 'Conjunction':
    case 'Disjunction': {
      const all = node.name === 'Conjunction';
      const parts = children.filter(({ name }) => name !== 'and' && name !== 'or').map(of);
      return (values) => each(parts, values, (found) => (all ? found.every(truth) : found.some(truth)));
    }
    case 'IfExpression': {
      const [condition, yes, no] = children.filter(({ name }) => !['if', 'then', 'else'].includes(name)).map(of);
      if (!condition || !yes || !no) throw syntax(`at character ${node.from + 1}`);
      return (values) => {
        const found = condition(values);
        return found === null ? null : truth(found) ? yes(values) : no(values);
      };
    }
    case 'FunctionInvocation': {
      const [called, parameters] = children;
      const name = called ? source.slice(called.from, called.to).replace(/\s+/g, ' ') : '';
      const given = parameters ? childrenOf(parameters) : [];
      const parts = given.flatMap((one) => (one.name === 'List' ? childrenOf(one) : [one])).map(of);
      const apply = FUNCTIONS[name];
      if (!apply || !Object.hasOwn(FUNCTIONS, name) || parts.length === 0) throw unsupported(name || written);
      return (values) => each(parts, values, apply);
    }
    default:
      throw unsupported(written);
  }
}

function named(name: string, names: Set<string>): Eval {
  names.add(name);
  return (values) => {
    const value = Object.hasOwn(values, name) ? values[name] : null;
    return value === null || value === undefined ? null : new Exact(value);
  };
}

const dividesByZero = (written: string) =>
  new FormulaError('formula.divideByZero', `公式除以零：${written}。`, `The formula divides by zero: ${written}.`);

/** The number that a part comes to whatever the values are. */
function known(part: Eval): Decimal | null {
  const value = part({});
  return value === null || typeof value === 'boolean' ? null : value;
}

/** With every operand known; else null. */
function each(parts: Eval[], values: Values, apply: (found: Exclude<Value, null>[]) => Value): Value {
  const found: Exclude<Value, null>[] = [];
  for (const part of parts) {
    const value = part(values);
    if (value === null) return null;
    found.push(value);
  }
  return apply(found);
}

function numberOf(value: Value | undefined): Decimal {
  if (value === undefined || value === null || typeof value === 'boolean')
    throw new FormulaError('formula.unsupported', '这里应为数。', 'A number is needed here.');
  return value;
}

const truth = (value: Value): boolean => {
  if (typeof value !== 'boolean')
    throw new FormulaError('formula.unsupported', '这里应为是或否。', 'A condition is needed here.');
  return value;
};

function arithmetic(sign: string, a: Decimal, b: Decimal, written: string): Decimal {
  switch (sign) {
    case '+':
      return a.plus(b);
    case '-':
      return a.minus(b);
    case '*':
      return a.times(b);
    case '/':
      if (b.isZero()) throw dividesByZero(written);
      return a.div(b);
    case '**':
      if (!b.isInteger() || b.abs().gt(100) || (a.isZero() && b.isNeg())) throw unsupported(written);
      return a.pow(b);
    default:
      throw unsupported(sign);
  }
}

function compare(sign: string, a: Decimal, b: Decimal): boolean {
  switch (sign) {
    case '=':
      return a.eq(b);
    case '!=':
      return !a.eq(b);
    case '<':
      return a.lt(b);
    case '<=':
      return a.lte(b);
    case '>':
      return a.gt(b);
    case '>=':
      return a.gte(b);
    default:
      throw unsupported(sign);
  }
}

type Found = Exclude<Value, null>[];
const numbers = (found: Found): Decimal[] => found.map(numberOf);
const total = (found: Found): Decimal => numbers(found).reduce((sum, one) => sum.plus(one), new Exact(0));

const FUNCTIONS: Record<string, (found: Found) => Value> = {
  sum: total,
  mean: (found) => total(found).div(found.length),
  min: (found) => Exact.min(...numbers(found)),
  max: (found) => Exact.max(...numbers(found)),
  abs: ([one]) => numberOf(one).abs(),
  floor: ([one]) => numberOf(one).floor(),
  ceiling: ([one]) => numberOf(one).ceil(),
  'round half up': ([one, places]) => {
    const n = places === undefined ? 0 : numberOf(places).toNumber();
    if (!Number.isInteger(n) || n < 0 || n > FORMULA_PLACES) throw unsupported(`round half up(…, ${n})`);
    const value = numberOf(one);
    return value.toDecimalPlaces(n, value.isNeg() ? Exact.ROUND_HALF_DOWN : Exact.ROUND_HALF_UP);
  },
  not: ([one]) => (one === undefined ? null : !truth(one)),
};

/** The codes that an indicator's formula needs. @throws FormulaError that says whose formula it is */
function namesIn({ code, formula }: Computed): string[] {
  if (!formula) return [];
  try {
    return readFormula(formula).names;
  } catch (error) {
    throw error instanceof FormulaError ? new FormulaError(error.id, error.text.zh, error.text.en, [code]) : error;
  }
}

interface Computed {
  code: string;
  formula?: string | null | undefined;
}

/**
 * The indicators in an order in which each comes after all that its formula needs.
 * @throws FormulaError when a formula needs itself, on whatever way, or names what is not there
 */
export function computeOrder<One extends Computed>(indicators: readonly One[]): One[] {
  const byCode = new Map(indicators.map((one) => [one.code, one]));
  const order: One[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (one: One, path: readonly string[]): void => {
    if (state.get(one.code) === 'done') return;
    if (state.get(one.code) === 'open') {
      const codes = path.slice(path.indexOf(one.code));
      const loop = [...codes, one.code].join(' → ');
      throw new FormulaError(
        'formula.loop',
        `公式引用了自己：${loop}。`,
        `The formula refers to itself: ${loop}.`,
        codes,
      );
    }
    state.set(one.code, 'open');
    for (const name of namesIn(one)) {
      if (isSeen(name)) continue;
      const needed = byCode.get(name);
      if (!needed)
        throw new FormulaError(
          'formula.name',
          `公式“${one.code}”引用的“${name}”不存在。`,
          `The formula of "${one.code}" needs "${name}", which there is not.`,
          [one.code],
        );
      visit(needed, [...path, one.code]);
    }
    state.set(one.code, 'done');
    order.push(one);
  };
  for (const one of indicators) visit(one, []);
  return order;
}

/** Computes every value that has a formula, in the order of their needs, from those that are known. @throws FormulaError */
export function computeValues(indicators: readonly Computed[], known: Values): Record<string, string | null> {
  const values: Record<string, string | null> = Object.fromEntries(
    indicators.map(({ code }) => [code, (Object.hasOwn(known, code) ? known[code] : null) ?? null]),
  );
  for (const { code, formula } of computeOrder(indicators))
    if (formula) values[code] = readFormula(formula).evaluate(values);
  return values;
}
