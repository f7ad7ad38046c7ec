import { z } from 'zod';
import { isCleanText } from '../../workflows/template/key.ts';
import { textSchema } from '../../workflows/text.ts';
import { isStorable } from './json.ts';

/** Names that the API description gives to schemas that several routes share. */
export const named = <Schema extends z.ZodType>(id: string, schema: Schema): Schema => {
  z.globalRegistry.add(schema, { id });
  return schema;
};

named('Text', textSchema);

const UNCLEAN = 'text with invisible or non-normalised characters';

/** One line of text that is kept: NFC, nothing invisible, no space at the ends. */
export const lineText = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => isCleanText(text) && !/[\n\r\t]/.test(text), { message: UNCLEAN });

/** Several lines of text that are kept, such as a reason. */
export const longText = (max: number) => z.string().trim().min(1).max(max).refine(isCleanText, { message: UNCLEAN });

/** Text that is only compared, never kept. */
export const searchText = z.string().trim().max(200).refine(isStorable, { message: UNCLEAN });

/** Taken as NFKC (a full-width `ａdmin` is `admin`), of letters that do not look like each other: no Cyrillic, no Greek. */
export const userNameSchema = z
  .string()
  .normalize('NFKC')
  .max(64)
  .regex(/^[\p{Script=Han}A-Za-z0-9][\p{Script=Han}A-Za-z0-9._-]*$/u, {
    message: 'user name: letters, digits, "." "_" "-" and Chinese characters, at most 64',
  })
  .refine(isCleanText, { message: UNCLEAN });

export const codeSchema = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, { message: 'code: letters, digits, "." "_" and "-", at most 64' });

export const mailSchema = z
  .string()
  .max(254)
  .regex(/^[^\s@<>,;"]{1,64}@[A-Za-z0-9.-]+$/, { message: 'a mail address' });

export const idSchema = z.uuid();
export const idParams = z.strictObject({ id: idSchema });

/** An instant, as ISO text in UTC. */
export const instantSchema = z.iso.datetime();
export const daySchema = z.iso.date({ message: 'a day, as YYYY-MM-DD' });

export const refSchema = named('Ref', z.object({ id: idSchema, name: z.string() }));
export const canSchema = z.array(z.string()).meta({ description: 'what the caller may do with this' });

/** Why someone suspends, cancels, resolves. */
export const reasonBody = z.strictObject({ reason: longText(2000) });

/** `true`/`false` in a query. */
export const flagQuery = z.enum(['true', 'false']).transform((value) => value === 'true');
