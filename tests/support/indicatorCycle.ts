import type { IndicatorsSection } from '../../workflows/indicators/schema.ts';
import type { Field } from '../../workflows/template/field.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { approval, named, repeat, task, template } from './blocks.ts';

const column = (key: string, type: 'text' | 'decimal', required = false) => ({
  key,
  type,
  name: named(key),
  ...(required && { required }),
});

const planTable: Field = {
  key: 'plan',
  type: 'table',
  name: named('plan'),
  required: true,
  source: 'plan',
  total: { column: 'weight', is: '100' },
  columns: [
    column('code', 'text', true),
    column('name', 'text', true),
    column('unit', 'text'),
    column('weight', 'decimal'),
    column('target', 'decimal'),
    column('owner', 'text'),
    { key: 'dueDate', type: 'date', name: named('dueDate') },
  ],
};

const stepTable: Field = {
  key: 'steps',
  type: 'table',
  name: named('steps'),
  columns: [
    column('indicator', 'text', true),
    column('name', 'text', true),
    column('standard', 'text'),
    { key: 'dueDate', type: 'date', name: named('dueDate'), required: true },
  ],
};

const dueTable: Field = {
  key: 'figures',
  type: 'table',
  name: named('figures'),
  source: 'due',
  columns: [
    column('code', 'text', true),
    column('name', 'text'),
    column('unit', 'text'),
    column('target', 'decimal'),
    column('value', 'decimal', true),
  ],
};

export const reasons = [
  { value: 'policy', name: { zh: '政策调整', en: 'policy change' } },
  { value: 'forceMajeure', name: { zh: '不可抗力', en: 'force majeure' } },
];

const base = { kind: 'common', unit: '%', direction: 'up', frequency: 'quarter' } as const;

export const section: IndicatorsSection = {
  total: '100',
  change: { reasons, from: '07-01' },
  list: [
    {
      ...base,
      code: 'done',
      name: named('done'),
      group: 'output',
      unit: '件',
      weight: '40',
      approves: 'leaders',
      target: '100',
      aggregation: 'sum',
      rollUp: 'sum',
    },
    { ...base, code: 'planned', name: named('planned'), unit: '件', aggregation: 'sum' },
    { ...base, code: 'rate', name: named('rate'), formula: 'done / planned * 100', target: '95', weight: '10' },
    {
      ...base,
      code: 'days',
      name: named('days'),
      unit: '天',
      direction: 'down',
      frequency: 'half',
      target: '5',
      weight: '20',
      plausible: { min: '0', max: '366' },
    },
    { ...base, code: 'choice', name: named('choice'), kind: 'specific', frequency: 'year', aggregation: 'last' },
  ],
};

/** Plan, approval, assignment; each quarter a report, its verification, and the record. */
export const indicatorCycle = (indicators: IndicatorsSection = section, more: Partial<CycleTemplate> = {}) =>
  template(
    {
      plan: [
        task('draft', { fields: [planTable, stepTable] }),
        approval('approve', { returnTo: 'draft', onReject: undefined }),
        {
          key: 'assign',
          type: 'compute',
          name: named('assign'),
          into: 'assigned',
          rule: { kind: 'assign', plan: 'plan', milestones: 'steps' },
        },
      ],
      execute: [
        repeat('quarters', 'quarters', 'oneByOne', [
          task('report', {
            fields: [dueTable, { key: 'proof', type: 'files', name: named('proof') }],
            deadline: { from: 'itemEnd', workingDays: 5 },
          }),
          approval('verify', { returnTo: 'report', onReject: undefined, access: { figures: 'write' } }),
          {
            key: 'record',
            type: 'compute',
            name: named('record'),
            into: 'recorded',
            rule: { kind: 'record', values: 'figures' },
          },
        ]),
      ],
    },
    {
      key: 'measured',
      indicators,
      roles: {
        performanceOffice: { name: named('office'), scope: 'city' },
        staff: { name: named('staff'), scope: 'unit' },
        leaders: { name: named('leaders'), scope: 'city' },
      },
      ...more,
    },
  );

export const planRowsOf = (more: { code: string; weight: string; target: string }[] = []) => [
  { code: 'done', name: 'done', weight: '40', target: '120' },
  { code: 'planned', name: 'planned' },
  { code: 'rate', name: 'rate', weight: '10', target: '95' },
  { code: 'days', name: 'days', weight: '20', target: '5' },
  ...more.map((one) => ({ name: one.code, ...one })),
];
