import { partsOf } from './data.ts';
import { fixed } from './fixed.ts';
import { DECIMAL } from './kind.ts';
import type { Rule } from './rule.ts';

/**
 * Whether a rule surely gives a value (or stops as an incident), so that what comes after may count on it.
 * @param known whether the case surely has the value of that name
 */
export function isCertain(
  rule: Rule,
  known: (name: string) => boolean,
  lets: Readonly<Record<string, Rule>> = {},
): boolean {
  const sure = (one: Rule): boolean => isCertain(one, known, lets);
  const all = (...parts: (Rule | undefined)[]): boolean => parts.every((one) => one === undefined || sure(one));
  if (typeof rule === 'string') {
    if (DECIMAL.test(rule)) return true;
    const [root, name = '', ...rest] = partsOf(rule);
    if (root === 'values') return rest.length === 0 && known(name);
    const { [name]: named, ...others } = lets;
    return root === 'let' && named !== undefined && isCertain(named, known, others);
  }
  switch (rule.kind) {
    case 'const':
    case 'ledger':
      return true;
    case 'input':
      return rule.default !== undefined || rule.required === true || sure(rule.path);
    case 'sum':
    case 'mean':
    case 'min':
    case 'max':
      return Array.isArray(rule.of) && rule.of.some(sure);
    case 'product':
      return Array.isArray(rule.of) && rule.of.every(sure);
    case 'composite':
      return Array.isArray(rule.of) && rule.of.some((part) => fixed(part.weight)?.gt(0) === true && sure(part.rule));
    case 'minus':
      return sure(rule.from);
    case 'clamp':
    case 'round':
      return sure(rule.of);
    case 'ratio':
      return all(rule.of, rule.to, rule.full);
    case 'efficacy':
      return all(rule.of, rule.low, rule.high, rule.weight, rule.k0, rule.k1);
    case 'perUnit':
      return all(rule.base, rule.of, rule.limit, rule.points, rule.unit);
    case 'slices':
      return all(rule.of, ...rule.slices.map(({ rate }) => rate));
    case 'bands':
      return all(rule.of, ...rule.bands.map(({ gives }) => gives), rule.else);
    case 'rank':
      return all(rule.of, rule.base, rule.step);
    case 'choose':
      return rule.else !== undefined && all(rule.else, ...rule.when.map(({ gives }) => gives));
    case 'veto':
      return all(rule.of, rule.score);
    case 'let':
      return isCertain(rule.in, known, { ...lets, ...rule.let });
    default:
      return false;
  }
}
