import { Decimal } from 'decimal.js';
import type { Outcome, Seat } from '../machine/context.ts';
import type { ApprovalBlock } from '../template/block.ts';

/**
 * 票签. Each seat has a weight (1 unless the template gives one). The vote is valid when at least `quorum` of all weight has
 * voted, abstentions included; it passes when at least `pass` of the valid votes (those for and against) is for it. The no of a
 * veto seat decides against. Decided as soon as the votes still out cannot change it. A vote that fails, or is not valid once
 * all have voted, rejects where the template has `onReject`, else returns.
 */
export function countVotes(block: ApprovalBlock, seats: readonly Seat[]): Outcome | null {
  const { quorum, pass } = block.vote ?? { quorum: '0', pass: '0.5' };
  const weightOf = (which: (seat: Seat) => boolean) =>
    seats.filter(which).reduce((sum, seat) => sum.plus(seat.weight ?? 1), new Decimal(0));
  const failed: Outcome = block.onReject === undefined ? 'returned' : 'rejected';
  if (seats.some((seat) => seat.veto && seat.action === 'reject')) return failed;

  const total = weightOf(() => true);
  const yes = weightOf((seat) => seat.action === 'approve');
  const no = weightOf((seat) => seat.action === 'reject');
  const out = weightOf((seat) => seat.state !== 'done');
  const vetoOut = seats.some((seat) => seat.veto && seat.state !== 'done');
  const atLeast = (part: Decimal, of: Decimal, share: string) => part.gte(of.times(share)) && of.gt(0);
  const quorate = atLeast(total.minus(out), total, quorum);

  if (out.isZero()) return quorate && atLeast(yes, yes.plus(no), pass) ? 'done' : failed;
  // Passed even if all that is out goes against it (abstentions would only help), and nobody can veto any more.
  const decided = yes.plus(no);
  if (quorate && !vetoOut && decided.gt(0) && atLeast(yes, decided.plus(out), pass)) return 'done';
  // Lost even if all that is out goes for it.
  const best = yes.plus(out);
  return atLeast(best, best.plus(no), pass) ? null : failed;
}
