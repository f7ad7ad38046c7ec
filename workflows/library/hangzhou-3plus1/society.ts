import type { AssessorGroup } from '../../ballots/schema.ts';
import type { Rule } from '../../scoring/rule.ts';
import { says } from '../parts/fields.ts';
import { city } from '../parts/who.ts';

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

export const assessors: AssessorGroup[] = [
  {
    key: 'society',
    name: says('社会评价', 'Social assessment'),
    // Named people of the society, who answer with sheets of their own.
    kind: 'thirdParty',
    scale: { options },
    layers: LAYERS.map(([key, zh, en, weight]) => ({ key, name: says(zh, en), weight, who: [city(key)] })),
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
];

/** Each layer by itself, then together by the weights above. */
export const socialScore: Rule = {
  kind: 'raters',
  name: says('社会评价', 'Social assessment'),
  of: 'ballots.society.overall',
};
