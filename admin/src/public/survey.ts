import { useMutation, useQuery } from '@tanstack/react-query';
import type { AssessorGroup, BallotRule, Scale } from '../../../workflows/ballots/schema.ts';
import { type Cast, checkSheet, OVERALL } from '../../../workflows/ballots/sheet.ts';
import { call } from '../api/http.ts';
import type { Text } from '../api/types.ts';
import { type Filled, isCast, placeOf } from '../ballots/sheet.ts';
import type { BallotSheet } from '../ballots/types.ts';

/** What a one-time link asks. */
export interface Survey {
  cycle: string;
  group: { key: string; name: Text };
  scale: Scale;
  abstain: boolean;
  rules: BallotRule[];
  items: { key: string; name: Text }[];
  opinions: boolean;
  participants: { id: string; name: string; category: string; items: string[] }[];
}

/** An opinion: of one unit (its case), or of all in general. */
export interface Opinion {
  participant?: string;
  text: string;
}

export const useSurvey = (token: string) =>
  useQuery<Survey>({
    queryKey: ['survey', token],
    queryFn: ({ signal }) => call<Survey>(`/surveys/${token}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

/** Sends the answer, once: the link is used up. */
export const useAnswer = (token: string) =>
  useMutation({
    mutationFn: (body: { ballots: Cast[]; opinions: Opinion[] }) =>
      call(`/surveys/${token}`, { method: 'POST', body: { ...body, ballots: body.ballots.filter(isCast) } }),
  });

/** A survey as the sheet that its rows are drawn by; who answers it, and until when, it does not say. */
export const sheetOf = (survey: Survey): BallotSheet => ({
  id: '',
  cycle: { id: '', name: survey.cycle },
  block: { key: '', name: survey.group.name },
  group: { ...survey.group, kind: 'public' },
  layer: null,
  state: 'open',
  expected: survey.participants.reduce((sum, { items }) => sum + items.length, 0),
  filled: 0,
  closesAt: null,
  open: true,
  can: ['submit'],
  scale: survey.scale,
  abstain: survey.abstain,
  rules: survey.rules,
  items: survey.items,
  opinions: survey.opinions,
  participants: survey.participants.map((unit) => ({ ...unit, state: 'due', goals: [] })),
  ballots: [],
  spoilt: [],
});

/** The same checks as on the server: one scores the units that one knows. */
export function errorsOf(survey: Survey, filled: Filled): { byPlace: Map<string, Text>; all: Text[] } {
  const { group, scale, abstain, rules, items } = survey;
  const asGroup: AssessorGroup = {
    ...group,
    kind: 'public',
    scale,
    abstain,
    rules,
    ...(items.length > 0 && { items }),
  };
  const ballots = [...filled.values()].filter(isCast);
  const targets = survey.participants.map(({ id, items: own }) => ({ participant: id, items: own }));
  const { errors } = checkSheet(asGroup, targets, ballots, { partial: true });
  const byPlace = new Map<string, Text>();
  const all: Text[] = [];
  for (const { path, message } of errors) {
    const at = /^ballots\[(\d+)\]/.exec(path);
    const ballot = at ? ballots[Number(at[1])] : undefined;
    if (ballot) byPlace.set(placeOf(ballot.participant, ballot.item ?? OVERALL), message);
    else all.push(message);
  }
  return { byPlace, all };
}
