import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, onTestFinished } from 'vitest';

/** A mail server of the test: real SMTP, keeps what it takes. */
export interface TestSmtp {
  url: string;
  port: number;
  mails: Email[];
  /** Decides about the next mails, by their recipient: throw, or answer with an error that has a `responseCode`. */
  refuse(rule: ((to: string) => { code: number; text: string } | null) | null): void;
  stop(): Promise<void>;
}

export async function startSmtp(port = 0): Promise<TestSmtp> {
  const mails: Email[] = [];
  let rule: ((to: string) => { code: number; text: string } | null) | null = null;
  const options: SMTPServerOptions = {
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (address, _session, done) => {
      const no = rule?.(address.address);
      done(no ? Object.assign(new Error(no.text), { responseCode: no.code }) : null);
    },
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          mails.push(mail);
          done(null);
        }, done);
      });
    },
  };
  const server = new SMTPServer(options);
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= new Promise<void>((resolve) => server.close(() => resolve()));
    return stopped;
  };
  try {
    onTestFinished(stop);
  } catch {
    afterAll(stop);
  }
  const bound = (server.server.address() as AddressInfo).port;
  return {
    url: `smtp://127.0.0.1:${bound}`,
    port: bound,
    mails,
    refuse: (given) => {
      rule = given;
    },
    stop,
  };
}
