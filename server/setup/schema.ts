import { z } from 'zod';
import { passwordSchema } from '../auth/schema.ts';
import { lineText, mailSchema, userNameSchema } from '../http/schema.ts';

const administratorSchema = z.strictObject({
  username: userNameSchema,
  name: lineText(100),
  email: mailSchema.nullable().optional(),
  password: passwordSchema,
});

export const setupBody = z.strictObject({
  code: z.string().min(1).max(100).meta({ description: 'as the console of the server shows it' }),
  city: lineText(100).optional().meta({ description: 'name of the topmost unit' }),
  system: administratorSchema,
  security: administratorSchema,
  audit: administratorSchema,
});
export type Setup = z.infer<typeof setupBody>;
