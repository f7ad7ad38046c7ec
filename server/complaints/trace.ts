import { Prisma } from '../../prisma/client/client.ts';
import { isJsonObject, type Json } from '../../workflows/json.ts';
import type { Me } from '../auth/me.ts';
import { allowed } from '../auth/sql.ts';
import { codeOf } from '../findings/record.ts';
import type { Database } from '../http/deps.ts';
import { readChanges, readComplaint } from './read.ts';
import type { Trace } from './schema.ts';

type Line = Trace['cycles'][number];

/** From a complaint to the indicator that it was put down to, its values, and the line of the score that it goes into. */
export const traceComplaint = async (db: Database, id: string, me: Me, now: Date): Promise<Trace> => {
  const complaint = await readComplaint(db, id, me, now);
  const { indicator, org } = complaint;
  const year = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', year: 'numeric' }).format(
    new Date(complaint.receivedAt),
  );
  const [alike] = await db.$queryRaw<{ n: number }[]>(Prisma.sql`
    SELECT count(*)::int AS n FROM complaints c WHERE to_char(c.received_at AT TIME ZONE 'Asia/Shanghai', 'YYYY') = ${year}
      AND c.indicator_code IS NOT DISTINCT FROM ${indicator ?? null} AND c.org_id IS NOT DISTINCT FROM ${org?.id ?? null}::uuid`);
  return {
    complaint,
    changes: await readChanges(db, id),
    alike: alike?.n ?? 1,
    cycles: org ? await readCycles(db, { orgId: org.id, year: Number(year), indicator }, me) : [],
    findings: await readFindings(db, id),
  };
};

interface Where {
  orgId: string;
  year: number;
  indicator: string | undefined;
}

const readCycles = async (db: Database, { orgId, year, indicator }: Where, me: Me): Promise<Line[]> => {
  const rows = await db.$queryRaw<
    {
      id: string;
      name: string;
      indicator: { code: string; name: string; unit: string; weight: string | null; target: string | null } | null;
      values: { period: string; reported: string | null; verified: string | null }[];
      block: string | null;
      value: string | null;
      explanation: Json;
    }[]
  >(Prisma.sql`
    SELECT y.id, y.name, s.block, trim_scale(s.value)::text AS value, s.explanation,
      CASE WHEN i.id IS NOT NULL THEN json_build_object('code', i.code, 'name', i.name, 'unit', i.unit, 'weight', trim_scale(i.weight)::text,
        'target', (SELECT trim_scale(g.value)::text FROM indicator_targets g WHERE g.cycle_indicator_id = i.id AND g.state = 'approved' ORDER BY g.version DESC LIMIT 1)) END AS indicator,
      coalesce((SELECT json_agg(json_build_object('period', v.period, 'reported', trim_scale(v.reported)::text, 'verified', trim_scale(v.verified)::text) ORDER BY v.ends_on)
        FROM indicator_values v WHERE v.cycle_indicator_id = i.id), '[]') AS values
    FROM cycles y JOIN cycle_participants p ON p.cycle_id = y.id AND p.org_id = ${orgId}::uuid
      LEFT JOIN cycle_indicators i ON i.cycle_id = y.id AND i.org_id = p.org_id AND i.code = ${indicator ?? null}
      LEFT JOIN LATERAL (
        SELECT r.block, s.value, s.explanation FROM scores s JOIN score_runs r ON r.id = s.run_id JOIN cases c ON c.id = s.case_id
        WHERE r.cycle_id = y.id AND s.case_id = p.case_id AND r.state = 'accepted' AND ${allowed(me, 'know', 'Case')} ORDER BY r.id DESC LIMIT 1) s ON TRUE
    WHERE y.year = ${year} AND y.status <> 'cancelled' ORDER BY y.launched_at`);
  return rows.map(({ id, name, indicator: found, values, block, value, explanation }): Line => {
    const line = indicator === undefined ? undefined : lineOf(explanation, indicator);
    return {
      cycle: { id, name },
      ...(found && {
        indicator: {
          code: found.code,
          name: found.name,
          unit: found.unit,
          ...(found.weight !== null && { weight: found.weight }),
          ...(found.target !== null && { target: found.target }),
          values: values.map(({ period, reported, verified }) => ({
            period,
            ...(reported !== null && { reported }),
            ...(verified !== null && { verified }),
          })),
        },
      }),
      ...(block !== null && {
        score: { block, ...(value !== null && { value }), ...(line !== undefined && { line }) },
      }),
    };
  });
};

/** The innermost line of an explanation that names an indicator. */
const lineOf = (explanation: Json, code: string): Json | undefined => {
  if (!isJsonObject(explanation)) return undefined;
  const children = Array.isArray(explanation.children) ? explanation.children : [];
  for (const child of children) {
    const found = lineOf(child, code);
    if (found !== undefined) return found;
  }
  const { children: _inner, ...own } = explanation;
  return JSON.stringify(own).includes(JSON.stringify(code)) ? explanation : undefined;
};

const readFindings = async (db: Database, id: string): Promise<Trace['findings']> => {
  const rows = await db.$queryRaw<{ id: string; number: number; state: string; item: string | null }[]>(Prisma.sql`
    SELECT f.id, f.number, f.state, (SELECT r.id FROM rectification_items r WHERE r.finding_id = f.id ORDER BY r.opened_at DESC LIMIT 1) AS item
    FROM findings f WHERE f.source_id = ${id}::uuid ORDER BY f.number`);
  return rows.map(({ number, item, ...row }) => ({ ...row, code: codeOf(number), ...(item !== null && { item }) }));
};
