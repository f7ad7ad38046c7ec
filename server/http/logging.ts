import type { Logger } from 'pino';
import { pino } from 'pino';
import { pinoHttp } from 'pino-http';
import type { LogLevel } from '../settings/index.ts';

/** The log: JSON lines on stderr, never a secret. */
export const makeLogger = (level: LogLevel): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['password', '*.password', 'token', '*.token', 'csrf', '*.csrf', 'databaseUrl', 'smtpUrl'],
        censor: '***',
      },
    },
    pino.destination({ dest: 2, sync: false }),
  );

/** One line a request: no headers, no bodies, no query, so nothing personal or secret. */
export const logRequests = (logger: Logger) =>
  pinoHttp({
    logger,
    genReqId: (request) => request.id,
    customLogLevel: (_request, response, error) => {
      if (error || response.statusCode >= 500) return 'error';
      return response.statusCode === 429 ? 'warn' : 'debug';
    },
    serializers: {
      req: (request: { id: unknown; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0]?.slice(0, 300),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      err: (error: { type?: string; message: string; stack?: string }) => error,
    },
  });
