import http from 'node:http';
import type { Sent } from './plan.ts';

export interface Received {
  status: number;
  type: string;
  headers: http.IncomingHttpHeaders;
  body: string;
  ms: number;
}

/** So long may an answer take before the server counts as stuck. */
export const PATIENCE_MS = 60_000;

/** Sends over connections that stay open. What comes back without end is left after its head. */
export const makeSender = (url: string) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  const send = (sent: Sent, identity: Record<string, string>, address: string): Promise<Received> =>
    new Promise((done, reject) => {
      const started = performance.now();
      const request = http.request(`${url}${sent.url}`, {
        agent,
        method: sent.method,
        signal: AbortSignal.timeout(PATIENCE_MS),
        headers: {
          'accept-language': 'zh-CN',
          'x-forwarded-for': address,
          ...identity,
          ...sent.headers,
          ...(sent.body && { 'content-length': sent.body.length }),
        },
      });
      let answered = false;
      request.on('response', (response) => {
        answered = true;
        const parts: Buffer[] = [];
        const finish = () =>
          done({
            status: response.statusCode ?? 0,
            type: (response.headers['content-type'] ?? '').split(';')[0] ?? '',
            headers: response.headers,
            body: Buffer.concat(parts).toString('utf8'),
            ms: performance.now() - started,
          });
        if (response.headers['content-type']?.startsWith('text/event-stream')) {
          finish();
          response.destroy();
          return;
        }
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', finish);
        response.on('error', finish);
      });
      // A refusal may come before all of the body has been taken.
      request.on('error', (error) => {
        if (!answered) reject(error);
      });
      request.end(sent.body ?? undefined);
    });
  return { send, close: () => agent.destroy() };
};
