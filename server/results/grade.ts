import type pg from 'pg';
import { type Candidate, type GradeResult, grade as gradeBy } from '../../workflows/grades/grade.ts';
import type { GradeScheme } from '../../workflows/grades/schema.ts';
import type { Json } from '../../workflows/json.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { ServiceCall } from '../engine/service.ts';
import { decisionsOf } from './decisions.ts';
import { earlierInMeeting, rankExcepted, valueSql } from './values.ts';
import { vetoesOf } from './vetoes.ts';

/** What a block that follows from the results is carried out from: a service's call, or the cycle when decisions change them. */
export type Decided = Pick<ServiceCall, 'pool' | 'cycleId' | 'template' | 'block' | 'at'>;

/** Whoever is to be graded, with where the results go. */
interface Row {
  caseId: string;
  orgId: string;
  code: string;
  category: string;
  score: string | null;
  second: string | null;
}

/** Where whoever is scored outside the ranking is put, so that no quota counts them. */
const APART = '~outside';

/**
 * Gives every participant its grade by the template's scheme: bounds, quotas of each category, vetoes, and what was decided
 * otherwise. Both grades are kept, the rule's and the decided one.
 */
export async function grade({ pool, cycleId, template, block }: Decided): Promise<Json> {
  if (block.type !== 'compute' || block.rule.kind !== 'grade') throw new Error(`"${block.key}" does not grade`);
  const { by, second = by } = block.rule;
  const { rows } = await pool.query<Row>(
    `SELECT c.id AS "caseId", c.org_id AS "orgId", o.code, p.category,
       trim_scale(${valueSql('$1', '$2::text', '$4')})::text AS score, trim_scale(${valueSql('$1', '$3::text', '$4')})::text AS second
     FROM cases c JOIN cycle_participants p ON p.case_id = c.id JOIN org_units o ON o.id = c.org_id
     WHERE c.cycle_id = $1 AND c.kind = 'participant' AND c.status <> 'cancelled' ORDER BY c.id`,
    [cycleId, by, second, earlierInMeeting(template, block.key)],
  );
  const result = await gradeRows(pool, cycleId, template, block.key, rows);
  await keep(pool, cycleId, block.key, block.into, rows, result);
  return {
    graded: result.units.filter((unit) => unit.grade !== null).length,
    quotas: result.quotas as unknown as Json,
    alarm: result.alarm as unknown as Json,
  };
}

/** The grades that these rows get, with all that bears on them. */
export async function gradeRows(
  pool: Pick<pg.Pool, 'query'>,
  cycleId: string,
  template: CycleTemplate,
  key: string,
  rows: readonly Row[],
): Promise<GradeResult> {
  const scheme = template.grades;
  if (!scheme) throw new Error(`"${key}" grades, but the template has no grades`);
  const { exceptions, raised } = await decisionsOf(pool, cycleId);
  const vetoes = await vetoesOf(pool, cycleId, template);
  const excepted = rankExcepted(template);
  const apart = (row: Row) =>
    excepted.has(row.code) || excepted.has(row.category) || !template.categories[row.category]?.ranked;
  const candidates = rows.map((row): Candidate => {
    const veto = vetoes.get(row.caseId);
    return {
      id: row.caseId,
      category: apart(row) ? `${row.category}${APART}` : row.category,
      score: row.score,
      second: row.second,
      ...(veto && { veto }),
    };
  });
  const known = new Set(rows.map(({ caseId }) => caseId));
  return gradeBy(withApart(scheme, template), candidates, {
    raised,
    exceptions: exceptions
      .filter(({ caseId }) => known.has(caseId))
      .map(({ caseId, grade: given, document, reason }) => ({
        id: caseId,
        grade: given,
        decision: `${document}（${reason}）`,
      })),
  });
}

const withApart = (scheme: GradeScheme, template: CycleTemplate): GradeScheme => ({
  ...scheme,
  outside: {
    grade: scheme.outside?.grade ?? 'byScore',
    categories: [
      ...(scheme.outside?.categories ?? []),
      ...Object.keys(template.categories).map((category) => `${category}${APART}`),
    ],
  },
});

async function keep(
  pool: pg.Pool,
  cycleId: string,
  key: string,
  into: string,
  rows: readonly Row[],
  { units }: GradeResult,
): Promise<void> {
  const of = new Map(rows.map((row) => [row.caseId, row]));
  const list = units.flatMap(({ id, grade: given, computed, because }) => {
    const row = of.get(id);
    if (!row) return [];
    const { orgId, category, score } = row;
    return [{ id, orgId, category, score, given, computed, because, handed: { [into]: given } }];
  });
  await pool.query(
    `WITH graded AS (
       SELECT * FROM json_to_recordset($3::json) AS g(id uuid, "orgId" uuid, category text, score numeric, given text, computed text, because json, handed json)
     ), gone AS (
       DELETE FROM results WHERE cycle_id = $1 AND block = $2 AND case_id NOT IN (SELECT id FROM graded)
     )
     INSERT INTO results (cycle_id, block, case_id, org_id, category, score, grade, computed_grade, because, handed)
     SELECT $1, $2, id, "orgId", category, score, given, computed, because, handed FROM graded
     ON CONFLICT (cycle_id, block, case_id) DO UPDATE SET score = excluded.score, grade = excluded.grade,
       computed_grade = excluded.computed_grade, because = excluded.because, handed = excluded.handed, at = excluded.at`,
    [cycleId, key, JSON.stringify(list)],
  );
}
