import { randomBytes, randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';

/** Every request has an id of ours: in the log, in the answer, in each problem. */
export const requestId = (request: Request, response: Response, next: NextFunction): void => {
  request.id = randomUUID();
  response.set('X-Request-Id', String(request.id));
  next();
};

/** A fresh nonce for the page's style elements; scripts are files of ours only. */
export const cspNonce = (_request: Request, response: Response, next: NextFunction): void => {
  response.locals.nonce = randomBytes(16).toString('base64');
  next();
};

/** What browsers may do with our pages. `https` also asks them never to come back without it. */
export const securityHeaders = ({ https }: { https: boolean }) =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", (_request, response) => `'nonce-${(response as Response).locals.nonce}'`],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        // Only what the page itself has fetched and called a PDF: evidence in the browser's own viewer.
        frameSrc: ['blob:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        manifestSrc: ["'self'"],
        ...(https && { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    crossOriginOpenerPolicy: https,
    originAgentCluster: https,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
