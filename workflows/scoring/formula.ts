import { evaluate as feel, parseExpression } from 'feelin';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { ROOTS } from './data.ts';
import { evaluateLet } from './evaluate.ts';
import type { Input } from './explanation.ts';
import { placeText, ScoreFault } from './fault.ts';
import { DECIMAL, type Operand, type Operands, setting } from './kind.ts';
import { lookUp, type Scope } from './scope.ts';

const ROOT_NAMES: ReadonlySet<string> = new Set(ROOTS);
const used = new Map<string, string[]>();

/** The paths of the data that a FEEL expression names, each as far as it goes. */
export function pathsIn(expression: string): string[] {
  const known = used.get(expression);
  if (known) return known;
  const paths = new Set<string>();
  type Node = ReturnType<typeof parseExpression>['topNode'];
  const text = (node: Node) => expression.slice(node.from, node.to).replace(/\s+/g, '');
  const visit = (node: Node): void => {
    const root = (node.name === 'PathExpression' || node.name === 'VariableName') && text(node);
    if (
      root &&
      /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(root) &&
      ROOT_NAMES.has(root.split('.')[0] ?? '')
    ) {
      paths.add(root);
      return;
    }
    for (let child = node.firstChild; child; child = child.nextSibling) visit(child);
  };
  visit(parseExpression(expression, {}, undefined).topNode);
  const found = [...paths];
  if (used.size > 10_000) used.clear();
  used.set(expression, found);
  return found;
}

/** A FEEL expression with all that it reads from the data, as operands. */
export function openFormula(expression: string, scope: Scope): Operand[] {
  const reads = pathsIn(expression).map((path): Operand => {
    const [root, name = ''] = path.split('.');
    if (root === 'let') {
      const named = evaluateLet(name, scope);
      return { as: path, amount: named.amount, input: { name: path, value: named.amount?.text ?? null, source: path } };
    }
    const known = upToList(root === 'item' ? scope.item : (scope.data as unknown as JsonObject)[root ?? ''], path);
    const { value, source } = lookUp(known, scope);
    return { as: known, amount: null, input: { name: known, value: plain(value), source } };
  });
  return [
    setting('formula', expression),
    ...reads.filter((one, i) => reads.findIndex((other) => other.as === one.as) === i),
  ];
}

/** FEEL goes through lists by itself: a path ends at the first. */
function upToList(start: unknown, path: string): string {
  const [root = '', ...rest] = path.split('.');
  let here: unknown = start;
  const known = [root];
  for (const part of rest) {
    if (typeof here !== 'object' || here === null || Array.isArray(here)) break;
    here = (here as Record<string, unknown>)[part];
    known.push(part);
  }
  return known.join('.');
}

const plain = (value: unknown): Json => (value === undefined ? null : (value as Json));

/** The expression over its operands alone. */
export function evaluateFormula(operands: Operands): Json {
  const expression = operands.setting('formula');
  if (typeof expression !== 'string') return null;
  const context: JsonObject = {};
  for (const { as, input, amount } of operands.all) {
    if (as === 'formula' || !input) continue;
    put(context, as.split('.'), amount ? amount.exact.toNumber() : forFeel(input.value, as.split('.').at(-1) ?? ''));
  }
  try {
    return feel(expression, context).value as Json;
  } catch (error) {
    throw new ScoreFault(
      'score.feel',
      placeText(operands.place),
      { zh: `公式读不懂：${expression}`, en: `The formula cannot be read: ${expression}` },
      { zh: '按 FEEL 语法改正。', en: `Correct it by FEEL. ${error instanceof Error ? error.message : ''}`.trim() },
    );
  }
}

function put(context: JsonObject, path: readonly string[], value: Json): void {
  const [part = '', ...rest] = path;
  if (rest.length === 0) context[part] = value;
  else {
    const inner = isJsonObject(context[part] ?? null) ? (context[part] as JsonObject) : {};
    context[part] = inner;
    put(inner, rest, value);
  }
}

/** Words that may look like numbers. */
const WORDS: ReadonlySet<string> = new Set([
  'code',
  'id',
  'key',
  'category',
  'name',
  'unit',
  'grade',
  'item',
  'group',
  'reason',
]);

/** FEEL counts with numbers: decimals that are kept as text become numbers. */
function forFeel(value: Json, name: string): Json {
  if (Array.isArray(value)) return value.map((one) => forFeel(one, name));
  if (isJsonObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, forFeel(one, key)]));
  return typeof value === 'string' && DECIMAL.test(value) && !WORDS.has(name) ? Number(value) : value;
}

/** The expression of a line. */
export const formulaOf = (inputs: readonly Input[]): string =>
  String(inputs.find((one) => one.name === 'formula')?.value ?? '');
