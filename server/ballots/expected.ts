import { concerns, itemKeys } from '../../workflows/ballots/groups.ts';
import type { Assessor, AssessorGroup } from '../../workflows/ballots/schema.ts';
import type { CaseContext } from '../../workflows/machine/context.ts';
import type { DirectoryData, LiveDirectory } from '../directory/directory.ts';
import type { UnitGoals } from './goals.ts';
import type { Participant } from './participants.ts';

/** What one assessor is to score for a group. */
export interface ExpectedSheet {
  group: string;
  layer: string | null;
  assessor: string;
  targets: { caseId: string; items: number }[];
}

/**
 * Finds the assessors of groups, participant by participant, and gathers what each has to score. `goals` are those of the units, for
 * the groups that look at them.
 */
export function makeExpectation(
  groups: readonly AssessorGroup[],
  participants: readonly Participant[],
  directory: LiveDirectory,
  goals: ReadonlyMap<string, UnitGoals> = new Map(),
) {
  const data = directory.data();
  const units = new Map(participants.map((one) => [one.orgId, one]));
  const heads = participants.flatMap(({ orgId }) => data.orgs.get(orgId)?.headId ?? []);
  const sheets = new Map<string, ExpectedSheet>();
  const find = (who: readonly Assessor[], context: CaseContext): string[] =>
    who.flatMap((one) =>
      one.kind === 'heads' ? heads : directory.resolve({ who: [one], context, item: undefined }).flat(),
    );

  return {
    /** Adds a participant to the sheets of everyone who scores it. */
    add: (participant: Participant, context: CaseContext): void => {
      for (const group of groups) {
        if (group.kind === 'public' || !concerns(group, participant.category)) continue;
        const items = itemKeys(group, participant.indicators).length;
        if (items === 0) continue;
        const asked = askedLayers(group, goals.get(participant.orgId));
        if (!asked) continue;
        const layers = asked.map((layer) => ({ key: layer.key, who: layer.who ?? [] }));
        const parts = [...layers, { key: null, who: group.who ?? [] }];
        const taken = new Set<string>();
        for (const { key, who } of parts)
          for (const assessor of find(who, context)) {
            if (taken.has(assessor) || isBiased(data, group, assessor, participant.orgId)) continue;
            taken.add(assessor);
            const place = `${group.key}/${assessor}`;
            const sheet = sheets.get(place) ?? { group: group.key, layer: key, assessor, targets: [] };
            sheet.targets.push({ caseId: participant.caseId, items });
            sheets.set(place, sheet);
          }
      }
    },
    sheets,
    /** Groups that have units to score and nobody to score them. */
    vacant: (): string[] =>
      groups
        .filter(({ key, kind }) => kind !== 'public' && ![...sheets.values()].some(({ group }) => group === key))
        .filter((group) =>
          [...units.values()].some(
            ({ category, orgId }) => concerns(group, category) && askedLayers(group, goals.get(orgId)),
          ),
        )
        .map(({ key }) => key),
  };
}

/**
 * The layers of a group that score a unit; undefined where it has nothing that the group looks at. Where no layer of the group wrote any
 * of the opinions (they came another way), all of them look at the goals.
 */
function askedLayers(group: AssessorGroup, goals: UnitGoals | undefined): (AssessorGroup['layers'] & {}) | undefined {
  const layers = group.layers ?? [];
  if (group.about !== 'goals') return layers;
  if (!goals) return undefined;
  const wrote = layers.filter(({ key }) => goals.layers.has(key));
  return wrote.length > 0 ? wrote : layers;
}

/** Whether somebody scores what they have a part in: the own unit, or, where the group says so, one that it monitors. */
export function isBiased(data: DirectoryData, group: AssessorGroup, assessor: string, orgId: string): boolean {
  if (group.kind === 'self') return false;
  const house = houseOf(data, data.people.get(assessor)?.orgId);
  const unit = data.orgs.get(orgId);
  if (unit?.headId === assessor || (house !== undefined && house === houseOf(data, orgId))) return true;
  return group.exceptMonitored === true && house !== undefined && houseOf(data, unit?.monitoringUnitId) === house;
}

/** The unit that a section belongs to. */
function houseOf({ orgs }: DirectoryData, id: string | null | undefined): string | undefined {
  let org = id ? orgs.get(id) : undefined;
  while (org?.kind === 'section' && org.parentId) org = orgs.get(org.parentId);
  return org?.id;
}
