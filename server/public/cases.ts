import type { JsonObject } from '../../workflows/json.ts';
import { type Published, publishBlocks, publishingOf, type Reached } from '../../workflows/publish/published.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import type { Sql } from '../db/sql.ts';
import { problem } from '../http/problem.ts';
import type { PublicRow } from './schema.ts';

/** A cycle whose template publishes something. */
export interface PublicCycleHead extends PublicRow {
  content: CycleTemplate;
}

/** A participant of it, with what is public of it and the values of its case that may be. */
export interface PublicCase {
  caseId: string;
  org: { id: string; name: string };
  category: string;
  published: Published;
  /** Runs: neither suspended nor ended. */
  active: boolean;
  reached: Reached;
  data: JsonObject;
}

interface Row {
  id: string;
  name: string;
  year: number;
  status: PublicRow['status'];
  content: CycleTemplate;
}

const CYCLES = `SELECT y.id::text, y.name, y.year, y.status, t.content FROM cycles y
  JOIN templates t ON t.key = y.template_key AND t.version = y.template_version
  WHERE y.status <> 'cancelled' AND t.content->'publish' IS NOT NULL`;

const headOf = ({ content, ...row }: Row): PublicCycleHead => ({
  ...row,
  template: { key: content.key, name: content.name, description: content.description ?? null },
  content,
});

/** The cycles of which something is public on a day, the latest first. */
export async function listPublic(sql: Sql, today: string): Promise<PublicRow[]> {
  const rows = await sql.query<Row>(`${CYCLES} ORDER BY y.year DESC, y.launched_at DESC, y.id LIMIT 200`);
  const waiting = rows.map(({ id, content }) => ({ id, blocks: publishBlocks(content) }));
  const reached = await sql.query<{ id: string }>(
    `SELECT g.id::text FROM json_to_recordset($1::json) AS g(id uuid, blocks json)
     WHERE EXISTS (SELECT FROM cases c, json_object_keys(c.snapshot->'context'->'rounds') AS k, json_array_elements_text(g.blocks) AS b
       WHERE c.cycle_id = g.id AND c.status <> 'cancelled' AND c.kind IN ('participant', 'cycle') AND k = b)`,
    [JSON.stringify(waiting)],
  );
  const ids = new Set(reached.map(({ id }) => id));
  return rows
    .filter(({ id, content, year }) => ids.has(id) || byDate(content, year, today))
    .map(({ content, ...row }) => ({ ...row, template: headOf({ content, ...row }).template }));
}

/** Whether something is public by its date alone. */
const byDate = (content: CycleTemplate, year: number, today: string): boolean =>
  isAnything(publishingOf(content, year).of(NOWHERE, null, today));
const isAnything = ({ parts, texts }: Published): boolean => parts.size + texts.length > 0;
const NOWHERE: Reached = { rounds: {}, loops: {}, live: {} };

/** @throws `cycle.unknown` where nothing of the cycle can be public */
export async function readHead(sql: Sql, id: string): Promise<PublicCycleHead> {
  const [row] = await sql.query<Row>(`${CYCLES} AND y.id = $1::uuid`, [id]);
  if (!row) throw problem('cycle.unknown');
  return headOf(row);
}

interface CaseRow {
  id: string;
  kind: 'participant' | 'cycle';
  org_id: string | null;
  org: string | null;
  category: string | null;
  active: boolean;
  reached: Reached;
  data: JsonObject | null;
}

/** The participants of a cycle with what is public of each; and the words of the cycle's own case. */
export async function readCases(
  sql: Sql,
  { id, year, content }: PublicCycleHead,
  today: string,
): Promise<{ cases: PublicCase[]; cycle: { reached: Reached; data: JsonObject } | null }> {
  const rows = await sql.query<CaseRow>(
    `SELECT c.id::text, c.kind, c.org_id::text, o.name AS org, p.category, c.status = 'active' AS active,
       json_build_object('rounds', c.snapshot->'context'->'rounds', 'loops', c.snapshot->'context'->'loops', 'live', c.snapshot->'context'->'live') AS reached,
       (SELECT json_object_agg(d.key, d.value) FROM json_each(c.snapshot->'context'->'data') d WHERE d.key = ANY($2::text[])) AS data
     FROM cases c LEFT JOIN cycle_participants p ON p.case_id = c.id LEFT JOIN org_units o ON o.id = c.org_id
     WHERE c.cycle_id = $1::uuid AND c.status <> 'cancelled' AND (c.kind = 'cycle' OR p.case_id IS NOT NULL) ORDER BY o.code`,
    [id, namesOf(content)],
  );
  const own = rows.find(({ kind }) => kind === 'cycle');
  const publishing = publishingOf(content, year);
  const cases = rows.flatMap((row): PublicCase[] =>
    row.kind === 'participant' && row.org_id !== null
      ? [
          {
            caseId: row.id,
            org: { id: row.org_id, name: row.org ?? '' },
            category: row.category ?? '',
            active: row.active,
            reached: row.reached,
            published: publishing.of(row.reached, own?.reached ?? null, today),
            data: row.data ?? {},
          },
        ]
      : [],
  );
  return { cases, cycle: own ? { reached: own.reached, data: own.data ?? {} } : null };
}

/** The table of the plan that becomes the unit's indicators. */
export const planTable = (content: CycleTemplate): string | undefined => {
  for (const { block } of blocksOf(content))
    if (block.type === 'compute' && block.rule.kind === 'assign') return block.rule.plan;
  return undefined;
};

/** The values of a case that may become public: nothing else is read. */
function namesOf(content: CycleTemplate): string[] {
  const { consultation, texts = [] } = content.publish ?? {};
  const plan = planTable(content);
  return [...(plan ? [plan] : []), ...(consultation ? [consultation.into] : []), ...texts.map(({ field }) => field)];
}
