import { concerns, countingOf, minVotesOf } from '../../workflows/ballots/groups.ts';
import type { Assessor, AssessorGroup } from '../../workflows/ballots/schema.ts';
import { emptyContext } from '../../workflows/machine/context.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import type { LiveDirectory } from '../directory/directory.ts';
import { makeExpectation } from './expected.ts';

/** A group, or a layer of it with a weight, that could not say anything of some units even if everybody voted. */
export interface ThinGroup {
  group: string;
  name: Text;
  layer: { key: string; name: Text } | null;
  minVotes: number;
  /** How many assessors the unit with most of them has, of those that have too few. */
  most: number;
  /** How many units it says nothing of. */
  units: number;
}

/** Found from the directory alone, whatever has happened in a case. */
const isKnown = ({ kind }: Assessor): boolean =>
  kind === 'role' || kind === 'person' || kind === 'head' || kind === 'heads';

/**
 * Which groups of assessors are smaller than what they must hand in, by the directory of today: they would be left out, and the
 * rest count for the whole. Groups whose assessors only show in the cases are not judged.
 */
export function thinGroups(
  template: CycleTemplate,
  participants: readonly { orgId: string; category: string }[],
  year: number,
  directory: LiveDirectory,
): ThinGroup[] {
  const asked = new Set([...blocksOf(template)].flatMap(({ block }) => (block.type === 'ballots' ? block.groups : [])));
  const groups = (template.assessors ?? []).filter(
    (group) =>
      asked.has(group.key) &&
      group.kind !== 'public' &&
      [...(group.who ?? []), ...(group.layers ?? []).flatMap(({ who }) => who ?? [])].every(isKnown),
  );
  if (groups.length === 0) return [];
  const units = participants.map(({ orgId, category }) => ({
    caseId: orgId,
    orgId,
    category,
    code: '',
    name: '',
    // Groups that score indicator by indicator have at least one to score.
    indicators: [''],
  }));
  const period = { year, start: `${year}-01-01`, end: `${year}-12-31` };
  // By then each unit may have goals, and any layer may have written the opinions.
  const goals = new Map(units.map(({ orgId }) => [orgId, { layers: new Set<string>(), goals: [] }]));
  const expectation = makeExpectation(groups, units, directory, goals);
  for (const unit of units)
    expectation.add(
      unit,
      emptyContext({ kind: 'participant', period, ...directory.participantFacts(unit.orgId, unit.category) }),
    );
  const votes = new Map<string, number>();
  const count = (key: string) => votes.set(key, (votes.get(key) ?? 0) + 1);
  for (const { group, layer, targets } of expectation.sheets.values())
    for (const { caseId } of targets) {
      count(`${group}//${caseId}`);
      if (layer !== null) count(`${group}/${layer}/${caseId}`);
    }
  return groups.flatMap((group) => partsOf(group).flatMap((layer) => thinPart(group, layer, units, votes)));
}

type Layer = NonNullable<AssessorGroup['layers']>[number];

/** What of a group must be large enough: each layer that has a weight, or all together. */
const partsOf = ({ layers = [] }: AssessorGroup): (Layer | null)[] => {
  const weighted = layers.filter(({ weight }) => weight !== undefined);
  return weighted.length > 0 ? weighted : [null];
};

function thinPart(
  group: AssessorGroup,
  layer: Layer | null,
  units: readonly { orgId: string; category: string }[],
  votes: ReadonlyMap<string, number>,
): ThinGroup[] {
  const minVotes = minVotesOf(group);
  const counts = ({ category }: { category: string }) =>
    concerns(group, category) &&
    (layer === null || countingOf(group, category).layers.some(({ key }) => key === layer.key));
  const few = units
    .filter(counts)
    .map(({ orgId }) => votes.get(`${group.key}/${layer?.key ?? ''}/${orgId}`) ?? 0)
    .filter((n) => n < minVotes);
  if (few.length === 0) return [];
  return [
    {
      group: group.key,
      name: group.name,
      layer: layer && { key: layer.key, name: layer.name },
      minVotes,
      most: Math.max(...few),
      units: few.length,
    },
  ];
}
