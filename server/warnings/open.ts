import { v7 as uuidv7 } from 'uuid';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { Colour, Consequence } from '../../workflows/lights/schema.ts';
import { consequenceInWords } from '../../workflows/lights/words.ts';
import type { Text } from '../../workflows/text.ts';
import type { Sql } from '../db/sql.ts';
import { tellAbout } from './tell.ts';

/** A warning or order as it is opened. */
export interface NewWarning {
  cycleIndicatorId: string | null;
  code: string | null;
  /** What it is about, for the notice. */
  indicator: Text | null;
  period: string | null;
  caseId: string | null;
  consequence: Consequence;
  colour?: Colour;
  because: Text;
  source: 'light' | 'flag' | 'office' | 'lapsed';
  sourceKey: string | null;
  formerId?: string;
  urgent?: boolean;
  openedBy?: string;
  /** Working days; without it no answer is wanted. */
  reply: number | undefined;
}

interface Where {
  cycleId: string;
  orgId: string;
  calendar: Calendar;
  at: string;
}

/** When an answer is due: the end of the n-th working day after the day of the order. */
export const replyDue = (calendar: Calendar, at: string, workingDays: number): string =>
  calendar.endOf(calendar.addWorkingDays(calendar.dayOf(at), workingDays));

/** Puts warnings on record, numbered, and tells the unit's head and the office; a cause that was followed before is left out. */
export async function insertWarnings(
  sql: Sql,
  { cycleId, orgId, calendar, at }: Where,
  warnings: readonly NewWarning[],
): Promise<string[]> {
  if (warnings.length === 0) return [];
  await sql.query(`SELECT pg_advisory_xact_lock(hashtextextended('warnings/' || $1, 0))::text`, [cycleId]);
  const rows = warnings.map(({ indicator: _, consequence, reply, ...each }) => ({
    id: uuidv7(),
    indicator: each.cycleIndicatorId,
    code: each.code,
    period: each.period,
    case_id: each.caseId,
    kind: consequence.kind,
    colour: each.colour,
    detail: consequence,
    because: each.because,
    source: each.source,
    source_key: each.sourceKey,
    former_id: each.formerId,
    urgent: each.urgent === true,
    opened_by: each.openedBy,
    reply_days: reply,
    due_at: reply === undefined ? undefined : replyDue(calendar, at, reply),
    change: uuidv7(),
  }));
  const added = await sql.query<{ id: string }>(
    `WITH given AS (
       SELECT n.*, row_number() OVER () AS place FROM json_to_recordset($1::json) AS n(id uuid, indicator uuid, code text, period text, case_id uuid, kind text, colour text,
         detail json, because json, source text, source_key text, former_id uuid, urgent boolean, opened_by uuid, reply_days int, due_at timestamptz, change uuid)
     ), fresh AS (
       SELECT g.* FROM given g WHERE g.source_key IS NULL OR NOT EXISTS (SELECT FROM warnings w WHERE w.cycle_id = $2::uuid AND w.source_key = g.source_key)
     ), added AS (
       INSERT INTO warnings (id, cycle_id, number, org_id, case_id, cycle_indicator_id, code, period, kind, colour, detail, because, source, source_key, former_id, urgent,
         state, opened_by, opened_at, reply_days, due_at)
       SELECT id, $2::uuid, (SELECT coalesce(max(number), 0) FROM warnings WHERE cycle_id = $2::uuid) + row_number() OVER (ORDER BY place), $3::uuid, case_id, indicator, code,
         period, kind, colour, detail, because, source, source_key, former_id, urgent, CASE WHEN due_at IS NULL THEN 'noted' ELSE 'open' END, opened_by, $4::timestamptz, reply_days, due_at
       FROM fresh RETURNING id)
     INSERT INTO warning_changes (id, warning_id, at, "by", what) SELECT g.change, g.id, $4::timestamptz, g.opened_by, 'opened' FROM given g JOIN added USING (id)
     RETURNING warning_id::text AS id`,
    [JSON.stringify(rows), cycleId, orgId, at],
  );
  const ids = new Set(added.map(({ id }) => id));
  for (const [i, warning] of warnings.entries()) {
    const row = rows[i];
    if (!row || !ids.has(row.id)) continue;
    await tellAbout(sql, {
      id: `warning/${row.id}/opened`,
      kind: 'warning',
      orgId,
      caseId: warning.caseId,
      to: ['unit', 'office'],
      at,
      message: opening(warning, row.due_at === undefined ? null : calendar.dayOf(row.due_at)),
    });
  }
  return [...ids];
}

function opening(
  { consequence, because, indicator, period }: NewWarning,
  due: string | null,
): { subject: Text; body: Text } {
  const what = consequenceInWords(consequence);
  const about = (text: string | undefined, comma: string) => [text, period].filter((part) => part).join(comma);
  const [zh, en] = [about(indicator?.zh, ' '), about(indicator?.en, ' ')];
  return {
    subject: { zh: `${what.zh}${zh && `：${zh}`}`, en: `${upper(what.en)}${en && `: ${en}`}` },
    body: {
      zh: `${because.zh}${due ? `\n请于 ${due} 前答复。` : ''}`,
      en: `${because.en}${due ? `\nAn answer is due by ${due}.` : ''}`,
    },
  };
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
