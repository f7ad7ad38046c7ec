import type { AssessorGroup } from '../../../workflows/ballots/schema.ts';
import { type Cast, checkSheet, OVERALL } from '../../../workflows/ballots/sheet.ts';
import type { Text } from '../api/types.ts';
import type { BallotSheet } from './types.ts';

/** What is filled in, by unit and item. */
export type Filled = ReadonlyMap<string, Cast>;

export const placeOf = (participant: string, item: string): string => `${participant}/${item}`;

export const filledOf = (ballots: readonly Cast[]): Filled =>
  new Map(ballots.map((ballot) => [placeOf(ballot.participant, ballot.item ?? OVERALL), ballot]));

/** Whether anything was said: a score, an option, or an abstention. */
export const isCast = (ballot: Cast | undefined): boolean =>
  ballot !== undefined && (ballot.abstain === true || !!ballot.value || !!ballot.option);

/** How many ballots of a sheet are filled in. */
export const countOf = (filled: Filled): number => [...filled.values()].filter(isCast).length;

/** The same checks as on the server: of one's own places, by place, and of the sheet as a whole. */
export function errorsOf(sheet: BallotSheet, filled: Filled, whole: boolean) {
  const { group, scale, abstain, rules, items } = sheet;
  const ballots = [...filled.values()].filter(isCast);
  const asGroup: AssessorGroup = { ...group, scale, abstain, rules, ...(items.length > 0 && { items }) };
  const targets = sheet.participants
    .filter(({ state }) => state === 'due')
    .map(({ id, items }) => ({ participant: id, items }));
  const { errors, spoilt } = checkSheet(asGroup, targets, ballots, { draft: !whole });
  const byPlace = new Map<string, Text>();
  const all: Text[] = [];
  for (const { path, message, fault } of errors) {
    const at = /^ballots\[(\d+)\]/.exec(path);
    const ballot = at && fault !== 'missing' ? ballots[Number(at[1])] : undefined;
    if (ballot) byPlace.set(placeOf(ballot.participant, ballot.item ?? OVERALL), message);
    else if (fault === 'rule') all.push(message);
  }
  return { byPlace, all, missing: errors.filter(({ fault }) => fault === 'missing').length, spoilt };
}
