import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { toldError } from '../toldError.ts';
import type { Tls } from './tls.ts';

export interface Listening {
  server: Server | TlsServer;
  port: number;
  /** Takes no new requests, lets those under way end, and cuts off what is left after the time. */
  close(graceMs: number): Promise<void>;
}

export interface ListenOptions {
  host: string;
  port: number;
  /** Try the ports behind it when it is taken: nobody asked for this one. */
  anyNear: boolean;
  /** Speak HTTPS by this certificate. */
  tls?: Tls | undefined;
}

const NEAR = 20;

/** Listens, with limits on how long a slow client may take. */
export const listen = async (app: Express, { host, port, anyNear, tls }: ListenOptions): Promise<Listening> => {
  const limits = { requestTimeout: 120_000, headersTimeout: 20_000, keepAliveTimeout: 65_000 };
  const server = tls
    ? createTlsServer({ ...limits, ...tls.context, minVersion: 'TLSv1.2' }, app)
    : createServer(limits, app);
  server.maxConnections = 5_000;
  const last = anyNear ? port + NEAR : port;
  for (let tried = port; ; tried++) {
    try {
      await listenOn(server, host, tried);
      break;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== 'EADDRINUSE' || tried >= last) throw listenFailed(host, tried, error as NodeJS.ErrnoException);
    }
  }
  return { server, port: (server.address() as AddressInfo).port, close: (graceMs) => close(server, graceMs) };
};

const listenOn = (server: Server | TlsServer, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

const close = (server: Server | TlsServer, graceMs: number): Promise<void> =>
  new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });

const listenFailed = (host: string, port: number, cause: NodeJS.ErrnoException): Error => {
  const taken = cause.code === 'EADDRINUSE';
  const title = {
    zh: taken ? `端口 ${port} 已被占用` : `无法在 ${host}:${port} 上监听（${cause.code}）`,
    en: taken ? `port ${port} is in use` : `cannot listen on ${host}:${port} (${cause.code})`,
  };
  const hint = { zh: '请用 PORT 与 HOST 指定其他端口或地址', en: 'choose another one by PORT and HOST' };
  return toldError('serve.listen', title, { hint, cause });
};
