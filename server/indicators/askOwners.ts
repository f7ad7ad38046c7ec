import type pg from 'pg';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { overPg } from '../db/sql.ts';
import { transaction } from '../db/transaction.ts';
import { tellAbout } from '../warnings/tell.ts';
import { BY_HAND } from './byHand.ts';

interface Asked {
  owner_id: string;
  case_id: string | null;
  unit: string;
  period: string;
  due_on: string;
  names: string;
}

/** So many values in one sweep. */
const AT_ONCE = 2000;

/**
 * Tells the owners of indicators that are units of their own, once for each period that is over, that a value is wanted of them: where a
 * template asks the measured unit alone, they have no task to report. Those who have one (a table of what is `owned`) are not told beside
 * it, but for the indicators of parts that take no part themselves. Whoever reports first, the other finds it. Gives how many notices went out.
 */
export const askOwners = (pool: pg.Pool, now: Date, calendar: Calendar): Promise<number> =>
  transaction(pool, async (client) => {
    const sql = overPg(client);
    const at = now.toISOString();
    const rows = await sql.query<Asked>(
      `WITH asking AS (
         SELECT y.id FROM cycles y JOIN templates t ON t.key = y.template_key AND t.version = y.template_version
         WHERE y.status = 'running' AND jsonb_path_exists(t.content::jsonb, '$.phases.**.source ? (@ == "owned")')
       ), wanted AS (
         SELECT v.cycle_indicator_id AS id, v.period FROM indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id JOIN cycles y ON y.id = c.cycle_id
         WHERE v.state = 'due' AND v.asked_at IS NULL AND v.ends_on < $2::date AND c.applies AND y.status = 'running' AND ${BY_HAND}
           AND (c.owner_id <> c.org_id OR cardinality(c.joint_owner_ids) > 0)
           AND NOT (y.id IN (SELECT id FROM asking) AND EXISTS (SELECT FROM cycle_participants p WHERE p.cycle_id = y.id AND p.org_id = c.org_id)) LIMIT ${AT_ONCE} FOR UPDATE OF v SKIP LOCKED
       ), asked AS (
         UPDATE indicator_values v SET asked_at = $1::timestamptz FROM wanted w WHERE v.cycle_indicator_id = w.id AND v.period = w.period RETURNING v.*
       )
       SELECT o.owner_id::text, coalesce(c.case_id, p.case_id)::text AS case_id, u.name AS unit, v.period, max(v.due_on)::text AS due_on,
         string_agg(c.code || ' ' || c.name, '、' ORDER BY c.position, c.code) AS names
       FROM asked v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id JOIN org_units u ON u.id = c.org_id
       LEFT JOIN cycle_participants p ON p.cycle_id = c.cycle_id AND p.org_id = c.org_id
       CROSS JOIN LATERAL (SELECT DISTINCT unnest(c.joint_owner_ids || c.owner_id) AS owner_id) o
       WHERE o.owner_id IS NOT NULL AND o.owner_id <> c.org_id
       GROUP BY o.owner_id, coalesce(c.case_id, p.case_id), u.name, v.period`,
      [at, calendar.dayOf(at)],
    );
    for (const { owner_id: orgId, case_id: caseId, unit, period, due_on: due, names } of rows)
      await tellAbout(sql, {
        id: `owner/${caseId}/${orgId}/${period}`,
        kind: 'owner',
        orgId,
        caseId,
        to: ['unit'],
        at,
        message: {
          subject: { zh: `待报指标数据：${unit} ${period}`, en: `Values wanted: ${unit} ${period}` },
          body: {
            zh: `贵单位是以下指标的责任或协办单位，请于 ${due} 前报送数据：${names}。`,
            en: `Your unit owns these indicators, alone or jointly. Please report their values by ${due}: ${names}.`,
          },
        },
      });
    return rows.length;
  });
