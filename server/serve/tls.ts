import { createPrivateKey, X509Certificate } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:https';
import type { Logger } from 'pino';
import type { Settings } from '../settings/index.ts';
import { toldError } from '../toldError.ts';

/** The certificate and key that the server speaks HTTPS by, and the files where they stand. */
export interface Tls {
  files: { cert: string; key: string };
  context: { cert: Buffer; key: Buffer };
}

/** How often the files are looked at. */
const LOOK_MS = 5_000;

/** Reads the certificate and key that the settings name; undefined when they name none. @throws `tls.invalid` where they do not fit */
export const readTls = async ({ tlsCert, tlsKey }: Pick<Settings, 'tlsCert' | 'tlsKey'>): Promise<Tls | undefined> => {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) throw tlsInvalid('BIHUAN_TLS_CERT, BIHUAN_TLS_KEY');
  const files = { cert: tlsCert, key: tlsKey };
  return { files, context: await readPair(files) };
};

const readPair = async ({ cert, key }: Tls['files']): Promise<Tls['context']> => {
  try {
    const context = { cert: await readFile(cert), key: await readFile(key) };
    if (!new X509Certificate(context.cert).checkPrivateKey(createPrivateKey(context.key)))
      throw new Error('the key is not the key of the certificate');
    return context;
  } catch (cause) {
    throw tlsInvalid((cause as Error).message, cause);
  }
};

/** Takes up a certificate that is replaced, for connections that come then; one that does not fit its key is left, and told. */
export const watchTls = ({ files }: Tls, server: Server, logger: Logger, everyMs = LOOK_MS): (() => Promise<void>) => {
  const take = (): void => {
    readPair(files).then(
      (context) => {
        server.setSecureContext({ ...context, minVersion: 'TLSv1.2' });
        logger.info('a new certificate was taken up');
      },
      (error) => logger.error({ err: error }, 'the new certificate was not taken up'),
    );
  };
  const paths = Object.values(files);
  for (const path of paths) watchFile(path, { interval: everyMs, persistent: false }, take);
  return async () => {
    for (const path of paths) unwatchFile(path, take);
  };
};

const tlsInvalid = (detail: string, cause?: unknown): Error => {
  const title = { zh: 'TLS 证书或私钥无法使用', en: 'the TLS certificate or its key cannot be used' };
  const hint = {
    zh: 'BIHUAN_TLS_CERT 与 BIHUAN_TLS_KEY 须同时指向配套的 PEM 文件，私钥不加密',
    en: 'BIHUAN_TLS_CERT and BIHUAN_TLS_KEY must both name PEM files that belong together, the key without a passphrase',
  };
  return toldError('tls.invalid', title, { hint, detail, cause });
};
