import { randomBytes, randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { problem } from './problem.ts';

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

/** Nothing is kept by browsers or proxies, but for files that say otherwise themselves. */
export const noStore = (_request: Request, response: Response, next: NextFunction): void => {
  response.set('Cache-Control', 'no-store');
  next();
};

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** TRACE and whatever else nobody here understands is refused everywhere, before anything looks at it. */
export const knownMethods = (request: Request, _response: Response, next: NextFunction): void => {
  if (!METHODS.includes(request.method)) throw problem('method.notAllowed', { allowed: METHODS });
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
