import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { Colour, Consequence } from '../../workflows/lights/schema.ts';
import { nextSheet } from '../../workflows/lights/sheets.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { overPg, type Sql } from '../db/sql.ts';
import { transaction } from '../db/transaction.ts';
import { insertWarnings } from './open.ts';
import { tellAbout } from './tell.ts';

interface Lapsed {
  id: string;
  number: number;
  cycle_id: string;
  org_id: string;
  case_id: string | null;
  cycle_indicator_id: string | null;
  code: string | null;
  name: string | null;
  name_en: string | null;
  period: string | null;
  kind: string;
  colour: Colour | null;
  urgent: boolean;
  due: string;
  warnings: CycleTemplate['warnings'] | null;
}

/** So many in one transaction. */
const AT_ONCE = 100;

/**
 * Lets warnings and orders lapse that were not answered in time; where the template's ladder goes on, the next sheet is issued. Each
 * lapses once, however many workers look. Gives how many lapsed.
 */
export async function lapseWarnings(pool: pg.Pool, now: Date, calendar: Calendar): Promise<number> {
  let all = 0;
  for (;;) {
    const n = await transaction(pool, (client) => lapseSome(overPg(client), now.toISOString(), calendar));
    all += n;
    if (n < AT_ONCE) return all;
  }
}

async function lapseSome(sql: Sql, at: string, calendar: Calendar): Promise<number> {
  const rows = await sql.query<Lapsed>(
    `WITH late AS (
       SELECT w.id FROM warnings w JOIN cycles y ON y.id = w.cycle_id
       WHERE w.state IN ('open', 'returned') AND w.due_at < $1::timestamptz AND y.status IN ('running', 'launching')
       ORDER BY w.due_at, w.id LIMIT ${AT_ONCE} FOR UPDATE OF w SKIP LOCKED
     ), gone AS (
       UPDATE warnings w SET state = 'lapsed', version = version + 1 FROM late WHERE w.id = late.id RETURNING w.*
     )
     SELECT g.id::text, g.number, g.cycle_id::text, g.org_id::text, g.case_id::text, g.cycle_indicator_id::text, g.code, i.name, i.name_en, g.period, g.kind, g.colour,
       g.urgent, (g.due_at AT TIME ZONE 'UTC')::text AS due, t.content->'warnings' AS warnings
     FROM gone g JOIN cycles y ON y.id = g.cycle_id JOIN templates t ON t.key = y.template_key AND t.version = y.template_version
     LEFT JOIN cycle_indicators i ON i.id = g.cycle_indicator_id ORDER BY g.due_at, g.id`,
    [at],
  );
  for (const row of rows) await lapseOne(sql, row, at, calendar);
  return rows.length;
}

async function lapseOne(sql: Sql, row: Lapsed, at: string, calendar: Calendar): Promise<void> {
  await sql.query(
    `INSERT INTO warning_changes (id, warning_id, at, what) VALUES ($1::uuid, $2::uuid, $3::timestamptz, 'lapsed')`,
    [uuidv7(), row.id, at],
  );
  const sheet =
    row.kind === 'supervise' && row.warnings && row.colour ? nextSheet(row.warnings, row.colour) : undefined;
  const late = { zh: `第 ${row.number} 号逾期未答复`, en: `No. ${row.number} was not answered in time` };
  if (!sheet) {
    await tellAbout(sql, {
      id: `warning/${row.id}/lapsed`,
      kind: 'warning',
      orgId: row.org_id,
      caseId: row.case_id,
      to: ['unit', 'office'],
      at,
      message: { subject: late, body: late },
    });
    return;
  }
  const consequence: Consequence = { kind: 'supervise', sheet: sheet.colour };
  await insertWarnings(sql, { cycleId: row.cycle_id, orgId: row.org_id, calendar, at }, [
    {
      cycleIndicatorId: row.cycle_indicator_id,
      code: row.code,
      indicator: row.name === null ? null : { zh: row.name, en: row.name_en ?? row.name },
      period: row.period,
      caseId: row.case_id,
      consequence,
      colour: sheet.colour,
      because: late,
      source: 'lapsed',
      sourceKey: `lapsed/${row.id}`,
      formerId: row.id,
      urgent: row.urgent,
      reply: sheet.reply,
    },
  ]);
}
