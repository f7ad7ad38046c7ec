import { z } from 'zod';
import type { Me } from '../auth/me.ts';
import { problem } from '../http/problem.ts';

/** 密级 of a file: 0 public, 1 internal, 2 sensitive. */
export const levelSchema = z.union([z.literal(0), z.literal(1), z.literal(2)]);
export type Level = z.infer<typeof levelSchema>;

const INTERNAL: Level = 1;

/** The level that an upload names, internal where it names none; nobody hides a file from themselves. */
export const readLevel = (given: unknown, { clearance }: Pick<Me, 'clearance'>): Level => {
  if (given === undefined) return INTERNAL;
  const level = levelSchema.safeParse(Number(given));
  if (level.success && given !== '' && level.data <= clearance) return level.data;
  const message = { zh: '密级只能是 0 至本人的密级', en: 'a level is from 0 to your own' };
  throw problem('input.invalid', { errors: [{ path: 'level', message }] });
};
