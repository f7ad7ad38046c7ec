import { Prisma } from '../../prisma/client/client.ts';
import { ProblemError, problem } from './problem.ts';

/** The database is away, or went away before it said how a COMMIT ended. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  '53300',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'DatabaseNotReachable',
  'SocketTimeout',
  'ConnectionClosed',
  'TooManyConnections',
]);
const AWAY_TEXT =
  /Connection terminated|Query read timeout|timeout exceeded when trying to connect|Server has closed the connection|terminating connection/i;

/** Says that the connection to the database is gone. */
const tellsAway = (text: string): boolean =>
  AWAY_TEXT.test(text) ||
  text.split('\n').some((line) => {
    const at = line.search(/connection/i);
    return at >= 0 && /closed|lost/i.test(line.slice(at));
  });

/** Two changes met; one may simply be sent again. */
const CONFLICT = new Set(['P2034', 'TransactionWriteConflict', '40001', '40P01']);

/** What to answer for anything thrown. Only a ProblemError says more than that something failed. */
export const toProblem = (error: unknown): ProblemError => {
  if (error instanceof ProblemError) return error;
  const chain = [...causes(error)];
  if (chain.some((one) => AWAY.has(codeOf(one)) || tellsAway(textOf(one)))) {
    return problem('database.unavailable', { cause: error });
  }
  if (chain.some((one) => CONFLICT.has(codeOf(one)))) return problem('database.conflict', { cause: error });
  if (error instanceof URIError) return problem('route.unknown');
  return problem('server.error', { cause: error });
};

/** An error with all that it was caused by; Prisma keeps the driver's error among its details. */
function* causes(error: unknown, depth = 0): Generator<object> {
  if (typeof error !== 'object' || error === null || depth > 6) return;
  yield error;
  const { cause, meta } = error as { cause?: unknown; meta?: { driverAdapterError?: unknown } };
  yield* causes(cause, depth + 1);
  yield* causes(meta?.driverAdapterError, depth + 1);
}

const codeOf = (error: object): string => {
  for (const name of ['originalCode', 'code', 'kind'] as const) {
    const value = (error as Record<string, unknown>)[name];
    if (typeof value === 'string') return value;
  }
  return '';
};

const textOf = (error: object): string =>
  'message' in error && typeof error.message === 'string' ? error.message : '';

/** True when a unique key stood in the way of an insert or update. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';

/** True when a value could not be read as the type that the database wanted (class 22). */
export const isBadValue = (error: unknown): boolean => [...causes(error)].some((one) => /^22/.test(codeOf(one)));
