import type { Aggregation, Direction, Frequency } from '../../workflows/indicators/schema.ts';
import type { Colour } from '../../workflows/lights/schema.ts';
import type { Text } from '../../workflows/text.ts';
import type { Sql } from '../db/sql.ts';

/** An indicator of a unit: its definition, target in force, verified values and lights of the year. */
export interface Figure {
  org: string;
  code: string;
  name: Text;
  unit: string;
  direction: Direction;
  frequency: Frequency;
  aggregation: Aggregation;
  formula: string | null;
  /** Where its numbers come from. */
  source: string | null;
  /** The unit that supplies or verifies its values. */
  monitoredBy: string | null;
  weight: string | null;
  target: string | null;
  low: string | null;
  high: string | null;
  /** Verified values only, in order. */
  values: { period: string; endsOn: string; value: string }[];
  /** The last light of each period. */
  lights: { period: string; endsOn: string; colour: Colour | null }[];
}

const plain = (column: string) => `trim_scale(${column})::text`;

/**
 * The indicators that apply to the participants of a cycle, in the order of their plans, in one statement.
 *
 * @param orgIds of these units
 */
export const readFigures = (sql: Sql, cycleId: string, orgIds: readonly string[]): Promise<Figure[]> =>
  sql.query<Figure>(
    `SELECT i.org_id::text AS org, i.code, json_build_object('zh', i.name, 'en', coalesce(i.name_en, i.name)) AS name, i.unit,
       i.direction, i.frequency, i.aggregation, i.formula, i.source, m.name AS "monitoredBy", ${plain('i.weight')} AS weight,
       ${plain('t.value')} AS target, ${plain('coalesce(t.low, i.low)')} AS low, ${plain('coalesce(t.high, i.high)')} AS high,
       coalesce((SELECT json_agg(json_build_object('period', v.period, 'endsOn', v.ends_on, 'value', ${plain('v.verified')}) ORDER BY v.ends_on)
         FROM indicator_values v WHERE v.cycle_indicator_id = i.id AND v.verified IS NOT NULL), '[]') AS values,
       coalesce((SELECT json_agg(json_build_object('period', l.period, 'endsOn', l.ends_on, 'colour', l.colour) ORDER BY l.ends_on) FROM (
         SELECT DISTINCT ON (ends_on) period, ends_on, colour FROM lights WHERE cycle_indicator_id = i.id ORDER BY ends_on, id DESC) l), '[]') AS lights
     FROM cycle_indicators i JOIN cycle_participants p ON p.cycle_id = i.cycle_id AND p.org_id = i.org_id
     LEFT JOIN org_units m ON m.id = i.monitoring_unit_id
     LEFT JOIN LATERAL (SELECT value, low, high FROM indicator_targets t
       WHERE t.cycle_indicator_id = i.id AND t.state = 'approved' ORDER BY t.version DESC LIMIT 1) t ON TRUE
     WHERE i.cycle_id = $1::uuid AND i.applies AND i.org_id = ANY($2::uuid[])
     ORDER BY i.org_id, i.position, i.code`,
    [cycleId, orgIds],
  );
