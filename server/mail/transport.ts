import { createTransport } from 'nodemailer';

export interface OutgoingMail {
  id: string;
  to: string;
  subject: string;
  body: string;
}

/** Hands one mail to the mail server. Resolves once the server has taken it. */
export interface MailTransport {
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

export interface TransportOptions {
  /** `smtp://user:password@host:port` */
  smtpUrl: string;
  from: string;
  /** The public address; its host makes the Message-IDs. */
  publicUrl: string;
  /** How long to wait for any answer of the server. */
  timeoutMs?: number;
}

/** Mail by SMTP. A mail has the same Message-ID whenever it is sent, so that a repeat can be recognised. */
export function makeTransport({ smtpUrl, from, publicUrl, timeoutMs = 30_000 }: TransportOptions): MailTransport {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 3,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const host = new URL(publicUrl).hostname;
  return {
    send: async ({ id, to, subject, body }) => {
      await transport.sendMail({
        messageId: messageIdOf(id, host),
        from,
        to,
        subject,
        text: body,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
    },
    close: () => transport.close(),
  };
}

export const messageIdOf = (id: string, host: string): string => `<${id}@${host}>`;
