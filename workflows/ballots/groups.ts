import type { CycleTemplate } from '../template/schema.ts';
import type { AssessorGroup } from './schema.ts';
import { OVERALL } from './sheet.ts';
import type { Counting } from './stats.ts';

/** A group of a template. @throws when there is none of this key; the linter sees to it that there is */
export function groupOf(template: CycleTemplate, key: string): AssessorGroup {
  const group = template.assessors?.find((one) => one.key === key);
  if (!group) throw new Error(`the template "${template.key}" has no assessors "${key}"`);
  return group;
}

/** The items that a group scores a participant by; `indicators`: the codes of the participant's own. */
export function itemKeys(group: AssessorGroup, indicators: readonly string[]): readonly string[] {
  if (group.items === undefined) return [OVERALL];
  return group.items === 'indicators' ? indicators : group.items.map(({ key }) => key);
}

/** Whether a group scores the units of a category. */
export const concerns = ({ categories }: AssessorGroup, category: string): boolean =>
  categories === undefined || categories.includes(category);

/** So few ballots would tell who gave which: below this a group says nothing, unless the template states another number. */
export const MIN_VOTES = 3;

/** The least number of ballots of which anything is told or counted. Of oneself everybody gives one. */
export const minVotesOf = ({ kind, minVotes }: Pick<AssessorGroup, 'kind' | 'minVotes'>): number =>
  minVotes ?? (kind === 'self' ? 1 : MIN_VOTES);

/** How the ballots of a group are counted for a unit of a category. */
export function countingOf(group: AssessorGroup, category: string): Required<Counting> {
  const layers = (group.layers ?? []).flatMap(({ key, name, weight }) => {
    const own = typeof weight === 'object' ? weight[category] : weight;
    return own === undefined ? [] : [{ key, name, weight: own }];
  });
  return { minVotes: minVotesOf(group), layers };
}
