import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { checkIndicators } from './indicators.ts';
import { checkParticipants, recordFindings } from './record.ts';
import type { inspectionBody } from './schema.ts';

/** Who writes, and when. */
export interface By {
  by: string;
  at: Date;
}

/** Refuses a day that has not come yet. */
export const checkPast = (day: string, at: Date, calendar: Calendar): void => {
  const today = calendar.dayOf(at.toISOString());
  if (day <= today) return;
  const message = { zh: `${day} 晚于今天（${today}）`, en: `${day} is after today (${today})` };
  throw problem('input.invalid', { errors: [{ path: 'day', message }] });
};

/** Puts an inspection on record with what it found. Gives its id and those of its findings. */
export const recordInspection = async (
  db: Database,
  { findings, ...body }: z.infer<typeof inspectionBody>,
  { by, at }: By,
): Promise<{ id: string; findings: string[] }> => {
  await checkParticipants(db, body.cycleId, [body.orgId]);
  await checkIndicators(
    db,
    findings.map(({ indicator }) => indicator),
    (i) => `findings[${i}].indicator`,
  );
  const id = uuidv7();
  await db.inspection.create({ data: { ...body, id, day: new Date(body.day), madeBy: by, at } });
  const rows = findings.map((found) => ({ ...found, orgId: body.orgId, source: 'inspection' as const, sourceId: id }));
  return { id, findings: rows.length > 0 ? await recordFindings(db, { cycleId: body.cycleId, by, at }, rows) : [] };
};

/** Closes a finding that needs no rectification, and says why. */
export const closeFinding = async (db: Database, id: string, reason: string, { by, at }: By): Promise<void> => {
  const { count } = await db.finding.updateMany({
    where: { id, state: 'open' },
    data: { state: 'closed', closedBy: by, closedAt: at, closeReason: reason },
  });
  if (count > 0) return;
  const row = await db.finding.findUnique({ where: { id }, select: { state: true } });
  throw row ? problem('finding.state', { state: row.state }) : problem('finding.unknown');
};
