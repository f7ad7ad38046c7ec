import type { Response } from 'express';
import type { Printing } from './thread.ts';

const KINDS = {
  html: { type: 'text/html; charset=utf-8', policy: "default-src 'none'; style-src 'unsafe-inline'; sandbox" },
  pdf: { type: 'application/pdf', policy: "default-src 'none'; sandbox" },
} as const;

/** Answers with what was printed, under a name to keep it by: no script runs in it, and nobody on the way keeps it. */
export const sendPrinted = (response: Response, printed: Buffer, as: Printing['as'], name: string): void => {
  response.set({
    'Content-Type': KINDS[as].type,
    'Content-Length': String(printed.length),
    'Content-Disposition': `inline; filename*=UTF-8''${encodeURIComponent(`${name}.${as}`)}`,
    'Content-Security-Policy': KINDS[as].policy,
    'Cache-Control': 'private, no-store',
  });
  response.end(printed);
};
