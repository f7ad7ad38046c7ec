import { Secret, TOTP } from 'otpauth';
import { expect } from 'vitest';
import type { Client } from './client.ts';

/** The code that somebody's app shows at a moment. */
export const codeAt = (secret: string, now: Date): string =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: now.getTime() });

/** Sets up a second factor as a person would. Gives its secret and the recovery codes. */
export const enrol = async (
  client: Client,
  password: string,
  now = new Date(),
): Promise<{ secret: string; codes: string[] }> => {
  const begun = await client.post('/second-factor', { password });
  expect(begun.status).toBe(201);
  const { secret } = begun.body;
  const confirmed = await client.post('/second-factor/confirm', { code: codeAt(secret, now) });
  expect(confirmed.status).toBe(200);
  return { secret, codes: confirmed.body.codes };
};
