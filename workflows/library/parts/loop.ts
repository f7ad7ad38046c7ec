import type { Block, HumanBlock } from '../../template/block.ts';
import { type Appeal, appeal } from './appeal.ts';
import { draftResults, publicity } from './evaluation.ts';
import { applyResults, finalResults, type Judged, judge, withCorrection } from './judging.ts';
import { monitorLadder, officeLadder, unitLadder } from './ladders.ts';
import { type Rectification, rectification } from './rectification.ts';
import { city, head, monitor, office, staff } from './who.ts';

/**
 * From the scores to what they are used for: computed, drafted, approved by whoever the template names, public, appealed against,
 * computed again, issued, used. Whoever drafted, approved or (`makers`) verified keeps out of the review, which corrects indicators on
 * record, or points. Appeals in 3 working days, decided in 10, as in 杭州, unless said.
 */
export const decided = (options: {
  judged: Judged;
  approvals: HumanBlock[];
  /** Earlier blocks whose people had a hand in the result, such as the verification of the values. */
  makers: string[];
  correction?: Appeal['correction'];
  /** Who approves the decision on an appeal. */
  approve?: Appeal['approve'];
  days?: { publicity?: number } & Appeal['days'];
  shows?: string[];
}): Block[] => {
  const { judged, approvals, makers, correction = 'indicators', approve, days = { appeal: 3, decide: 10 } } = options;
  const results = ['totalScore', ...(judged.ranked ? ['standing'] : []), ...(judged.graded ? ['grade'] : [])];
  const { publicity: open, ...limits } = days;
  return [
    ...judge(judged),
    draftResults(),
    ...approvals,
    publicity(open),
    ...appeal({
      who: [head],
      review: [city('reviewers')],
      recuse: ['draftResults', ...approvals.map(({ key }) => key), ...makers],
      ...(approve && { approve }),
      days: limits,
      shows: [...results, ...(options.shows ?? [])],
      correction,
      again: judge(withCorrection(judged), 'Again'),
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
