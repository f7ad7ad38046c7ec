import { z } from 'zod';
import type { Text } from '../../workflows/text.ts';
import { messages } from './messages.ts';
import { type FieldError, type ProblemId, problem } from './problem.ts';

const zhError = z.locales.zhCN().localeError;
const enError = z.locales.en().localeError;

/** Parses input; every wrong place is named in both languages. */
export const validate = <Out>(schema: z.ZodType<Out>, value: unknown, id: ProblemId = 'input.invalid'): Out => {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw problem(id, { errors: fieldErrors(result.error.issues).slice(0, 200) });
};

/** The places that zod complained about, as paths such as `rows[3].name`. */
export const fieldErrors = (issues: readonly z.core.$ZodIssue[]): FieldError[] => issues.flatMap(fieldError);

const fieldError = (issue: z.core.$ZodIssue): FieldError[] => {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: showPath([...issue.path, key.slice(0, 80)]),
      message: { zh: '没有这个字段', en: 'unknown field' },
    }));
  }
  return [{ path: showPath(issue.path), message: textOf(issue) }];
};

const textOf = (issue: z.core.$ZodIssue): Text => {
  const raw = issue as z.core.$ZodRawIssue;
  const en = messageOf(enError(raw));
  if (issue.message && issue.message !== en) return { zh: messages[issue.message] ?? issue.message, en: issue.message };
  return { zh: messageOf(zhError(raw)), en };
};

const messageOf = (error: string | { message: string } | undefined | null): string =>
  (typeof error === 'string' ? error : error?.message) ?? 'invalid';

/** `['rows', 3, 'name']` → `rows[3].name`. */
export const showPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((shown, part) => {
    if (typeof part === 'number') return `${shown}[${part}]`;
    return shown ? `${shown}.${String(part)}` : String(part);
  }, '');
