import { z } from 'zod';
import { textSchema } from '../../workflows/text.ts';
import { levelSchema } from '../evidence/level.ts';
import { idSchema, lineText, named, refSchema } from '../http/schema.ts';

/** Whatever somebody types; what is chosen as a password is judged by `weaknessesOf`. */
export const passwordSchema = z.string().min(1).max(512);
/** Six digits of the app, or a recovery code. */
export const codeSchema = z.string().trim().min(6).max(40);

export const signInBody = z.strictObject({ username: lineText(64), password: passwordSchema });
export const codeBody = z.strictObject({ code: codeSchema });

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
      clearance: levelSchema.meta({ description: '密级: up to which level of files' }),
      org: refSchema.extend({ kind: z.string() }),
    }),
    roles: z.array(heldRoleSchema),
    can: z.array(z.string()).meta({ description: 'abilities in the whole instance' }),
    csrf: z.string().meta({ description: 'to be sent as X-CSRF-Token with every change' }),
    demo: z.boolean().meta({ description: 'the instance runs the demo city' }),
    preferences: preferencesSchema,
    secondFactor: z.boolean().meta({ description: 'has a second factor' }),
    duty: z
      .enum(['password.expired', 'secondFactor.required'])
      .optional()
      .meta({ description: 'what must be seen to before anything else is answered' }),
  }),
);

export const signInAnswer = z.union([
  meSchema,
  z.object({
    secondFactor: z.literal(true).meta({ description: 'a code is asked for: POST /session/second-factor' }),
  }),
]);

/** What the page for signing in may offer. */
export const signInOffersSchema = z.object({
  resetByMail: z.boolean(),
  oidc: z
    .object({ label: z.string() })
    .optional()
    .meta({ description: 'there is a provider of identities: POST /session/oidc' }),
  setup: z.boolean().meta({ description: 'nobody has an account yet: POST /setup makes the first ones' }),
});

export const sessionSchema = named(
  'Session',
  z.object({
    id: idSchema,
    address: z.string(),
    agent: z.string().meta({ description: 'User-Agent of the browser that opened it' }),
    secondFactor: z.boolean(),
    openedAt: z.string(),
    usedAt: z.string(),
    endsAt: z.string(),
    current: z.boolean(),
  }),
);
export const sessionsSchema = z.object({ items: z.array(sessionSchema) });
export const endedSchema = z.object({ ended: z.int() });

export const demoAccountsSchema = z.object({
  password: z.string(),
  accounts: z.array(z.object({ username: z.string(), name: z.string(), role: textSchema, org: z.string() })),
});
export type DemoAccounts = z.infer<typeof demoAccountsSchema>;

export const languageBody = z.strictObject({ language: z.enum(['zh', 'en']) });

export const passwordBody = z.strictObject({
  current: passwordSchema,
  password: passwordSchema,
});
