import type { Logger } from 'pino';
import { pino } from 'pino';
import { pinoHttp } from 'pino-http';
import type { LogLevel } from '../settings/index.ts';

/** Where lines of the log go. */
interface Lines {
  write(line: string): unknown;
}

/** The log: JSON lines on stderr, never a secret: neither by the name of a field nor by what a text looks like. */
export const makeLogger = (level: LogLevel, lines: Lines = pino.destination({ dest: 2, sync: false })): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
      redact: {
        paths: ['password', '*.password', 'token', '*.token', 'csrf', '*.csrf', 'databaseUrl', 'smtpUrl'],
        censor: '***',
      },
    },
    { write: (line) => lines.write(withoutSecrets(line)) },
  );

/** Of an error no more than tells what failed and where: drivers hang the values of a row or a query on theirs. */
const describeError = (error: unknown): unknown => {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const code = (error as { code?: unknown }).code;
  return {
    type: name,
    message,
    stack,
    ...(code !== undefined && { code }),
    ...(cause !== undefined && { cause: describeError(cause) }),
  };
};

/** Identity-card numbers (GB 11643), mobile numbers, tokens sent as such, and passwords in addresses. */
const SECRETS: [RegExp, string][] = [
  [/(?<!\w)\d{17}[\dXx](?!\w)/g, '***'],
  [/(?<!\w)1[3-9]\d{9}(?!\w)/g, '***'],
  [/\bBearer [\w.~+/-]+=*/g, 'Bearer ***'],
  [/(:\/\/[^:@/\s"]{0,200}):[^@/\s"]{1,200}@/g, '$1:***@'],
];

/** A text with what must not be kept of it masked. */
export const withoutSecrets = (text: string): string =>
  SECRETS.reduce((masked, [pattern, instead]) => masked.replace(pattern, instead), text);

/** One line a request: no headers, no bodies, no query, so nothing personal or secret. */
export const logRequests = (logger: Logger) =>
  pinoHttp({
    logger,
    genReqId: (request) => request.id,
    customLogLevel: (_request, response, error) => {
      if (error || response.statusCode >= 500) return 'error';
      return response.statusCode === 429 ? 'warn' : 'debug';
    },
    wrapSerializers: false,
    serializers: {
      req: (request: { id: unknown; method: string; url: string; originalUrl?: string }) => ({
        id: request.id,
        method: request.method,
        path: pathOf(request.originalUrl ?? request.url),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      err: describeError,
    },
  });

/** The path of an address; of its parts only those that are names of ours or ids, not what somebody typed, nor the token of a link. */
const pathOf = (url: string): string =>
  (url.split('?')[0] ?? '')
    .slice(0, 300)
    .split('/')
    .map((part) => (PLAIN.test(part) || ID.test(part) ? part : '***'))
    .join('/');

const PLAIN = /^[\w.~-]{0,31}$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.\d+)?$/i;
