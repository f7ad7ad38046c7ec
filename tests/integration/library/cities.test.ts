import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { makeActors } from '../../../server/simulate/actors.ts';
import { launchWorld } from '../../../server/simulate/city.ts';
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
const goOn = async (pool: pg.Pool, template: CycleTemplate, year: number): Promise<void> => {
  const world = await launchWorld({ pool, template, year, seed: 1, cases: 3, name: String(year) });
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
    for (const { data } of units) {
      expect(data.benchmarkCity).toBeTruthy();
      expect(rowsOf(data.benchmarks)[0]).toMatchObject({
        own: expect.any(String),
        other: expect.any(String),
        trend: expect.any(String),
      });
      const gaps = rowsOf(data.benchmarks).map((row) => {
        const [mine, theirs] = [Number(row.own), Number(row.other)];
        return (100 * (row.direction === 'down' ? theirs - mine : mine - theirs)) / theirs;
      });
      expect(Number(data.meanGap)).toBeCloseTo(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length, 1);
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

describe('zjg-districts', async () => {
  const { pool } = await makeTestDatabase();

  it('gives 1000 points for 14 + 40 + 3 indicators, with growth, progress and an index each month', slow, async () => {
    await playYear(pool, shipped('zjg-districts'), 2);
    const { rows } = await pool.query<{ kind: string; n: number; weight: string }>(
      `SELECT left(code, 1) AS kind, (count(*) / 2)::int AS n, trim_scale(sum(weight) / 2)::text AS weight FROM cycle_indicators GROUP BY 1 ORDER BY 1`,
    );
    expect(rows).toEqual([
      { kind: 'K', n: 14, weight: '420' },
      { kind: 'M', n: 40, weight: '480' },
      { kind: 'S', n: 3, weight: '100' },
    ]);
    for (const { data } of await unitsOf(pool)) {
      const months = rowsOf(data.progressByPeriod);
      expect(months).toHaveLength(12);
      for (const month of months)
        for (const name of ['growth', 'progressRate', 'weightedIndex']) expect(String(month[name])).toMatch(/^-?\d/);
      expect(Number(data.totalScore)).toBeGreaterThan(100);
      expect(Number(data.totalScore)).toBeLessThanOrEqual(1030);
    }
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
  });
});

describe('qingdao-budget', async () => {
  const { pool } = await makeTestDatabase();

  it('scores goals, spending and correction each quarter, and ends with the next budget', slow, async () => {
    expect(await playYear(pool, shipped('qingdao-budget'), 2)).toMatchObject({ ranked: 0, graded: 2 });
    for (const { data } of await unitsOf(pool)) {
      const quarters = rowsOf(data.progressByPeriod);
      expect(quarters).toHaveLength(4);
      for (const { monitorScore, quantityScore, qualityScore, spendingScore, correctionScore, light } of quarters) {
        const score =
          0.25 * Number(quantityScore) +
          0.25 * Number(qualityScore) +
          0.3 * Number(spendingScore) +
          0.2 * Number(correctionScore);
        expect(Math.abs(Number(monitorScore) - score)).toBeLessThan(0.0051);
        const colour = score < 60 ? 'red' : score < 75 ? 'yellow' : score < 90 ? 'blue' : 'green';
        expect(light).toBe(colour);
      }
      expect(data.nextAmount).toBeTruthy();
    }
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
    for (const { data } of await unitsOf(pool)) {
      expect(Number(data.totalScore)).toBeGreaterThanOrEqual(0);
      expect(Number(data.totalScore)).toBeLessThanOrEqual(100);
      expect(rowsOf(data.annualTrend)[0]).toMatchObject({
        thisYear: expect.any(String),
        fiveYears: expect.any(String),
      });
    }
  });
});
