import { isJsonObject, type Json } from '../json.ts';
import { checkFeel } from '../template/lint/feel.ts';
import { feelFinding } from '../template/lint/feelFinding.ts';
import { error, type Finding, pathText, text } from '../template/lint/finding.ts';
import { findingsOf } from '../template/lint/issues.ts';
import { ANY, contextOf, listOf, NUMBER, TEXT, type Type } from '../template/lint/types.ts';
import { partsOf, pathSchema, ROOTS } from './data.ts';
import { kindOf, lineKind } from './kinds/index.ts';
import type { Let } from './kinds/let.ts';
import { FORMULAS, readsOf, SPOKEN } from './reads.ts';
import { type Rule, type RuleObject, ruleSchema } from './rule.ts';

/**
 * What is wrong in a scoring rule as data: its shape, weights that do not add up, bands with gaps or overlaps, caps below floors,
 * named values that depend on themselves, formulas that cannot be read.
 *
 * @param content a rule from anywhere; never throws
 * @param prefix where it stands, for the findings' paths
 */
export function lintRule(content: unknown, prefix: readonly PropertyKey[] = []): Finding[] {
  const parsed = ruleSchema.safeParse(content, { reportInput: false });
  if (!parsed.success) return findingsOf(parsed.error.issues, prefix);
  return walk(parsed.data as Json, prefix, { lets: new Map(), item: false });
}

/** What a part of a rule may name beside the data. */
interface Known {
  /** Named values, each with those that it names itself. */
  lets: ReadonlyMap<string, ReadonlySet<string>>;
  item: boolean;
}

function walk(value: Json, path: readonly PropertyKey[], known: Known): Finding[] {
  if (typeof value === 'string') return pathSchema.safeParse(value).success ? pathFindings(value, path, known) : [];
  if (Array.isArray(value)) return value.flatMap((one, i) => walk(one, [...path, i], known));
  if (!isJsonObject(value)) return [];
  const own = isRule(value) ? (kindOf(value).lint?.(value, path) ?? []) : [];
  if (isRule(value) && value.kind === 'let') return [...own, ...letFindings(value, path, known)];
  const inside = typeof value.each === 'string' ? { ...known, item: true } : known;
  const below = Object.entries(value).flatMap(([name, one]) => {
    if (SPOKEN.has(name)) return [];
    if (FORMULAS.has(name) && typeof one === 'string') return formulaFindings(one, [...path, name], inside);
    return walk(one, [...path, name], name === 'each' ? known : inside);
  });
  return [...own, ...below];
}

const isRule = (value: object): value is RuleObject =>
  'kind' in value && typeof value.kind === 'string' && lineKind(value.kind) !== undefined;

function letFindings(rule: Let, path: readonly PropertyKey[], outer: Known): Finding[] {
  const named = Object.entries(rule.let);
  const known = {
    ...outer,
    lets: new Map([...outer.lets, ...named.map(([name, one]) => [name, letsIn(one)] as const)]),
  };
  return [
    ...circular(known.lets, Object.keys(rule.let), [...path, 'let']),
    ...named.flatMap(([name, one]) => walk(one as Json, [...path, 'let', name], known)),
    ...walk(rule.in as Json, [...path, 'in'], known),
  ];
}

function formulaFindings(formula: string, path: readonly PropertyKey[], known: Known): Finding[] {
  const scope: Record<string, Type> = {
    ...DATA,
    let: contextOf(Object.fromEntries([...known.lets.keys()].map((name) => [name, NUMBER]))),
  };
  if (!known.item) delete scope.item;
  const { problems } = checkFeel(formula, scope);
  // Inside a filter, names are entries of a list that nothing is known of.
  const said = problems.filter((one) => one.id !== 'name' || !formula.includes('['));
  return said.map((one) => (one.id === 'name' ? unknownName(one.what, path) : feelFinding(one, pathText(path))));
}

const DATA: Record<string, Type> = {
  values: ANY,
  participant: contextOf({ id: TEXT, name: TEXT, category: TEXT }),
  indicators: listOf(contextOf({}, true)),
  ballots: ANY,
  adjustments: listOf(
    contextOf({ id: TEXT, kind: TEXT, item: TEXT, group: TEXT, points: NUMBER, reason: TEXT, source: ANY }),
  ),
  history: listOf(contextOf({ year: NUMBER, score: NUMBER, grade: TEXT, rank: NUMBER })),
  item: ANY,
};

function pathFindings(path: string, at: readonly PropertyKey[], known: Known): Finding[] {
  const [root, name = ''] = partsOf(path);
  if (root === 'item' && !known.item) return [unknownName('item', at)];
  return root === 'let' && !known.lets.has(name) ? [unknownName(`let.${name}`, at)] : [];
}

/** The named values that a rule refers to. */
const letsIn = (rule: Rule): ReadonlySet<string> =>
  new Set(readsOf(rule).flatMap(({ parts: [root, name] }) => (root === 'let' && name !== undefined ? [name] : [])));

function circular(lets: Known['lets'], names: readonly string[], path: readonly PropertyKey[]): Finding[] {
  const reaches = (from: string, to: string, seen: Set<string>): boolean =>
    [...(lets.get(from) ?? [])].some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, to, seen);
    });
  return names
    .filter((name) => reaches(name, name, new Set()))
    .map((name) =>
      error(
        'rule.circular',
        pathText([...path, name]),
        text(`“let.${name}”要用到它自己。`, `"let.${name}" depends on itself.`),
        text('改正公式，不要循环引用。', 'Correct the formulas so that none leads back to itself.'),
      ),
    );
}

const unknownName = (name: string, at: readonly PropertyKey[]): Finding =>
  error(
    'rule.name',
    pathText(at),
    text(`这里没有“${name}”。`, `There is no "${name}" here.`),
    text(
      `可用：${ROOTS.join('、')}；item 只在 each 里，let 只在定义它的 let 里。`,
      `There are ${ROOTS.join(', ')}; item only inside each, let only inside the let that defines it.`,
    ),
  );
