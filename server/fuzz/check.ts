import { HIDDEN, SECRET } from './city.ts';
import type { Operation } from './operations.ts';
import type { Sent } from './plan.ts';
import { problemOf } from './report.ts';
import type { Received } from './send.ts';

export type FailureKind = 'serverError' | 'schemaMismatch' | 'leak';

export interface Complaint {
  kind: FailureKind;
  /** The same for the same mistake: what counts when failures are grouped and shrunk. */
  what: string;
}

/** What an answer may not have in it. */
export interface Forbidden {
  /** Hashes, keys and tokens that the database keeps. */
  secrets: ReadonlySet<string>;
  /** The asker's own ones. */
  own: ReadonlySet<string>;
  /** The asker may not read what is marked as hidden. */
  outsider: boolean;
  /** Folders of the server. */
  folders: readonly string[];
}

/** What is wrong with an answer, if anything. */
export const judge = (operation: Operation, sent: Sent, received: Received, forbidden: Forbidden): Complaint[] => [
  ...serverErrors(operation, received),
  ...mismatches(operation, sent, received),
  ...leaks(received, forbidden),
];

/** Refusals by 5xx that say that something outside failed, where the description has them. */
const FAILED_ELSEWHERE = new Set([501, 502, 504]);

const serverErrors = (operation: Operation, { status, body }: Received): Complaint[] => {
  if (status < 500 || (FAILED_ELSEWHERE.has(status) && operation.answers.has(status))) return [];
  return [{ kind: 'serverError', what: `${status} ${problemOf(body) ?? ''}` }];
};

/** What any address may answer, whoever it belongs to. */
const ANYWHERE = new Set([400, 401, 403, 404, 405, 413, 414, 415, 422, 429, 431]);

const mismatches = (operation: Operation, sent: Sent, { status, type, body }: Received): Complaint[] => {
  if (status >= 500) return [];
  const wrong = (what: string): Complaint[] => [{ kind: 'schemaMismatch', what }];
  // HTTP itself: an address longer than any, and what the asker has already.
  if (status === 431 || (status === 304 && 'if-none-match' in sent.headers)) return [];
  if (sent.elsewhere && (status < 300 || ANYWHERE.has(status))) return [];
  const documented = operation.answers.get(status);
  if (!documented) return wrong(`status ${status} ${problemOf(body) ?? ''} is not in the description`);
  if (documented.size === 0) return body === '' ? [] : wrong(`status ${status} has a body`);
  if (documented.has('*/*')) return [];
  if (!documented.has(type)) return wrong(`status ${status} has the type "${type}"`);
  const schema = documented.get(type);
  if (!schema) return [];
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return wrong(`status ${status} is no JSON`);
  }
  const { error } = schema.safeParse(value);
  const issue = error?.issues[0];
  if (!issue) return [];
  const place = issue.path.map((part) => (typeof part === 'number' ? '[]' : String(part))).join('.');
  return wrong(`status ${status} at "${place}": ${issue.message.slice(0, 160)}`);
};

/** What only code, stack traces and databases say. */
const INSIDE: readonly [string, readonly string[]][] = [
  ['a stack trace', ['\n    at ', '\\n    at ']],
  ['a source file', ['node_modules/', 'node:internal', '.ts:']],
  ['words of the database driver', ['PrismaClient', 'Raw query failed', 'Invalid `']],
  [
    'words of the database',
    [
      'syntax error at or near',
      'violates foreign key',
      'violates check',
      'violates not-null',
      'violates unique',
      'invalid input syntax',
      'pg_catalog',
      'duplicate key value',
    ],
  ],
];

const leaks = (received: Received, { secrets, own, outsider, folders }: Forbidden): Complaint[] => {
  const text = `${received.body}\n${JSON.stringify(received.headers)}`;
  const found = (what: string): Complaint => ({ kind: 'leak', what });
  return [
    ...(text.includes(SECRET) ? [found('a secret of the settings')] : []),
    ...(outsider && text.includes(HIDDEN) ? [found('what belongs to another unit')] : []),
    ...(folders.some((folder) => text.includes(folder)) ? [found('a folder of the server')] : []),
    ...INSIDE.flatMap(([what, signs]) => (signs.some((sign) => text.includes(sign)) ? [found(what)] : [])),
    ...[...text.matchAll(/[\w+/=$.-]{20,}/g)].flatMap(([word]) =>
      secrets.has(word) && !own.has(word) ? [found('a secret of the database')] : [],
    ),
  ];
};
