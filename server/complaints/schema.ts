import { z } from 'zod';
import { findingText, proposeField } from '../findings/schema.ts';
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

export const complaintStateSchema = z.enum(['unassigned', 'assigned', 'disputed', 'solved']);
export const levelSchema = z
  .enum(['unit', 'cityOffice', 'executiveMeeting'])
  .meta({ description: 'whom it lies with: unsolved, it goes up when its time is over, or when the unit says so' });

export const newComplaint = z.strictObject({
  channel: lineText(50).meta({ description: '12345, 311, letter …' }),
  reference: lineText(100).meta({
    description: 'the number under which the channel knows it; the same one again changes nothing',
  }),
  receivedAt: instantSchema,
  text: longText(4000),
  category: lineText(100).optional(),
  place: lineText(200).optional(),
});
export type NewComplaint = z.infer<typeof newComplaint>;
export const intakeBody = z.strictObject({ complaints: z.array(newComplaint).min(1).max(500) });
export const intakeResult = z.object({
  created: z.int(),
  repeated: z.int(),
  classified: z.int(),
  ids: z.array(idSchema),
});

export const complaintSchema = named(
  'Complaint',
  z.object({
    id: idSchema,
    channel: z.string(),
    reference: z.string(),
    receivedAt: instantSchema,
    text: z.string(),
    category: z.string().optional(),
    place: z.string().optional(),
    indicator: z.string().optional(),
    org: refSchema.optional(),
    state: complaintStateSchema,
    fixed: z.boolean().meta({ description: 'assigned after a dispute: the unit may not return it' }),
    level: levelSchema,
    dueAt: instantSchema,
    overdue: z.boolean(),
    answer: z.string().optional(),
    solvedAt: instantSchema.optional(),
    can: canSchema,
  }),
);
export type ComplaintView = z.infer<typeof complaintSchema>;
export const complaintPage = pageOf(complaintSchema);

export const complaintQuery = z.strictObject({
  ...pageQuery,
  orgId: idSchema.optional(),
  indicator: codeSchema.optional(),
  channel: lineText(50).optional(),
  state: complaintStateSchema.optional(),
  level: levelSchema.optional(),
  overdue: flagQuery.optional(),
  from: daySchema.optional(),
  until: daySchema.optional(),
});

export const correctBody = z.strictObject({
  indicator: codeSchema.nullable().optional(),
  orgId: idSchema.optional(),
  reason: longText(2000),
});
export const assignBody = z.strictObject({ orgId: idSchema, reason: longText(2000) });
export const solveBody = z.strictObject({ answer: longText(4000) });
export const complaintFindingBody = z.strictObject({
  cycleId: idSchema,
  ...findingText,
  what: findingText.what.optional(),
  propose: proposeField,
});

const changeSchema = z.object({
  at: instantSchema,
  by: refSchema.optional().meta({ description: 'empty: a rule, or its time was over' }),
  kind: z.enum(['classified', 'corrected', 'disputed', 'assigned', 'solved', 'raised']),
  rule: z.string().optional(),
  rulesVersion: z.int().optional(),
  indicator: z.string().optional(),
  org: refSchema.optional(),
  note: z.string().optional(),
});
export type ChangeView = z.infer<typeof changeSchema>;

export const traceSchema = named(
  'ComplaintTrace',
  z.object({
    complaint: complaintSchema,
    changes: z.array(changeSchema),
    alike: z.int().meta({ description: 'complaints of the same year, indicator and unit, this one included' }),
    cycles: z
      .array(
        z.object({
          cycle: refSchema,
          indicator: z
            .object({
              code: z.string(),
              name: z.string(),
              unit: z.string(),
              weight: z.string().optional(),
              target: z.string().optional(),
              values: z.array(
                z.object({ period: z.string(), reported: z.string().optional(), verified: z.string().optional() }),
              ),
            })
            .optional(),
          score: z.object({ block: z.string(), value: z.string().optional(), line: z.unknown().optional() }).optional(),
        }),
      )
      .meta({ description: 'cycles of that year in which the unit takes part' }),
    findings: z.array(z.object({ id: idSchema, code: z.string(), state: z.string(), item: idSchema.optional() })),
  }),
);
export type Trace = z.infer<typeof traceSchema>;

export const countQuery = z.strictObject({
  by: z.enum(['indicator', 'unit', 'category', 'channel']).default('indicator'),
  grain: z.enum(['day', 'month', 'quarter', 'year']).default('month'),
  from: daySchema,
  until: daySchema,
  orgId: idSchema.optional(),
  indicator: codeSchema.optional(),
});
export const countsSchema = z.object({
  items: z.array(
    z.object({
      key: z.string().meta({ description: 'code of the indicator, id of the unit, category or channel; empty: none' }),
      name: z.string().optional(),
      period: z.string(),
      complaints: z.int(),
      solved: z.int(),
      inTime: z.int(),
    }),
  ),
});
