import { z } from 'zod';
import { textSchema } from '../../workflows/text.ts';
import { idSchema, lineText, named, refSchema } from '../http/schema.ts';

export const signInBody = z.strictObject({ username: lineText(64), password: z.string().min(1).max(200) });

export const preferencesSchema = named(
  'Preferences',
  z.strictObject({
    filters: z
      .array(
        z.strictObject({
          name: lineText(40),
          query: z
            .string()
            .max(500)
            .regex(/^[^#\s]*$/),
        }),
      )
      .max(20)
      .optional()
      .meta({ description: 'saved filters of the inbox, in their order: name and query string' }),
    toured: z.boolean().optional().meta({ description: 'has seen the tour' }),
  }),
);
export type Preferences = z.infer<typeof preferencesSchema>;

export const heldRoleSchema = named('HeldRole', z.object({ role: z.string(), org: refSchema.optional() }));

export const meSchema = named(
  'Me',
  z.object({
    person: z.object({
      id: idSchema,
      username: z.string(),
      name: z.string(),
      title: z.string().optional(),
      language: z.enum(['zh', 'en']),
      demo: z.boolean(),
      org: refSchema.extend({ kind: z.string() }),
    }),
    roles: z.array(heldRoleSchema),
    can: z.array(z.string()).meta({ description: 'abilities in the whole instance' }),
    csrf: z.string().meta({ description: 'to be sent as X-CSRF-Token with every change' }),
    demo: z.boolean().meta({ description: 'the instance runs the demo city' }),
    preferences: preferencesSchema,
  }),
);

export const demoAccountsSchema = z.object({
  password: z.string(),
  accounts: z.array(z.object({ username: z.string(), name: z.string(), role: textSchema, org: z.string() })),
});
export type DemoAccounts = z.infer<typeof demoAccountsSchema>;

export const languageBody = z.strictObject({ language: z.enum(['zh', 'en']) });

export const passwordBody = z.strictObject({
  current: z.string().min(1).max(200),
  password: z.string().min(1).max(200),
});
