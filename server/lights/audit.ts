import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Sql } from '../db/sql.ts';
import { problem } from '../http/problem.ts';
import type { Actor } from '../warnings/answer.ts';
import { recordLights } from './record.ts';

/** Enters what an audit found about the money behind an indicator, and judges the unit's values of that period anew. */
export async function enterAuditFigure(
  sql: Sql,
  { cycleId, template }: { cycleId: string; template: CycleTemplate },
  { orgId, code, period, idle, source }: { orgId: string; code: string; period: string; idle: string; source: string },
  { by, at, calendar }: Actor,
): Promise<{ flags: number }> {
  const [value] = await sql.query<{ id: string; ends_on: string }>(
    `SELECT i.id::text, v.ends_on::text FROM cycle_indicators i JOIN indicator_values v ON v.cycle_indicator_id = i.id AND v.period = $4
     WHERE i.cycle_id = $1::uuid AND i.org_id = $2::uuid AND i.code = $3 AND i.applies`,
    [cycleId, orgId, code, period],
  );
  if (!value) throw problem('light.period', { code, period });
  await sql.query(
    `INSERT INTO audit_figures (cycle_indicator_id, period, idle, source, entered_by, at) VALUES ($1::uuid, $2, $3::numeric, $4, $5::uuid, $6::timestamptz)
     ON CONFLICT (cycle_indicator_id, period) DO UPDATE SET idle = excluded.idle, source = excluded.source, entered_by = excluded.entered_by, at = excluded.at`,
    [value.id, period, idle, source, by, at],
  );
  const { flags } = await recordLights(sql, { cycleId, orgId, endsOn: value.ends_on, template, calendar, at });
  return { flags };
}
