import { z } from 'zod';
import { passwordSchema } from '../auth/schema.ts';
import { searchText } from '../http/schema.ts';

export const resetBody = z.strictObject({
  who: searchText.min(1).meta({ description: 'user name or mail address' }),
});

const tokenSchema = z.string().min(1).max(100);
export const linkBody = z.strictObject({ token: tokenSchema });
export const linkSchema = z.object({
  kind: z.enum(['reset', 'invitation']),
  username: z.string(),
  name: z.string(),
  expiresAt: z.string(),
});
export const useBody = z.strictObject({ token: tokenSchema, password: passwordSchema });

/** What became of a link: on its way by mail, or to be handed over by whoever asked for it. */
export const givenLinkSchema = z.object({
  sentTo: z.string().optional().meta({ description: 'the mail address it goes to' }),
  path: z.string().optional().meta({ description: 'where it leads, when there is no mail; shown only now' }),
  expiresAt: z.string().optional(),
});
