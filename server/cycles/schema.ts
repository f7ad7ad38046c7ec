import { z } from 'zod';
import { keySchema } from '../../workflows/template/key.ts';
import { documentSchema } from '../../workflows/template/schema.ts';
import { textSchema } from '../../workflows/text.ts';
import { pageOf, pageQuery } from '../http/page.ts';
import { canSchema, idSchema, instantSchema, lineText, named, refSchema } from '../http/schema.ts';

export const cycleStatusSchema = z.enum(['launching', 'running', 'suspended', 'closed', 'cancelled']);

export const cycleSchema = named(
  'Cycle',
  z.object({
    id: idSchema,
    name: z.string(),
    year: z.int(),
    template: z.object({ key: z.string(), version: z.int(), name: textSchema }),
    status: cycleStatusSchema,
    launchedAt: instantSchema,
    closedAt: instantSchema.optional(),
    progress: z.object({ total: z.int(), started: z.int(), active: z.int(), done: z.int(), cancelled: z.int() }),
    case: idSchema.optional().meta({ description: 'the case of the cycle itself' }),
    documents: z
      .array(documentSchema)
      .optional()
      .meta({ description: 'rules kept as documents of the cycle; in the answer for one cycle' }),
    can: canSchema,
  }),
);
export type Cycle = z.infer<typeof cycleSchema>;

export const cyclePage = pageOf(cycleSchema);
export const cycleQuery = z.strictObject({
  ...pageQuery,
  status: cycleStatusSchema.optional(),
  year: z.coerce.number().int().min(0).max(9999).optional(),
});

export const newCycleBody = z.strictObject({
  templateKey: keySchema,
  version: z.int().min(1).max(100_000),
  year: z.int().min(0).max(9999),
  name: lineText(200),
  participants: z.union([
    z.literal('all').meta({ description: 'every active unit whose category the template has' }),
    z
      .array(z.strictObject({ orgId: idSchema, category: keySchema }))
      .min(1)
      .max(10_000),
  ]),
});
export type NewCycle = z.infer<typeof newCycleBody>;

export const launchCheckBody = newCycleBody.omit({ name: true });

/** What the office should know before it launches. */
export const launchCheckSchema = named(
  'LaunchCheck',
  z.object({
    participants: z.int(),
    thinGroups: z
      .array(
        z.object({
          group: z.string(),
          name: textSchema,
          layer: z.object({ key: z.string(), name: textSchema }).nullable(),
          minVotes: z.int(),
          most: z.int().meta({ description: 'assessors of the unit that has most of them' }),
          units: z.int().meta({ description: 'units of which it could say nothing' }),
        }),
      )
      .meta({
        description:
          'assessors that are fewer than their least number of votes: left out, the rest counts for the whole',
      }),
  }),
);

export const dashboardSchema = named(
  'Dashboard',
  z.object({
    phases: z.array(z.object({ phase: z.string(), name: textSchema, cases: z.int() })),
    blocks: z.array(
      z.object({ block: z.string(), name: textSchema, phase: z.string(), cases: z.int(), overdue: z.int() }),
    ),
    overdueByOrg: z.array(z.object({ org: refSchema, overdue: z.int() })),
    openTasks: z.int(),
    overdueTasks: z.int(),
    gates: z.array(
      z.object({
        block: z.string(),
        name: textSchema,
        passedAt: instantSchema.optional(),
        waiting: z.int().meta({ description: 'participants who have arrived' }),
        expected: z.int(),
      }),
    ),
    waiting: z.object({
      orders: z.int().meta({ description: 'answers to supervision orders to be reviewed' }),
      flags: z.int().meta({ description: 'suspicious values that nobody has decided' }),
      values: z.int().meta({ description: 'reported values to be verified' }),
      complaints: z.int().meta({ description: 'of the year, without a unit or disputed' }),
      adjustments: z.int().meta({ description: 'entries of the ledger to be approved' }),
      ballots: z.int().meta({ description: 'sheets of open rounds that are not handed in' }),
      findings: z.int().meta({ description: 'findings that no plan takes up yet' }),
      opinions: z.int().meta({ description: 'opinions of raters that nobody has sorted' }),
      items: z.int().meta({ description: 'items of rectification that are overdue' }),
    }),
  }),
);
export type Dashboard = z.infer<typeof dashboardSchema>;
