import { describe } from 'vitest';
import { approval, branch, decimal, formula, gate, parallel, repeat, task, wait } from '../../../support/blocks.ts';
import { testRows } from '../../../support/lintRows.ts';

const office = { kind: 'role', role: 'performanceOffice' } as const;
const score = task('score', { fields: [decimal('points')] });

describe('where it goes back to', () => {
  testRows([
    ['back to nothing', 'target.unknown', 'plan[0].returnTo', { plan: [approval('a', { returnTo: 'nope' })] }],
    ['back to itself', 'target.later', 'plan[0].returnTo', { plan: [approval('a', { returnTo: 'a' })] }],
    [
      'back to a later block',
      'target.later',
      'plan[0].onReject',
      { plan: [approval('a', { onReject: 'b' }), task('b')] },
    ],
    [
      'back to a block of a later phase',
      'target.later',
      'plan[0].onReject',
      { plan: [approval('a', { onReject: 'b' })], rectify: [task('b')] },
    ],
    [
      'back into a branch',
      'target.inside',
      'plan[2].returnTo',
      { plan: [score, branch('b', 'points > 1', [task('a')]), approval('c', { returnTo: 'a' })] },
    ],
    [
      'back to the box around',
      'target.around',
      'plan[0].branches[0].blocks[0].returnTo',
      { plan: [parallel('p', [approval('a', { returnTo: 'p' })], [task('b')])] },
    ],
    [
      'back to the other branch at once',
      'target.inside',
      'plan[0].branches[1].blocks[0].returnTo',
      { plan: [parallel('p', [task('a')], [approval('b', { returnTo: 'a' })])] },
    ],
    [
      'back out of an item',
      'target.otherCase',
      'plan[1].blocks[0].returnTo',
      { plan: [task('a'), repeat('r', 'sections', 'together', [approval('b', { returnTo: 'a' })])] },
    ],
    [
      'back into an item',
      'target.otherCase',
      'plan[1].returnTo',
      { plan: [repeat('r', 'sections', 'together', [task('a')]), approval('b', { returnTo: 'a' })] },
    ],
    [
      'back to before a meeting',
      'target.overMeeting',
      'plan[2].returnTo',
      { plan: [task('a'), task('c', { per: 'cycle', who: [office] }), approval('b', { returnTo: 'a' })] },
    ],
    [
      "a cycle block back to a participant's",
      'target.otherCase',
      'plan[1].returnTo',
      { plan: [task('a'), approval('b', { per: 'cycle', returnTo: 'a' })] },
    ],
    [
      'a cycle block back to an earlier meeting',
      'target.inside',
      'plan[2].returnTo',
      {
        plan: [task('a', { per: 'cycle', who: [office] }), task('b'), approval('c', { per: 'cycle', returnTo: 'a' })],
      },
    ],
    ['a gate back to nothing', 'target.unknown', 'plan[1].onFail', { plan: [score, gate('g', 'points > 1', 'nope')] }],
    [
      'a return that nobody gets',
      'target.nobody',
      'plan[2].returnTo',
      { plan: [score, formula('f', 'x', 'points + 1'), approval('a', { returnTo: 'f' })] },
    ],
    [
      'a gate back to where nothing changes',
      'loop.unchanged',
      'plan[3].requires[0].if',
      { plan: [score, task('a'), formula('f', 'x', 'points + 1'), gate('g', 'x > 1', 'a')] },
    ],
    [
      'a gate back to where nobody acts',
      'loop.endless',
      'plan[2].onFail',
      { plan: [score, formula('f', 'x', 'points + 1'), gate('g', 'x > 1', 'f')] },
    ],
    [
      'a gate back to a branch that may be empty',
      'loop.endless',
      'plan[2].onFail',
      {
        plan: [score, branch('b', 'points > 5', [task('a')]), gate('g', 'points > 1', 'b')],
      },
    ],
    [
      'a gate back to a day that passes',
      'loop.endless',
      'plan[2].onFail',
      { plan: [score, wait('w', { until: { date: '05-01' } }), gate('g', 'points > 1', 'w')] },
    ],
    [
      'a gate back to a repeat that may be empty',
      'loop.endless',
      'plan[2].onFail',
      { plan: [score, repeat('r', 'sections', 'together', [task('a')]), gate('g', 'points > 1', 'r')] },
    ],
    [
      'a gate back to a task that passes itself',
      'loop.endless',
      'plan[2].onFail',
      {
        plan: [
          score,
          task('a', { deadline: { date: '05-01' }, escalate: [{ after: 0, do: 'pass' }] }),
          gate('g', 'points > 1', 'a'),
        ],
      },
    ],
  ]);
});

describe('approvals', () => {
  testRows([
    [
      'a vote with no way on',
      'vote.noWay',
      'plan[0]',
      { plan: [approval('a', { mode: 'vote', vote: { quorum: '0.5', pass: '0.5' }, onReject: undefined })] },
    ],
    ['a vote without shares', 'vote.shares', 'plan[0]', { plan: [approval('a', { mode: 'vote' })] }],
    [
      'a vote that carries at once',
      'vote.pass',
      'plan[0].vote.pass',
      { plan: [approval('a', { mode: 'vote', vote: { quorum: '0.5', pass: '0.0' } })] },
    ],
    [
      'shares without a vote',
      'vote.mode',
      'plan[0].vote',
      { plan: [approval('a', { mode: 'all', vote: { quorum: '0.5', pass: '0.5' } })] },
    ],
    [
      'a vote by one',
      'approval.alone',
      'plan[0].mode',
      { plan: [approval('a', { mode: 'sequential', who: [{ kind: 'head' }] })] },
    ],
    ['only yes', 'approval.onlyYes', 'plan[0]', { plan: [approval('a', { onReject: undefined })] }],
  ]);
});
