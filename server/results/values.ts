import { stopsOf } from '../../workflows/machine/track.ts';
import { blocksOf, type CycleTemplate, PHASES } from '../../workflows/template/schema.ts';

/** The blocks of the same meeting that come before a block of the cycle: what they hand out is not in the cases yet. */
export function earlierInMeeting(template: CycleTemplate, key: string): string[] {
  for (const phase of PHASES)
    for (const stop of stopsOf(template, phase, 'participant')) {
      if (stop.type !== 'await') continue;
      const keys = stop.blocks.map((block) => block.key);
      if (keys.includes(key)) return keys.slice(0, keys.indexOf(key));
    }
  return [];
}

/**
 * SQL for a participant's value of a name, of case `c`: what an earlier block of the meeting has just handed out, else what the
 * case knows. Of a rank it is the score.
 *
 * @param cycle, name, earlier the parameters with the cycle, the name and the keys of the earlier blocks, such as `$1`
 */
export const valueSql = (cycle: string, name: string, earlier: string): string => `(
  SELECT (CASE json_typeof(v.value) WHEN 'object' THEN v.value->>'score' ELSE v.value #>> '{}' END)::numeric FROM (
    SELECT coalesce((SELECT r.handed->${name} FROM results r WHERE r.cycle_id = ${cycle} AND r.case_id = c.id AND r.block = ANY(${earlier}::text[])
        AND r.handed->${name} IS NOT NULL ORDER BY array_position(${earlier}::text[], r.block) DESC LIMIT 1),
      c.snapshot->'context'->'data'->${name}) AS value
  ) v)`;

/** Categories and codes of units that the template's last ranking leaves out: scored, not ranked. */
export const rankExcepted = (template: CycleTemplate): ReadonlySet<string> => {
  const rules = [...blocksOf(template)].flatMap(({ block }) =>
    block.type === 'compute' && block.rule.kind === 'rank' ? [block.rule] : [],
  );
  return new Set(rules.at(-1)?.except ?? []);
};
