import type { Json } from '../json.ts';
import { below, partsOf, type ScoreData } from './data.ts';
import { amount as amountOf, Exact } from './exact.ts';
import { type Place, placeText, ScoreFault } from './fault.ts';
import { DECIMAL, type Operand } from './kind.ts';
import type { Rule } from './rule.ts';

/** Named intermediate values of a `let`: evaluated when first asked for, once. */
export interface Lets {
  up: Lets | undefined;
  rules: Readonly<Record<string, Rule>>;
  scope: Scope;
  done: Map<string, Operand>;
  busy: Set<string>;
}

/** Where a part of a rule is evaluated: the data, the item at hand, the named values, and where in the rule. */
export interface Scope {
  data: ScoreData;
  item: unknown;
  /** The item's own path in the data. */
  itemPath: string;
  lets: Lets | undefined;
  place: Place | undefined;
}

export const within = (scope: Scope, ...parts: (string | number)[]): Scope => ({
  ...scope,
  place: parts.reduce<Place | undefined>((up, part) => ({ up, part }), scope.place),
});

/** What stands at a path, with the path that it has in the data itself. */
export function lookUp(path: string, scope: Scope): { value: unknown; source: string; record?: Json } {
  const [root = '', ...rest] = partsOf(path);
  const start = root === 'item' ? scope.item : (scope.data as unknown as Record<string, unknown>)[root];
  const value = below(start, rest);
  const source = root === 'item' ? `${scope.itemPath}${path.slice(root.length)}` : path;
  const record = recordOf(start, rest);
  return record === undefined ? { value, source } : { value, source, record };
}

/** What the data names as the source of the thing that a path leads into. */
function recordOf(start: unknown, rest: readonly string[]): Json | undefined {
  for (let depth = rest.length; depth >= 0; depth--) {
    const thing = below(start, rest.slice(0, depth));
    if (typeof thing === 'object' && thing !== null && 'source' in thing) return thing.source as Json;
  }
  return undefined;
}

/** A figure of the data as an operand. Nothing there: not applicable. @throws when it is not a number */
export function figure(path: string, scope: Scope, as: string): Operand {
  const { value, source, record } = lookUp(path, scope);
  const from = record === undefined ? { source } : { source, record };
  if (value === undefined || value === null) return { as, amount: null, input: { name: as, value: null, ...from } };
  if ((typeof value === 'string' && DECIMAL.test(value)) || (typeof value === 'number' && Number.isFinite(value))) {
    const amount = amountOf(new Exact(value));
    return { as, amount, input: { name: as, value: amount.text, ...from } };
  }
  throw notNumber(source, scope.place);
}

export const notNumber = (what: string, place: Place | undefined): ScoreFault =>
  new ScoreFault(
    'score.notNumber',
    placeText(place),
    { zh: `“${what}”不是数字。`, en: `"${what}" is not a number.` },
    { zh: '给出数字，写成文字，如 "12.5"。', en: 'Give a decimal as text, such as "12.5".' },
  );
