import { z } from 'zod';
import { ACTIONS } from '../../workflows/template/action.ts';
import { fieldSchema } from '../../workflows/template/field.ts';
import { keySchema } from '../../workflows/template/key.ts';
import { textSchema } from '../../workflows/text.ts';
import { caseStatusSchema } from '../cases/status.ts';
import { levelSchema } from '../evidence/level.ts';
import { pageOf, pageQuery } from '../http/page.ts';
import { problemSchema } from '../http/problemSchema.ts';
import { canSchema, idSchema, instantSchema, longText, named, refSchema } from '../http/schema.ts';
import { copyTo, followUpSchema, prioritySchema, urgedSchema } from '../talk/schema.ts';

named('Field', fieldSchema);

export const taskIdSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.\d{1,9}$/)
  .meta({ description: 'the case and the seat in it' });
export const taskParams = z.strictObject({ id: taskIdSchema });

const actionSchema = z.enum(ACTIONS);

export const blockRefSchema = named('BlockRef', z.object({ block: z.string(), name: textSchema }));

export const taskSchema = named(
  'Task',
  z.object({
    id: taskIdSchema,
    caseId: idSchema,
    title: z.string(),
    block: z.string(),
    blockName: textSchema,
    kind: z.enum(['task', 'approval']),
    state: z.string(),
    phase: z.string(),
    org: refSchema.optional(),
    cycle: refSchema.optional(),
    openedAt: instantSchema,
    dueAt: instantSchema.optional(),
    provisional: z.boolean().meta({ description: 'the deadline lies beyond the known calendar' }),
    workingDaysLeft: z.int().optional().meta({ description: 'negative: overdue' }),
    closedAt: instantSchema.optional(),
    outcome: z.string().optional(),
    priority: prioritySchema,
    urged: urgedSchema.optional(),
    followUp: followUpSchema.optional().meta({ description: 'the caller’s own reminder' }),
    copy: z
      .object({ by: refSchema.optional(), at: instantSchema, readAt: instantSchema.optional() })
      .optional()
      .meta({ description: 'it was sent to the caller, to be read' }),
    onBehalfOf: refSchema.optional().meta({ description: 'whom the caller stands in for here' }),
    can: canSchema,
    around: z
      .array(z.enum(['urge', 'copy', 'followUp']))
      .meta({ description: 'what the caller may do beside its steps' }),
    batch: z.boolean().meta({ description: 'may be approved together with others' }),
  }),
);
export type Task = z.infer<typeof taskSchema>;
export type Ref = z.infer<typeof refSchema>;

export const taskPage = pageOf(taskSchema);
export const taskQuery = z.strictObject({
  ...pageQuery,
  box: z.enum(['todo', 'done', 'started', 'told']).default('todo'),
  cycleId: idSchema.optional(),
  orgId: idSchema.optional(),
  due: z.enum(['overdue', 'soon', 'later']).optional(),
});
export type TaskQuery = z.infer<typeof taskQuery>;

export const countsSchema = z.object({
  todo: z.int(),
  overdue: z.int(),
  dueSoon: z.int(),
  done: z.int(),
  started: z.int().meta({ description: 'open tasks of what the caller began' }),
  told: z.int().meta({ description: 'unread notices' }),
  byDue: z.object({ overdue: z.int(), soon: z.int(), later: z.int() }),
});

const valuesSchema = z.record(z.string(), z.unknown());

export const evidenceSchema = named(
  'Evidence',
  z.object({
    id: idSchema,
    name: z.string(),
    mime: z.string(),
    size: z.int(),
    sha256: z.string(),
    field: z.string(),
    level: levelSchema.meta({ description: '密级: 0 public, 1 internal, 2 sensitive; shown to people cleared for it' }),
    at: instantSchema,
    uploadedBy: refSchema,
    can: canSchema,
  }),
);
export type EvidenceView = z.infer<typeof evidenceSchema>;

export const taskDetailSchema = named(
  'TaskDetail',
  taskSchema.extend({
    revision: z.int(),
    help: textSchema.optional(),
    fields: z.array(fieldSchema),
    edits: z.array(z.string()).meta({ description: 'those of `fields` that earlier blocks filled in' }),
    values: valuesSchema,
    draft: valuesSchema.optional(),
    given: z
      .record(z.string(), z.union([z.array(valuesSchema), z.string()]))
      .optional()
      .meta({
        description:
          'what fields begin with: rows that tables must keep, known by their `code`; texts that people go on writing in',
      }),
    shows: z.array(z.object({ field: fieldSchema, value: z.unknown() })),
    rounds: z.int(),
    returnReason: z.object({ reason: z.string(), by: refSchema.optional(), at: instantSchema }).optional(),
    candidates: z.array(refSchema),
    standIns: z
      .array(z.object({ person: refSchema, onBehalfOf: refSchema }))
      .meta({ description: 'who may act for its candidates now' }),
    actions: z.array(
      z.object({
        action: actionSchema,
        reasonRequired: z.boolean(),
        personRequired: z.boolean(),
        name: textSchema,
        to: blockRefSchema.optional().meta({ description: 'where it goes unless another is chosen' }),
        targets: z
          .array(blockRefSchema)
          .optional()
          .meta({ description: 'for `return`: every block that may be chosen, the nearest first' }),
        except: z
          .array(idSchema)
          .optional()
          .meta({ description: 'people who cannot be named: they have a seat here already' }),
        seats: z
          .array(z.object({ seat: z.int(), people: z.array(refSchema) }))
          .optional()
          .meta({ description: 'for `remove`: the seats that may go' }),
      }),
    ),
    ladder: z.array(z.object({ at: instantSchema, do: z.string(), name: textSchema, provisional: z.boolean() })),
    evidence: z.array(evidenceSchema),
    case: z.object({ id: idSchema, title: z.string(), status: caseStatusSchema }),
  }),
);
export type TaskDetail = z.infer<typeof taskDetailSchema>;

export const actBody = z.strictObject({
  action: actionSchema,
  values: valuesSchema.optional(),
  reason: longText(5000).optional(),
  to: idSchema.optional(),
  onBehalfOf: idSchema.optional().meta({
    description: 'whom the caller stands in for; by default whose task it is, unless it is also the caller’s own',
  }),
  block: keySchema.optional().meta({ description: 'for `return`: the earlier block, where the template lets choose' }),
  target: z.int().min(0).max(1_000_000).optional().meta({ description: 'for `remove`: the seat that goes' }),
  cc: copyTo.optional().meta({ description: 'to whom the decision is sent, to be read' }),
  revision: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .optional(),
});
export type Act = z.infer<typeof actBody>;

export const actResult = z.object({
  task: taskSchema,
  revision: z.int(),
  next: taskIdSchema.optional().meta({ description: 'the caller’s next open task' }),
});

/** The most that are decided by one request. */
const BATCH = 100;

export const batchBody = z.strictObject({
  ids: z
    .array(taskIdSchema)
    .min(1)
    .max(BATCH)
    .refine((ids) => new Set(ids).size === ids.length, { message: 'a task is named twice' }),
  action: z.literal('approve'),
  reason: longText(5000).optional(),
  dryRun: z.boolean().optional().meta({ description: 'only says what would happen' }),
});
export type Batch = z.infer<typeof batchBody>;

export const batchResult = z.object({
  dryRun: z.boolean(),
  done: z.int(),
  refused: z.int(),
  results: z.array(
    z.object({
      id: taskIdSchema,
      ok: z.boolean(),
      task: taskSchema.optional(),
      leadsTo: z
        .object({
          state: z
            .enum(['decided', 'waiting', 'ended'])
            .meta({ description: 'the block is decided, waits for others, or the case has ended' }),
          blocks: z.array(blockRefSchema).meta({ description: 'what opens next' }),
        })
        .optional(),
      revision: z.int().optional(),
      problem: problemSchema.optional().meta({ description: 'why not' }),
    }),
  ),
});
export type BatchResult = z.infer<typeof batchResult>;

export const draftBody = z.strictObject({ values: valuesSchema });
