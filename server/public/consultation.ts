import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { JsonObject } from '../../workflows/json.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { blocksOf } from '../../workflows/template/schema.ts';
import { overPg, type Sql } from '../db/sql.ts';
import type { Given } from '../forms/given.ts';
import { problem } from '../http/problem.ts';
import { groupBy } from '../indicators/group.ts';
import { type PublicCase, readCases, readHead } from './cases.ts';
import type { PublicUnit } from './schema.ts';

/** An opinion of the round that a unit's consultation is in, or was in last. */
export interface OpinionRow {
  case_id: string;
  /** Null where nothing was said. */
  code: string | null;
  text: string;
  until: string | null;
}

type Consultation = NonNullable<PublicUnit['consultation']>;

/** What was said of each unit's plan, by case; with when its window closes, where it is open. */
export async function readOpinions(
  sql: Sql,
  { publish }: CycleTemplate,
  shown: readonly PublicCase[],
): Promise<Map<string, OpinionRow[]>> {
  const during = publish?.consultation?.during;
  if (during === undefined) return new Map();
  const asked = shown.flatMap(({ caseId, reached }) => {
    const round = reached.rounds[during] ?? 0;
    return round > 0 ? [{ id: caseId, round }] : [];
  });
  const rows = await sql.query<OpinionRow>(
    `SELECT c.id::text AS case_id, 'P' || o.number AS code, coalesce(o.text, '') AS text,
       (SELECT to_char(min(t.due_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') FROM timers t
        WHERE t.case_id = c.id AND t.event->>'block' = $2 AND t.event->>'do' = 'until') AS until
     FROM json_to_recordset($1::json) AS c(id uuid, round int)
     LEFT JOIN consultation_opinions o ON o.case_id = c.id AND o.block = $2 AND o.round = c.round
     ORDER BY c.id, o.number`,
    [JSON.stringify(asked), during],
  );
  return groupBy(rows, ({ case_id }) => case_id);
}

/** A unit's consultation as the public sees it: what was said appears with its answer. */
export function consultationOf(
  { publish }: CycleTemplate,
  { reached, active, data }: PublicCase,
  rows: readonly OpinionRow[],
): Consultation | null {
  const consultation = publish?.consultation;
  if (!consultation || (reached.rounds[consultation.during] ?? 0) === 0) return null;
  const open = active && reached.live[consultation.during] !== undefined;
  const table = data[consultation.into];
  const answers = new Map(
    (Array.isArray(table) ? (table as JsonObject[]) : []).map((row) => [row.code, row[consultation.answer]]),
  );
  return {
    open,
    until: open ? (rows[0]?.until ?? null) : null,
    opinions: rows.flatMap(({ code, text }) => {
      const answer = code === null ? undefined : answers.get(code);
      return typeof answer === 'string' && answer !== '' ? [{ opinion: text, answer }] : [];
    }),
  };
}

/** So many opinions a table takes where it does not say. */
const MOST = 200;

const mostOf = (template: CycleTemplate, name: string): number => {
  for (const { block } of blocksOf(template))
    if (block.type === 'task')
      for (const field of block.fields ?? [])
        if (field.type === 'table' && field.key === name) return field.maxRows ?? MOST;
  return MOST;
};

/**
 * Takes what somebody says of a unit's draft plan while it is shown to the public. Nothing is kept of who said it. The same words
 * again are one opinion.
 *
 * @returns when the window closes
 * @throws `consultation.closed` while the unit asks nobody, `consultation.full` when there is no room left for an answer
 */
export async function takeOpinion(
  client: pg.PoolClient,
  cycleId: string,
  { org, text, today }: { org: string; text: string; today: string },
): Promise<string | null> {
  const sql = overPg(client);
  const head = await readHead(sql, cycleId);
  const consultation = head.content.publish?.consultation;
  const { cases } = await readCases(sql, head, today);
  const unit = cases.find((one) => one.org.id === org);
  if (!consultation || !unit?.active || unit.reached.live[consultation.during] === undefined)
    throw problem('consultation.closed');
  const round = unit.reached.rounds[consultation.during] ?? 1;
  const own = [unit.caseId, consultation.during, round];
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('consultation/' || $1, 0))`, [unit.caseId]);
  const said = await client.query<{ number: number; now: number; same: boolean }>(
    `SELECT coalesce(max(number), 0) AS number, count(*) FILTER (WHERE round = $3)::int AS now,
       coalesce(bool_or(text = $4) FILTER (WHERE round = $3), false) AS same
     FROM consultation_opinions WHERE case_id = $1 AND block = $2`,
    [...own, text],
  );
  const { number = 0, now = 0, same = false } = said.rows[0] ?? {};
  if (!same) {
    if (now >= mostOf(head.content, consultation.into)) throw problem('consultation.full');
    await client.query(
      'INSERT INTO consultation_opinions (case_id, block, round, id, number, text, day) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [...own, uuidv7(), number + 1, text, today],
    );
  }
  const rows = await readOpinions(sql, head.content, [unit]);
  return rows.get(unit.caseId)?.[0]?.until ?? null;
}

/** The rows of a table with `source: 'consultation'`: what the public said in the round that has just ended. */
export const saidInPublic: Given = async ({ db, caseId, template, context }) => {
  const during = template.publish?.consultation?.during;
  if (during === undefined) return [];
  const rows = await db.$queryRaw<{ number: number; text: string }[]>`
    SELECT number, text FROM consultation_opinions
    WHERE case_id = ${caseId}::uuid AND block = ${during} AND round = ${context.rounds[during] ?? 0}::int ORDER BY number`;
  return rows.map(({ number, text }) => ({ code: `P${number}`, opinion: text }));
};
