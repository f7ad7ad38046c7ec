import type pg from 'pg';

/** Who stands for the offices of the demo city, who has a task in a department, and both. */
const OFFICE = `(SELECT id FROM people WHERE username = 'office')`;
const STAFF = `(SELECT person_id AS id, c.org_id FROM task_candidates t JOIN cases c ON c.id = t.case_id WHERE c.org_id IS NOT NULL ORDER BY person_id)`;
const BOTH = `(SELECT id FROM ${STAFF} s UNION SELECT id FROM ${OFFICE} o)`;

/** As if people had made it by hand, so that requests find something to read, change and take back. */
const THINGS = [
  `INSERT INTO abnormal_flags (id, cycle_id, org_id, cycle_indicator_id, code, period, rule, kind, because, at)
   SELECT gen_random_uuid(), c.cycle_id, c.org_id, c.id, c.code, v.period, 'jump', 'jump', '{"zh":"突变","en":"a jump"}', now()
   FROM cycle_indicators c JOIN cycles y ON y.id = c.cycle_id AND y.status = 'running' JOIN indicator_values v ON v.cycle_indicator_id = c.id
   WHERE v.state IN ('reported', 'verified') ORDER BY c.code, c.org_id, v.period LIMIT 30`,
  `INSERT INTO delegations (id, person_id, to_id, from_at, until_at, scope, reason, made_by, made_at)
   SELECT gen_random_uuid(), s.id, o.id, now() + interval '1 day', now() + interval '9 days', '{}', '休假', s.id, now()
   FROM ${STAFF} s JOIN ${OFFICE} o ON o.id <> s.id LIMIT 6`,
  `INSERT INTO copies (id, case_id, seat, block, person_id, sent_by, at)
   SELECT gen_random_uuid(), t.case_id, t.seat, t.block, p.id, ${OFFICE}, now()
   FROM (SELECT * FROM tasks ORDER BY case_id, seat LIMIT 10) t CROSS JOIN ${BOTH} p`,
  `INSERT INTO observation_points (id, code, name, org_id)
   SELECT gen_random_uuid(), 'GC' || row_number() OVER (), '观测点', org_id FROM (SELECT DISTINCT org_id FROM ${STAFF} s ORDER BY org_id LIMIT 3) u`,
  `INSERT INTO observers (point_id, person_id) SELECT p.id, o.id FROM observation_points p CROSS JOIN ${BOTH} o`,
  `INSERT INTO observations (id, point_id, observer_id, day, value, remark, at)
   SELECT gen_random_uuid(), point_id, person_id, current_date, 3, '排队较长', now() FROM observers`,
  `INSERT INTO pull_sources (id, name, cycle_id, url, format, every_minutes, next_at, active, made_by, made_at)
   SELECT gen_random_uuid(), '业务系统', y.id, 'http://127.0.0.1:9/values.json', 'json', 60, now() + interval '1 day', false, o.id, now()
   FROM (SELECT id FROM cycles WHERE status = 'running' ORDER BY id) y CROSS JOIN ${OFFICE} o`,
  `INSERT INTO incidents (id, case_id, kind, at, cause, detail, state)
   SELECT gen_random_uuid(), c.id, 'job', now(), '失败', '{"job":{"task":"tell","payload":{}},"attempts":25}', 'open' FROM cases c ORDER BY c.id LIMIT 12`,
  `INSERT INTO indicators (id, code) SELECT gen_random_uuid(), 'KZ' || n FROM generate_series(1, 4) n`,
  `INSERT INTO indicator_versions (indicator_id, version, name, unit, direction, frequency, definition, made_by, made_at)
   SELECT i.id, 1, '办结率', '%', 'up', 'quarter', '{"unit":"%","direction":"up","frequency":"quarter"}', o.id, now() FROM indicators i CROSS JOIN ${OFFICE} o`,
  `INSERT INTO score_runs (id, cycle_id, block, round, state, rule_hash, made_at)
   SELECT gen_random_uuid(), cycle_id, block, round, 'draft', rule_hash, now() FROM score_runs`,
];

/** Puts into a demo city what it has nothing of. */
export const furnish = async (pool: pg.Pool): Promise<void> => {
  for (const sql of THINGS) await pool.query(sql);
};
