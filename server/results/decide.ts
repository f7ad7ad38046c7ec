import type pg from 'pg';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { unitsOf } from '../../workflows/grades/amount.ts';
import { quotaName } from '../../workflows/grades/quotaName.ts';
import { type CycleTemplate, PHASES } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import { settle } from '../audit/record.ts';
import { overPg } from '../db/sql.ts';
import { transaction } from '../db/transaction.ts';
import { type FieldError, problem } from '../http/problem.ts';
import { doneInMeeting, gradeAgain } from './again.ts';
import { gradeRows } from './grade.ts';
import type { decisionsSchema, exceptionBody, raiseBody } from './schema.ts';

type Queryable = Pick<pg.Pool, 'query'>;
interface By {
  by: string;
  now: Date;
}

interface Gradable {
  template: CycleTemplate;
  live: Record<string, unknown>;
}

/** Decides a unit's grade otherwise than the rule gives it. Both grades stay on record. */
export const decideGrade = (
  pool: pg.Pool,
  cycleId: string,
  { orgId, grade, reason, document }: z.infer<typeof exceptionBody>,
  { by, now }: By,
): Promise<void> =>
  deciding(pool, cycleId, now, async (client, { template }) => {
    if (!template.grades?.grades.some(({ key }) => key === grade))
      throw wrong('grade', `没有等次“${grade}”`, `there is no grade "${grade}"`);
    const { rows } = await client.query<{ caseId: string; computed: string | null }>(
      `SELECT p.case_id AS "caseId", (SELECT r.computed_grade FROM results r WHERE r.case_id = p.case_id AND r.because IS NOT NULL ORDER BY r.at DESC LIMIT 1) AS computed
       FROM cycle_participants p WHERE p.cycle_id = $1 AND p.org_id = $2 AND p.case_id IS NOT NULL`,
      [cycleId, orgId],
    );
    const unit = rows[0];
    if (!unit) throw wrong('orgId', '该单位未参加本周期', 'this unit takes no part in the cycle');
    const { rowCount } = await client.query(
      `INSERT INTO grade_exceptions (id, cycle_id, case_id, org_id, computed_grade, grade, reason, document, decided_by, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
      [uuid(), cycleId, unit.caseId, orgId, unit.computed, grade, reason, document, by, now],
    );
    if (rowCount === 0) throw problem('grade.decided');
  });

/** Raises a quota, as far as the template allows on approval. */
export const raiseQuota = (
  pool: pg.Pool,
  cycleId: string,
  { quota: key, amount, reason, document }: z.infer<typeof raiseBody>,
  { by, now }: By,
): Promise<void> =>
  deciding(pool, cycleId, now, async (client, { template }) => {
    const quota = template.grades?.quotas?.find((one) => one.key === key);
    if (!quota) throw wrong('quota', `没有名额“${key}”`, `there is no quota "${key}"`);
    const most = quota.onApproval;
    const MANY = 1_000_000;
    if (!most || 'count' in amount !== 'count' in most || unitsOf(amount, MANY) > unitsOf(most, MANY))
      throw problem('grade.raise', { quota: key, most: most ? ('count' in most ? most.count : most.share) : 0 });
    const { rowCount } = await client.query(
      `INSERT INTO quota_raises (id, cycle_id, quota, amount, reason, document, decided_by, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [uuid(), cycleId, key, JSON.stringify(amount), reason, document, by, now],
    );
    if (rowCount === 0) throw problem('grade.decided');
  });

const TABLES = { exception: 'grade_exceptions', raise: 'quota_raises' } as const;

/** Takes a decision back, as long as it reaches the grades. Gives its cycle. */
export async function revokeDecision(
  pool: pg.Pool,
  what: keyof typeof TABLES,
  id: string,
  reason: string,
  { by, now }: By,
): Promise<string> {
  const table = TABLES[what];
  const { rows } = await pool.query<{ cycleId: string }>(`SELECT cycle_id AS "cycleId" FROM ${table} WHERE id = $1`, [
    id,
  ]);
  const cycleId = rows[0]?.cycleId;
  if (cycleId === undefined) throw problem('grade.unknown');
  await deciding(pool, cycleId, now, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE ${table} SET revoked_by = $2, revoked_at = $3, revoked_reason = $4 WHERE id = $1 AND revoked_at IS NULL`,
      [id, by, now, reason],
    );
    if (rowCount === 0) throw problem('grade.unknown');
  });
  return cycleId;
}

/** Makes a decision and grades again, if that was done already; in one transaction that keeps the meeting from ending meanwhile. */
async function deciding(
  pool: pg.Pool,
  cycleId: string,
  now: Date,
  work: (client: Queryable, cycle: Gradable) => Promise<void>,
): Promise<void> {
  await transaction(pool, async (client) => {
    const cycle = await gradable(client, cycleId, 'FOR UPDATE OF c');
    if (!cycle.template.grades) throw problem('grade.none');
    if (!reachesGrades(cycle)) throw problem('grade.late');
    await work(client, cycle);
    const { template, live } = cycle;
    await gradeAgain(
      { pool: client as unknown as pg.Pool, cycleId, template, at: now.toISOString() },
      doneInMeeting(template, live),
    );
    await settle(overPg(client));
  });
}

async function gradable(db: Queryable, cycleId: string, lock = ''): Promise<Gradable> {
  const { rows } = await db.query<Gradable & { status: string }>(
    `SELECT t.content AS template, y.status, c.snapshot->'context'->'live' AS live FROM cycles y
     JOIN templates t ON t.key = y.template_key AND t.version = y.template_version JOIN cases c ON c.cycle_id = y.id AND c.kind = 'cycle'
     WHERE y.id = $1 ${lock}`,
    [cycleId],
  );
  const row = rows[0];
  if (!row) throw problem('cycle.unknown');
  if (lock && row.status !== 'running' && row.status !== 'suspended')
    throw problem('cycle.state', { state: row.status });
  return row;
}

/** Whether some grading is still to come, or belongs to the meeting under way. */
function reachesGrades({ template, live }: Gradable): boolean {
  const blocks = PHASES.flatMap((phase) => template.phases[phase].blocks);
  const done = new Set(doneInMeeting(template, live).map(({ key }) => key));
  const at = blocks.findIndex(
    ({ key }) => live[key] !== undefined || live[`${key}~gather`] !== undefined || done.has(key),
  );
  if (at < 0) return false;
  return blocks.slice(at).some((block) => block.type === 'compute' && block.rule.kind === 'grade');
}

interface DecisionRow {
  id: string;
  reason: string;
  document: string;
  by: string;
  name: string;
  at: Date;
  revokedBy: string | null;
  revoker: string | null;
  revokedAt: Date | null;
  revokedReason: string | null;
}

const DECISION = `d.id, d.reason, d.document, d.decided_by AS by, p.name, d.at, d.revoked_by AS "revokedBy", q.name AS revoker,
  d.revoked_at AS "revokedAt", d.revoked_reason AS "revokedReason"`;

/** All decisions about the grades of a cycle, and how its quotas are used. */
export async function readDecisions(pool: pg.Pool, cycleId: string): Promise<z.infer<typeof decisionsSchema>> {
  const cycle = await gradable(pool, cycleId);
  const { template } = cycle;
  if (!template.grades) throw problem('grade.none');
  const [exceptions, raises, rows] = await Promise.all([
    pool.query<DecisionRow & { orgId: string; org: string; computed: string | null; grade: string }>(
      `SELECT ${DECISION}, d.org_id AS "orgId", o.name AS org, d.computed_grade AS computed, d.grade FROM grade_exceptions d
       JOIN people p ON p.id = d.decided_by LEFT JOIN people q ON q.id = d.revoked_by JOIN org_units o ON o.id = d.org_id WHERE d.cycle_id = $1 ORDER BY d.id`,
      [cycleId],
    ),
    pool.query<DecisionRow & { quota: string; amount: z.infer<typeof raiseBody>['amount'] }>(
      `SELECT ${DECISION}, d.quota, d.amount FROM quota_raises d JOIN people p ON p.id = d.decided_by LEFT JOIN people q ON q.id = d.revoked_by
       WHERE d.cycle_id = $1 ORDER BY d.id`,
      [cycleId],
    ),
    pool.query<Parameters<typeof gradeRows>[4][number]>(
      `SELECT r.case_id AS "caseId", r.org_id AS "orgId", o.code, r.category, trim_scale(r.score)::text AS score, NULL AS second
       FROM results r JOIN org_units o ON o.id = r.org_id
       WHERE r.cycle_id = $1 AND r.block = (SELECT block FROM results WHERE cycle_id = $1 AND because IS NOT NULL ORDER BY at DESC LIMIT 1)`,
      [cycleId],
    ),
  ]);
  const scheme = template.grades;
  const called = (key: string): Text => {
    const quota = scheme.quotas?.find((one) => one.key === key);
    return quota ? quotaName(scheme, quota) : { zh: key, en: key };
  };
  const graded = rows.rows.length > 0 ? await gradeRows(pool, cycleId, template, 'grades', rows.rows) : null;
  return {
    exceptions: exceptions.rows.map((row) => ({
      ...decisionOf(row),
      org: { id: row.orgId, name: row.org },
      computedGrade: row.computed,
      grade: row.grade,
    })),
    raises: raises.rows.map((row) => ({
      ...decisionOf(row),
      quota: row.quota,
      name: called(row.quota),
      amount: row.amount,
    })),
    quotas: (graded?.quotas ?? []).map(({ kept, quota, category, of, least, most, used }) => ({
      quota,
      name: called(quota),
      category,
      of,
      least,
      most,
      used,
      left: Math.max(0, most - used),
      kept,
    })),
    alarm: graded?.alarm ?? null,
    open: reachesGrades(cycle),
  };
}

const decisionOf = ({
  id,
  reason,
  document,
  by,
  name,
  at,
  revokedBy,
  revoker,
  revokedAt,
  revokedReason,
}: DecisionRow) => ({
  id,
  reason,
  document,
  decidedBy: { id: by, name },
  at: at.toISOString(),
  revoked:
    revokedBy && revokedAt
      ? { by: { id: revokedBy, name: revoker ?? '' }, at: revokedAt.toISOString(), reason: revokedReason ?? '' }
      : null,
});

const wrong = (path: string, zh: string, en: string) => {
  const errors: FieldError[] = [{ path, message: { zh, en } }];
  return problem('input.invalid', { errors });
};
