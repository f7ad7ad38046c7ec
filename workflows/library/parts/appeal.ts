import type { Block } from '../../template/block.ts';
import type { Field } from '../../template/field.ts';
import { blocksOf, type CycleTemplate } from '../../template/schema.ts';
import type { Rung, Who } from '../../template/when.ts';
import { decimal, says, table, text } from './fields.ts';
import { officeLadder, REMIND_SHORT } from './ladders.ts';

/** What an appeal's blocks are made from. */
export interface Appeal {
  /** Begins the keys of its blocks and fields; `appeal` by default. */
  key?: string;
  /** Who may appeal for the unit. */
  who: Who[];
  /** Who reviews, and the blocks that made the result: whoever acted there does not review. */
  review: Who[];
  recuse: string[];
  /** Who approves what the review decides; it stands by itself where there is nobody. */
  approve?: Who[];
  /** Working days to appeal, to decide, and to approve the decision: such as 3 and 10 in 杭州, 15, 10 and 5 in 济南. */
  days: { appeal: number; decide: number; approve?: number };
  /** Values that the review may correct, such as a score or verified values. */
  corrects?: string[];
  /**
   * What the review corrects beside those: the `indicators` that are on record, or `points` of the score alone. The scoring that comes
   * `again` takes the points from `<key>Correction` (see `withCorrection`); an appeal that is upheld must correct something.
   */
  correction?: 'indicators' | 'points';
  /** Values that the unit and the review look at. */
  shows?: string[];
  /** What is computed again in the case when an appeal is upheld: blocks of the participant. */
  recompute?: Block[];
  /** Once all appeals are decided: scores, ranks and grades anew, and who makes them final. Blocks of the cycle. */
  again?: Block[];
  ladder?: Rung[];
}

/**
 * 申诉与复核. The unit may appeal within its days; silence, and a form without a ground, accept the result. People who did not make the
 * result review it, may correct values, and say why; the unit is told. Then everyone is scored and ranked `again`. The
 * results of the first time stay on record, since results are kept for each block.
 *
 * Values, where the key is `appeal`: `appealGround`, `appealEvidence`, `appealDecision` (`upheld`, `partly`, `rejected`), `appealFindings`;
 * of a `correction` `appealValues` (the indicators that were corrected), `appealPoints` and `appealCorrection`.
 */
export function appeal({
  key = 'appeal',
  who,
  review,
  recuse,
  approve,
  days,
  corrects = [],
  correction,
  shows = [],
  recompute = [],
  again = [],
  ladder = officeLadder,
}: Appeal): Block[] {
  const ground = `${key}Ground`;
  const evidence = `${key}Evidence`;
  const { decision, findings } = valuesOf(key);
  const corrections = correction ? correctionFields(key, correction) : [];
  const corrected = correction ? [...correctionBlocks(key, correction), ...recompute] : recompute;
  const reviewers = { recuse, remind: REMIND_SHORT, escalate: ladder };
  return [
    {
      key,
      type: 'task',
      name: { zh: '对考评结果的申诉', en: 'Appeal against the result' },
      help: {
        zh: `对结果有异议的，在 ${days.appeal} 个工作日内写明理由提出；逾期未提出或未写理由的，视为认可。`,
        en: `Whoever disagrees says why within ${days.appeal} working days. No answer, or no ground, accepts the result.`,
      },
      who,
      deadline: { from: 'opened', workingDays: days.appeal },
      remind: [0],
      escalate: [{ after: 0, do: 'pass' }],
      ...(shows.length > 0 && { shows }),
      fields: [
        { key: ground, type: 'longText', name: { zh: '申诉理由', en: 'Ground' }, maxLength: 5000 },
        { key: evidence, type: 'files', name: { zh: '佐证材料', en: 'Evidence' }, maxFiles: 20 },
      ],
      allow: ['retrieve'],
    },
    {
      key: `${key}Made`,
      type: 'branch',
      name: { zh: '是否申诉', en: 'Was there an appeal?' },
      paths: [
        {
          key: `${key}Yes`,
          name: { zh: '提出申诉', en: 'Appealed' },
          if: `${ground} != null`,
          blocks: [
            {
              key: `${key}Review`,
              type: 'task',
              name: { zh: '复核', en: 'Review of the appeal' },
              help: {
                zh: '参与作出原结果的人员回避。须查明事实，写明结论；成立的，更正有误的数值。',
                en: 'Whoever made the result keeps out. Say what was found; if the appeal is right, correct what was wrong.',
              },
              who: review,
              deadline: { from: 'opened', workingDays: days.decide },
              ...reviewers,
              shows: [...shows.filter((name) => !corrects.includes(name)), ground, evidence],
              ...(corrects.length > 0 && {
                access: Object.fromEntries(corrects.map((name) => [name, 'write' as const])),
              }),
              fields: [
                {
                  key: decision,
                  type: 'choice',
                  name: { zh: '复核结论', en: 'Decision' },
                  required: true,
                  options: [
                    { value: 'rejected', name: { zh: '维持原结果', en: 'The result stands' } },
                    { value: 'partly', name: { zh: '部分成立', en: 'Partly upheld' } },
                    { value: 'upheld', name: { zh: '申诉成立', en: 'Upheld' } },
                  ],
                },
                {
                  key: findings,
                  type: 'longText',
                  name: { zh: '查明事实及理由', en: 'Findings and reasons' },
                  required: true,
                  maxLength: 5000,
                },
                ...corrections,
              ],
            },
            ...(approve
              ? [
                  {
                    key: `${key}Approval`,
                    type: 'approval' as const,
                    name: { zh: '审定复核决定', en: 'The decision on the appeal is approved' },
                    who: approve,
                    deadline: { from: 'opened' as const, workingDays: days.approve ?? 5 },
                    ...reviewers,
                    shows: [
                      ground,
                      evidence,
                      decision,
                      findings,
                      ...corrects,
                      ...corrections.map((field) => field.key),
                    ],
                    returnTo: `${key}Review`,
                  },
                ]
              : []),
            ...(corrected.length > 0
              ? [
                  {
                    key: `${key}Upheld`,
                    type: 'branch' as const,
                    name: { zh: '是否更正', en: 'Is the result corrected?' },
                    paths: [
                      {
                        key: `${key}Corrected`,
                        name: { zh: '申诉成立或部分成立', en: 'Upheld, or partly' },
                        if: `${decision} != "rejected"`,
                        blocks: corrected,
                      },
                    ],
                    otherwise: { key: `${key}Stands`, name: { zh: '维持', en: 'It stands' }, blocks: [] },
                  },
                ]
              : []),
            {
              key: `${key}Told`,
              type: 'notify',
              name: { zh: '送达复核决定', en: 'The unit is told the decision' },
              who,
              subject: { zh: '申诉复核决定', en: 'Decision on your appeal' },
              body: {
                zh: `{{participant.name}}：对贵单位申诉的复核已有结论。{{${findings}}}`,
                en: `{{participant.name}}: your appeal has been decided. {{${findings}}}`,
              },
            },
          ],
        },
      ],
      otherwise: { key: `${key}No`, name: { zh: '未申诉', en: 'No appeal' }, blocks: [] },
    },
    ...again,
  ];
}

/** What a review corrects: values on record, row by row, and points of the score. */
const correctionFields = (key: string, correction: 'indicators' | 'points'): Field[] => [
  ...(correction === 'indicators'
    ? [
        table(
          `${key}Values`,
          '更正指标值',
          'Values that are corrected',
          [
            text('code', '编号', 'Code', { maxLength: 64 }),
            text('name', '指标', 'Indicator', { maxLength: 200 }),
            text('unit', '计量单位', 'Unit', { maxLength: 20 }),
            text('period', '期次', 'Period', { maxLength: 20 }),
            decimal('target', '目标值', 'Target', { places: 6 }),
            decimal('recorded', '原核验值', 'On record', { places: 6 }),
            decimal('value', '更正为', 'Corrected to', { places: 4 }),
          ],
          {
            source: 'recorded',
            maxRows: 1000,
            help: says(
              '只填写需要更正的数值；其余留空，维持原值。按期累加、平均或取最高的指标，各期分列，更正有误的一期或几期。',
              'Only what is corrected; what is left empty stands. Of an indicator that is added up, averaged or the highest counts of, each period has a row: correct the one or ones that were wrong.',
            ),
          },
        ),
      ]
    : []),
  decimal(`${key}Points`, '更正得分', 'Points that are corrected', {
    places: 2,
    min: '-100',
    max: '100',
    help: says(
      '因复核加分填正数，减分填负数；作为单独一行列入得分。',
      'Points that the review gives, or takes (negative); a line of its own in the score.',
    ),
  }),
];

/** An upheld appeal's corrections go on record; where there is none, it goes back to the review. */
const correctionBlocks = (key: string, correction: 'indicators' | 'points'): Block[] => {
  const points = `if ${key}Points = null then 0 else ${key}Points`;
  return [
    ...(correction === 'indicators'
      ? [
          {
            key: `${key}Record`,
            type: 'compute' as const,
            name: says('更正的数值入库', 'The corrected values go on record'),
            into: `${key}Recorded`,
            rule: { kind: 'record' as const, values: `${key}Values`, reason: valuesOf(key).findings },
          },
        ]
      : []),
    {
      key: `${key}Corrects`,
      type: 'compute',
      name: says('更正得分', 'Points that are corrected'),
      into: `${key}Correction`,
      rule: { kind: 'feel', expression: points },
    },
    {
      key: `${key}Gate`,
      type: 'gate',
      name: says('成立的申诉须有更正', 'What is upheld is corrected'),
      requires: [
        {
          if: `${correction === 'indicators' ? `${key}Recorded.corrected > 0 or ` : ''}${key}Correction != 0`,
          reason: says(
            '申诉成立或部分成立，但没有更正任何数值或得分。',
            'The appeal is upheld, at least partly, and neither a value nor points were corrected.',
          ),
        },
      ],
      onFail: `${key}Review`,
    },
  ];
};

const valuesOf = (key: string) => ({ ground: `${key}Ground`, decision: `${key}Decision`, findings: `${key}Findings` });

/** The names of the values in which the appeals of a template are decided, in its order, whatever their keys. */
export const appealsIn = (template: CycleTemplate): { ground: string; decision: string; findings: string }[] =>
  [...blocksOf(template)].flatMap(({ block }) => {
    if (block.type !== 'task' || !block.key.endsWith('Review')) return [];
    const values = valuesOf(block.key.slice(0, -'Review'.length));
    const given = new Set(block.fields?.map((field) => field.key));
    return given.has(values.decision) && given.has(values.findings) ? [values] : [];
  });
