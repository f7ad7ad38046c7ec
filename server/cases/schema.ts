import { z } from 'zod';
import { keySchema } from '../../workflows/template/key.ts';
import { PHASES } from '../../workflows/template/schema.ts';
import { textSchema } from '../../workflows/text.ts';
import { pageOf, pageQuery } from '../http/page.ts';
import { canSchema, flagQuery, idSchema, instantSchema, longText, named, refSchema } from '../http/schema.ts';
import { prioritySchema } from '../talk/schema.ts';
import { blockRefSchema, taskIdSchema, taskSchema } from '../tasks/schema.ts';
import { caseStatusSchema } from './status.ts';

const titled = z.object({ id: idSchema, title: z.string() });

export const caseRowSchema = named(
  'CaseRow',
  z.object({
    id: idSchema,
    kind: z.string(),
    title: z.string(),
    org: refSchema.optional(),
    cycle: refSchema.optional(),
    status: caseStatusSchema,
    phase: z.string(),
    revision: z.int(),
    outcome: z.string().optional(),
    priority: prioritySchema,
    startedAt: instantSchema,
    updatedAt: instantSchema,
    endedAt: instantSchema.optional(),
    blocks: z.array(z.string()).meta({ description: 'keys of the blocks that are active now' }),
    blockNames: z.array(textSchema),
    openTasks: z.int(),
    overdueTasks: z.int(),
    result: z.object({ score: z.string(), rank: z.int().nullable(), rankOf: z.int() }).optional(),
    parent: titled.optional(),
    can: canSchema,
    around: z
      .array(z.enum(['comment', 'prioritise']))
      .meta({ description: 'what the caller may say beside its steps' }),
  }),
);
export type CaseRow = z.infer<typeof caseRowSchema>;

export const caseRowPage = pageOf(caseRowSchema);
export const cycleCasesQuery = z.strictObject({
  ...pageQuery,
  status: caseStatusSchema.optional(),
  phase: z.enum(PHASES).optional(),
  block: keySchema.optional(),
  category: keySchema.optional(),
  orgId: idSchema.optional(),
  overdue: flagQuery.optional(),
});

export const caseSchema = named(
  'Case',
  caseRowSchema.omit({ openTasks: true }).extend({
    value: z.unknown().meta({ description: 'where its machine stands' }),
    data: z.record(z.string(), z.unknown()),
    notices: z
      .array(z.object({ block: z.string(), name: textSchema, text: textSchema }))
      .meta({ description: 'what the windows say that are open now, its own and the cycle’s' }),
    children: z.array(titled.extend({ status: caseStatusSchema })),
    openTasks: z.array(taskSchema),
    actions: z
      .array(
        z.object({
          action: z.enum(['suspend', 'resume', 'cancel', 'jump', 'retrieve', 'withdraw']),
          name: textSchema,
          reasonRequired: z.boolean(),
          targets: z
            .array(blockRefSchema.extend({ task: taskIdSchema.optional() }))
            .optional()
            .meta({
              description:
                'blocks of which one is named: where to (`jump`), or what is taken back (`retrieve`; with `task`, by acting on it)',
            }),
        }),
      )
      .meta({ description: 'each of `can`, with what it asks for' }),
  }),
);

export const jumpBody = z.strictObject({ block: keySchema, reason: longText(2000) });
export const retrieveBody = z.strictObject({ block: keySchema, reason: longText(2000).optional() });
export const withdrawBody = z.strictObject({ reason: longText(2000).optional() });

export const timelineQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
});
export const timelineSchema = z.object({
  items: z.array(
    named(
      'TimelineItem',
      z.object({
        seq: z.int().meta({ description: 'of the event, or of the one before what was said beside the record' }),
        id: z.string().optional().meta({ description: 'of what was said beside the record' }),
        at: instantSchema,
        type: z.string(),
        actor: refSchema.optional(),
        onBehalfOf: refSchema.optional(),
        block: z.string().optional(),
        blockName: textSchema.optional(),
        action: z.string().optional(),
        text: textSchema,
        reason: z.string().optional(),
        changes: z
          .array(z.object({ field: z.string(), fieldName: textSchema, from: z.unknown(), to: z.unknown() }))
          .optional(),
      }),
    ),
  ),
  next: z.string().nullable(),
});
export type TimelineItem = z.infer<typeof timelineSchema>['items'][number];

export const flowSchema = named(
  'Flow',
  z.object({
    nodes: z.array(
      z.object({
        key: z.string(),
        type: z.string(),
        name: textSchema,
        phase: z.string(),
        parent: z.string().optional(),
        state: z.enum(['passed', 'current', 'ahead', 'skipped']),
        per: z.enum(['participant', 'cycle']),
        dueAt: instantSchema.optional(),
        who: z.array(z.string()).optional(),
      }),
    ),
    edges: z.array(
      z.object({ from: z.string(), to: z.string(), label: textSchema.optional(), back: z.boolean().optional() }),
    ),
    phases: z.array(z.object({ key: z.string(), name: textSchema })),
  }),
);

export const forecastSchema = named(
  'Forecast',
  z.object({
    assumes: textSchema,
    end: z
      .object({ at: instantSchema, provisional: z.boolean(), earliest: z.boolean() })
      .optional()
      .meta({ description: 'when the case would end; absent when it has' }),
    complete: z.boolean().meta({ description: 'false when there are more steps than are named' }),
    steps: z.array(
      z.object({
        block: z.string(),
        name: textSchema,
        type: z.string(),
        phase: z.string(),
        phaseName: textSchema,
        per: z.enum(['participant', 'cycle']),
        state: z.enum(['current', 'ahead']),
        item: z.string().optional(),
        on: z.array(textSchema).meta({
          description: 'paths that must be chosen and lists that must not be empty for it; none: it comes for sure',
        }),
        people: z.array(refSchema).meta({ description: 'whom the directory finds now; none: see `rule`' }),
        rule: textSchema.optional().meta({ description: 'who acts, as the template says it' }),
        auto: z.boolean().meta({ description: 'nobody need act' }),
        from: instantSchema,
        dueAt: instantSchema.optional(),
        until: instantSchema,
        provisional: z.boolean().meta({ description: 'rests on days that the calendar does not know yet' }),
        earliest: z
          .boolean()
          .meta({ description: 'may be later: something before it has no date, or waits for everyone' }),
      }),
    ),
  }),
);
