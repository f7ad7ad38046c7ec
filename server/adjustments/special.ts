import type { AdjustmentScheme } from '../../workflows/adjustments/schema.ts';
import { refusedBonuses, type SpecialStanding } from '../../workflows/adjustments/special.ts';
import { Exact } from '../../workflows/scoring/exact.ts';
import type { Text } from '../../workflows/text.ts';
import { overPrisma, type Sql } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { inTurn } from '../talk/tell.ts';
import type { AdjustmentRow } from './read.ts';

/** An entry of a goal that counts. */
interface Entry {
  id: string;
  org: string;
  unit: string;
  kind: 'bonus' | 'deduction' | 'veto';
  points: string;
}

/**
 * Whether the bonuses of a special goal still stand once this entry is approved or revoked. Those about the same goal are decided one
 * after the other, so that each sees the ones before.
 * @throws `adjustment.special` with every reason why they do not
 */
export async function checkSpecial(
  db: Database,
  scheme: AdjustmentScheme | undefined,
  row: AdjustmentRow,
  verb: 'approve' | 'revoke',
): Promise<void> {
  const goal = scheme?.items.find(({ key }) => key === row.item)?.goal;
  const special = scheme?.special;
  if (!scheme || !special || goal === undefined) return;
  // What takes points is never refused, and taking a bonus away neither.
  if ((verb === 'approve') !== (row.kind === 'bonus')) return;
  await inTurn(db, `special/${row.cycle_id}/${goal}`);
  const standing = await readStanding(overPrisma(db), row.cycle_id, scheme, goal, (entries) =>
    verb === 'revoke'
      ? entries.filter(({ id }) => id !== row.id)
      : [...entries, { id: row.id, org: row.org_id, unit: row.org_name, kind: row.kind, points: row.points }],
  );
  const refused = refusedBonuses(special, standing);
  if (refused.length === 0) return;
  throw problem('adjustment.special', {
    errors: refused.map((message) => ({ path: verb === 'approve' ? 'points' : 'item', message })),
  });
}

/** How a goal stands by the approved entries, or by what `change` makes of them. */
async function readStanding(
  sql: Sql,
  cycleId: string,
  { items, special }: AdjustmentScheme,
  goal: string,
  change: (entries: Entry[]) => Entry[] = (entries) => entries,
): Promise<SpecialStanding> {
  const own = items.filter((item) => item.goal === goal).map(({ key }) => key);
  const approved = await sql.query<Entry>(
    `SELECT a.id::text, o.id::text AS org, o.name AS unit, a.kind, trim_scale(a.points)::text AS points FROM adjustments a JOIN org_units o ON o.id = a.org_id
     WHERE a.cycle_id = $1::uuid AND a.state = 'approved' AND a.item = ANY($2::text[]) ORDER BY a.id`,
    [cycleId, own],
  );
  const [all] = await sql.query<{ units: number }>(
    `SELECT count(*)::int AS units FROM cycle_participants p LEFT JOIN cases c ON c.id = p.case_id
     WHERE p.cycle_id = $1::uuid AND c.status IS DISTINCT FROM 'cancelled'`,
    [cycleId],
  );
  const entries = change(approved);
  const by = (kind: Entry['kind']) => entries.filter((entry) => entry.kind === kind);
  const bonuses = new Map<string, { unit: string; points: InstanceType<typeof Exact> }>();
  for (const { org, unit, points } of by('bonus'))
    bonuses.set(org, { unit, points: (bonuses.get(org)?.points ?? new Exact(0)).plus(points) });
  return {
    points: special?.goals[goal]?.points ?? '0',
    units: all?.units ?? 0,
    lost: new Set(by('deduction').map(({ org }) => org)).size,
    bonuses: [...bonuses.values()].map(({ unit, points }) => ({ unit, points: points.toFixed() })),
  };
}

/** The special goals of a cycle as they stand now, each with what forbids a bonus for one more unit. */
export async function readGoals(db: Database, cycleId: string, scheme: AdjustmentScheme) {
  const { special } = scheme;
  if (!special) return [];
  const goals: {
    key: string;
    name: Text;
    points: string;
    units: number;
    lost: number;
    bonuses: number;
    refused: Text[];
  }[] = [];
  for (const [key, { name, points }] of Object.entries(special.goals)) {
    const standing = await readStanding(overPrisma(db), cycleId, scheme, key);
    const { units, lost, bonuses } = standing;
    const next = { ...standing, bonuses: [...bonuses, { unit: '', points: '0' }] };
    goals.push({ key, name, points, units, lost, bonuses: bonuses.length, refused: refusedBonuses(special, next) });
  }
  return goals;
}
