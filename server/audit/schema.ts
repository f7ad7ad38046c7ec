import { z } from 'zod';
import { textSchema } from '../../workflows/text.ts';
import { instantSchema, named, refSchema, searchText } from '../http/schema.ts';

/** What a list or an export of the audit is narrowed to. */
export const auditFilters = {
  actor: z.uuid().optional(),
  action: z.string().max(100).optional().meta({ description: 'the action, or what it begins with: `session.`' }),
  object: z.string().max(300).optional().meta({ description: 'the object, or what it begins with: `people/`' }),
  ok: z.enum(['true', 'false']).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional().meta({ description: 'before this instant' }),
  request: z.string().max(100).optional(),
  q: searchText.optional().meta({ description: 'in the name of who did it, the action, the object or the address' }),
  days: z.coerce.number().int().min(1).max(3660).optional().meta({ description: 'of the last days only' }),
};
export const auditFilterSchema = z.object(auditFilters);
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const auditQuery = z.object({
  ...auditFilters,
  limit: z.coerce.number().int().min(1).max(100).default(25),
  after: z.string().max(1000).optional(),
  sort: z.literal('-at').optional(),
});

export const exportQuery = z.object({ ...auditFilters, format: z.enum(['csv', 'jsonl']).default('csv') });

export const auditRowParams = z.object({ id: z.string().regex(/^\d{1,2}-\d{1,15}$/) });

export const auditRowSchema = named(
  'AuditRow',
  z.object({
    id: z.string(),
    at: instantSchema,
    actor: refSchema.nullable().meta({ description: 'nobody: a timer, a job, a command, or who could not be told' }),
    onBehalfOf: refSchema.nullable(),
    action: z.string(),
    name: textSchema.optional().meta({ description: 'what the action is called' }),
    object: z.string().nullable(),
    ok: z.boolean().meta({ description: 'false: it was refused' }),
    detail: z.record(z.string(), z.unknown()).nullable(),
    request: z.string().nullable(),
    address: z.string().nullable(),
    hash: z.string(),
  }),
);
export type AuditView = z.infer<typeof auditRowSchema>;

export const auditPageSchema = z.object({
  items: z.array(auditRowSchema),
  total: z.int().meta({ description: 'with filters counted up to 10 001' }),
  next: z.string().nullable(),
});

export const auditStateSchema = named(
  'AuditState',
  z.object({
    rows: z.int(),
    archived: z.int(),
    checkpoint: z.object({ n: z.int(), at: instantSchema, hash: z.string(), rows: z.int() }).nullable(),
    sinceCheckpoint: z.int().meta({ description: 'rows that no checkpoint covers yet' }),
    restricted: z.boolean().meta({ description: 'the application works as a role that cannot change the audit' }),
    publicKey: z.string().nullable().meta({
      description: 'what checkpoints are verified with (PEM); where another key signed before, one behind the other',
    }),
  }),
);

export const brokenSchema = z.object({
  stripe: z.int().nullable(),
  seq: z.int().nullable(),
  what: z.enum(['changed', 'removed', 'moved', 'inserted', 'cut', 'checkpoint', 'event']),
  detail: z.string(),
});

export const verificationSchema = named(
  'AuditVerification',
  z.object({
    ok: z.boolean(),
    rows: z.int(),
    events: z.int(),
    broken: z.array(brokenSchema),
    more: z.int().meta({ description: 'so many more than are listed' }),
    checkpoints: z.int(),
    anchor: z.object({ n: z.int(), at: instantSchema }).nullable(),
    unanchored: z
      .int()
      .meta({ description: 'rows since the last checkpoint: a rewrite of these alone could not be found' }),
  }),
);
