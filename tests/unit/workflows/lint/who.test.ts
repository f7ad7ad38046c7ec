import { describe } from 'vitest';
import { approval, decimal, formula, named, parallel, repeat, task, template, wait } from '../../../support/blocks.ts';
import { testRows } from '../../../support/lintRows.ts';

const STAFF = { kind: 'role', role: 'staff', of: 'participant' } as const;
const office = { kind: 'role', role: 'performanceOffice' } as const;
const score = task('score', { fields: [decimal('points')] });

describe('who', () => {
  testRows([
    [
      'a role that is not there',
      'who.role.unknown',
      'plan[0].who[0].role',
      { plan: [task('a', { who: [{ kind: 'role', role: 'nobody' }] })] },
    ],
    [
      'a role that every object has',
      'who.role.unknown',
      'plan[0].who[0].role',
      { plan: [task('a', { who: [{ kind: 'role', role: 'toString' }] })] },
    ],
    [
      'a city role of a unit',
      'who.role.scope',
      'plan[0].who[0].of',
      { plan: [task('a', { who: [{ ...office, of: 'participant' }] })] },
    ],
    [
      'a unit role of no unit',
      'who.role.scope',
      'plan[0].who[0].role',
      { plan: [task('a', { who: [{ kind: 'role', role: 'staff' }] })] },
    ],
    [
      'the section outside a repeat',
      'who.item',
      'plan[0].who[0].of',
      { plan: [task('a', { who: [{ kind: 'head', of: 'item' }] })] },
    ],
    [
      'the section of a month',
      'who.item',
      'plan[0].blocks[0].who[0].of',
      {
        plan: [repeat('r', 'months', 'oneByOne', [task('a', { who: [{ kind: 'role', role: 'staff', of: 'item' }] })])],
      },
    ],
    [
      'the unit of a row that is none',
      'who.item',
      'plan[1].blocks[0].who[0].of',
      {
        plan: [
          { key: 'f', type: 'compute', name: named('f'), into: 'other', rule: { kind: 'pace' } },
          repeat('r', { rows: 'other' }, 'together', [task('a', { who: [{ kind: 'head', of: 'item' }] })]),
        ],
      },
    ],
    [
      'the participant in a cycle block',
      'cycle.participant',
      'plan[0].who[0]',
      { plan: [task('a', { per: 'cycle', who: [STAFF] }), task('b')] },
    ],
    [
      'the head in a cycle block',
      'cycle.participant',
      'plan[0].who[0]',
      { plan: [task('a', { per: 'cycle', who: [{ kind: 'head' }] }), task('b')] },
    ],
    [
      'the monitoring unit inside a cycle block',
      'cycle.participant',
      'plan[0].branches[0].blocks[0].who[0]',
      {
        plan: [
          {
            ...parallel(
              'p',
              [task('a', { who: [{ kind: 'head', of: 'monitoringUnit' }] })],
              [task('b', { who: [office] })],
            ),
            per: 'cycle',
          },
          task('c'),
        ],
      },
    ],
    [
      'a person from a field that is not there',
      'name.unknown',
      'plan[0].who[0].field',
      { plan: [task('a', { who: [{ kind: 'field', field: 'nope' }] })] },
    ],
    [
      'a person from a later field',
      'name.later',
      'plan[0].who[0].field',
      {
        plan: [
          task('a', { who: [{ kind: 'field', field: 'who' }] }),
          task('b', { fields: [{ key: 'who', type: 'person', name: named('who') }] }),
        ],
      },
    ],
    [
      'a person from a number',
      'who.field.type',
      'plan[1].who[0].field',
      { plan: [score, task('a', { who: [{ kind: 'field', field: 'points' }] })] },
    ],
    [
      'the actor of nothing',
      'who.actorOf.unknown',
      'plan[0].who[0].block',
      { plan: [task('a', { who: [{ kind: 'actorOf', block: 'nope' }] })] },
    ],
    [
      'the actor of a wait',
      'who.actorOf.unknown',
      'plan[1].who[0].block',
      { plan: [wait('w'), task('a', { who: [{ kind: 'actorOf', block: 'w' }] })] },
    ],
    [
      'the actor of a later block',
      'who.actorOf.later',
      'plan[0].who[0].block',
      { plan: [task('a', { who: [{ kind: 'actorOf', block: 'b' }] }), task('b')] },
    ],
    [
      'the actor of a participant in a cycle block',
      'cycle.participant',
      'plan[1].who[0].block',
      {
        plan: [task('a'), task('b', { per: 'cycle', who: [{ kind: 'actorOf', block: 'a' }] })],
      },
    ],
    [
      'the actor of a cycle block for a participant',
      'cycle.participant',
      'plan[1].who[0].block',
      {
        plan: [task('a', { per: 'cycle', who: [office] }), task('b', { who: [{ kind: 'actorOf', block: 'a' }] })],
      },
    ],
    [
      'the actor of a block outside the item',
      'who.actorOf.otherCase',
      'plan[1].blocks[0].who[0].block',
      {
        plan: [task('a'), repeat('r', 'sections', 'together', [task('b', { who: [{ kind: 'actorOf', block: 'a' }] })])],
      },
    ],
    [
      'the initiator at the start',
      'who.nobodyYet',
      'plan[0].who[0].kind',
      { plan: [task('a', { who: [{ kind: 'initiator' }] })] },
    ],
    [
      'the superior of nobody',
      'who.nobodyYet',
      'plan[0].who[0].kind',
      { plan: [task('a', { who: [{ kind: 'superior' }] })] },
    ],
    [
      'a copy to a role that is not there',
      'who.role.unknown',
      'plan[0].cc[0].role',
      { plan: [approval('a', { cc: [{ kind: 'role', role: 'nobody' }] })] },
    ],
    [
      'a rung to a role that is not there',
      'who.role.unknown',
      'plan[0].escalate[0].to.role',
      {
        plan: [task('a', { escalate: [{ after: 1, do: 'transfer', to: { kind: 'role', role: 'nobody' } }] })],
      },
    ],
    [
      'a role that nobody is asked for',
      'role.unused',
      'roles.spare',
      { plan: [task('a'), approval('b')] },
      {
        roles: { ...template({}).roles, spare: { name: named('x'), scope: 'city' } },
      },
    ],
  ]);
});

describe('shows', () => {
  testRows([
    [
      'access to a value that is not there',
      'name.unknown',
      'plan[0].access.nope',
      { plan: [task('a', { access: { nope: 'read' } })] },
    ],
    [
      'hiding what is not there',
      'name.unknown',
      'plan[0].access.nope',
      { plan: [task('a', { access: { nope: 'hidden' } })] },
    ],
    [
      'access to a value of later',
      'name.later',
      'plan[0].access.points',
      { plan: [task('a', { access: { points: 'write' } }), score] },
    ],
    [
      'access to an own field',
      'access.own',
      'plan[0].access.points',
      { plan: [{ ...score, access: { points: 'required' } }] },
    ],
    [
      'a value that is both shown and hidden',
      'access.shows',
      'plan[1].access.points',
      { plan: [score, task('a', { shows: ['points'], access: { points: 'hidden' } })] },
    ],
    [
      'writing what is computed',
      'access.computed',
      'plan[2].access.sum',
      { plan: [score, formula('f', 'sum', 'points + 1'), task('a', { access: { sum: 'write' } })] },
    ],
    [
      'two branches that change one value',
      'name.race',
      'plan[1].branches[1].blocks[0]',
      {
        plan: [
          score,
          parallel('p', [task('l', { access: { points: 'write' } })], [task('r', { access: { points: 'required' } })]),
        ],
      },
    ],
    ['a value that is not there', 'name.unknown', 'plan[0].shows[0]', { plan: [task('a', { shows: ['nope'] })] }],
    ['a value of later', 'name.later', 'plan[0].shows[0]', { plan: [task('a', { shows: ['points'] }), score] }],
    [
      'a value of the other branch',
      'name.later',
      'plan[0].branches[1].blocks[0].shows[0]',
      { plan: [parallel('p', [score], [task('b', { shows: ['points'] })])] },
    ],
    [
      'a value that stayed in an item',
      'name.later',
      'plan[1].shows[0]',
      { plan: [repeat('r', 'sections', 'together', [score]), task('a', { shows: ['points'] })] },
    ],
    [
      "a participant's value in a cycle block",
      'name.later',
      'plan[1].shows[0]',
      { plan: [score, task('b', { per: 'cycle', who: [office], shows: ['points'] })] },
    ],
  ]);
});
