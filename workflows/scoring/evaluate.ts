import type { Language, Text } from '../text.ts';
import type { ScoreData } from './data.ts';
import { partsOf } from './data.ts';
import { amount, Exact } from './exact.ts';
import type { Explanation, Veto } from './explanation.ts';
import { type Place, placeText, ScoreFault } from './fault.ts';
import { DECIMAL, type Kind, type Operand, Operands } from './kind.ts';
import { kindOf } from './kinds/index.ts';
import type { Rule } from './rule.ts';
import { figure, type Lets, type Scope, within } from './scope.ts';

export interface Score {
  /** A decimal as text; null: not applicable, which is never 0. */
  value: string | null;
  /** The vetoes that were found, as one: a fixed score stands in `value`, the grade is up to whoever grades. */
  veto?: Veto;
  explanation: Explanation;
}

/**
 * Evaluates a scoring rule, exactly; it is rounded only where the rule says so.
 * @throws {ScoreFault} where the rule cannot be evaluated with this data
 */
export function evaluateRule(rule: Rule, data: ScoreData): Score {
  const scope: Scope = { data, item: undefined, itemPath: 'item', lets: undefined, place: undefined };
  const { amount, input, line } = evaluate(rule, scope, 'value');
  const value = amount?.text ?? null;
  const explanation: Explanation = line ?? { kind: 'input', value, inputs: input ? [input] : [], children: [] };
  delete explanation.as;
  const veto = together(vetoesIn(explanation));
  return veto ? { value, veto, explanation } : { value, explanation };
}

const vetoesIn = (line: Explanation): Veto[] => [...(line.veto ? [line.veto] : []), ...line.children.flatMap(vetoesIn)];

/** Several vetoes as one, with each reason once. What goes straight to the lowest grade is not hidden by one that only fixes a score. */
function together(found: readonly Veto[]): Veto | undefined {
  const graded = found.filter(({ grade }) => grade !== undefined);
  const all = graded.length > 0 ? graded : found;
  const [first] = all;
  const said = (language: Language, between: string) =>
    [...new Set(all.map(({ reason }) => reason[language]))].join(between);
  return first && { ...first, reason: { zh: said('zh', '；'), en: said('en', '; ') } };
}

/** A part of a rule as the operand `as` of what it is a part of. */
export function evaluate(rule: Rule, scope: Scope, as: string): Operand {
  if (typeof rule === 'string') return leaf(rule, scope, as);
  const kind = kindOf(rule);
  return close(kind, rule, as, kind.open(rule, scope), scope.place);
}

/** A decimal, or a path into the data. */
export function leaf(text: string, scope: Scope, as: string): Operand {
  if (DECIMAL.test(text)) {
    const value = amount(new Exact(text));
    return { as, amount: value, input: { name: as, value: value.text } };
  }
  const [root, name] = partsOf(text);
  if (root !== 'let') return figure(text, scope, as);
  const named = evaluateLet(name ?? '', scope);
  return { as, amount: named.amount, input: { name: as, value: named.amount?.text ?? null, source: text } };
}

/** A line from its operands. */
export function close<R extends { kind: string; key?: string | undefined; name?: Text | undefined }>(
  kind: Kind<R>,
  rule: R,
  as: string,
  all: readonly Operand[],
  place: Place | undefined,
): Operand {
  const operands = new Operands(all, place);
  const value = kind.value(operands);
  const line: Explanation = {
    kind: rule.kind,
    as,
    ...(rule.key !== undefined && { key: rule.key }),
    ...(rule.name && { name: rule.name }),
    value: value?.text ?? null,
    inputs: all.flatMap((one) => (one.input ? [one.input] : [])),
    children: all.flatMap((one) => (one.line ? [one.line] : [])),
  };
  const veto = kind.veto?.(rule, operands);
  if (veto) line.veto = veto;
  return { as, amount: value, line, of: all };
}

/** A named value, evaluated when first asked for. @throws when there is none, or when it depends on itself */
export function evaluateLet(name: string, scope: Scope): Operand {
  for (let lets: Lets | undefined = scope.lets; lets; lets = lets.up) {
    const rule = Object.hasOwn(lets.rules, name) ? lets.rules[name] : undefined;
    if (rule === undefined) continue;
    const known = lets.done.get(name);
    if (known) return known;
    if (lets.busy.has(name))
      throw new ScoreFault(
        'score.circular',
        placeText(scope.place),
        { zh: `“let.${name}”要用到它自己。`, en: `"let.${name}" depends on itself.` },
        { zh: '改正公式，不要循环引用。', en: 'Correct the formulas so that none leads back to itself.' },
      );
    lets.busy.add(name);
    const found = evaluate(rule, within({ ...lets.scope, lets }, 'let', name), `let.${name}`);
    lets.busy.delete(name);
    lets.done.set(name, found);
    return found;
  }
  throw new ScoreFault(
    'score.path',
    placeText(scope.place),
    { zh: `没有名为“let.${name}”的中间值。`, en: `There is no named value "let.${name}".` },
    { zh: '先在外层的 let 里定义它。', en: 'Define it in a `let` around this.' },
  );
}
