import { v7 as uuidv7 } from 'uuid';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { classify } from '../../workflows/findings/classify.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { recount } from '../indicators/recount.ts';
import { readRules } from './rules.ts';
import type { NewComplaint } from './schema.ts';

/** By whom, when, and by which working days. `by` is null for a system with a token. */
export interface Intake {
  by: string | null;
  tokenId?: string;
  at: Date;
  calendar: Calendar;
}

/**
 * Takes complaints in and classifies them by the rules in force. One that its channel has sent before is left as it is. The time
 * to deal with one counts from when it was received, in working days.
 */
export const takeComplaints = async (
  db: Database,
  complaints: readonly NewComplaint[],
  { by, tokenId, at, calendar }: Intake,
): Promise<{ created: number; repeated: number; classified: number; ids: string[] }> => {
  const { version, rules, days } = await readRules(db);
  const orgs = await db.orgUnit.findMany({
    where: { code: { in: rules.flatMap(({ unit }) => unit ?? []) } },
    select: { id: true, code: true },
  });
  const orgOf = new Map(orgs.map(({ id, code }) => [code, id]));
  const rows = complaints.map((given) => {
    const rule = classify(rules, given);
    const orgId = (rule?.unit !== undefined && orgOf.get(rule.unit)) || null;
    const received = calendar.dayOf(given.receivedAt);
    return {
      rule,
      row: {
        id: uuidv7(),
        channel: given.channel,
        reference: given.reference,
        receivedAt: new Date(given.receivedAt),
        text: given.text,
        category: given.category ?? null,
        place: given.place ?? null,
        indicatorCode: rule?.indicator ?? null,
        orgId,
        state: orgId === null ? 'unassigned' : 'assigned',
        dueAt: new Date(calendar.endOf(calendar.addWorkingDays(received, days.unit))),
        takenBy: by,
        tokenId: tokenId ?? null,
        at,
      },
    };
  });
  await db.complaint.createMany({ data: rows.map(({ row }) => row), skipDuplicates: true });
  const kept = await db.complaint.findMany({
    where: { OR: rows.map(({ row: { channel, reference } }) => ({ channel, reference })) },
    select: { id: true, channel: true, reference: true },
  });
  const fresh = new Set(kept.map(({ id }) => id));
  const made = rows.filter(({ row }) => fresh.has(row.id));
  const classified = made.filter(({ rule }) => rule !== null);
  await db.complaintChange.createMany({
    data: classified.map(({ rule, row }) => ({
      id: uuidv7(),
      complaintId: row.id,
      at,
      kind: 'classified',
      rulesVersion: version,
      rule: rule?.key ?? null,
      indicatorCode: row.indicatorCode,
      orgId: row.orgId,
    })),
  });
  await recount(
    overPrisma(db),
    made.map(({ row: { orgId } }) => orgId),
    { at: at.toISOString(), calendar },
  );
  const idOf = new Map(kept.map(({ id, channel, reference }) => [`${channel}\n${reference}`, id]));
  return {
    created: made.length,
    repeated: rows.length - made.length,
    classified: classified.length,
    ids: complaints.map(({ channel, reference }) => idOf.get(`${channel}\n${reference}`) ?? ''),
  };
};
