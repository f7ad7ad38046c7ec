import type { Queryable } from '../engine/rows.ts';

/** What became of the opinions that raters gave of a unit: an improvement goal that was issued to it. */
export interface GoalOf {
  title: string;
  what: string;
  /** What the unit says of it to the public, once it is closed. */
  answer: string | null;
}

/** The goals of a unit, and the layers of raters whose opinions are in them. */
export interface UnitGoals {
  layers: ReadonlySet<string>;
  goals: readonly GoalOf[];
}

/** The goals that a cycle has issued from the opinions of raters, by unit. Who wrote an opinion is on no record: its layer is. */
export async function readGoals(db: Queryable, cycleId: string): Promise<Map<string, UnitGoals>> {
  const { rows } = await db.query<GoalOf & { org: string; layers: string[] }>(
    `SELECT u.org_id AS org, g.title, g.what, ARRAY(SELECT DISTINCT o.layer FROM opinions o WHERE o.goal_id = g.id AND o.layer IS NOT NULL
         AND coalesce(o.org_id, u.org_id) = u.org_id ORDER BY 1) AS layers,
       (SELECT r.public_answer FROM findings f JOIN rectification_items r ON r.finding_id = f.id
        WHERE f.source = 'survey' AND f.source_id = g.id AND f.org_id = u.org_id AND r.state = 'closed' ORDER BY r.id LIMIT 1) AS answer
     FROM improvement_goals g JOIN improvement_goal_units u ON u.goal_id = g.id
     WHERE g.cycle_id = $1 AND g.state = 'issued' AND EXISTS (SELECT FROM opinions o WHERE o.goal_id = g.id) ORDER BY g.number`,
    [cycleId],
  );
  const units = new Map<string, { layers: Set<string>; goals: GoalOf[] }>();
  for (const { org, layers, ...goal } of rows) {
    const unit = units.get(org) ?? { layers: new Set<string>(), goals: [] };
    units.set(org, unit);
    for (const layer of layers) unit.layers.add(layer);
    unit.goals.push(goal);
  }
  return units;
}
