import { v7 as uuidv7 } from 'uuid';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { Colour } from '../../workflows/lights/schema.ts';
import { startSheet } from '../../workflows/lights/sheets.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Sql } from '../db/sql.ts';
import { problem } from '../http/problem.ts';
import { insertWarnings, replyDue } from './open.ts';
import { tellAbout } from './tell.ts';

/** A warning as the steps of its life need it. */
interface Held {
  id: string;
  cycle_id: string;
  org_id: string;
  case_id: string | null;
  number: number;
  state: string;
  reply_days: number | null;
  answered_by: string | null;
  version: number;
  followed: boolean;
}

/** Who acts, and when. */
export interface Actor {
  by: string;
  at: string;
  calendar: Calendar;
}

const hold = async (sql: Sql, id: string): Promise<Held> => {
  const [row] = await sql.query<Held>(
    `SELECT id::text, cycle_id::text, org_id::text, case_id::text, number, state, reply_days, answered_by::text, version,
       EXISTS (SELECT FROM warnings n WHERE n.former_id = w.id) AS followed
     FROM warnings w WHERE id = $1::uuid FOR UPDATE`,
    [id],
  );
  if (!row) throw problem('warning.unknown');
  return row;
};

const note = (sql: Sql, id: string, { by, at }: { by: string | null; at: string }, what: string, text: string | null) =>
  sql.query(
    `INSERT INTO warning_changes (id, warning_id, at, "by", what, text) VALUES ($1::uuid, $2::uuid, $3::timestamptz, $4::uuid, $5, $6)`,
    [uuidv7(), id, at, by, what, text],
  );

const REVIEW_DAYS = 5;

/** The unit answers an order that is open or came back, or late one that lapsed, as long as no other followed it. */
export async function answerWarning(
  sql: Sql,
  id: string,
  text: string,
  scheme: CycleTemplate['warnings'],
  { by, at, calendar }: Actor,
): Promise<void> {
  const row = await hold(sql, id);
  const answerable = row.state === 'open' || row.state === 'returned' || (row.state === 'lapsed' && !row.followed);
  if (!answerable) throw problem('warning.state', { state: row.state });
  await sql.query(
    `UPDATE warnings SET state = 'answered', answer = $2, answered_by = $3::uuid, answered_at = $4::timestamptz, review_due_at = $5::timestamptz,
       version = version + 1 WHERE id = $1::uuid`,
    [id, text, by, at, replyDue(calendar, at, scheme?.review ?? REVIEW_DAYS)],
  );
  await note(sql, id, { by, at }, 'answered', text);
  await tellAbout(sql, {
    id: `warning/${id}/answered/${row.version}`,
    kind: 'warning',
    orgId: row.org_id,
    caseId: row.case_id,
    to: ['office'],
    at,
    message: {
      subject: { zh: `第 ${row.number} 号督办已答复`, en: `Order no. ${row.number} was answered` },
      body: { zh: text, en: text },
    },
  });
}

/** The office accepts an answer, or sends it back with a reason and the same number of working days. Nobody reviews their own. */
export async function reviewWarning(
  sql: Sql,
  id: string,
  { verdict, note: reason }: { verdict: 'accept' | 'return'; note?: string | undefined },
  { by, at, calendar }: Actor,
): Promise<void> {
  const row = await hold(sql, id);
  if (row.state !== 'answered') throw problem('warning.state', { state: row.state });
  if (row.answered_by === by) throw problem('warning.own');
  const accepted = verdict === 'accept';
  await sql.query(
    `UPDATE warnings SET state = $2, reviewed_by = $3::uuid, reviewed_at = $4::timestamptz, note = $5, due_at = coalesce($6::timestamptz, due_at),
       review_due_at = NULL, version = version + 1 WHERE id = $1::uuid`,
    [
      id,
      accepted ? 'accepted' : 'returned',
      by,
      at,
      reason ?? null,
      accepted ? null : replyDue(calendar, at, row.reply_days ?? REVIEW_DAYS),
    ],
  );
  await note(sql, id, { by, at }, accepted ? 'accepted' : 'returned', reason ?? null);
  await tellAbout(sql, {
    id: `warning/${id}/reviewed/${row.version}`,
    kind: 'warning',
    orgId: row.org_id,
    caseId: row.case_id,
    to: ['unit'],
    at,
    message: {
      subject: accepted
        ? { zh: `第 ${row.number} 号督办已销号`, en: `The answer to order no. ${row.number} was accepted` }
        : { zh: `第 ${row.number} 号督办答复被退回`, en: `The answer to order no. ${row.number} came back` },
      body: { zh: reason ?? '答复已通过。', en: reason ?? 'The answer was accepted.' },
    },
  });
}

/** The office takes an order back that was opened by mistake, with the reason on record. */
export async function withdrawWarning(sql: Sql, id: string, reason: string, { by, at }: Actor): Promise<void> {
  const row = await hold(sql, id);
  if (row.state === 'accepted' || row.state === 'withdrawn' || row.state === 'lapsed')
    throw problem('warning.state', { state: row.state });
  await sql.query(`UPDATE warnings SET state = 'withdrawn', note = $2, version = version + 1 WHERE id = $1::uuid`, [
    id,
    reason,
  ]);
  await note(sql, id, { by, at }, 'withdrawn', reason);
}

export interface OfficeOrder {
  orgId: string;
  code?: string | undefined;
  colour?: Colour | undefined;
  urgent?: boolean | undefined;
  reply?: number | undefined;
  reason: string;
}

/** The office opens a supervision order by hand. Gives its id. */
export async function orderByOffice(
  sql: Sql,
  { cycleId, template }: { cycleId: string; template: Pick<CycleTemplate, 'warnings'> },
  { orgId, code, colour, urgent = false, reply, reason }: OfficeOrder,
  { by, at, calendar }: Actor,
): Promise<string> {
  const scheme = template.warnings;
  if (!scheme || scheme.sheets.length === 0) throw problem('warning.none');
  const allowed = scheme.sheets.map((sheet) => sheet.colour);
  const first = allowed[0];
  if (colour !== undefined && !allowed.includes(colour)) throw problem('warning.colour', { colour, allowed });
  if (colour !== undefined && colour !== first && !(urgent && scheme.urgent))
    throw problem('warning.start', { colour, first });
  const sheet = startSheet(scheme, colour, urgent);
  const [unit] = await sql.query<{
    case_id: string | null;
    status: string;
    indicator: string | null;
    name: string | null;
    name_en: string | null;
  }>(
    `SELECT p.case_id::text, y.status, i.id::text AS indicator, i.name, i.name_en FROM cycle_participants p JOIN cycles y ON y.id = p.cycle_id
     LEFT JOIN cycle_indicators i ON i.cycle_id = p.cycle_id AND i.org_id = p.org_id AND i.code = $3
     WHERE p.cycle_id = $1::uuid AND p.org_id = $2::uuid`,
    [cycleId, orgId, code ?? null],
  );
  if (!unit) throw problem('warning.unit');
  if (unit.status !== 'running' && unit.status !== 'launching') throw problem('cycle.state', { state: unit.status });
  if (code !== undefined && unit.indicator === null) throw problem('warning.indicator', { code });
  const [id] = await insertWarnings(sql, { cycleId, orgId, calendar, at }, [
    {
      cycleIndicatorId: unit.indicator,
      code: code ?? null,
      indicator: unit.name === null ? null : { zh: unit.name, en: unit.name_en ?? unit.name },
      period: null,
      caseId: unit.case_id,
      consequence: { kind: 'supervise', sheet: sheet.colour },
      colour: sheet.colour,
      because: { zh: reason, en: reason },
      source: 'office',
      sourceKey: null,
      urgent,
      openedBy: by,
      reply: reply ?? sheet.reply,
    },
  ]);
  if (id === undefined) throw new Error('a new order was not written');
  return id;
}
