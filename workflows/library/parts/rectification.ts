import type { Block } from '../../template/block.ts';
import type { Rung, When, Who } from '../../template/when.ts';

/** Who does what, until when, in a rectification loop. Numbers of days that a template does not give are examples. */
export interface Rectification {
  /** Begins the keys of blocks and names of values; another one where a template has a second loop. `rectify` by default. */
  prefix?: string;
  /** Who plans and works: the unit's staff. */
  staff: Who;
  /** Who approves the plan, or returns it until it is good; who closes the items unless `closer` does. */
  office: Who;
  /** Who verifies the work: never whoever did it. */
  verifier: Who;
  closer?: Who;
  deadlines?: { plan?: When; review?: When; work?: When; verify?: When; close?: When };
  remind?: number[];
  /** What late work brings; what a late verifier, and a late office. */
  ladders: { unit: Rung[]; verifier: Rung[]; office: Rung[] };
  /** Names of earlier values that whoever plans and reviews gets to see. */
  shows?: string[];
  /** The unit writes an answer for the public, published when the item is closed. */
  publicAnswer?: boolean;
  /** Closed items are must-check items of the next cycle, too. */
  recheck?: boolean;
  /** Tables of earlier blocks whose rows (`problem`, `advice`) are problems to rectify. */
  found?: string[];
  /** So many of the indicators that missed their targets are problems, too, the worst first. */
  unmet?: number;
}

const days = (workingDays: number): When => ({ from: 'opened', workingDays });

/**
 * 整改 · 销号, the whole loop as blocks of a participant: the problems that wait (findings, unmet indicators, what earlier
 * cycles left) become the plan's rows; plan → review, returned until good → a case an item: work → verification by somebody else →
 * closed, sent back, or left open; what is left open is the next cycle's must-check. A unit without problems passes at once.
 *
 * @example
 * rectify: { blocks: rectification({ staff, office, verifier: monitor, ladders: { unit, verifier, office: officeLadder } }) }
 */
export function rectification(options: Rectification): Block[] {
  const { prefix = 'rectify', staff, office, verifier, closer = office, deadlines = {}, ladders } = options;
  const { shows = [], publicAnswer = false, recheck = false, remind = [-3, -1, 0], found, unmet } = options;
  const key = (name: string) => `${prefix}${name}`;
  const items = key('Items');
  const register = { kind: 'carry', items, ...(recheck && { recheck }) } as const;
  const soon = remind.filter((day) => day >= -1);
  const asked = { remind: soon, auto: { empty: { who: office } } } as const;
  const report = [key('Report'), key('Evidence'), key('Result'), ...(publicAnswer ? ['publicAnswer'] : [])];

  const plan: Block = {
    key: key('Plan'),
    type: 'task',
    name: { zh: '制定整改方案', en: 'Plan the rectification' },
    help: {
      zh: '列出的问题都须有整改措施、责任人和完成时限；可以补充自查发现的问题。',
      en: 'Each problem listed needs a measure, an owner and a date; problems that you found yourselves may be added.',
    },
    who: [staff],
    deadline: deadlines.plan ?? days(5),
    remind,
    escalate: ladders.unit,
    shows,
    fields: [
      {
        key: items,
        type: 'table',
        name: { zh: '整改事项', en: 'Items' },
        source: 'problems',
        required: true,
        minRows: 1,
        maxRows: 200,
        columns: [
          { key: 'code', type: 'text', name: { zh: '编号', en: 'Number' }, maxLength: 64 },
          { key: 'problem', type: 'text', name: { zh: '问题', en: 'Problem' }, required: true, maxLength: 2000 },
          { key: 'advice', type: 'text', name: { zh: '整改建议', en: 'Advice' }, maxLength: 2000 },
          { key: 'former', type: 'text', name: { zh: '结转自', en: 'Carried over from' }, maxLength: 300 },
          { key: 'measure', type: 'text', name: { zh: '整改措施', en: 'Measure' }, required: true, maxLength: 1000 },
          { key: 'owner', type: 'text', name: { zh: '责任人', en: 'Owner' }, required: true, maxLength: 50 },
          { key: 'due', type: 'date', name: { zh: '完成时限', en: 'Due' }, required: true },
        ],
      },
    ],
  };
  const review: Block = {
    key: key('Review'),
    type: 'approval',
    name: { zh: '审核整改方案', en: 'Review the plan' },
    who: [office],
    deadline: deadlines.review ?? days(3),
    remind: soon,
    escalate: ladders.office,
    shows: [...shows, items],
    returnTo: plan.key,
  };
  const work: Block = {
    key: key('Work'),
    type: 'task',
    name: { zh: '落实整改', en: 'Rectify' },
    who: [staff],
    deadline: deadlines.work ?? days(20),
    remind,
    escalate: ladders.unit,
    fields: [
      {
        key: key('Result'),
        type: 'choice',
        name: { zh: '整改结果', en: 'Result' },
        required: true,
        options: [
          { value: 'done', name: { zh: '整改到位，申请销号', en: 'done, to be closed' } },
          {
            value: 'partly',
            name: { zh: '部分到位，余下转入下一周期', en: 'partly done, the rest goes to the next cycle' },
          },
          { value: 'notDone', name: { zh: '尚未到位，转入下一周期', en: 'not done, goes to the next cycle' } },
        ],
      },
      { key: key('Report'), type: 'longText', name: { zh: '整改情况', en: 'Report' }, required: true },
      { key: key('Evidence'), type: 'files', name: { zh: '佐证材料', en: 'Evidence' }, maxFiles: 20 },
      ...(publicAnswer
        ? [
            {
              key: 'publicAnswer',
              type: 'longText',
              name: { zh: '对社会的答复', en: 'Answer to the public' },
              help: { zh: '销号时公开。', en: 'Published when the item is closed.' },
              required: true,
              maxLength: 4000,
            } as const,
          ]
        : []),
    ],
  };
  const verify: Block = {
    key: key('Verify'),
    type: 'approval',
    name: { zh: '核验整改', en: 'Verify the rectification' },
    who: [verifier],
    recuse: [work.key],
    deadline: deadlines.verify ?? days(5),
    escalate: ladders.verifier,
    shows: report,
    returnTo: work.key,
    ...asked,
  };
  const closeOut: Block = {
    key: key('CloseOut'),
    type: 'approval',
    name: { zh: '销号', en: 'Close the item' },
    who: [closer],
    recuse: [work.key],
    deadline: deadlines.close ?? days(3),
    escalate: ladders.office,
    shows: report,
    returnTo: work.key,
    ...asked,
  };
  const each: Block = {
    key: key('Each'),
    type: 'repeat',
    name: { zh: '逐项整改', en: 'Item by item' },
    over: { rows: items },
    mode: 'together',
    collect: { fields: [key('Closed')], into: key('Done') },
    blocks: [
      work,
      verify,
      {
        key: key('Outcome'),
        type: 'branch',
        name: { zh: '是否到位', en: 'Done or not' },
        paths: [
          {
            key: key('IsDone'),
            name: { zh: '整改到位', en: 'done' },
            if: `${key('Result')} = "done"`,
            blocks: [closeOut],
          },
        ],
        otherwise: { key: key('IsOpen'), name: { zh: '尚未到位', en: 'not done' }, blocks: [] },
      },
      {
        key: key('Judged'),
        type: 'compute',
        name: { zh: '销号情况', en: 'Closed or not' },
        into: key('Closed'),
        rule: { kind: 'feel', expression: `if ${key('Result')} = "done" then "yes" else "no"` },
      },
      {
        key: key('Settle'),
        type: 'compute',
        name: { zh: '登记销号', en: 'Enter it in the register' },
        into: key('Settled'),
        rule: { ...register, closed: key('Closed') },
      },
    ],
  };
  return [
    {
      key: key('Count'),
      type: 'compute',
      name: { zh: '汇总问题', en: 'Gather the problems' },
      into: key('Waiting'),
      rule: { kind: 'carry', items, ...(found && { found }), ...(unmet && { unmet }) },
    },
    {
      key: key('Needed'),
      type: 'branch',
      name: { zh: '问题整改', en: 'Rectification of problems' },
      paths: [
        {
          key: key('Some'),
          name: { zh: '有问题', en: 'problems found' },
          if: `${key('Waiting')}.open > 0`,
          blocks: [
            plan,
            review,
            {
              key: key('Register'),
              type: 'compute',
              name: { zh: '列入整改台账', en: 'Enter the items in the register' },
              into: key('Registered'),
              rule: register,
            },
            each,
            {
              key: key('Carry'),
              type: 'compute',
              name: { zh: '未销号事项结转', en: 'What is left goes to the next cycle' },
              into: key('Carried'),
              rule: { ...register, done: key('Done'), closed: key('Closed') },
            },
          ],
        },
      ],
      otherwise: { key: key('None'), name: { zh: '无需整改', en: 'nothing to rectify' }, blocks: [] },
    },
  ];
}
