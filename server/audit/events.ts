import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { AuditRow } from './chain.ts';
import type { Findings } from './verify.ts';

type Queryable = Pick<pg.PoolClient, 'query'>;

interface EventRow {
  case_id: string;
  seq: number;
  at: Date;
  type: string;
  actor: string | null;
  on_behalf_of: string | null;
  body: string;
  request: string | null;
  address: string | null;
}

const CASE_EVENT = /^case\/([0-9a-f-]{36})\/(\d+)$/;
const BATCH = 2_000;

/** Whether a row tells of an event of a case. */
const isOfCase = ({ action, object }: AuditRow): boolean => action.startsWith('case.') && CASE_EVENT.test(object ?? '');

/** Compares rows with the events of cases that they tell of, a batch at a time. */
export const makeEventCheck = (db: Queryable, findings: Findings) => {
  let waiting: AuditRow[] = [];
  const flush = async (): Promise<void> => {
    const rows = waiting;
    waiting = [];
    if (rows.length === 0) return;
    const places = rows.map(({ object }) => CASE_EVENT.exec(object ?? '') as RegExpExecArray);
    const { rows: events } = await db.query<EventRow>(
      `SELECT e.case_id, e.seq, e.at, e.type, e.actor, e.on_behalf_of, e.body::text AS body, e.request, e.address
       FROM unnest($1::uuid[], $2::int[]) AS k(id, seq) JOIN case_events e ON e.case_id = k.id AND e.seq = k.seq`,
      [places.map((found) => found[1]), places.map((found) => Number(found[2]))],
    );
    const byObject = new Map(events.map((event) => [`case/${event.case_id}/${event.seq}`, event]));
    for (const row of rows) {
      const event = byObject.get(row.object ?? '');
      const wrong = event ? differs(row, event) : 'the event is gone';
      if (wrong) findings.add({ stripe: row.stripe, seq: row.seq, what: 'event', detail: `${row.object}: ${wrong}` });
    }
  };
  return {
    onRow: async (row: AuditRow): Promise<void> => {
      if (!isOfCase(row)) return;
      waiting.push(row);
      if (waiting.length >= BATCH) await flush();
    },
    flush,
  };
};

const differs = (row: AuditRow, event: EventRow): string | null => {
  if (row.action !== `case.${event.type}`) return `its type is "${event.type}"`;
  if (row.at !== event.at.toISOString()) return 'it has another time';
  if (row.actor !== event.actor || row.onBehalfOf !== event.on_behalf_of) return 'it names somebody else';
  if (row.request !== event.request || row.address !== event.address) return 'it came from elsewhere';
  const body = createHash('sha256').update(event.body).digest('hex');
  return row.detail === `{"body": "${body}"}` ? null : 'its content is another one';
};

/**
 * Events without a row, and events with more than one.
 *
 * @param before events older than this may have their rows in an archive
 */
export const checkCoverage = async (db: Queryable, findings: Findings): Promise<number> => {
  const { rows: bare } = await db.query<{ object: string }>(
    `SELECT 'case/' || e.case_id || '/' || e.seq AS object FROM case_events e
     WHERE NOT EXISTS (SELECT FROM audit a WHERE a.action = 'case.' || e.type AND a.object = 'case/' || e.case_id || '/' || e.seq)
       AND e.at >= coalesce((SELECT max(before) FROM audit_starts), '-infinity') LIMIT 1001`,
  );
  for (const { object } of bare)
    findings.add({ stripe: null, seq: null, what: 'event', detail: `${object}: no row tells of it` });
  const { rows: twice } = await db.query<{ object: string; n: number }>(
    `SELECT object, count(*)::int AS n FROM audit WHERE action LIKE 'case.%' GROUP BY object HAVING count(*) > 1 LIMIT 1001`,
  );
  for (const { object, n } of twice)
    findings.add({ stripe: null, seq: null, what: 'inserted', detail: `${object}: ${n} rows tell of it` });
  const { rows } = await db.query<{ n: number }>('SELECT count(*)::int AS n FROM case_events');
  return rows[0]?.n ?? 0;
};
