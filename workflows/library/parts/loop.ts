import type { Block } from '../../template/block.ts';
import { appeal } from './appeal.ts';
import { draftResults, publicity } from './evaluation.ts';
import { applyResults, finalResults, type Judged, judge } from './judging.ts';
import { monitorLadder, officeLadder, unitLadder } from './ladders.ts';
import { type Rectification, rectification } from './rectification.ts';
import { city, head, monitor, office, staff } from './who.ts';

/**
 * From the scores to what they are used for: computed, drafted, approved by whoever the template names, public, appealed against,
 * computed again, issued, used. Appeals in 3 working days, decided in 10, as in 杭州, unless said.
 */
export const decided = (options: {
  judged: Judged;
  approvals: Block[];
  days?: { publicity: number; appeal: number; decide: number };
  shows?: string[];
}): Block[] => {
  const { judged, approvals, days = { publicity: 5, appeal: 3, decide: 10 } } = options;
  const results = ['totalScore', ...(judged.ranked ? ['standing'] : []), ...(judged.graded ? ['grade'] : [])];
  return [
    ...judge(judged),
    draftResults(),
    ...approvals,
    publicity(days.publicity),
    ...appeal({
      who: [head],
      review: [city('reviewers')],
      recuse: ['draftResults'],
      days: { appeal: days.appeal, decide: days.decide },
      shows: [...results, ...(options.shows ?? [])],
      again: judge(judged, 'Again'),
    }),
    finalResults(),
    applyResults(),
  ];
};

/** Rectification by the unit's staff, verified by the monitoring unit, closed by the office; as a template wants it otherwise. */
export const improvement = (options: Partial<Rectification> = {}): Block[] =>
  rectification({
    staff,
    office,
    verifier: monitor,
    ladders: { unit: unitLadder, verifier: monitorLadder, office: officeLadder },
    ...options,
  });
