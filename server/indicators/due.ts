import { dueIn } from '../../workflows/indicators/period.ts';
import type { Direction, Frequency } from '../../workflows/indicators/schema.ts';
import { type CycleTemplate, computedCodes } from '../../workflows/template/schema.ts';
import type { Sql } from '../db/sql.ts';
import { BY_HAND } from './byHand.ts';
import { FIGURES } from './score.ts';

/** Units other than the measured one that own an indicator (`c`), alone or jointly. */
const OTHERS = 'array_remove(array_remove(c.joint_owner_ids || c.owner_id, NULL), c.org_id)';
/** Whether an indicator is another unit's alone: the measured one neither owns it nor shares it. */
export const ownedElsewhere = (c: string): string =>
  `(${c}.owner_id IS NOT NULL AND ${c}.owner_id <> ${c}.org_id AND NOT ${c}.org_id = ANY(${c}.joint_owner_ids))`;

interface Row {
  code: string;
  name: string;
  unit: string;
  direction: Direction;
  frequency: Frequency;
  aggregation: string;
  target: string | null;
  weight: string | null;
  previous: string | null;
  owners: string[];
  elsewhere: boolean;
  /** Values that are there, by period. */
  known: Readonly<Record<string, { value: string; state: 'reported' | 'verified' }>> | null;
}

/** An indicator whose value somebody reports by hand for a period. */
export interface DueIndicator extends Omit<Row, 'known'> {
  period: string;
  /** The value that is there already. */
  value: string | null;
  verified: boolean;
}

/** Of whom, and until which day; without one the year. */
export interface DueOf {
  cycleId: string;
  orgId: string;
  template: CycleTemplate;
  year: number;
  endsOn: string | undefined;
}

/** A unit's indicators whose values are due when a period ends, in their order. */
export async function dueIndicators(
  sql: Sql,
  { cycleId, orgId, template, year, endsOn }: DueOf,
): Promise<DueIndicator[]> {
  const computed = computedCodes(template);
  const rows = await sql.query<Row>(
    `SELECT c.code, c.name, c.unit, c.direction, c.frequency, c.aggregation, trim_scale(target.value)::text AS target, trim_scale(c.weight)::text AS weight,
       trim_scale(actual.value)::text AS previous, ${OTHERS}::text[] AS owners, ${ownedElsewhere('c')} AS elsewhere,
       (SELECT json_object_agg(v.period, json_build_object('state', v.state, 'value', trim_scale(CASE v.state WHEN 'verified' THEN v.verified ELSE v.reported END)::text))
        FROM indicator_values v WHERE v.cycle_indicator_id = c.id AND v.state IN ('reported', 'verified')) AS known
     FROM cycle_indicators c ${FIGURES} WHERE c.cycle_id = $1::uuid AND c.org_id = $2::uuid AND c.applies AND ${BY_HAND}
     ORDER BY c.position, c.code`,
    [cycleId, orgId],
  );
  return rows.flatMap(({ known, ...row }): DueIndicator[] => {
    const period = computed.has(row.code) ? undefined : dueIn(row.frequency, year, endsOn);
    if (!period) return [];
    const there = known?.[period.key];
    return [{ ...row, period: period.key, value: there?.value ?? null, verified: there?.state === 'verified' }];
  });
}
