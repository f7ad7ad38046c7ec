import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type Request, type Response, Router } from 'express';

const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const PAGE = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>闭环 Bihuan API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="swagger-ui.css"><link rel="icon" href="favicon-32x32.png"></head>
<body><div id="docs"></div><script src="swagger-ui-bundle.js"></script><script src="start.js"></script></body></html>`;

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** Sends the session's CSRF token with what is tried from the page; asks no validator outside. */
const START = `let csrf;
const token = async () => (csrf ??= fetch('../session').then((answer) => answer.json()).then((me) => me.csrf));
SwaggerUIBundle({
  url: '../openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null, docExpansion: 'none',
  requestInterceptor: async (request) => {
    if (!['GET', 'HEAD'].includes(request.method ?? 'GET')) request.headers['X-CSRF-Token'] = await token();
    return request;
  },
});`;

/** The API's description as a page, from files of our own. */
export const makeDocs = (): Router => {
  const router = Router({ strict: true });
  router.get('', (request: Request, response: Response) => response.redirect(301, `${request.baseUrl}/`));
  router.get('/', (_request, response) => void response.type('html').send(PAGE));
  router.get('/start.js', (_request, response) => void response.type('js').send(START));
  // The package has more in it than the page needs, source maps among it.
  router.get(
    FILES.map((name) => `/${name}`),
    (request: Request, response: Response) => {
      response
        .set('Cache-Control', 'private, max-age=3600')
        .sendFile(request.path.slice(1), { root: assets, cacheControl: false });
    },
  );
  return router;
};
