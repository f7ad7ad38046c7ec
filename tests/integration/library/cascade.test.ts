import { describe, expect, it } from 'vitest';
import { makeActors } from '../../../server/simulate/actors.ts';
import { launchWorld, publishTemplate, seedCity } from '../../../server/simulate/city.ts';
import { run } from '../../../server/simulate/run.ts';
import { nothingYet } from '../../../server/simulate/world.ts';
import { taxBureau as template } from '../../../workflows/library/tax-bureau.ts';
import { makeTestApi } from '../../support/api.ts';
import { rowsOf } from '../../support/engineWorld.ts';

interface Assigned {
  name: string;
  unit: string;
  target?: string;
  parentId?: string;
}

const DAY = 86_400_000;

describe('what the central office issues', async () => {
  const api = await makeTestApi();
  const { pool } = api.database;
  const goOn = async (until: Date) => {
    // One bureau of each level, one above the other.
    const world = await launchWorld({ pool, template, year: 2026, seed: 1, cases: 3, name: '2026' });
    const ran = nothingYet();
    try {
      await run(world, ran, makeActors(world, ran), until);
    } finally {
      await world.engine.close();
    }
  };

  it('becomes an indicator of every bureau, and its values are rolled up level by level', {
    timeout: 120_000,
  }, async () => {
    await seedCity(api.prisma, template.key);
    await publishTemplate(pool, template, new Date('2026-01-01'));
    await goOn(new Date(Date.UTC(2026, 0, 1) + 3 * DAY));
    const [task] = await rowsOf<{ id: string; person: string }>(
      pool,
      `SELECT t.case_id || '.' || t.seat AS id, k.person_id AS person FROM tasks t JOIN task_candidates k USING (case_id, seat) WHERE t.block = 'issueDemands' AND t.state = 'open'`,
    );
    if (!task) throw new Error('nobody is asked to issue');
    await api.directory.reload();
    api.clock.set('2026-01-05T02:00:00.000Z');
    const person = await api.prisma.person.update({
      where: { id: task.person },
      data: { passwordHash: (await api.signedIn()).person.passwordHash },
    });
    const central = await api.as(person);
    const issue = (demands: object[]) =>
      central.post(`/tasks/${task.id}/act`, { action: 'submit', values: { cityGoals: '本年度重点工作', demands } });
    const demand = {
      demand: '支持小微企业',
      name: '小微企业优惠享受面',
      unit: '%',
      direction: 'up',
      target: '99',
      weight: '20',
    };
    const refused = await issue([{ ...demand, standard: '每低 1 个百分点扣 1 分', unit: '' }]);
    expect([refused.status, refused.body.errors]).toMatchObject([422, [{ path: 'demands[0].unit' }]]);
    const amount = { demand: '稽查挽损', name: '查补收入', unit: '亿元', direction: 'up', target: '12', weight: '5' };
    const rows = [demand, amount].map((row) => ({ ...row, standard: '按完成率计分' }));
    expect((await issue(rows)).status).toBe(200);

    await goOn(new Date('2027-12-31'));
    expect(await rowsOf(pool, `SELECT FROM cases WHERE status <> 'done'`)).toEqual([]);
    const [cycle] = await rowsOf<{ id: string }>(pool, 'SELECT id FROM cycles');
    const office = await api.signedIn({ roles: ['performanceOffice'] });
    const issued = (code: string) => office.get(`/assigned-indicators?cycleId=${cycle?.id}&code=${code}&limit=100`);
    const first = (await issued('D1')).body.items as Assigned[];
    expect(first.map(({ name, unit, target }) => [name, unit, target])).toEqual(
      Array.from({ length: 3 }, () => ['小微企业优惠享受面', '%', '99']),
    );
    expect(first.filter(({ parentId }) => parentId !== undefined)).toHaveLength(2);
    expect((await issued('D3')).body.items).toEqual([]);
    // Percents are averaged, amounts added up; of one bureau below, both are its value.
    const values = await rowsOf<{ code: string; period: string; values: string[]; sources: string[]; linked: number }>(
      pool,
      `SELECT c.code, v.period, array_agg(trim_scale(v.verified)::text ORDER BY p.category) AS values, array_agg(v.source ORDER BY p.category) AS sources,
         count(c.parent_id)::int AS linked
       FROM cycle_indicators c JOIN cycle_participants p ON p.org_id = c.org_id JOIN indicator_values v ON v.cycle_indicator_id = c.id
       WHERE c.code IN ('D1', 'D2') GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    expect(values.map(({ code, period }) => `${code} ${period}`)).toEqual(
      ['D1', 'D2'].flatMap((code) => [1, 2, 3, 4].map((quarter) => `${code} 2026-Q${quarter}`)),
    );
    for (const { values: each, sources, linked } of values) {
      expect(linked).toBe(2);
      expect(sources).toEqual(['task', 'rollUp', 'rollUp']);
      expect(new Set(each).size).toBe(1);
      expect(Number(each[0])).toBeGreaterThan(0);
    }
    // With the standing ones they weigh 100.
    const weights = await rowsOf<{ weight: string; n: number }>(
      pool,
      'SELECT sum(weight)::text AS weight, count(*)::int AS n FROM cycle_indicators GROUP BY org_id',
    );
    expect(weights.map(({ weight, n }) => [Number(weight), n])).toEqual(Array.from({ length: 3 }, () => [100, 7]));
  });
});
