import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { demoParticipants } from '../../../prisma/seed/index.ts';
import { makePrisma } from '../../../server/db/prisma.ts';
import { groupBy } from '../../../server/indicators/group.ts';
import { makeActors } from '../../../server/simulate/actors.ts';
import { launchWorld, publishTemplate, seedCity } from '../../../server/simulate/city.ts';
import { run } from '../../../server/simulate/run.ts';
import { nothingYet } from '../../../server/simulate/world.ts';
import { isJsonObject, type JsonObject } from '../../../workflows/json.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import { makeTestDatabase } from '../../support/database.ts';
import { expectAppeals, playYear, shipped } from '../../support/shipped.ts';

interface Played {
  code: string;
  category: string;
  data: JsonObject;
}

const unitsOf = async (pool: pg.Pool): Promise<Played[]> =>
  (
    await pool.query<Played>(
      `SELECT o.code, p.category, k.snapshot->'context'->'data' AS data
       FROM cases k JOIN org_units o ON o.id = k.org_id JOIN cycle_participants p ON p.cycle_id = k.cycle_id AND p.org_id = k.org_id
       WHERE k.kind = 'participant' ORDER BY o.code`,
    )
  ).rows;

/** Another year of the same units, to its end. */
const goOn = async (pool: pg.Pool, template: CycleTemplate, year: number, cases = 3): Promise<void> => {
  const world = await launchWorld({ pool, template, year, seed: 1, cases, name: String(year) });
  const ran = nothingYet();
  try {
    await run(world, ran, makeActors(world, ran), new Date(Date.UTC(year + 1, 11, 31)));
  } finally {
    await world.engine.close();
  }
};

/** Units that somebody did a block for. */
const didBlock = async (pool: pg.Pool, block: string): Promise<string[]> =>
  (
    await pool.query<{ code: string }>(
      `SELECT DISTINCT o.code FROM tasks t JOIN cases k ON k.id = t.case_id JOIN org_units o ON o.id = k.org_id
       WHERE t.block = $1 AND t.state = 'done' ORDER BY 1`,
      [block],
    )
  ).rows.map(({ code }) => code);

const usesOf = async (pool: pg.Pool, year = 2026): Promise<Record<string, string[]>> => {
  const { rows } = await pool.query<{ key: string; codes: string[] }>(
    `SELECT u.key, array_agg(o.code ORDER BY o.code) AS codes FROM result_uses u JOIN org_units o ON o.id = u.org_id JOIN cycles y ON y.id = u.cycle_id
     WHERE y.year = $1 GROUP BY u.key`,
    [year],
  );
  return Object.fromEntries(rows.map(({ key, codes }) => [key, codes]));
};

const rowsOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);
const at = (value: unknown, name: string): unknown =>
  isJsonObject(value as JsonObject) ? (value as JsonObject)[name] : undefined;

const slow = { timeout: 240_000 };

describe('t-city', async () => {
  const { pool } = await makeTestDatabase();

  it('consults the public, compares with a city, splits the key task, talks to the last', slow, async () => {
    await playYear(pool, shipped('t-city'), 3);
    const units = await unitsOf(pool);
    expect(await didBlock(pool, 'answerPublic')).toHaveLength(3);
    // What the monitoring unit sees of the benchmark city comes from the register, by the last quarter that both have.
    const { rows: registered } = await pool.query<{ code: string; other: string }>(
      `SELECT code, trim_scale(value)::text AS other FROM benchmarks WHERE place = $1 AND period = '2026-Q4' ORDER BY code`,
      [shipped('t-city').indicators?.benchmark?.place],
    );
    expect(registered.length).toBeGreaterThan(0);
    for (const { code, data } of units) {
      // An appeal may have corrected it since.
      const { rows: verified } = await pool.query<{ code: string; own: string[] }>(
        `SELECT c.code, array_agg(trim_scale(h.verified)::text) AS own FROM cycle_indicators c JOIN indicator_value_changes h ON h.cycle_indicator_id = c.id
         JOIN org_units o ON o.id = c.org_id WHERE o.code = $1 AND h.period = '2026-Q4' AND h.verified IS NOT NULL GROUP BY c.code`,
        [code],
      );
      const own = new Map(verified.map((row) => [row.code, row.own]));
      const rows = rowsOf(data.benchmarks).filter(({ period }) => period === '2026-Q4');
      expect(rows.map((row) => [row.code, row.other])).toEqual(
        registered.flatMap((one) => (own.has(one.code) ? [[one.code, one.other]] : [])),
      );
      for (const row of rows) expect(own.get(String(row.code))).toContain(row.own);
      for (const row of rows) {
        const gap = Number(row.own) - Number(row.other);
        expect(Number(row.gap)).toBeCloseTo(gap, 6);
        expect(Number(row.share)).toBeCloseTo((100 * gap) / Number(row.other), 5);
      }
      expect(rows.some(({ trend }) => ['catchingUp', 'steady', 'fallingBehind'].includes(String(trend)))).toBe(true);
      const shares = rowsOf(data.benchmarks).map(({ share }) => Number(share));
      expect(Number(data.meanGap)).toBeCloseTo(shares.reduce((sum, share) => sum + share, 0) / shares.length, 1);
    }
    const { rows: tasks } = await pool.query<{ code: string; target: string; units: number }>(
      `SELECT c.code, trim_scale(t.value)::text AS target, count(*)::int AS units FROM cycle_indicators c JOIN indicator_targets t ON t.cycle_indicator_id = c.id
       WHERE c.code LIKE 'COMMUNITY%' AND c.parent_id IS NULL GROUP BY c.code, t.value ORDER BY c.code`,
    );
    const builders = units.filter(({ category }) => category === 'construction').length;
    expect(tasks.map(({ code }) => code)).toEqual([
      'COMMUNITY',
      'COMMUNITY.care',
      'COMMUNITY.pipes',
      'COMMUNITY.yards',
    ]);
    expect(tasks.map(({ target }) => target)).toEqual(['20', '85', '85', '85']);
    expect(tasks.every(({ units: n }) => n === builders)).toBe(true);
    const { rows: groups } = await pool.query<{ group: string }>(
      'SELECT DISTINCT s.group_key AS "group" FROM ballots b JOIN ballot_sheets s ON s.id = b.sheet_id ORDER BY 1',
    );
    expect(groups.map(({ group }) => group)).toEqual(expect.arrayContaining(['experts', 'peers', 'self', 'superiors']));
    // What sections take on are parts of their unit's indicators of the same code.
    const { rows: parts } = await pool.query<{ parts: number; wrong: number }>(
      `SELECT count(*)::int AS parts, (count(*) FILTER (WHERE w.id IS NULL OR w.code <> p.code OR w.org_id <> o.parent_id OR w.roll_up IS NULL))::int AS wrong
       FROM cycle_indicators p JOIN org_units o ON o.id = p.org_id LEFT JOIN cycle_indicators w ON w.id = p.parent_id WHERE o.kind = 'section'`,
    );
    expect(parts).toMatchObject([{ wrong: 0 }]);
    expect(parts[0]?.parts).toBeGreaterThan(0);
    // What observers wrote down stands in the public part of the score.
    const { rows: seen } = await pool.query<{ value: string; public: string[] }>(
      `SELECT trim_scale(v.verified)::text AS value, array(SELECT jsonb_path_query(s.explanation::jsonb, '$.**.children[*] ? (@.key == "observed").value') #>> '{}') AS public
       FROM observations x JOIN observation_points p ON p.id = x.point_id
       JOIN cycle_indicators c ON c.org_id = p.org_id AND c.code = p.indicator_code
       JOIN indicator_values v ON v.cycle_indicator_id = c.id AND x.day BETWEEN v.ends_on - 92 AND v.ends_on AND v.verified = x.value
       JOIN cases k ON k.org_id = p.org_id AND k.kind = 'participant' JOIN scores s ON s.case_id = k.id`,
    );
    expect(new Set(seen.map(({ value }) => value)).size).toBeGreaterThan(0);
    for (const { value, public: lines } of seen) {
      const points = Math.min(100, (Number(value) / 90) * 100) * 0.3;
      expect(lines.map((line) => Number(line).toFixed(6))).toContain(points.toFixed(6));
    }
    const last = units
      .filter(({ data }) => at(data.standing, 'rank') === at(data.standing, 'rankOf'))
      .map(({ code }) => code);
    expect(await didBlock(pool, 'interviewSigned')).toEqual(last);
    const years = shipped('t-city').indicators?.keyTasks?.[0]?.years.map(({ amount }) => amount);
    expect(years).toEqual(['20', '15', '15']);
    // A content that too few people are satisfied with is not accepted, and counts for nothing.
    const { rows: contents } = await pool.query<{ satisfied: string; least: string; points: string }>(
      `SELECT trim_scale(v.verified)::text AS satisfied, trim_scale(t.value)::text AS least,
         jsonb_path_query_first(s.explanation::jsonb, '$.**.children[*] ? (@.kind == "part" && @.key == $code)', jsonb_build_object('code', c.code))->>'value' AS points
       FROM cycle_indicators c JOIN indicator_values v ON v.cycle_indicator_id = c.id JOIN indicator_targets t ON t.cycle_indicator_id = c.id
       JOIN scores s ON s.case_id = c.case_id WHERE c.code LIKE 'COMMUNITY.%' AND c.parent_id IS NULL AND v.verified IS NOT NULL`,
    );
    expect(contents.length).toBeGreaterThan(0);
    for (const { satisfied, least, points } of contents)
      expect(Number(points) > 0).toBe(Number(satisfied) >= Number(least));
  });

  it('carries on what a year left of the key task, for three years', slow, async () => {
    const { construction } = shipped('t-city').categories;
    const template = { ...shipped('t-city'), categories: construction ? { construction } : {} };
    for (const year of [2027, 2028]) await goOn(pool, template, year, 2);
    const { rows } = await pool.query<{ year: number; code: string; target: string; done: string }>(
      `SELECT y.year, o.code, trim_scale(t.value)::text AS target, trim_scale(v.verified)::text AS done FROM cycle_indicators c JOIN cycles y ON y.id = c.cycle_id
       JOIN org_units o ON o.id = c.org_id JOIN indicator_targets t ON t.cycle_indicator_id = c.id AND t.version = 1
       JOIN indicator_values v ON v.cycle_indicator_id = c.id AND v.ends_on = make_date(y.year, 12, 31)
       WHERE c.code = 'COMMUNITY' AND c.parent_id IS NULL ORDER BY o.code, y.year`,
    );
    const byUnit = groupBy(rows, ({ code }) => code);
    expect([...byUnit.values()].map((years) => years.map(({ year }) => year))).toContainEqual([2026, 2027, 2028]);
    const split = { 2026: 20, 2027: 15, 2028: 15 } as Record<number, number>;
    for (const years of byUnit.values()) {
      let [planned, reached] = [0, 0];
      for (const { year, target, done } of years) {
        const carried = Math.max(0, planned - reached);
        expect(Number(target)).toBeCloseTo(Math.min(50 - reached, (split[year] ?? 0) + carried), 6);
        planned += split[year] ?? 0;
        reached += Number(done);
      }
    }
    // Something was left in a year, or the test shows nothing.
    expect(rows.some(({ year, target }) => Number(target) > (split[year] ?? 0))).toBe(true);
    // In the last year the unit sees all three, in its plan without that year's and in its self-evaluation with it.
    const seen = (await unitsOf(pool)).flatMap(({ code, data }) => {
      const known = rowsOf(data.keyTaskYears).map(({ year, done }) => [year, done ?? null]);
      const planned = rowsOf(data.keyTaskSoFar).map(({ year, done }) => [year, done ?? null]);
      return known.length > 0 && known.every(([, done]) => done !== null) ? [{ code, known, planned }] : [];
    });
    expect(seen).toHaveLength(1);
    const whole = byUnit.get(seen[0]?.code ?? '') ?? [];
    expect(seen[0]?.known.map(([year]) => year)).toEqual(['2026', '2027', '2028']);
    expect(seen[0]?.planned).toEqual([
      ...whole.slice(0, 2).map(({ year, done }) => [String(year), done]),
      ['2028', null],
    ]);
  });
});

describe('zjg-departments', async () => {
  const { pool } = await makeTestDatabase();
  const { economy } = shipped('zjg-departments').categories;
  const template = { ...shipped('zjg-departments'), categories: economy ? { economy } : {} };

  it('admonishes the bottom two of a category, and supervises what the lights show behind', slow, async () => {
    const report = await playYear(pool, template, 3);
    expect(report.rectified).toBeGreaterThan(0);
    const units = await unitsOf(pool);
    expect(units.map(({ data }) => at(data.standing, 'rankOf'))).toEqual([3, 3, 3]);
    const bottom = units.filter(({ data }) => Number(at(data.standing, 'rank')) >= 2).map(({ code }) => code);
    const uses = await usesOf(pool);
    expect(uses.talk).toEqual(bottom);
    expect(uses.noAwards).toEqual(bottom);
    expect(await didBlock(pool, 'interviewSigned')).toEqual(bottom);
    const withItems = (
      await pool.query<{ code: string }>(
        'SELECT DISTINCT o.code FROM rectification_items r JOIN org_units o ON o.id = r.org_id ORDER BY 1',
      )
    ).rows.map(({ code }) => code);
    expect(uses.mustCheck).toEqual(withItems);
    expect(
      units.filter(({ data }) => (data.itemUses as string[]).includes('mustCheck')).map(({ code }) => code),
    ).toEqual(withItems);
    // The first year: nobody was at the bottom before, and nobody has climbed.
    expect(uses.handOver).toBeUndefined();
    expect(uses.climber).toBeUndefined();
    const { rows } = await pool.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM rectification_items WHERE finding_id IS NOT NULL',
    );
    expect(rows[0]?.n).toBeGreaterThan(0);
    // What the register of lights says of a quarter is what the case went by.
    const { rows: lit } = await pool.query<{ code: string; quarter: string; behind: string[] }>(
      `SELECT o.code, to_char(l.ends_on, 'YYYY"-Q"Q') AS quarter, array_agg(l.code ORDER BY l.code) AS behind FROM (
         SELECT DISTINCT ON (cycle_indicator_id, ends_on) * FROM lights ORDER BY cycle_indicator_id, ends_on, id DESC) l
       JOIN org_units o ON o.id = l.org_id WHERE l.colour IN ('red', 'yellow') GROUP BY 1, 2`,
    );
    const seen = units.flatMap(({ code, data }) =>
      rowsOf(data.progressByPeriod).flatMap(({ item, behind }) =>
        behind ? [{ code, quarter: item, behind: String(behind).split('、').sort() }] : [],
      ),
    );
    expect(seen).toEqual(expect.arrayContaining(lit));
    expect(seen).toHaveLength(lit.length);
    const supervised = new Set(seen.filter(({ quarter }) => !String(quarter).endsWith('Q4')).map(({ code }) => code));
    expect(supervised.size).toBeGreaterThan(0);
    expect(await didBlock(pool, 'supervisionReply')).toEqual([...supervised].sort());
  });

  it(
    'in the second year hands over who was at the bottom twice, honours the climb, looks again at what was closed',
    slow,
    async () => {
      await goOn(pool, template, 2027);
      const standing = async (year: number) =>
        new Map(
          (
            await pool.query<{ code: string; rank: number }>(
              `SELECT o.code, r.rank FROM results r JOIN cycles y ON y.id = r.cycle_id JOIN org_units o ON o.id = r.org_id
             WHERE y.year = $1 AND r.block = 'rankingAgain' ORDER BY o.code`,
              [year],
            )
          ).rows.map(({ code, rank }) => [code, rank]),
        );
      const [first, second] = [await standing(2026), await standing(2027)];
      const uses = await usesOf(pool, 2027);
      const twice = [...second].flatMap(([code, rank]) => (rank >= 2 && (first.get(code) ?? 0) >= 2 ? [code] : []));
      expect(twice.length).toBeGreaterThan(0);
      expect(uses.handOver).toEqual(twice);
      const climbed = [...second].map(([code, rank]) => ({ code, places: (first.get(code) ?? 0) - rank }));
      const most = Math.max(...climbed.map(({ places }) => places));
      const climbers = climbed.flatMap(({ code, places }) => (places > 0 && places === most ? [code] : []));
      expect(uses.climber ?? []).toEqual(climbers);
      // What was closed in the first year stands in the second one's register once more, and not in a third one's.
      const { rows: again } = await pool.query<{ state: string; recheck: boolean; was: string }>(
        `SELECT r.state, r.recheck, old.state AS was FROM rectification_items r JOIN rectification_items old ON old.id = r.carried_from
       JOIN cycles y ON y.id = r.cycle_id WHERE y.year = 2027`,
      );
      const { rows: left } = await pool.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM rectification_items r JOIN cycles y ON y.id = r.cycle_id
       WHERE y.year = 2026 AND (r.state = 'carried' OR (r.state = 'closed' AND r.recheck))`,
      );
      expect(again).toHaveLength(left[0]?.n ?? 0);
      const rechecked = again.filter(({ was }) => was === 'closed');
      expect(rechecked.length).toBeGreaterThan(0);
      expect(rechecked.every(({ state, recheck }) => state !== 'closed' || !recheck)).toBe(true);
      await expectAppeals(pool, template);
    },
  );
});

/** A cycle of the year before of one unit, of which three key indicators are known month by month. */
const seedBefore = async (pool: pg.Pool, template: CycleTemplate): Promise<void> => {
  const prisma = makePrisma(pool);
  await seedCity(prisma, template.key);
  await publishTemplate(pool, template, new Date('2025-01-01'));
  const units = demoParticipants(template.key)
    .slice(0, 1)
    .map(({ orgId }) => orgId);
  await pool.query(
    `WITH before AS (INSERT INTO cycles (id, template_key, template_version, name, year, status, launched_at)
       VALUES (gen_random_uuid(), $1, $2, '2025', 2025, 'closed', '2025-01-01') RETURNING id)
     INSERT INTO cycle_indicators (id, cycle_id, org_id, code, position, name, kind, unit, direction, frequency, aggregation, weight)
     SELECT gen_random_uuid(), before.id, u.id, k.code, k.n, k.code, 'common', k.unit, 'up', 'month', 'toDate', 30
     FROM before CROSS JOIN unnest($3::uuid[]) AS u(id) CROSS JOIN (VALUES ('K01', '亿元', 1), ('K02', '亿元', 2), ('K08', '亿美元', 3)) AS k(code, unit, n)`,
    [template.key, template.version, units],
  );
  await pool.query(
    `INSERT INTO indicator_values (cycle_indicator_id, period, ends_on, due_on, state, verified)
     SELECT c.id, to_char(m, 'YYYY-MM'), (m + interval '1 month - 1 day')::date, (m + interval '1 month')::date, 'verified', 3 * c.position * extract(month FROM m)
     FROM cycle_indicators c CROSS JOIN generate_series('2025-01-01'::timestamp, '2025-12-01', '1 month') AS m`,
  );
};

describe('zjg-districts', async () => {
  const { pool } = await makeTestDatabase();

  it('gives 1000 points for 14 + 40 + 3 indicators, with growth, progress and an index each month', slow, async () => {
    const template = shipped('zjg-districts');
    await seedBefore(pool, template);
    await playYear(pool, template, 2);
    const { rows } = await pool.query<{ kind: string; n: number; weight: string }>(
      `SELECT left(code, 1) AS kind, (count(*) / 2)::int AS n, trim_scale(sum(weight) / 2)::text AS weight FROM cycle_indicators c JOIN cycles y ON y.id = c.cycle_id WHERE y.year = 2026 GROUP BY 1 ORDER BY 1`,
    );
    expect(rows).toEqual([
      { kind: 'K', n: 14, weight: '420' },
      { kind: 'M', n: 40, weight: '480' },
      { kind: 'S', n: 3, weight: '100' },
    ]);
    const known: boolean[] = [];
    for (const { code, data } of await unitsOf(pool)) {
      const months = rowsOf(data.progressByPeriod);
      expect(months).toHaveLength(12);
      // Once more, from the verified values of both years.
      const { rows: figures } = await pool.query<Record<'month' | 'growth' | 'rate' | 'index', string | null>>(
        `WITH known AS (
           SELECT v.period AS month, c.weight, c.direction, 100 * v.verified / t.value AS share, 100 * (v.verified - b.verified) / b.verified AS grown
           FROM cycle_indicators c JOIN cycles y ON y.id = c.cycle_id AND y.year = 2026 JOIN org_units o ON o.id = c.org_id AND o.code = $1
           JOIN indicator_targets t ON t.cycle_indicator_id = c.id AND t.version = 1 JOIN indicator_values v ON v.cycle_indicator_id = c.id AND v.verified IS NOT NULL
           LEFT JOIN cycle_indicators f ON f.org_id = c.org_id AND f.code = c.code AND f.cycle_id <> c.cycle_id
           LEFT JOIN indicator_values b ON b.cycle_indicator_id = f.id AND b.ends_on = v.ends_on - 365 WHERE c."group" = 'key'
         ), counted AS (SELECT *, greatest(0, CASE direction WHEN 'down' THEN 200 - share ELSE share END) AS reached FROM known)
         SELECT month, round(sum(grown * weight) FILTER (WHERE direction = 'up') / sum(weight) FILTER (WHERE direction = 'up' AND grown IS NOT NULL), 2)::text AS growth,
           round(avg(reached), 2)::text AS rate, round(sum(reached * weight) / sum(weight), 2)::text AS index FROM counted GROUP BY month ORDER BY month`,
        [code],
      );
      known.push(figures.every(({ growth }) => growth !== null));
      months.forEach((month, i) => {
        const { growth, rate, index } = figures[i] ?? {};
        const told = [month.growth, month.progressRate, month.weightedIndex].map((one) =>
          one === null ? null : Number(one),
        );
        [growth, rate, index].forEach((figure, at) => {
          if (figure === null) expect(told[at]).toBeNull();
          // December may have been corrected on appeal since.
          else if (i < 11) expect(told[at]).toBeCloseTo(Number(figure), 1);
        });
        expect(String(month.keyProgress)).toContain('地区生产总值：进度');
      });
      expect(Number(data.totalScore)).toBeGreaterThan(100);
      expect(Number(data.totalScore)).toBeLessThanOrEqual(1030);
    }
    // Growth where there was a cycle before; without one there is none.
    expect(known.sort()).toEqual([false, true]);
  });
});

describe('zjj-five-links', async () => {
  const { pool } = await makeTestDatabase();

  it('goes through five links and keeps its rules as documents of the cycle', slow, async () => {
    await playYear(pool, shipped('zjj-five-links'), 2);
    const { rows } = await pool.query<{ keys: string[] }>(
      `SELECT array(SELECT d->>'key' FROM json_array_elements(t.content->'documents') d) AS keys
       FROM cycles y JOIN templates t ON t.key = y.template_key AND t.version = y.template_version`,
    );
    expect(rows[0]?.keys).toEqual(['organisation', 'indicators', 'assessment', 'assurance']);
  });
});

describe('hangzhou-3plus1', async () => {
  const { pool } = await makeTestDatabase();

  it('weighs layers of raters, leaves courts unranked, and answers opinions in public', slow, async () => {
    expect(await playYear(pool, shipped('hangzhou-3plus1'), 3)).toMatchObject({ ranked: 2, graded: 3 });
    const outside = (await unitsOf(pool)).filter(({ category }) => category === 'outside');
    expect(outside.map(({ data }) => at(data.standing, 'rank') ?? null)).toEqual([null]);
    const { rows } = await pool.query<{ closed: number; answered: number }>(
      `SELECT count(*)::int AS closed, count(public_answer)::int AS answered FROM rectification_items WHERE state = 'closed'`,
    );
    expect(rows[0]?.closed).toBeGreaterThan(0);
    expect(rows[0]?.answered).toBe(rows[0]?.closed);
    // Whatever raters wrote about a unit is in a goal that was issued, and each of these is an item of the unit's.
    const { rows: written } = await pool.query<{ sheets: number; followed: number; opinions: number }>(
      `SELECT count(*)::int AS opinions, count(*) FILTER (WHERE o.layer IS NOT NULL)::int AS sheets,
         count(*) FILTER (WHERE EXISTS (SELECT FROM findings f JOIN rectification_items r ON r.finding_id = f.id
           WHERE f.source = 'survey' AND f.source_id = o.goal_id AND f.org_id = o.org_id))::int AS followed
       FROM opinions o WHERE o.org_id IS NOT NULL AND coalesce(o.sort, '') <> 'praise'`,
    );
    expect(written[0]?.sheets).toBeGreaterThan(0);
    expect(written[0]?.followed).toBe(written[0]?.opinions);
    const { rows: solved } = await pool.query<{ counted: string[]; computed: string[] }>(
      `SELECT array(SELECT org_id || '/' || count(*) FILTER (WHERE state = 'solved' AND solved_at <= due_at AND level = 'unit') * 100 / count(*)
           FROM complaints WHERE indicator_code = 'H4' GROUP BY org_id, date_trunc('quarter', received_at) ORDER BY 1) AS counted,
         array(SELECT c.org_id || '/' || trim_scale(v.verified) FROM indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id
           WHERE c.code = 'H4' AND v.verified IS NOT NULL ORDER BY 1) AS computed`,
    );
    expect(solved[0]?.computed).toEqual(solved[0]?.counted);
    // Of three units none may be given a bonus for a special goal (a tenth of them is none); who did badly lost points.
    const { rows: special } = await pool.query<{ kind: string; state: string; points: string }>(
      `SELECT DISTINCT kind, state, trim_scale(points)::text AS points FROM adjustments WHERE item_group = 'special' ORDER BY 1, 2, 3`,
    );
    expect(special).toContainEqual({ kind: 'bonus', state: 'rejected', points: '0.5' });
    expect(special.filter(({ kind }) => kind === 'bonus')).toHaveLength(1);
    const { rows: lines } = await pool.query<{ lost: string; line: string }>(
      `SELECT trim_scale(least(1, sum(a.points)))::text AS lost, (SELECT DISTINCT x->>'value' FROM scores s JOIN score_runs r ON r.id = s.run_id AND r.block = 'scoringAgain',
         jsonb_path_query(s.explanation::jsonb, '$.**.children[*] ? (@.kind == "ledger" && @.key == "special" && @.as == "of")') x
         WHERE s.case_id = a.case_id LIMIT 1) AS line
       FROM adjustments a WHERE item_group = 'special' AND kind = 'deduction' AND state = 'approved' GROUP BY a.case_id`,
    );
    for (const { lost, line } of lines) expect(line).toBe(lost);
  });

  const satisfied = async () =>
    new Map(
      (
        await pool.query<{ code: string; value: string | null }>(
          `SELECT o.code, k.snapshot->'context'->'data'->>'goalSatisfaction' AS value FROM cases k JOIN org_units o ON o.id = k.org_id
           JOIN cycles y ON y.id = k.cycle_id WHERE k.kind = 'participant' AND y.year = 2026`,
        )
      ).rows.map(({ code, value }) => [code, value]),
    );

  it('asks the raters again whose opinions became goals, once these are checked', async () => {
    // Who was asked about which unit, and whose opinions are in its goals; opinions that came without a layer are everybody's to look at.
    const { rows: asked } = await pool.query<{ code: string; asked: string[]; wrote: string[]; early: number }>(
      `SELECT o.code, array(SELECT DISTINCT s.layer FROM ballot_sheets s JOIN ballot_targets t ON t.sheet_id = s.id
           WHERE s.group_key = 'revisit' AND t.case_id = k.id ORDER BY 1) AS asked,
         array(SELECT DISTINCT w.layer FROM opinions w JOIN improvement_goals g ON g.id = w.goal_id AND g.state = 'issued'
           WHERE w.org_id = k.org_id AND w.layer IS NOT NULL ORDER BY 1) AS wrote,
         (SELECT count(*)::int FROM ballot_rounds r JOIN cases i ON i.parent_id = k.id JOIN tasks t ON t.case_id = i.id AND t.block LIKE 'rectify%' AND t.closed_at > r.opened_at
           WHERE 'revisit' = ANY(r.groups)) AS early
       FROM cases k JOIN org_units o ON o.id = k.org_id WHERE k.kind = 'participant' AND EXISTS (
         SELECT FROM improvement_goal_units u WHERE u.org_id = k.org_id) ORDER BY o.code`,
    );
    expect(asked.length).toBeGreaterThan(0);
    const all = ['delegates', 'enterprises', 'grassRoots', 'residents'];
    for (const unit of asked) {
      expect(unit.asked).toEqual(unit.wrote.length > 0 ? unit.wrote : all);
      expect(unit.early).toBe(0);
    }
    // The mean of the layers that were heard, by their weights; nothing where no layer has three votes.
    const { rows: votes } = await pool.query<{ code: string; layer: string; n: number; mean: string }>(
      `SELECT o.code, s.layer, count(*)::int AS n, avg(b.value)::text AS mean FROM ballots b JOIN ballot_sheets s ON s.id = b.sheet_id
       JOIN cases k ON k.id = b.case_id JOIN org_units o ON o.id = k.org_id
       WHERE s.group_key = 'revisit' AND s.state = 'submitted' AND b.value IS NOT NULL GROUP BY 1, 2 HAVING count(*) >= 3`,
    );
    const weights: Record<string, number> = { delegates: 30, enterprises: 20, residents: 30, grassRoots: 20 };
    const values = await satisfied();
    for (const [code, value] of values) {
      const heard = votes.filter((vote) => vote.code === code);
      const total = heard.reduce((sum, { layer }) => sum + (weights[layer] ?? 0), 0);
      const mean = heard.reduce((sum, { layer, mean: of }) => sum + (weights[layer] ?? 0) * Number(of), 0) / total;
      if (total === 0) expect(value).toBeNull();
      else expect(Number(value)).toBeCloseTo(mean, 6);
    }
    expect([...values.values()].some((value) => value !== null)).toBe(true);
    // It is beside the results: the unit's score is what it was.
    const { rows: results } = await pool.query(
      `SELECT FROM results WHERE block = 'revisited' AND (score IS NOT NULL OR rank IS NOT NULL)`,
    );
    expect(results).toEqual([]);
  });

  it('counts what they say in the score of the year in which it was rectified', slow, async () => {
    await goOn(pool, shipped('hangzhou-3plus1'), 2027);
    const before = await satisfied();
    const { rows } = await pool.query<{ code: string; line: { value: string | null }[] }>(
      `SELECT o.code, jsonb_path_query_array(s.explanation::jsonb, '$.**.inputs[*] ? (@.source == "values.formerSatisfaction")') AS line
       FROM scores s JOIN score_runs r ON r.id = s.run_id AND r.state = 'accepted' AND r.block = 'scoring' JOIN cases k ON k.id = s.case_id
       JOIN org_units o ON o.id = k.org_id JOIN cycles y ON y.id = k.cycle_id WHERE y.year = 2027 ORDER BY o.code`,
    );
    expect(rows).toHaveLength(3);
    for (const { code, line } of rows)
      expect([...new Set(line.map(({ value }) => value))]).toEqual([before.get(code) ?? null]);
    const open = await pool.query(`SELECT FROM cases WHERE status <> 'done'`);
    expect(open.rows).toEqual([]);
  });
});

describe('qingdao-budget', async () => {
  const { pool } = await makeTestDatabase();

  it('scores goals, spending and correction each quarter, and ends with the next budget', slow, async () => {
    expect(await playYear(pool, shipped('qingdao-budget'), 2)).toMatchObject({ ranked: 0, graded: 2 });
    const { rows: lit } = await pool.query<{
      org: string;
      quarter: string;
      code: string;
      reported: string;
      value: string;
      colour: string;
    }>(
      `SELECT o.code AS org, v.period AS quarter, c.code, trim_scale(v.reported)::text AS reported, trim_scale(v.verified)::text AS value, l.colour
       FROM cycle_indicators c JOIN indicator_values v ON v.cycle_indicator_id = c.id JOIN org_units o ON o.id = c.org_id
       LEFT JOIN LATERAL (SELECT colour FROM lights l WHERE l.cycle_indicator_id = c.id AND l.ends_on = v.ends_on ORDER BY l.id DESC LIMIT 1) l ON TRUE
       WHERE v.period LIKE '%-Q_' AND c.applies`,
    );
    const SCORES = { JK1: 'quantityScore', JK2: 'qualityScore', JK3: 'spendingScore', JK4: 'correctionScore' };
    const order = ['red', 'yellow', 'blue', 'green'];
    for (const { code: org, data } of await unitsOf(pool)) {
      const quarters = rowsOf(data.progressByPeriod);
      expect(quarters).toHaveLength(4);
      for (const { item, light, ...scores } of quarters) {
        const own = lit.filter((row) => row.org === org && row.quarter === item);
        // What is monitored are indicators with values and lights of their own; nobody reports them.
        for (const [code, name] of Object.entries(SCORES)) {
          const row = own.find((one) => one.code === code);
          const score = Number(scores[name]);
          expect(Number(row?.reported)).toBe(score);
          const value = Number(row?.value);
          expect(row?.colour).toBe(value < 60 ? 'red' : value < 75 ? 'yellow' : value < 90 ? 'blue' : 'green');
        }
        expect(own.length).toBeGreaterThan(4);
        // What an appeal corrected later was lit anew.
        if (own.every(({ reported, value }) => reported === value))
          expect(light).toBe(order.find((colour) => own.some((row) => row.colour === colour)));
        const weights = { quantityScore: 0.25, qualityScore: 0.25, spendingScore: 0.3, correctionScore: 0.2 };
        const sum = Object.entries(weights).reduce((total, [name, weight]) => total + weight * Number(scores[name]), 0);
        expect(Math.abs(Number(scores.monitorScore) - sum)).toBeLessThan(0.0051);
      }
      expect(data.nextAmount).toBeTruthy();
    }
    // Red and yellow stand in the register of supervision, and the case asked for a written answer.
    const { rows: noted } = await pool.query<{ noted: string[]; behind: string[]; units: string[] }>(
      `SELECT array(SELECT DISTINCT cycle_indicator_id || period FROM warnings WHERE kind = 'supervise' AND state = 'noted' ORDER BY 1) AS noted,
         array(SELECT DISTINCT l.cycle_indicator_id || l.period FROM lights l WHERE colour IN ('red', 'yellow') ORDER BY 1) AS behind,
         array(SELECT DISTINCT o.code FROM lights l JOIN org_units o ON o.id = l.org_id WHERE colour IN ('red', 'yellow') AND period NOT LIKE '%-Q4' ORDER BY 1) AS units`,
    );
    expect(noted[0]?.behind.length).toBeGreaterThan(0);
    expect(noted[0]?.noted).toEqual(noted[0]?.behind);
    expect(await didBlock(pool, 'supervisionReply')).toEqual(noted[0]?.units);
  });
});

describe('nyc-mmr', async () => {
  const { pool } = await makeTestDatabase();

  it('judges targets by direction, month by month, and ranks nobody', slow, async () => {
    expect(await playYear(pool, shipped('nyc-mmr'), 2)).toMatchObject({ ranked: 0, graded: 0 });
    const { rows: lit } = await pool.query<{ colour: string }>('SELECT DISTINCT colour FROM lights ORDER BY 1');
    expect(lit.map(({ colour }) => colour)).toEqual(expect.arrayContaining(['green', 'yellow']));
    const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM results WHERE rank IS NOT NULL');
    expect(rows).toEqual([{ n: 0 }]);
    const { rows: values } = await pool.query<{ months: number }>(
      `SELECT count(*)::int AS months FROM indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id WHERE v.verified IS NOT NULL AND c.code LIKE 'MMR%'
       GROUP BY c.id`,
    );
    expect(values.length).toBeGreaterThan(0);
    expect(values.every(({ months }) => months === 12)).toBe(true);
    const { rows: counted } = await pool.query<{ requests: number; complaints: number }>(
      `SELECT (SELECT sum(v.verified)::int FROM indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id WHERE c.code = 'R311') AS requests,
         (SELECT count(*)::int FROM complaints) AS complaints`,
    );
    expect(counted[0]?.requests).toBe(counted[0]?.complaints);
    expect(await didBlock(pool, 'preliminaryReport')).toHaveLength(2);
    expect(await didBlock(pool, 'annualReport')).toHaveLength(2);
    let trends = 0;
    for (const { code, data } of await unitsOf(pool)) {
      expect(Number(data.totalScore)).toBeGreaterThanOrEqual(0);
      expect(Number(data.totalScore)).toBeLessThanOrEqual(100);
      const { rows: known } = await pool.query<{ code: string; year: number; value: string }>(
        `SELECT h.code, h.year, trim_scale(h.value)::text AS value FROM indicator_history h JOIN org_units o ON o.id = h.org_id WHERE o.code = $1 AND h.year >= 2021`,
        [code],
      );
      const trend = rowsOf(data.annualTrend);
      for (const { code: indicator, year, value } of known)
        expect(Number(trend.find((row) => row.code === indicator)?.[`y${2026 - year}`])).toBeCloseTo(Number(value), 5);
      for (const row of trend.filter((one) => known.some((each) => each.code === one.code))) {
        const before = ['y5', 'y4', 'y3', 'y2', 'y1'].flatMap((year) =>
          row[year] === undefined ? [] : [Number(row[year])],
        );
        const mean = before.reduce((sum, one) => sum + one, 0) / before.length;
        const better = row.direction === 'down' ? Number(row.thisYear) <= mean : Number(row.thisYear) >= mean;
        expect(row.fiveYears).toBe(better ? 'improving' : 'notImproving');
        trends += 1;
      }
    }
    expect(trends).toBeGreaterThan(0);
  });
});
