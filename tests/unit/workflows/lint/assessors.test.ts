import { describe } from 'vitest';
import type { AssessorGroup } from '../../../../workflows/ballots/schema.ts';
import type { Block } from '../../../../workflows/template/block.ts';
import { named } from '../../../support/blocks.ts';
import { testRows } from '../../../support/lintRows.ts';

const block = (...groups: string[]): { evaluate: Block[] } => ({
  evaluate: [
    {
      key: 'vote',
      type: 'ballots',
      per: 'cycle',
      name: named('vote'),
      groups,
      until: { from: 'opened', workingDays: 5 },
    },
  ],
});
const peers = (more: Partial<AssessorGroup> = {}): AssessorGroup => ({
  key: 'peers',
  name: named('peers'),
  kind: 'peer',
  who: [{ kind: 'heads' }],
  scale: { min: '0', max: '100' },
  ...more,
});
const scale = { options: ['a', 'a'].map((key) => ({ key, name: named(key), points: '1' })) };

describe('assessors', () => {
  testRows([
    [
      'a group that is not there',
      'assessors.unknown',
      'evaluate[0].groups[1]',
      block('peers', 'nobody'),
      { assessors: [peers()] },
    ],
    ['a group twice', 'assessors.twice', 'assessors[1].key', block('peers'), { assessors: [peers(), peers()] }],
    [
      'a group that no block asks',
      'assessors.unasked',
      'assessors[1].key',
      block('peers'),
      { assessors: [peers(), peers({ key: 'more' })] },
    ],
    [
      'a category that is not there',
      'assessors.unknown',
      'assessors[0].categories[0]',
      block('peers'),
      { assessors: [peers({ categories: ['x'] })] },
    ],
    [
      'a survey of a group that nobody has asked before',
      'assessors.unheard',
      'evaluate[0].rule.group',
      {
        evaluate: [
          {
            key: 'heard',
            type: 'compute',
            per: 'cycle',
            name: named('heard'),
            into: 'said',
            rule: { kind: 'survey', group: 'peers' },
          },
          ...block('peers').evaluate,
        ],
      },
      { assessors: [peers()] },
    ],
    [
      'a group that looks at goals where nobody is asked for opinions',
      'assessors.noGoals',
      'assessors[0].about',
      block('peers'),
      { assessors: [peers({ about: 'goals' })] },
    ],
    [
      'a public survey about goals',
      'assessors.public',
      'assessors[0].about',
      block('peers'),
      { assessors: [peers({ kind: 'public', who: undefined, about: 'goals', opinions: true })] },
    ],
    [
      'a group that is smaller than its least number of votes',
      'assessors.few',
      'assessors[0].minVotes',
      block('peers'),
      { assessors: [peers({ who: [{ kind: 'head', of: 'participant' }] })] },
    ],
    [
      'a layer with a weight that is smaller than the least number of votes',
      'assessors.few',
      'assessors[0].layers[0].who',
      block('peers'),
      {
        assessors: [
          {
            ...peers(),
            who: undefined,
            layers: [
              { key: 'one', name: named('one'), weight: '1', who: [{ kind: 'head', of: 'participant' }] },
              { key: 'all', name: named('all'), weight: '1', who: [{ kind: 'heads' }] },
            ],
          },
        ],
      },
    ],
    [
      'a layer without a weight beside one that has one',
      'assessors.layerWeight',
      'assessors[0].layers[1].weight',
      block('peers'),
      {
        assessors: [
          peers({
            layers: [
              { key: 'a', name: named('a'), weight: '1' },
              { key: 'b', name: named('b') },
            ],
          }),
        ],
      },
    ],
    [
      'a public survey that two votes are enough for',
      'assessors.minVotes',
      'assessors[0].minVotes',
      block('peers'),
      { assessors: [{ ...peers({ kind: 'public', minVotes: 2 }), who: undefined } as never] },
    ],
    [
      'nobody who scores',
      'assessors.nobody',
      'assessors[0].who',
      block('peers'),
      { assessors: [{ ...peers(), who: undefined } as never] },
    ],
    [
      'a public group with names',
      'assessors.public',
      'assessors[0].who',
      block('peers'),
      { assessors: [peers({ kind: 'public' })] },
    ],
    [
      'a role that is not there',
      'assessors.unknown',
      'assessors[0].who[0].role',
      block('peers'),
      { assessors: [peers({ who: [{ kind: 'role', role: 'toString' }] })] },
    ],
    [
      'a unit role of no unit',
      'assessors.role',
      'assessors[0].who[0].role',
      block('peers'),
      { assessors: [peers({ who: [{ kind: 'role', role: 'staff' }] })] },
    ],
    [
      'the item of no repeat',
      'assessors.item',
      'assessors[0].who[0].of',
      block('peers'),
      { assessors: [peers({ who: [{ kind: 'head', of: 'item' }] })] },
    ],
    [
      'a scale upside down',
      'assessors.scale',
      'assessors[0].scale',
      block('peers'),
      { assessors: [peers({ scale: { min: '9', max: '1' } })] },
    ],
    [
      'an option twice',
      'assessors.twice',
      'assessors[0].scale.options[1].key',
      block('peers'),
      { assessors: [peers({ scale })] },
    ],
    [
      'a rule that counts nothing',
      'assessors.rule',
      'assessors[0].rules[0]',
      block('peers'),
      { assessors: [peers({ rules: [{ kind: 'atMost', count: 3 }] })] },
    ],
    [
      'a rule over an option that is not there',
      'assessors.unknown',
      'assessors[0].rules[0].option',
      block('peers'),
      { assessors: [peers({ rules: [{ kind: 'atMost', count: 3, option: 'best' }] })] },
    ],
    [
      'indicators where there are none',
      'assessors.indicators',
      'assessors[0].items',
      block('peers'),
      { assessors: [peers({ items: 'indicators' })] },
    ],
  ]);
});
