import { z } from 'zod';
import { signInAnswer } from '../auth/schema.ts';

/** A path of our own console. `//evil`, `/\evil` and what browsers make of line breaks lead elsewhere. */
export const ownPath = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])[^\\\p{Cc}]*$/u, { message: 'a path of this site' });

export const startBody = z.strictObject({
  next: ownPath.default('/').meta({ description: 'where to go on afterwards' }),
});
export const startAnswer = z.object({ url: z.string().meta({ description: 'where to send the browser' }) });

const sent = z.string().max(4096);

/** What the provider has put into the address to which it sent the browser back. */
export const finishBody = z.strictObject({
  state: sent,
  code: sent.optional(),
  iss: sent.optional(),
  error: sent.optional(),
});
export type Finish = z.infer<typeof finishBody>;
export const finishAnswer = z.object({ next: z.string(), session: signInAnswer });
