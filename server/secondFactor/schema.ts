import { z } from 'zod';
import { codeSchema, passwordSchema } from '../auth/schema.ts';

export const factorSchema = z.object({
  confirmedAt: z.string().optional().meta({ description: 'since when a code is asked for; absent: there is none' }),
  recoveryLeft: z.int().meta({ description: 'recovery codes that were not used yet' }),
});

export const enrolBody = z.strictObject({ password: passwordSchema });
export const enrolmentSchema = z.object({
  secret: z.string().meta({ description: 'for apps that cannot scan' }),
  uri: z.string().meta({ description: 'otpauth address, to be shown as a QR code' }),
});

export const recoveryCodesSchema = z.object({
  codes: z.array(z.string()).meta({ description: 'shown only now, each good once' }),
});

export const removalBody = z.strictObject({ password: passwordSchema, code: codeSchema });
