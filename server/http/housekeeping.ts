import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { forgetCounts } from '../auth/lockout.ts';
import { incomingFolder } from '../evidence/store.ts';
import type { Deps } from './deps.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A request is repeated within minutes; a week is for those who come back after the holidays. */
const KEEP_ANSWERS = 7 * DAY;
/** Whoever opens an old link is told that it is out of date. */
const KEEP_LINKS = 30 * DAY;
/** The record says what was done; what people were told of it is kept for half a year. */
const KEEP_MESSAGES = 183 * DAY;

/** Throws away what nobody can ask for any more: ended sessions, old idempotent answers, notices and mails, uploads that were cut off. */
export const tidy = async ({ prisma, clock, settings }: Pick<Deps, 'prisma' | 'clock' | 'settings'>): Promise<void> => {
  const now = clock.now().getTime();
  await prisma.session.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
  await prisma.signInChallenge.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
  await prisma.passwordLink.deleteMany({ where: { expiresAt: { lt: new Date(now - KEEP_LINKS) } } });
  await forgetCounts(prisma, new Date(now));
  await prisma.idempotency.deleteMany({ where: { at: { lt: new Date(now - KEEP_ANSWERS) } } });
  const told = { lt: new Date(now - KEEP_MESSAGES) };
  await prisma.notice.deleteMany({ where: { at: told, readAt: { not: null } } });
  await prisma.mail.deleteMany({ where: { at: told, state: { in: ['sent', 'failed'] } } });
  const folder = await incomingFolder(settings.data);
  for (const name of await readdir(folder)) {
    const { mtimeMs } = await stat(join(folder, name));
    if (mtimeMs < Date.now() - DAY) await rm(join(folder, name), { force: true });
  }
};

/** Tidies now and every hour. */
export const keepTidy = (deps: Pick<Deps, 'prisma' | 'clock' | 'settings' | 'logger'>): { close(): Promise<void> } => {
  let running: Promise<void> = Promise.resolve();
  const run = (): void => {
    running = tidy(deps).catch((error) => deps.logger.warn({ err: error }, 'tidying up failed'));
  };
  const timer = setInterval(run, HOUR);
  timer.unref();
  run();
  return {
    close: async () => {
      clearInterval(timer);
      await running;
    },
  };
};
