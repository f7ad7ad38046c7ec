import { z } from 'zod';
import { isJsonObject, type Json } from '../json.ts';
import { type Text, textSchema } from '../text.ts';
import { openCondition } from './condition.ts';
import { partsOf, pathSchema } from './data.ts';
import { evaluate } from './evaluate.ts';
import { placeText, ScoreFault } from './fault.ts';
import type { Operand } from './kind.ts';
import { type Rule, rule } from './rule.ts';
import { lookUp, type Scope, within } from './scope.ts';

/** The same rule for each element of a list in the data (`item` in the rule); `where`, a FEEL condition, leaves some out. */
export interface Each {
  each: string;
  where?: string | undefined;
  rule: Rule;
}

/** Several parts: rules one by one, or one rule for each element of a list. */
export type Parts = Rule[] | Each;

/** The shape of parts. A function, so that files which refer to each other may be loaded in any order. */
export function parts(): z.ZodType<Parts> {
  return z.lazy(() =>
    z.union([
      z.array(rule()).min(1).max(500),
      z.strictObject({ each: pathSchema, where: z.string().min(1).max(2000).optional(), rule: rule() }),
    ]),
  );
}

/** The parts as operands of that name. */
export function openParts(of: Parts, scope: Scope, as = 'of'): Operand[] {
  if (Array.isArray(of)) return of.map((one, i) => evaluate(one, within(scope, as, i), as));
  const inside = within(scope, as, 'rule');
  return elementsOf(of, within(scope, as)).map((element) =>
    element.na ? notApplicable(element, as) : labelled(evaluate(of.rule, { ...inside, ...element.scope }, as), element),
  );
}

/** An element of a list: what the rule sees, and what it is called. */
export interface Element {
  scope: Pick<Scope, 'item' | 'itemPath'>;
  key?: string;
  name?: Text;
  na: boolean;
}

/** The elements of a list of the data that a rule goes through. An object is the list of its values. @throws when it is neither */
export function elementsOf(of: Pick<Each, 'each' | 'where'>, scope: Scope): Element[] {
  const { value, source } = lookUp(of.each, scope);
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object') throw notList(of.each, scope);
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map((one, i) => [keyOf(one) ?? String(i), one])
    : Object.entries(value);
  return entries.flatMap(([key, item]): Element[] => {
    const element: Element = {
      scope: { item, itemPath: `${source}${/^[^.[\]\s]+$/u.test(key) ? `.${key}` : `[${key}]`}` },
      na: isJsonObject(item as Json) && (item as { na?: unknown }).na === true,
    };
    const own = Array.isArray(value) ? keyOf(item) : key;
    if (own !== undefined) element.key = own;
    const called = isJsonObject(item as Json) ? (item as { name?: unknown }).name : undefined;
    const name = called === undefined ? undefined : textSchema.safeParse(called);
    if (name?.success) element.name = name.data;
    if (of.where === undefined) return [element];
    const held = openCondition(of.where, { ...within(scope, 'where'), ...element.scope }, 'where').amount;
    return held?.exact.isZero() ? [] : [element];
  });
}

function keyOf(item: unknown): string | undefined {
  if (!isJsonObject(item as Json)) return undefined;
  const { code, key, id, year } = item as Record<string, unknown>;
  const found = code ?? key ?? id ?? year;
  return found === undefined || found === null ? undefined : String(found);
}

/** What a line for an element is called, where the rule itself gives it no name. */
export function labelled(operand: Operand, element: Element): Operand {
  const { key, name } = element;
  if (key === undefined && !name) return operand;
  if (!operand.line) {
    if (!name || !operand.input) return operand;
    const input = { ...operand.input, name: 'value' };
    const value = operand.amount?.text ?? null;
    return {
      as: operand.as,
      amount: operand.amount,
      line: {
        kind: 'input',
        as: operand.as,
        ...(key !== undefined && { key }),
        name,
        value,
        inputs: [input],
        children: [],
      },
    };
  }
  const { kind, as, ...rest } = operand.line;
  const line = {
    kind,
    ...(as !== undefined && { as }),
    ...(key !== undefined && { key }),
    ...(name && { name }),
    ...rest,
  };
  return { as: operand.as, amount: operand.amount, line };
}

/** An element that does not apply to this participant: its line says so. */
export function notApplicable(element: Element, as: string): Operand {
  const input = { name: 'value', value: null, source: element.scope.itemPath };
  return labelled(
    { as, amount: null, line: { kind: 'input', as, value: null, inputs: [input], children: [] } },
    element,
  );
}

const notList = (path: string, scope: Scope): ScoreFault =>
  new ScoreFault(
    'score.notList',
    placeText({ up: scope.place, part: 'each' }),
    { zh: `“${path}”不是列表。`, en: `"${path}" is not a list.` },
    { zh: `指向一个列表，如 indicators；现在指向 ${partsOf(path).at(-1)}。`, en: 'Name a list, such as indicators.' },
  );
