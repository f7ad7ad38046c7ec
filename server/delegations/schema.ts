import { z } from 'zod';
import { textSchema } from '../../workflows/text.ts';
import { pageOf, pageQuery } from '../http/page.ts';
import { canSchema, idSchema, instantSchema, longText, named, refSchema } from '../http/schema.ts';

const KEY = '[A-Za-z][A-Za-z0-9_-]{0,63}';
const scopeSchema = z
  .array(z.string().regex(new RegExp(`^${KEY}(?:/${KEY})?$`), { message: 'scope: "template" or "template/block"' }))
  .min(1)
  .max(100)
  .meta({ description: 'templates (`plan`) and blocks of them (`plan/draft`); without it, everything' });

const stateSchema = z.enum(['planned', 'open', 'ended']);

export const delegationSchema = named(
  'Delegation',
  z.object({
    id: idSchema,
    person: refSchema.meta({ description: 'whose work it is' }),
    to: refSchema.meta({ description: 'who may act for them' }),
    from: instantSchema,
    until: instantSchema.meta({ description: 'the first instant at which it is over' }),
    scope: scopeSchema.optional(),
    reason: z.string(),
    state: stateSchema,
    madeBy: refSchema,
    madeAt: instantSchema,
    revokedBy: refSchema.optional(),
    revokedAt: instantSchema.optional(),
    can: canSchema,
  }),
);
export type DelegationView = z.infer<typeof delegationSchema>;

export const delegationPage = pageOf(delegationSchema);
export const delegationQuery = z.strictObject({
  ...pageQuery,
  of: z.enum(['mine', 'all']).default('mine').meta({ description: 'of and to oneself; all: for the office' }),
  state: stateSchema.optional(),
});
export type DelegationQuery = z.infer<typeof delegationQuery>;

export const newDelegationBody = z.strictObject({
  person: idSchema.optional().meta({ description: 'whose work it is; oneself by default, others for the office' }),
  to: idSchema,
  from: instantSchema.optional().meta({ description: 'now by default' }),
  until: instantSchema,
  scope: scopeSchema.optional(),
  reason: longText(2000),
});
export type NewDelegation = z.infer<typeof newDelegationBody>;

export const reassignBody = z.strictObject({
  from: idSchema.optional().meta({ description: 'who is replaced; without it, all its people' }),
  to: idSchema,
  reason: longText(2000),
});

export const handoverBody = z.strictObject({
  to: idSchema,
  reason: longText(2000),
  cycleId: idSchema.optional().meta({ description: 'only the tasks of this cycle' }),
  dryRun: z.boolean().default(false),
});
export type HandoverBody = z.infer<typeof handoverBody>;

export const handoverSchema = named(
  'Handover',
  z.object({
    person: refSchema,
    to: refSchema,
    dryRun: z.boolean(),
    moved: z.int(),
    left: z.int(),
    tasks: z.array(
      z.object({
        caseId: idSchema,
        title: z.string(),
        seat: z.int(),
        block: z.string(),
        blockName: textSchema,
        moved: z.boolean(),
        why: z.object({ id: z.string(), title: textSchema }).optional(),
      }),
    ),
  }),
);
export type Handover = z.infer<typeof handoverSchema>;
