import { Prisma } from '../../prisma/client/client.ts';
import { overPrisma } from '../db/sql.ts';
import { JOB_ATTEMPTS } from '../engine/jobs.ts';
import type { Database, Deps } from '../http/deps.ts';
import { isAddress } from '../mail/line.ts';
import { type LinkKind, makeLink, pathOf } from './link.ts';
import type { LinkJob } from './send.ts';

/** Has a link mailed by the worker, which alone knows under which address people open this instance. */
export const askForLink = async (db: Database, job: LinkJob): Promise<void> => {
  await db.$queryRaw(Prisma.sql`
    SELECT graphile_worker.add_job('account.link', ${JSON.stringify(job)}::json, max_attempts := ${JOB_ATTEMPTS}::int)::text`);
};

/** Whether a mail would reach somebody. */
export const isReachable = (person: { email: string | null }, { settings }: Pick<Deps, 'settings'>): boolean =>
  settings.smtpUrl !== undefined && person.email !== null && isAddress(person.email);

/** Mails a link, or gives it to whoever asked, to be handed over, where no mail reaches the person. */
export const giveLink = async (
  db: Database,
  person: { id: string; email: string | null },
  kind: LinkKind,
  now: Date,
  deps: Pick<Deps, 'settings'>,
) => {
  if (person.email !== null && isReachable(person, deps)) {
    await askForLink(db, { personId: person.id, kind });
    return { sentTo: person.email };
  }
  const { token, expiresAt } = await makeLink(overPrisma(db), { personId: person.id, kind }, now, deps.settings);
  return { path: pathOf(kind, token), expiresAt: expiresAt.toISOString() };
};
