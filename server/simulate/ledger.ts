import { createHash, randomUUID } from 'node:crypto';
import type { AdjustmentItem } from '../../workflows/adjustments/schema.ts';
import { SPECIAL_GOALS } from '../../workflows/library/parts/special.ts';
import { Exact } from '../../workflows/scoring/exact.ts';
import { decideAdjustment, FILES_FIELD, proposeAdjustment } from '../adjustments/write.ts';
import type { Holder } from '../auth/me.ts';
import { abilitiesOf } from '../auth/policy.ts';
import { ProblemError } from '../http/problem.ts';
import { qualityOf } from './desks.ts';
import type { World } from './world.ts';

interface Unit {
  id: string;
  caseId: string;
}

/** So many units do badly in a special goal. */
const LOST = 0.22;
const DETAIL = '专项目标考核明细';

/**
 * While the special goals of a template are judged: whoever leads them proposes what each unit loses and gains, a little more than the
 * rule allows; the office approves, and rejects what it may not approve. Once in a cycle, through the ledger's own functions.
 */
export function makeLedger({ pool, prisma, cycleId, template, clock, draw }: World): () => Promise<void> {
  const { adjustments: scheme } = template;
  const goals = Object.entries(scheme?.special?.goals ?? {});
  let done = goals.length === 0;
  if (done) return async () => undefined;
  const items = scheme?.items ?? [];

  const holder = async (role: string): Promise<Holder | null> => {
    const { rows } = await pool.query<{ id: string; house: string }>(
      'SELECT p.id, p.org_id AS house FROM roles r JOIN people p ON p.id = r.person_id WHERE r.role = $1 AND r.org_id IS NULL AND p.active ORDER BY p.id LIMIT 1',
      [role],
    );
    const roles = [{ role, orgId: null, orgName: null }];
    return rows[0]
      ? {
          id: rows[0].id,
          house: [rows[0].house],
          sees: [rows[0].house],
          roles,
          abilities: abilitiesOf(roles),
          standsIn: [],
          clearance: 1,
        }
      : null;
  };
  const enter = async (
    { lead, office, now }: { lead: Holder; office: Holder; now: Date },
    unit: Unit,
    { key }: AdjustmentItem,
    points?: string,
  ): Promise<void> => {
    const id = await prisma.$transaction(async (db) => {
      // The row of a file: a simulated city has no folder to keep it in.
      const file = await db.evidence.create({
        data: {
          id: randomUUID(),
          caseId: unit.caseId,
          seat: 0,
          field: FILES_FIELD,
          name: `${DETAIL}.txt`,
          mime: 'text/plain',
          size: Buffer.byteLength(DETAIL),
          sha256: createHash('sha256').update(DETAIL).digest('hex'),
          uploadedBy: lead.id,
          at: now,
        },
      });
      const body = { orgId: unit.id, item: key, reason: DETAIL, evidence: [file.id], ...(points && { points }) };
      return proposeAdjustment(db, cycleId, body, lead, now);
    });
    const decide = (verb: 'approve' | 'reject', reason?: string) =>
      prisma.$transaction((db) => decideAdjustment(db, id, verb, reason, office, now));
    try {
      await decide('approve');
    } catch (error) {
      if (!(error instanceof ProblemError) || error.id !== 'adjustment.special') throw error;
      await decide('reject', '不符合专项目标加分规定。');
    }
  };

  return async () => {
    if (done) return;
    const open = await pool.query(
      `SELECT FROM tasks t JOIN cases k ON k.id = t.case_id WHERE k.cycle_id = $1 AND t.block = $2 AND t.state = 'open' LIMIT 1`,
      [cycleId, SPECIAL_GOALS],
    );
    if (open.rowCount === 0) return;
    done = true;
    const { rows: units } = await pool.query<Unit>(
      `SELECT p.org_id AS id, p.case_id AS "caseId" FROM cycle_participants p JOIN cases c ON c.id = p.case_id JOIN org_units o ON o.id = p.org_id
       WHERE p.cycle_id = $1 AND c.status = 'active' ORDER BY o.code`,
      [cycleId],
    );
    const office = await holder('performanceOffice');
    const now = clock.now();
    for (const [goal, { points }] of goals) {
      const own = items.filter((item) => item.goal === goal);
      const lead = await holder(own[0]?.propose?.[0] ?? 'performanceOffice');
      const [bonus, poor, bad] = [
        own.find(({ kind }) => kind === 'bonus'),
        ...own.filter(({ kind }) => kind === 'deduction'),
      ];
      if (!lead || !office || !bonus || !poor) continue;
      const ranked = units.toSorted((a, b) => qualityOf(draw, b.id) - qualityOf(draw, a.id));
      const lost = units.filter(({ id }) => draw('special', goal, id) < LOST);
      for (const unit of lost)
        await enter({ lead, office, now }, unit, qualityOf(draw, unit.id) < 0.78 ? (bad ?? poor) : poor);
      const most = new Exact(points).times(scheme?.special?.bonus ?? '0').toFixed();
      const good = ranked.filter((unit) => !lost.includes(unit)).slice(0, Math.ceil(units.length / 10));
      for (const unit of good) await enter({ lead, office, now }, unit, bonus, most);
    }
  };
}
