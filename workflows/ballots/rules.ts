import { Exact } from '../scoring/exact.ts';
import type { Text } from '../text.ts';
import type { AssessorGroup, BallotRule } from './schema.ts';
import type { Ballot } from './sheet.ts';

/** A rule that a sheet breaks, by its place among the group's. */
export interface Broken {
  index: number;
  effect: 'refuse' | 'invalid';
  message: Text;
}

type Counted = Exclude<BallotRule, { kind: 'notAllEqual' }>;

/** The rules of a group that the ballots of one sheet break; abstentions do not count. */
export function brokenRules(group: AssessorGroup, ballots: readonly Ballot[]): Broken[] {
  const given = ballots.filter(({ value }) => value !== null);
  const parts = Array.isArray(group.items) ? [...by(given, ({ item }) => item).values()] : [given];
  return (group.rules ?? []).flatMap((rule, index): Broken[] => {
    const effect = rule.effect ?? 'refuse';
    for (const part of parts) {
      const message = rule.kind === 'notAllEqual' ? equalIn(part) : countIn(rule, part, group);
      if (message) return [{ index, effect, message }];
    }
    return [];
  });
}

function equalIn(part: readonly Ballot[]): Text | null {
  const [first, ...rest] = part.map(({ value, option }) => `${option ?? ''} ${value}`);
  if (rest.length === 0 || rest.some((one) => one !== first)) return null;
  return { zh: '不能给所有单位相同的评价', en: 'not everybody may get the same' };
}

function countIn(rule: Counted, part: readonly Ballot[], group: AssessorGroup): Text | null {
  if (part.length < (rule.sheetFrom ?? 0)) return null;
  const found = part.filter((ballot) => counts(rule, ballot)).length;
  const bound = boundOf(rule, part.length);
  const what = wordsOf(rule, group);
  if (rule.kind === 'atMost' && found > bound)
    return { zh: `${what.zh}的最多 ${bound} 个，现有 ${found} 个`, en: `at most ${bound} ${what.en}, not ${found}` };
  if (rule.kind === 'atLeast' && found < bound)
    return { zh: `${what.zh}的至少 ${bound} 个，现有 ${found} 个`, en: `at least ${bound} ${what.en}, not ${found}` };
  return null;
}

function counts({ from, below, option }: Counted, ballot: Ballot): boolean {
  if (option !== undefined && ballot.option !== option) return false;
  const value = new Exact(ballot.value ?? 0);
  return (from === undefined || value.gte(from)) && (below === undefined || value.lt(below));
}

/** How many of `n` ballots a rule allows or asks for. */
function boundOf({ kind, count, share }: Counted, n: number): number {
  if (share === undefined) return count ?? 0;
  const part = new Exact(share).times(n);
  const bound = (kind === 'atMost' ? part.floor() : part.ceil()).toNumber();
  if (count === undefined) return bound;
  return kind === 'atMost' ? Math.min(count, bound) : Math.max(count, bound);
}

function wordsOf({ from, below, option }: Counted, { scale }: AssessorGroup): Text {
  const name = 'options' in scale ? scale.options.find(({ key }) => key === option)?.name : undefined;
  const zh = [name && `“${name.zh}”`, from && `≥ ${from}`, below && `< ${below}`].filter(Boolean).join('、');
  const en = [name && `"${name.en}"`, from && `≥ ${from}`, below && `< ${below}`].filter(Boolean).join(' and ');
  return { zh: `评价为 ${zh} `, en: `of ${en}` };
}

/** Groups a list, in the order in which the keys occur. */
function by<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}
