import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { problem } from './problem.ts';

const NONCE = /__CSP_NONCE__/g;

const NOT_BUILT = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>闭环 Bihuan</title>
<p>控制台尚未构建：请用 <code>bihuan serve</code> 启动。</p>
<p lang="en">The console is not built: start with <code>bihuan serve</code>.</p></html>`;

/** Serves the built console: hashed assets for a year, the page itself never from a cache and with a nonce of its own. */
export const makeConsole = (folder: string | undefined): Router => {
  const router = Router();
  const page = async (_request: Request, response: Response): Promise<void> => {
    const html = folder ? await readFile(join(folder, 'index.html'), 'utf8').catch(() => NOT_BUILT) : NOT_BUILT;
    response.type('html').send(html.replace(NONCE, response.locals.nonce));
  };
  router.get(['/', '/index.html'], page);
  // Addresses that are printed and read out have no '#'.
  router.get(['/public', '/public/:id', '/survey/:token'], (request, response) =>
    response.redirect(302, `/#${request.path}`),
  );
  // Where the provider of identities sends the browser back to: our own page sends on what it brings.
  router.get('/oidc', (request, response) => {
    const brought = new URLSearchParams();
    for (const name of ['state', 'code', 'iss', 'error']) {
      const value = request.query[name];
      if (typeof value === 'string') brought.set(name, value);
    }
    response.set('Cache-Control', 'no-store').redirect(302, `/#/oidc?${brought}`);
  });
  if (folder) {
    const assets = join(folder, 'assets');
    router.use(
      '/assets',
      packed(assets),
      express.static(assets, { ...plain, setHeaders: keepFor('31536000, immutable') }),
    );
    router.use(express.static(folder, { ...plain, setHeaders: keepFor('3600') }));
  }
  router.use((request, _response) => {
    throw request.method === 'GET' || request.method === 'HEAD'
      ? problem('route.unknown')
      : problem('method.notAllowed', { allowed: ['GET', 'HEAD'] });
  });
  return router;
};

/** No folder's page, no dotfiles. */
const plain = { index: false, dotfiles: 'ignore', cacheControl: false } as const;

const keepFor =
  (seconds: string) =>
  (response: Response): void => {
    response.set('Cache-Control', `public, max-age=${seconds}`);
  };

/** Sends the compressed copy that the build has put beside an asset. */
const packed = (assets: string) => {
  const names = new Set(existsSync(assets) ? readdirSync(assets) : []);
  return (request: Request, response: Response, next: NextFunction): void => {
    const name = request.path.slice(1);
    if (names.has(`${name}.gz`) && request.acceptsEncodings('gzip')) {
      response.vary('Accept-Encoding').set('Content-Encoding', 'gzip').type(extname(name));
      request.url = `/${name}.gz`;
    }
    next();
  };
};
