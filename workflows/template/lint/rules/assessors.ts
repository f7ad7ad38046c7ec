import { MIN_VOTES, minVotesOf } from '../../../ballots/groups.ts';
import type { Assessor, AssessorGroup } from '../../../ballots/schema.ts';
import { Exact } from '../../../scoring/exact.ts';
import { wrongAnchors } from '../../anchors.ts';
import { sitesOf } from '../../model.ts';
import { blocksOf, type CycleTemplate } from '../../schema.ts';
import { error, type Finding, text, warning } from '../finding.ts';
import type { Rule } from './rule.ts';

/** The section `assessors` and the blocks that ask its groups. */
export const assessors: Rule = (model) => {
  const groups = model.template.assessors ?? [];
  const blocks = sitesOf(model, 'ballots');
  const keys = groups.map(({ key }) => key);
  const asked = blocks.flatMap(({ block, path }) =>
    block.groups.map((key, i) => ({ key, path: `${path}.groups[${i}]` })),
  );
  return [
    ...groups.flatMap((group, i) => groupFindings(model.template, group, `assessors[${i}]`)),
    ...keys.flatMap((key, i) => (keys.indexOf(key) < i ? [twice(`assessors[${i}].key`, key)] : [])),
    ...asked.flatMap(({ key, path }) => (keys.includes(key) ? [] : [unknown(path, key)])),
    ...keys.flatMap((key, i) => (asked.some((one) => one.key === key) ? [] : [unasked(`assessors[${i}].key`, key)])),
    ...sitesOf(model, 'compute').flatMap(({ block: { rule }, path, order }) => {
      if (rule.kind !== 'survey') return [];
      const before = blocks.some((site) => site.order < order && site.block.groups.includes(rule.group));
      return before ? [] : [unheard(`${path}.rule.group`, rule.group)];
    }),
    ...groups.flatMap(({ about, kind }, i) => (about && kind === 'public' ? [unnamed(`assessors[${i}].about`)] : [])),
    ...groups.flatMap(({ about }, i) =>
      about === 'goals' && !groups.some(({ opinions }) => opinions) ? [noGoals(`assessors[${i}].about`)] : [],
    ),
  ];
};

function groupFindings(template: CycleTemplate, group: AssessorGroup, path: string): Finding[] {
  const { categories = [], layers = [] } = group;
  return [
    ...categories.flatMap((one, i) =>
      known(template.categories, one) ? [] : [unknown(`${path}.categories[${i}]`, one)],
    ),
    ...layers.flatMap(({ key }, i) =>
      layers.findIndex((one) => one.key === key) < i ? [twice(`${path}.layers[${i}].key`, key)] : [],
    ),
    ...layerFindings(group, path),
    ...votesFindings(group, path),
    ...fewFindings(group, path),
    ...whoFindings(template, group, path),
    ...scaleFindings(group, `${path}.scale`),
    ...ruleFindings(group, path),
    ...itemFindings(template, group, path),
  ];
}

/** Layers are weighed against each other: all of them have a weight, or none. */
function layerFindings({ layers = [] }: AssessorGroup, path: string): Finding[] {
  if (layers.every(({ weight }) => weight === undefined)) return [];
  return layers.flatMap(({ key, weight }, i) =>
    weight === undefined
      ? [
          error(
            'assessors.layerWeight',
            `${path}.layers[${i}].weight`,
            text(`评价层“${key}”没有权重，其他层有。`, `The layer "${key}" has no weight, others have.`),
            text('各层都写权重，或都不写。', 'Give every layer a weight, or none.'),
          ),
        ]
      : [],
  );
}

/** Whoever answers a public survey was promised that nobody learns what they said. */
function votesFindings({ kind, minVotes = MIN_VOTES }: AssessorGroup, path: string): Finding[] {
  if (kind !== 'public' || minVotes >= MIN_VOTES) return [];
  return [
    error(
      'assessors.minVotes',
      `${path}.minVotes`,
      text(
        `公众评议至少 ${MIN_VOTES} 票才能公布，否则看得出是谁评的。`,
        `A public survey needs at least ${MIN_VOTES} votes before anything is told: fewer would tell who said what.`,
      ),
      text(`改为 ${MIN_VOTES} 或更多，或不写。`, `Ask for ${MIN_VOTES} or more, or leave it out.`),
    ),
  ];
}

/** Where the template itself says that there are too few to be heard: named people, and heads of one unit. */
function fewFindings(group: AssessorGroup, path: string): Finding[] {
  const { kind, who = [], layers = [] } = group;
  const least = minVotesOf(group);
  const weighted = layers.some(({ weight }) => weight !== undefined);
  const parts = weighted
    ? layers.map((layer, i) => ({ who: layer.who ?? [], path: `${path}.layers[${i}].who` }))
    : [{ who: [...who, ...layers.flatMap((layer) => layer.who ?? [])], path: `${path}.minVotes` }];
  if (kind === 'public') return [];
  return parts.flatMap((part) =>
    part.who.length === 0 || part.who.length >= least || !part.who.every(isOne)
      ? []
      : [
          warning(
            'assessors.few',
            part.path,
            text(
              `最多 ${part.who.length} 人评价，不足 ${least} 票：不会计入，其余各方按全部计算。`,
              `At most ${part.who.length} can vote, fewer than ${least}: what they say is left out, and the rest counts for the whole.`,
            ),
            text('增加评价人，或写明较小的 minVotes。', 'Name more assessors, or state a smaller minVotes.'),
          ),
        ],
  );
}

/** Stands for one person at most. */
const isOne = ({ kind }: Assessor): boolean =>
  kind === 'person' || kind === 'head' || kind === 'superior' || kind === 'field';

/** Somebody must be found, but for the public, whom nobody looks for. */
function whoFindings(template: CycleTemplate, { kind, who, layers = [] }: AssessorGroup, path: string): Finding[] {
  const places = [
    ...(who ? [{ list: who, path: `${path}.who` }] : []),
    ...layers.flatMap((layer, i) => (layer.who ? [{ list: layer.who, path: `${path}.layers[${i}].who` }] : [])),
  ];
  if (kind === 'public')
    return places.map((place) =>
      error(
        'assessors.public',
        place.path,
        text(
          '公众评议通过一次性链接进行，没有指定的评价人。',
          'The public answers by one-time links: nobody is named.',
        ),
        text('去掉 who，或改用其他类型。', 'Leave who out, or use another kind.'),
      ),
    );
  if (places.length === 0)
    return [
      error(
        'assessors.nobody',
        `${path}.who`,
        text('没有写明由谁评价。', 'It does not say who scores.'),
        text('在 who 或各层的 who 中写明。', 'Say who, for the group or for its layers.'),
      ),
    ];
  return places.flatMap((place) => place.list.flatMap((one, i) => oneWho(template, one, `${place.path}[${i}]`)));
}

function oneWho(template: CycleTemplate, one: Assessor, path: string): Finding[] {
  if (one.kind === 'heads' || one.kind === 'person' || one.kind === 'field') return [];
  const place = (field: string) => `${path}.${field}`;
  if (one.kind === 'role') {
    const role = known(template.roles, one.role) ? template.roles[one.role] : undefined;
    if (!role) return [unknown(place('role'), one.role)];
    if (one.of === 'item') return [outside(place('of'))];
    return (role.scope === 'unit') === (one.of !== undefined)
      ? []
      : [
          error(
            'assessors.role',
            place('role'),
            text('角色的范围与 of 不符。', 'The scope of the role does not fit `of`.'),
            text(
              '单位内的角色写 of，全市的角色不写。',
              'A role inside a unit needs `of`, a city role must not have it.',
            ),
          ),
        ];
  }
  return one.kind === 'head' && one.of === 'item' ? [outside(place('of'))] : [];
}

const outside = (path: string): Finding =>
  error(
    'assessors.item',
    path,
    text('评价时没有循环项。', 'There is no item of a repeat where ballots are cast.'),
    text('改用 participant 或 monitoringUnit。', 'Use participant or monitoringUnit.'),
  );

function scaleFindings({ scale }: AssessorGroup, path: string): Finding[] {
  if ('options' in scale) {
    const keys = scale.options.map(({ key }) => key);
    return keys.flatMap((key, i) => (keys.indexOf(key) < i ? [twice(`${path}.options[${i}].key`, key)] : []));
  }
  const { min, max, step, anchors = [] } = scale;
  const [wrong] = wrongAnchors(anchors, scale);
  if (wrong)
    return [
      error(
        'assessors.anchors',
        `${path}.anchors[${wrong.index}].at`,
        wrong.why,
        text('改正锚点的分值。', 'Correct the point of the anchor.'),
      ),
    ];
  if (new Exact(min).lt(max) && (step === undefined || new Exact(step).gt(0))) return [];
  return [
    error(
      'assessors.scale',
      path,
      text('分值范围内没有可打的分。', 'No score is possible on this scale.'),
      text('最小值应小于最大值，间隔应大于 0。', 'min must be below max, and step above 0.'),
    ),
  ];
}

function ruleFindings({ rules = [], scale }: AssessorGroup, path: string): Finding[] {
  const options = 'options' in scale ? scale.options.map(({ key }) => key) : [];
  return rules.flatMap((rule, i): Finding[] => {
    if (rule.kind === 'notAllEqual') return [];
    const place = `${path}.rules[${i}]`;
    if (rule.option !== undefined && !options.includes(rule.option)) return [unknown(`${place}.option`, rule.option)];
    const counts = rule.count !== undefined || rule.share !== undefined;
    if (counts && [rule.from, rule.below, rule.option].some((one) => one !== undefined)) return [];
    return [
      error(
        'assessors.rule',
        place,
        text('规则没有写明数什么、数多少。', 'The rule does not say what it counts, or how many.'),
        text('写 count 或 share，以及 from、below 或 option。', 'Give count or share, and from, below or option.'),
      ),
    ];
  });
}

function itemFindings(template: CycleTemplate, { items }: AssessorGroup, path: string): Finding[] {
  if (items === 'indicators')
    return template.indicators || assigns(template)
      ? []
      : [
          warning(
            'assessors.indicators',
            `${path}.items`,
            text(
              '模板里没有指标，逐项评价将无项可评。',
              'The template has no indicators, so there is nothing to score.',
            ),
            text('定义指标，或改为整体评价。', 'Define indicators, or score each unit as a whole.'),
          ),
        ];
  const keys = (items ?? []).map(({ key }) => key);
  return keys.flatMap((key, i) => (keys.indexOf(key) < i ? [twice(`${path}.items[${i}].key`, key)] : []));
}

/** Plans may bring indicators of their own. */
const assigns = (template: CycleTemplate): boolean =>
  [...blocksOf(template)].some(({ block }) => block.type === 'compute' && block.rule.kind === 'assign');

const known = (list: object, key: string): boolean => Object.hasOwn(list, key);

const twice = (path: string, key: string): Finding =>
  error(
    'assessors.twice',
    path,
    text(`“${key}”出现了两次。`, `"${key}" occurs twice.`),
    text('改成不同的 key。', 'Use another key.'),
  );

const unknown = (path: string, key: string): Finding =>
  error(
    'assessors.unknown',
    path,
    text(`“${key}”不存在。`, `There is no "${key}".`),
    text('改正拼写，或先定义它。', 'Correct the spelling, or define it.'),
  );

const unheard = (path: string, key: string): Finding =>
  error(
    'assessors.unheard',
    path,
    text(`此前没有区块请“${key}”评价。`, `No earlier block asks "${key}".`),
    text('在它前面放一个 ballots 区块。', 'Put a ballots block that asks it before this one.'),
  );

const unnamed = (path: string): Finding =>
  error(
    'assessors.public',
    path,
    text(
      '公众评议没有指定的评价人，不能只请提过意见的层评价。',
      'Nobody is named in a public survey, so it cannot ask only those whose opinions became goals.',
    ),
    text('去掉 about，或改用其他类型。', 'Leave about out, or use another kind.'),
  );

const noGoals = (path: string): Finding =>
  warning(
    'assessors.noGoals',
    path,
    text(
      '没有评价主体征求意见，可能没有由意见形成的整改目标可评。',
      'No group is asked for opinions, so there may be no goals to look at.',
    ),
    text('在某个评价主体写 opinions。', 'Ask some group for opinions.'),
  );

const unasked = (path: string, key: string): Finding =>
  warning(
    'assessors.unasked',
    path,
    text(`没有区块请“${key}”评价。`, `No block asks "${key}".`),
    text('在 ballots 区块的 groups 中写上它，或删去。', 'Name it in the groups of a ballots block, or leave it out.'),
  );
