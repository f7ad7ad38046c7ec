import { z } from 'zod';
import { BREAKS } from '../../workflows/indicators/breaks.ts';
import {
  AGGREGATIONS,
  DIRECTIONS,
  definitionSchema,
  FREQUENCIES,
  indicatorCodeSchema,
} from '../../workflows/indicators/schema.ts';
import { colourSchema } from '../../workflows/lights/schema.ts';
import { keySchema } from '../../workflows/template/key.ts';
import { textSchema } from '../../workflows/text.ts';
import { pageOf, pageQuery } from '../http/page.ts';
import {
  canSchema,
  codeSchema,
  daySchema,
  flagQuery,
  idSchema,
  instantSchema,
  lineText,
  longText,
  named,
  refSchema,
} from '../http/schema.ts';
import { evidenceSchema } from '../tasks/schema.ts';

export const decimalSchema = z.string().regex(/^-?\d{1,26}(\.\d{1,12})?$/, { message: 'a decimal, as text: "12.5"' });
export const periodSchema = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$/, { message: 'a period: 2026-03, 2026-Q1, 2026-H1 or 2026' });

/** Why the values of a year do not compare with the present ones: what was defined otherwise. */
const breaksSchema = z.array(z.enum(BREAKS));
const libraryVersion = z.object({
  version: z.int(),
  name: z.string(),
  nameEn: z.string().optional(),
  definition: z.record(z.string(), z.json()),
  breaks: z.boolean().meta({ description: 'its values do not continue the series before it' }),
  reason: z.string().optional(),
  madeBy: refSchema.optional(),
  madeAt: instantSchema,
});
export const libraryIndicator = named(
  'Indicator',
  z.object({
    id: idSchema,
    code: z.string(),
    active: z.boolean(),
    version: z.int(),
    name: z.string(),
    nameEn: z.string().optional(),
    definition: z.record(z.string(), z.json()),
    versions: z.array(libraryVersion).optional(),
  }),
);
export type LibraryIndicator = z.infer<typeof libraryIndicator>;
export const libraryPage = pageOf(libraryIndicator);
export const libraryQuery = z.strictObject({ ...pageQuery });

const named_ = { name: lineText(200), nameEn: lineText(200).optional(), definition: definitionSchema };
export const newIndicatorBody = z.strictObject({ code: indicatorCodeSchema, ...named_ });
export const newVersionBody = z.strictObject({
  ...named_,
  reason: longText(2000),
  /** Set where the numbers do not compare, beside what shows it by itself: unit, direction, formula, aggregation. */
  breaks: z.boolean().optional(),
});
export const activeBody = z.strictObject({ active: z.boolean() });

/** The caller's house has it, is among its owners for another unit, or verifies it. */
export const MINE = ['own', 'joint', 'monitored'] as const;

export const assignedIndicator = named(
  'AssignedIndicator',
  z.object({
    id: idSchema,
    cycleId: idSchema,
    org: refSchema,
    code: z.string(),
    name: z.string(),
    nameEn: z.string().optional(),
    kind: z.enum(['specific', 'common']),
    unit: z.string(),
    direction: z.enum(DIRECTIONS),
    frequency: z.enum(FREQUENCIES),
    aggregation: z.enum(AGGREGATIONS),
    formula: z.string().optional(),
    weight: z.string().optional(),
    target: z.string().optional(),
    targetVersion: z.int().optional(),
    low: z.string().optional(),
    high: z.string().optional(),
    actual: z.string().optional(),
    owner: z.string().optional(),
    monitoringUnit: refSchema.optional(),
    parentId: idSchema.optional(),
    applies: z.boolean(),
    dueOn: daySchema.optional(),
    approves: z
      .string()
      .optional()
      .meta({ description: 'role that decides on another target; absent: the performance office' }),
    evidenceRequired: z.boolean(),
    latest: z
      .object({ period: z.string(), value: z.string(), verified: z.boolean() })
      .optional()
      .meta({ description: 'the last value that is there; before it is verified, as reported' }),
    next: z
      .object({ period: z.string(), dueOn: daySchema, missing: z.boolean() })
      .optional()
      .meta({ description: 'the first value that is still to be reported' }),
    series: z.array(z.object({ period: z.string(), value: z.string().nullable() })),
    light: z.object({ colour: colourSchema, period: z.string(), because: textSchema }).optional(),
    byHand: z.boolean().meta({ description: 'somebody reports its values: no formula and no roll-up gives them' }),
    mine: z.array(z.enum(MINE)),
    can: canSchema,
  }),
);
export type Assigned = z.infer<typeof assignedIndicator>;
export const assignedPage = pageOf(assignedIndicator);
export const assignedQuery = z.strictObject({
  ...pageQuery,
  cycleId: idSchema,
  orgId: idSchema.optional(),
  code: indicatorCodeSchema.optional(),
  group: keySchema.optional(),
  mine: z.enum([...MINE, 'any']).optional(),
});

const target = z.object({
  version: z.int(),
  value: z.string().optional(),
  low: z.string().optional(),
  high: z.string().optional(),
  dueOn: daySchema.optional().meta({ description: 'the day that this version moves the due date to' }),
  state: z.enum(['proposed', 'approved', 'rejected']),
  reasonKind: z.string().optional(),
  reason: z.string().optional(),
  askedBy: refSchema.optional(),
  askedAt: instantSchema,
  decidedBy: refSchema.optional(),
  decidedAt: instantSchema.optional(),
  decision: z.string().optional(),
  can: canSchema,
});
const milestone = z.object({
  id: idSchema,
  name: z.string(),
  standard: z.string().optional(),
  dueOn: daySchema,
  doneOn: daySchema.optional(),
  note: z.string().optional(),
  evidence: z.array(z.string()),
  planned: z.boolean().meta({ description: 'of the approved plan' }),
  state: z.enum(['due', 'reached', 'returned', 'verified']),
  verifiedBy: refSchema.optional(),
  verifiedAt: instantSchema.optional(),
  reason: z.string().optional().meta({ description: 'why it was returned' }),
  can: canSchema,
});
const noteSchema = textSchema.extend({ id: z.string() }).meta({
  description: 'what the system says of it: why a formula gives no value, what replaced a verified one',
});
const valueState = z.enum(['due', 'reported', 'returned', 'verified']);
export const valueRow = named(
  'IndicatorValue',
  z.object({
    id: idSchema.meta({ description: 'of the assigned indicator' }),
    org: refSchema,
    code: z.string(),
    name: z.string(),
    nameEn: z.string().optional(),
    unit: z.string(),
    period: z.string(),
    dueOn: daySchema,
    state: valueState,
    reported: z.string().optional(),
    verified: z.string().optional(),
    reason: z.string().optional(),
    note: noteSchema.optional(),
    source: z.string().optional(),
    reportedAt: instantSchema.optional(),
    late: z.boolean().meta({ description: 'reported after its due day' }),
    missing: z.boolean().meta({ description: 'due and not reported' }),
    evidence: z.array(z.string()),
    min: z.string().optional().meta({ description: 'less is impossible' }),
    max: z.string().optional().meta({ description: 'more is impossible' }),
    evidenceRequired: z.boolean(),
    previous: z.string().optional().meta({ description: 'the value of the period before' }),
    can: canSchema,
  }),
);
export type ValueRow = z.infer<typeof valueRow>;
export const valuePage = pageOf(valueRow);
export const valueQuery = z.strictObject({
  ...pageQuery,
  cycleId: idSchema,
  orgId: idSchema.optional(),
  period: periodSchema.optional(),
  state: z.enum([...valueState.options, 'missing', 'late']).optional(),
  mine: flagQuery.optional().meta({ description: 'only what the caller’s unit reports' }),
  monitored: flagQuery.optional().meta({ description: 'only what the caller’s unit verifies for others' }),
});
export const periodsQuery = z.strictObject({ cycleId: idSchema });
export const periodsPage = z.object({
  items: z.array(
    z.object({
      period: z.string(),
      endsOn: daySchema,
      dueOn: daySchema,
      begun: z.boolean().meta({ description: 'values are taken from the first day of the period on' }),
      total: z.int(),
      open: z.int().meta({ description: 'still to be reported' }),
      returned: z.int(),
      missing: z.int(),
    }),
  ),
});
export type PeriodRow = z.infer<typeof periodsPage>['items'][number];
export const assignedDetail = assignedIndicator.extend({
  targets: z.array(target),
  milestones: z.array(milestone),
  values: z.array(valueRow),
  parts: z.array(
    z.object({
      id: idSchema,
      org: refSchema,
      code: z.string(),
      weight: z.string().optional(),
      actual: z.string().optional(),
    }),
  ),
  history: z.array(
    z.object({ year: z.int(), value: z.string(), from: z.enum(['cycle', 'history']), breaks: breaksSchema }),
  ),
  breaks: z.array(z.object({ version: z.int(), at: instantSchema, reason: z.string().optional() })),
  change: z
    .object({
      reasons: z.array(z.object({ value: z.string(), name: textSchema })),
      refused: textSchema.optional().meta({ description: 'why no other target may be asked for today' }),
    })
    .optional()
    .meta({ description: 'for those who report, where the template lets targets change' }),
  files: z.array(evidenceSchema),
  places: z.array(z.string()).meta({ description: 'places of which there are values to compare with' }),
});

export const changesPage = z.object({
  items: z.array(
    z.object({
      period: z.string(),
      revision: z.int(),
      at: instantSchema,
      by: refSchema.optional(),
      token: z.string().optional(),
      action: z.string(),
      reported: z.string().optional(),
      verified: z.string().optional(),
      reason: z.string().optional(),
      note: noteSchema.optional(),
      source: z.string().optional(),
      evidence: z.array(z.string()),
    }),
  ),
});

const evidenceIds = z.array(idSchema).max(20).optional();
export const reportBody = z.strictObject({
  cycleId: idSchema,
  values: z
    .array(
      z.strictObject({
        id: idSchema,
        period: periodSchema,
        value: decimalSchema,
        unit: lineText(20).optional(),
        evidence: evidenceIds,
        reason: longText(2000).optional(),
      }),
    )
    .min(1)
    .max(1000),
});
export const reportedSchema = z.object({ created: z.int(), updated: z.int(), unchanged: z.int() });

export const verifyBody = z.strictObject({
  cycleId: idSchema,
  values: z
    .array(
      z.strictObject({
        id: idSchema,
        period: periodSchema,
        action: z.enum(['accept', 'return', 'correct']),
        value: decimalSchema.optional(),
        reason: longText(2000).optional(),
      }),
    )
    .min(1)
    .max(1000),
});
export const verifiedSchema = z.object({ accepted: z.int(), returned: z.int(), corrected: z.int() });

export const pushBody = z.strictObject({
  cycleId: idSchema,
  values: z
    .array(
      z.strictObject({
        org: codeSchema,
        indicator: indicatorCodeSchema,
        period: periodSchema,
        value: decimalSchema,
        unit: lineText(20).optional(),
      }),
    )
    .min(1)
    .max(5000),
});

export const targetBody = z.strictObject({
  value: decimalSchema.optional(),
  low: decimalSchema.optional(),
  high: decimalSchema.optional(),
  reasonKind: z.string().min(1).max(64),
  reason: longText(2000),
});
export const decisionBody = z.strictObject({ approve: z.boolean(), reason: longText(2000).optional() });
export const milestoneBody = z.strictObject({
  name: lineText(200),
  standard: lineText(500).optional(),
  dueOn: daySchema,
});
export const doneBody = z.strictObject({
  doneOn: daySchema,
  note: longText(2000).optional(),
  evidence: z.array(idSchema).min(1).max(20),
});
export const milestoneDecision = z
  .strictObject({ accept: z.boolean(), reason: longText(2000).optional() })
  .refine(({ accept, reason }) => accept || reason !== undefined, { path: ['reason'], message: 'why it is returned' });
export const partsBody = z.strictObject({
  rollUp: z.enum(['sum', 'mean', 'weighted']),
  parts: z
    .array(
      z.strictObject({
        orgId: idSchema,
        target: decimalSchema.optional(),
        weight: decimalSchema.optional(),
        owner: lineText(100).optional(),
      }),
    )
    .min(1)
    .max(200),
});
export const appliesBody = z.strictObject({ applies: z.boolean(), reason: longText(2000) });

export const benchmarkSchema = z.object({
  code: z.string(),
  place: z.string(),
  period: z.string(),
  value: z.string(),
  source: z.string().optional(),
});
export const benchmarkBody = z.strictObject({
  code: indicatorCodeSchema,
  place: lineText(100),
  period: periodSchema,
  value: decimalSchema,
  source: lineText(500).optional(),
});
export const benchmarkView = z.object({
  place: z.string(),
  lines: z.array(
    z.object({
      period: z.string(),
      own: z.string().nullable(),
      benchmark: z.string().nullable(),
      gap: z.string().nullable().meta({ description: 'ahead is positive' }),
    }),
  ),
  trend: z.enum(['catchingUp', 'fallingBehind', 'steady']).nullable(),
  breaks: z.array(z.object({ year: z.int(), by: breaksSchema })),
});

export const importSchema = z.object({
  id: idSchema,
  state: z.enum(['running', 'done', 'refused', 'failed']),
  dryRun: z.boolean(),
  rows: z.int(),
  done: z.int(),
  created: z.int(),
  updated: z.int(),
  errors: z.array(z.json()),
  startedAt: instantSchema,
  endedAt: instantSchema.optional(),
});
export const valueImportQuery = z.strictObject({
  cycleId: idSchema,
  dryRun: z.enum(['true', 'false']).default('false'),
  /** The caller's id for this import, under which its progress can be asked for meanwhile. */
  run: idSchema.optional(),
});

export const sourceSchema = z.object({
  id: idSchema,
  name: z.string(),
  cycleId: idSchema,
  url: z.string(),
  format: z.enum(['json', 'csv']),
  everyMinutes: z.int(),
  nextAt: instantSchema,
  active: z.boolean(),
  version: z.int(),
});
export const newSourceBody = z.strictObject({
  name: lineText(100),
  cycleId: idSchema,
  url: z.url({ protocol: /^https?$/ }).max(1000),
  format: z.enum(['json', 'csv']),
  everyMinutes: z.int().min(5).max(44_640),
});
export const sourcePatch = z.strictObject({
  active: z.boolean().optional(),
  everyMinutes: z.int().min(5).max(44_640).optional(),
});
export const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });
