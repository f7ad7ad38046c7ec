import type { AssessorGroup } from '../../ballots/schema.ts';
import type { Rule } from '../../scoring/rule.ts';
import type { Block } from '../../template/block.ts';
import { ballots } from '../parts/ballots.ts';
import { says } from '../parts/fields.ts';
import { city } from '../parts/who.ts';

const REVISIT = 'revisit';
const SATISFACTION = 'goalSatisfaction';
const FORMER = 'formerSatisfaction';

/** The layers of raters and what each counts of the social assessment; the layers follow the source's kinds, the shares are examples. */
const LAYERS = [
  ['delegates', '党代表、人大代表和政协委员', 'Delegates and members of the consultative conference', '30'],
  ['enterprises', '企业代表', 'Enterprises', '20'],
  ['residents', '市民代表', 'Residents', '30'],
  ['grassRoots', '区县和基层', 'Districts and grass roots', '20'],
] as const;

const options = [
  { key: 'satisfied', name: says('满意', 'Satisfied'), points: '100' },
  { key: 'fairly', name: says('比较满意', 'Fairly satisfied'), points: '80' },
  { key: 'basically', name: says('基本满意', 'Basically satisfied'), points: '60' },
  { key: 'notSatisfied', name: says('不满意', 'Not satisfied'), points: '0' },
];

const layers = LAYERS.map(([key, zh, en, weight]) => ({ key, name: says(zh, en), weight, who: [city(key)] }));

export const assessors: AssessorGroup[] = [
  {
    key: 'society',
    name: says('社会评价', 'Social assessment'),
    // Named people of the society, who answer with sheets of their own.
    kind: 'thirdParty',
    scale: { options },
    layers,
    abstain: true,
    opinions: true,
  },
  {
    key: 'leaders',
    name: says('领导考评', 'Leaders'),
    kind: 'superior',
    who: [city('leaders')],
    scale: { min: '0', max: '100' },
    abstain: true,
  },
  {
    key: REVISIT,
    name: says('整改满意度测评', 'Survey on the improvement goals'),
    kind: 'thirdParty',
    about: 'goals',
    scale: { options },
    layers,
    abstain: true,
  },
];

/** Each layer by itself, then together by their weights. */
const annual: Rule = { kind: 'raters', name: says('社会评价', 'Social assessment'), of: 'ballots.society.overall' };

/**
 * The source: after the check in November the raters are asked what became of their opinions, and that feeds the score: of the year in which
 * it was rectified, which is the cycle after the one that the opinions were given in. Where there was none, the raters' sheets count for all.
 * That it counts a tenth is an example.
 */
export const socialScore: Rule = {
  kind: 'composite',
  name: says('社会评价', 'Social assessment'),
  of: [
    { key: 'annual', weight: '90', rule: annual },
    {
      key: 'rectified',
      name: says('上年评价意见整改满意度', "How the last year's opinions were rectified"),
      weight: '10',
      rule: `values.${FORMER}`,
    },
  ],
};

/** The survey itself: once the goals are checked. */
export const revisit: Block[] = [
  ballots('revisit', '评价意见整改满意度测评', 'The raters are asked about the goals', [REVISIT], 10),
  {
    key: 'revisited',
    type: 'compute',
    per: 'cycle',
    name: says('整改满意度', 'Satisfaction with the rectification'),
    into: SATISFACTION,
    rule: { kind: 'survey', group: REVISIT },
  },
];

/** What the survey of the cycle before said, for this one's score. */
export const formerRevisit: Block = {
  key: 'formerRevisit',
  type: 'compute',
  name: says('上年评价意见整改满意度', "How the last year's opinions were rectified"),
  into: FORMER,
  rule: { kind: 'former', value: SATISFACTION },
};
