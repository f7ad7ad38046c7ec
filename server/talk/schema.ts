import { z } from 'zod';
import { textSchema } from '../../workflows/text.ts';
import { pageOf, pageQuery } from '../http/page.ts';
import { canSchema, daySchema, idSchema, instantSchema, longText, named, refSchema } from '../http/schema.ts';

export const commentSchema = named(
  'Comment',
  z.object({
    id: idSchema,
    at: instantSchema,
    author: refSchema,
    text: z.string().optional().meta({ description: 'absent when it was withdrawn' }),
    mentions: z.array(refSchema),
    withdrawnAt: instantSchema.optional(),
    can: canSchema,
  }),
);
export type Comment = z.infer<typeof commentSchema>;
export const commentPage = pageOf(commentSchema);
export const commentQuery = z.strictObject({ limit: pageQuery.limit, after: pageQuery.after, sort: pageQuery.sort });
export const commentBody = z.strictObject({
  text: longText(2000),
  mentions: z.array(idSchema).max(20).optional().meta({ description: 'whom it mentions: they may read the case then' }),
});

/** Whom a decision is sent to. */
export const copyTo = z.array(idSchema).min(1).max(50);
export const copyBody = z.strictObject({ to: copyTo });
export const copySchema = named(
  'Copy',
  z.object({
    id: idSchema,
    person: refSchema,
    by: refSchema.optional(),
    blockName: textSchema,
    taskId: z.string().optional(),
    at: instantSchema,
    readAt: instantSchema.optional(),
  }),
);
export type Copy = z.infer<typeof copySchema>;
export const copyList = z.object({ items: z.array(copySchema) });

export const urgeBody = z.strictObject({ note: longText(500).optional() });
export const urgedSchema = named(
  'Urged',
  z.object({
    times: z.int(),
    lastAt: instantSchema,
    nextAt: instantSchema.meta({ description: 'allowed again from then on' }),
  }),
);
export type Urged = z.infer<typeof urgedSchema>;

export const MAX_PHRASES = 50;
export const phraseSchema = named('Phrase', z.object({ id: idSchema, text: z.string() }));
export type Phrase = z.infer<typeof phraseSchema>;
export const phraseList = z.object({ items: z.array(phraseSchema) });
export const phraseBody = z.strictObject({ text: longText(200) });
export const phraseOrder = z.strictObject({ ids: z.array(idSchema).max(MAX_PHRASES) });

export const followUpBody = z.strictObject({ day: daySchema, note: longText(500).optional() });
export const followUpSchema = named('FollowUp', z.object({ day: daySchema, note: z.string().optional() }));
export type FollowUp = z.infer<typeof followUpSchema>;

export const prioritySchema = z.enum(['normal', 'urgent']);
export const priorityBody = z.strictObject({ priority: prioritySchema, reason: longText(2000) });
