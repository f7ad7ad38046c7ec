import { describe } from 'vitest';
import { approval, decimal, formula, gate, task } from '../../../support/blocks.ts';
import { testRows } from '../../../support/lintRows.ts';

const office = { kind: 'role', role: 'performanceOffice' } as const;
const vote = (more: object) => approval('a', { mode: 'vote', vote: { quorum: '0.5', pass: '0.5', ...more } });
const back = { returnTo: 'score', afterReturn: 'back' } as const;
const score = task('score', { fields: [decimal('points')] });

describe('votes', () => {
  testRows([
    ['more weights than entries', 'vote.weights', 'plan[0].vote.weights[1]', { plan: [vote({ weights: ['1', '2'] })] }],
    ['weights of nothing', 'vote.weights', 'plan[0].vote.weights', { plan: [vote({ weights: ['0.0'] })] }],
    ['a veto of nobody', 'vote.veto', 'plan[0].vote.veto[0]', { plan: [vote({ veto: [1] })] }],
    ['a veto twice', 'vote.veto', 'plan[0].vote.veto[1]', { plan: [vote({ veto: [0, 0] })] }],
  ]);
});

describe('actions', () => {
  testRows([
    [
      'abstaining without a vote',
      'allow.useless',
      'plan[0].allow[0]',
      { plan: [approval('a', { allow: ['abstain'] })] },
    ],
    [
      'claiming a seat of one',
      'allow.useless',
      'plan[0].allow[0]',
      { plan: [approval('a', { mode: 'all', allow: ['claim'] })] },
    ],
    ['taking back nobody', 'allow.useless', 'plan[0].allow[0]', { plan: [approval('a', { allow: ['remove'] })] }],
    [
      'withdrawing an approval',
      'allow.useless',
      'plan[0].allow[0]',
      { plan: [approval('a', { allow: ['withdraw'] })] },
    ],
    ['an action twice', 'allow.twice', 'plan[0].allow[1]', { plan: [task('a', { allow: ['delegate', 'delegate'] })] }],
  ]);
});

describe('batches', () => {
  testRows([
    [
      'a form that must be filled in',
      'batch.fields',
      'plan[0].batch',
      { plan: [approval('a', { batch: true, fields: [decimal('points')] })] },
    ],
    [
      'an earlier field that must be settled',
      'batch.fields',
      'plan[1].batch',
      { plan: [score, approval('a', { batch: true, access: { points: 'required' } })] },
    ],
  ]);
});

describe('returns', () => {
  testRows([
    [
      'a choice of nothing',
      'return.ignored',
      'plan[0].returnChoice',
      { plan: [approval('a', { returnChoice: 'earlier' })] },
    ],
    [
      'a way back from nothing',
      'return.ignored',
      'plan[0].afterReturn',
      { plan: [approval('a', { afterReturn: 'back' })] },
    ],
    [
      'straight back past a score',
      'return.skips',
      'plan[2].afterReturn',
      { plan: [score, formula('f', 'x', 'points + 1'), approval('a', back)] },
    ],
    [
      'straight back past a gate',
      'return.skips',
      'plan[2].afterReturn',
      { plan: [score, gate('g', 'points > 1', 'score'), approval('a', back)] },
    ],
  ]);
});

describe('what happens by itself', () => {
  testRows([
    [
      'a form that nobody fills in',
      'auto.values',
      'plan[0].auto.empty',
      { plan: [task('a', { fields: [decimal('x')], auto: { empty: 'pass' } })] },
    ],
    [
      'a form that the same approver is spared',
      'auto.values',
      'plan[0].auto.sameApprover',
      { plan: [approval('a', { fields: [decimal('x')], auto: { sameApprover: 'all' } })] },
    ],
    [
      'a task spared',
      'auto.task',
      'plan[0].auto.sameApprover',
      { plan: [task('a', { auto: { sameApprover: 'all' } })] },
    ],
    [
      'nobody instead of nobody',
      'who.role.unknown',
      'plan[0].auto.empty.who.role',
      { plan: [task('a', { auto: { empty: { who: { kind: 'role', role: 'nobody' } } } })] },
    ],
    [
      'a gate back to who may be nobody',
      'loop.endless',
      'plan[2].onFail',
      { plan: [score, approval('a', { who: [office], auto: { empty: 'pass' } }), gate('g', 'points > 1', 'a')] },
    ],
    [
      'a gate back to who may be spared',
      'loop.endless',
      'plan[2].onFail',
      { plan: [score, approval('a', { who: [office], auto: { sameApprover: 'all' } }), gate('g', 'points > 1', 'a')] },
    ],
  ]);
});
