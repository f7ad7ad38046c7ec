import type pg from 'pg';
import type { Text } from '../../workflows/text.ts';
import { record } from '../audit/record.ts';
import { overPg } from '../db/sql.ts';
import { transaction } from '../db/transaction.ts';
import { uuidOf } from '../engine/logic.ts';
import { cityTime, composeNotice } from '../mail/compose.ts';
import { queueMails } from '../mail/queue.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Settings } from '../settings/index.ts';
import { type LinkKind, makeLink, pathOf } from './link.ts';

/** The job that mails a link. For nobody, too: what is asked for a name that nobody has takes as long. */
export interface LinkJob {
  personId: string | null;
  kind: LinkKind;
  /** Whoever has a link of these minutes gets no other: anybody may ask. */
  notWithin?: number;
}

export interface SendOptions {
  pool: pg.Pool;
  clock: { now(): Date };
  secrets: Secrets;
  settings: Pick<Settings, 'invitationDays'>;
  /** Where links lead: the public address of the settings, whatever a request said. Null: there is no mail. */
  mailLinks: string | null;
}

/** Makes a link and queues the mail with it, which is kept sealed. */
export async function sendLink(options: SendOptions, { personId, kind, notWithin = 0 }: LinkJob): Promise<void> {
  const { pool, clock, secrets, settings, mailLinks } = options;
  if (personId === null || mailLinks === null) return;
  const now = clock.now();
  await transaction(pool, async (client) => {
    const sql = overPg(client);
    const [person] = await sql.query<{ name: string; email: string | null; language: string; recent: boolean }>(
      `SELECT p.name, p.email, p.language, EXISTS (SELECT FROM password_links l WHERE l.person_id = p.id AND l.at > $2) AS recent
       FROM people p WHERE p.id = $1 AND p.active FOR UPDATE`,
      [personId, new Date(now.getTime() - notWithin * 60_000)],
    );
    if (!person?.email || (notWithin > 0 && person.recent)) return;
    const { token, expiresAt } = await makeLink(sql, { personId, kind }, now, settings);
    const reader = { name: person.name, language: person.language === 'en' ? ('en' as const) : ('zh' as const) };
    const letter = composeNotice(reader, letterOf(kind, expiresAt), mailLinks + pathOf(kind, token));
    const id = uuidOf('link', personId, now.toISOString());
    await queueMails(client, [{ id, to: person.email, ...letter, sealWith: secrets }], now);
    await record(sql, { action: 'passwordLink.send', object: `people/${personId}`, detail: { kind } });
  });
}

const letterOf = (kind: LinkKind, expiresAt: Date): { subject: Text; body: Text } => {
  const until = cityTime(expiresAt);
  if (kind === 'invitation')
    return {
      subject: { zh: '邀请您使用闭环系统', en: 'Your account with Bihuan' },
      body: {
        zh: `已为您开通闭环系统账号。请用下面的链接设置密码：只能用一次，${until} 前有效。`,
        en: `An account was made for you. Choose its password by the link below: it works once, until ${until}.`,
      },
    };
  return {
    subject: { zh: '重置密码', en: 'Choose a new password' },
    body: {
      zh: `有人为您的账号申请重置密码。请用下面的链接设置新密码：只能用一次，${until} 前有效。如非本人申请，不必理会，密码不会改变。`,
      en: `Somebody asked for a new password of your account. Choose one by the link below: it works once, until ${until}. If it was not you, do nothing: the password stays as it is.`,
    },
  };
};
