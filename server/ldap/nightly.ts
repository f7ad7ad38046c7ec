import { randomUUID } from 'node:crypto';
import type { PrismaClient } from '../../prisma/client/client.ts';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { record } from '../audit/record.ts';
import { overPrisma } from '../db/sql.ts';
import type { Settings } from '../settings/index.ts';
import type { LdapSettings } from './client.ts';
import { syncDirectory } from './sync.ts';

/** A run that failed is tried again after so long. */
const AGAIN_MS = 60 * 60_000;

/** The last time of day at which a sync was due. */
export const lastDue = (now: Date, calendar: Calendar, at: string): Date => {
  const today = calendar.dayOf(now.toISOString());
  const clock = calendar.closingAt(at);
  const due = new Date(clock.endOf(today));
  return due <= now ? due : new Date(clock.endOf(calendar.addDays(today, -1)));
};

/** Syncs the directory when its time of day has passed. True when it did. A failure is on record, and nothing was changed. */
export const syncWhenDue = async (
  prisma: PrismaClient,
  settings: LdapSettings & Pick<Settings, 'ldapSyncAt'>,
  now: Date,
  calendar: Calendar,
): Promise<boolean> => {
  if (settings.ldapUrl === undefined) return false;
  const since = lastDue(now, calendar, settings.ldapSyncAt);
  const last = await prisma.directorySync.findFirst({ where: { at: { gte: since } }, orderBy: { at: 'desc' } });
  if (last && (last.ok || now.getTime() - last.at.getTime() < AGAIN_MS)) return false;
  try {
    await syncDirectory(prisma, settings, { dryRun: false, adopt: false, now });
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await prisma.$transaction(async (db) => {
      await db.directorySync.create({ data: { id: randomUUID(), at: now, ok: false, detail: { reason } } });
      await record(overPrisma(db), { action: 'ldap.sync', ok: false, detail: { reason } });
      const open = await db.incident.findFirst({ where: { state: 'open', kind: 'ldap' } });
      const data = { at: now, cause: reason.slice(0, 1000) };
      if (open) await db.incident.update({ where: { id: open.id }, data: { ...data, retries: { increment: 1 } } });
      else await db.incident.create({ data: { ...data, id: randomUUID(), kind: 'ldap', detail: {}, state: 'open' } });
    });
    return false;
  }
};
