import { z } from 'zod';
import { indicatorCodeSchema } from '../../workflows/indicators/schema.ts';
import { idSchema, instantSchema, lineText, named, refSchema } from '../http/schema.ts';

export const tokenScopeSchema = z.enum(['values', 'complaints']).meta({
  description: 'the one route that it opens: values: POST /values/push; complaints: POST /complaints',
});
export type TokenScope = z.infer<typeof tokenScopeSchema>;

export const tokenSchema = named(
  'Token',
  z.object({
    id: idSchema,
    name: z.string(),
    scope: tokenScopeSchema,
    codes: z.array(z.string()),
    orgs: z.array(refSchema),
    channels: z.array(z.string()),
    state: z.enum(['live', 'expired', 'revoked']),
    madeAt: instantSchema,
    madeBy: refSchema.optional(),
    expiresAt: instantSchema,
    revokedAt: instantSchema.optional(),
    usedAt: instantSchema.optional(),
  }),
);
export const tokenList = z.object({
  items: z.array(tokenSchema),
  mostDays: z.int().meta({ description: 'how long a token may live at most, in days' }),
});
export const madeTokenSchema = tokenSchema.extend({
  token: z.string().meta({ description: 'the token itself, shown this once' }),
});

export const newTokenBody = z.strictObject({
  name: lineText(100),
  scope: tokenScopeSchema.default('values'),
  codes: z.array(indicatorCodeSchema).max(500).default([]).meta({ description: 'only these indicators; empty: all' }),
  orgIds: z.array(idSchema).max(500).default([]).meta({ description: 'only these organisations; empty: all' }),
  channels: z.array(lineText(50)).max(50).default([]).meta({ description: 'only these channels; empty: all' }),
  expiresAt: instantSchema,
});
export type NewToken = z.infer<typeof newTokenBody>;
