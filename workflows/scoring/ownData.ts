import type { CaseContext } from '../machine/context.ts';
import type { ScoreData } from './data.ts';

/** What a scoring rule sees of a case by itself: its own values, and who it is. */
export function ownData({ data, facts: { participant } }: Pick<CaseContext, 'data' | 'facts'>): ScoreData {
  const { id = '', name = '', category = '' } = participant ?? {};
  return {
    values: data,
    participant: { id, name, category },
    indicators: [],
    ballots: {},
    adjustments: [],
    history: [],
  };
}
