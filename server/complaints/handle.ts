import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { Complaint, Prisma } from '../../prisma/client/client.ts';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { overPrisma } from '../db/sql.ts';
import { checkIndicators } from '../findings/indicators.ts';
import type { By } from '../findings/write.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { recount } from '../indicators/recount.ts';
import { readRules } from './rules.ts';

/** Who does something about a complaint, when, and by which working days. */
export type Handling = By & { calendar: Calendar };

type Change = Omit<Prisma.ComplaintChangeUncheckedCreateInput, 'id' | 'complaintId' | 'at' | 'by'>;

/** Reads a complaint and keeps others from changing it until the end of the transaction. */
const lock = async (db: Database, id: string): Promise<Complaint> => {
  await db.$queryRaw`SELECT 1 FROM complaints WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await db.complaint.findUnique({ where: { id } });
  if (!row) throw problem('complaint.unknown');
  return row;
};

const allow = (row: Complaint, ...states: Complaint['state'][]): void => {
  if (!states.includes(row.state)) throw problem('complaint.state', { state: row.state });
};

const save = async (
  db: Database,
  { id, orgId }: Complaint,
  data: Prisma.ComplaintUncheckedUpdateInput,
  change: Change,
  { by, at, calendar }: Handling,
) => {
  await db.complaint.update({ where: { id }, data });
  await db.complaintChange.create({ data: { id: uuidv7(), complaintId: id, at, by, ...change } });
  await recount(overPrisma(db), [orgId, change.orgId ?? null], { at: at.toISOString(), calendar });
};

/** Refuses a unit that is not there. */
const checkUnit = async (db: Database, orgId: string): Promise<void> => {
  const org = await db.orgUnit.findUnique({ where: { id: orgId }, select: { active: true } });
  if (org?.active) return;
  throw problem('input.invalid', { errors: [{ path: 'orgId', message: { zh: '没有这个单位', en: 'no such unit' } }] });
};

/** Corrects by hand what a rule put it down to; both stay on record. */
export const correct = async (
  db: Database,
  id: string,
  { indicator, orgId, reason }: { indicator?: string | null | undefined; orgId?: string | undefined; reason: string },
  by: Handling,
): Promise<void> => {
  const row = await lock(db, id);
  allow(row, 'unassigned', 'assigned', 'disputed');
  if (typeof indicator === 'string') await checkIndicators(db, [indicator]);
  if (orgId !== undefined) await checkUnit(db, orgId);
  const indicatorCode = indicator === undefined ? row.indicatorCode : indicator;
  const unit = orgId ?? row.orgId;
  const state = unit !== null && row.state === 'unassigned' ? 'assigned' : row.state;
  const change = { kind: 'corrected', indicatorCode, orgId: unit, note: reason };
  await save(db, row, { indicatorCode, orgId: unit, state }, change, by);
};

/** The unit says that it is not its affair; once. */
export const dispute = async (db: Database, id: string, reason: string, by: Handling): Promise<void> => {
  const row = await lock(db, id);
  allow(row, 'assigned');
  if (row.fixed) throw problem('complaint.fixed');
  await save(db, row, { state: 'disputed' }, { kind: 'disputed', orgId: row.orgId, note: reason }, by);
};

/** The office decides who deals with it. After a dispute that is final, and the time to deal with it begins anew. */
export const assign = async (
  db: Database,
  id: string,
  { orgId, reason }: { orgId: string; reason: string },
  by: Handling,
): Promise<void> => {
  const row = await lock(db, id);
  allow(row, 'unassigned', 'assigned', 'disputed');
  await checkUnit(db, orgId);
  const { days } = await readRules(db);
  const dueAt = row.state === 'disputed' ? inDays(by.calendar, by.at, days.unit) : row.dueAt;
  const data = { orgId, state: 'assigned', fixed: row.fixed || row.state === 'disputed', dueAt };
  await save(db, row, data, { kind: 'assigned', orgId, note: reason }, by);
};

const inDays = (calendar: Calendar, at: Date, days: number): Date =>
  new Date(calendar.endOf(calendar.addWorkingDays(calendar.dayOf(at.toISOString()), days)));

/** The unit, or whom it was raised to, has dealt with it. */
export const solve = async (db: Database, id: string, answer: string, by: Handling): Promise<void> => {
  const row = await lock(db, id);
  if (row.state === 'unassigned') throw problem('complaint.unclassified');
  allow(row, 'assigned');
  await save(
    db,
    row,
    { state: 'solved', answer, solvedAt: by.at },
    { kind: 'solved', orgId: row.orgId, note: answer },
    by,
  );
};

const ABOVE: Record<string, string> = { unit: 'cityOffice', cityOffice: 'executiveMeeting' };

/** It cannot be solved here: the next level deals with it. */
export const raise = async (db: Database, id: string, reason: string, by: Handling): Promise<void> => {
  const row = await lock(db, id);
  if (row.state === 'unassigned') throw problem('complaint.unclassified');
  allow(row, 'assigned', 'disputed');
  const level = ABOVE[row.level];
  if (level === undefined) throw problem('complaint.state', { state: row.level });
  const { days } = await readRules(db);
  const dueAt = inDays(by.calendar, by.at, days.cityOffice);
  await save(db, row, { level, dueAt }, { kind: 'raised', orgId: row.orgId, note: reason }, by);
};

/** What was not solved in its time goes a level up, by itself; what lies with the executive meeting stays there. Gives how many. */
export const raiseOverdue = async (pool: pg.Pool, now: Date, calendar: Calendar): Promise<number> => {
  const { rows } = await pool.query<{ rules: { days?: { cityOffice?: number } } }>(
    'SELECT rules FROM complaint_rules ORDER BY version DESC LIMIT 1',
  );
  const dueAt = inDays(calendar, now, rows[0]?.rules.days?.cityOffice ?? 5);
  const { rowCount } = await pool.query(
    `WITH raised AS (
       UPDATE complaints SET level = CASE level WHEN 'unit' THEN 'cityOffice' ELSE 'executiveMeeting' END, due_at = $2
       WHERE state <> 'solved' AND level <> 'executiveMeeting' AND due_at < $1 RETURNING id, org_id
     )
     INSERT INTO complaint_changes (id, complaint_id, at, kind, org_id) SELECT gen_random_uuid(), id, $1, 'raised', org_id FROM raised`,
    [now, dueAt],
  );
  return rowCount ?? 0;
};
