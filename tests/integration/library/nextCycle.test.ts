import { describe, expect, it } from 'vitest';
import { makeActors } from '../../../server/simulate/actors.ts';
import { launchWorld } from '../../../server/simulate/city.ts';
import { simulateOn } from '../../../server/simulate/index.ts';
import { run } from '../../../server/simulate/run.ts';
import { nothingYet } from '../../../server/simulate/world.ts';
import { verify } from '../../../server/verify/verify.ts';
import { macauAppraisal as template } from '../../../workflows/library/macau-appraisal.ts';
import { makeTestApi } from '../../support/api.ts';
import { rowsOf } from '../../support/engineWorld.ts';

interface Item {
  id: string;
  org_id: string;
  code: string;
  state: string;
  source: string;
  problem: string;
  was: string | null;
}

/** Another seed or another number of units may leave nothing open. */
const SEED = 1;
const DAY = 86_400_000;

describe('what a cycle leaves open', async () => {
  const api = await makeTestApi();
  const { pool } = api.database;
  const itemsOf = (year: number) =>
    rowsOf<Item>(
      pool,
      `SELECT r.id, r.org_id, r.code, r.state, r.source, r.problem, o.code AS was FROM rectification_items r JOIN cycles y ON y.id = r.cycle_id
       LEFT JOIN rectification_items o ON o.id = r.carried_from WHERE y.year = $1 ORDER BY r.org_id, r.code`,
      [year],
    );
  const launch2027 = () => launchWorld({ pool, template, year: 2027, seed: SEED, cases: 2, name: '2027' });
  /** Goes on with 2027 until a day, with everyone at work. */
  const goOn = async (until: Date) => {
    const world = await launch2027();
    const ran = nothingYet();
    try {
      await run(world, ran, makeActors(world, ran), until);
      return world.clock.now();
    } finally {
      await world.engine.close();
    }
  };
  let open: Item[] = [];

  it('is known when the year is over', { timeout: 60_000 }, async () => {
    expect(await simulateOn(pool, { template, year: 2026, seed: SEED, cases: 2 })).toMatchObject({ closed: 2 });
    open = (await itemsOf(2026)).filter(({ state }) => state === 'carried');
    expect(open.length).toBeGreaterThan(0);
  });

  it('seeds the plan of the next cycle, from which none of it can be dropped', { timeout: 60_000 }, async () => {
    const unit = open[0]?.org_id as string;
    const left = open.filter(({ org_id: org }) => org === unit);
    const planOf = () =>
      rowsOf<{ id: string; person: string }>(
        pool,
        `SELECT t.case_id || '.' || t.seat AS id, k.person_id AS person FROM tasks t JOIN cases c ON c.id = t.case_id JOIN cycles y ON y.id = c.cycle_id
         JOIN task_candidates k USING (case_id, seat) WHERE y.year = 2027 AND c.org_id = $1 AND t.block = 'proposeGoals' AND t.state = 'open'`,
        [unit],
      );
    for (let day = Date.UTC(2027, 0, 5); day < Date.UTC(2027, 1, 1) && (await planOf()).length === 0; day += DAY)
      api.clock.set((await goOn(new Date(day))).toISOString());
    const [task] = await planOf();
    if (!task) throw new Error('nobody is asked for a plan');
    await api.directory.reload();
    const person = await api.prisma.person.update({
      where: { id: task.person },
      data: { passwordHash: (await api.signedIn()).person.passwordHash },
    });
    const staff = await api.as(person);
    const { given: table, fields } = (await staff.get(`/tasks/${task.id}`)).body;
    const given = left.map(({ code, problem }) => ({ code: `2026-${code}`, problem, former: expect.any(String) }));
    expect(table.mustCheck).toEqual(given);
    expect(fields.map(({ key }: { key: string }) => key)).toContain('mustCheck');
    const submit = (mustCheck?: object[]) =>
      staff.post(`/tasks/${task.id}/act`, {
        action: 'submit',
        values: { workGoals: '本年度目标', ...(mustCheck && { mustCheck }) },
      });
    const rows = (table.mustCheck as object[]).map((row) => ({ ...row, measure: '本年继续整改到位' }));
    const code = `2026-${left[0]?.code}`;
    for (const dropped of [undefined, [], rows.slice(1)]) {
      const refused = await submit(dropped);
      expect(refused.status).toBe(422);
      expect(refused.body.errors).toContainEqual({
        path: 'mustCheck',
        message: { zh: `缺少规定的一行“${code}”`, en: `the row "${code}" is given and must stay` },
      });
    }
    const added = await submit([...rows, { code: 'X', problem: '自拟', measure: '自拟' }]);
    expect(added.body.errors).toMatchObject([{ path: `mustCheck[${rows.length}].code` }]);
    const silent = await submit(table.mustCheck);
    expect(silent.body.errors).toMatchObject([{ path: 'mustCheck[0].measure' }, ...rows.slice(1).map(() => ({}))]);
    expect((await submit(rows)).status).toBe(200);
  });

  it('is closed there, and the register shows the line from year to year', { timeout: 60_000 }, async () => {
    await goOn(new Date('2028-12-31'));
    expect(await rowsOf(pool, `SELECT FROM cases WHERE status <> 'done'`)).toEqual([]);
    const carried = (await itemsOf(2027)).filter(({ was }) => was !== null);
    expect(carried.map(({ org_id, code, source, was }) => ({ org_id, code, source, was }))).toEqual(
      open.map(({ org_id, code }) => ({ org_id, code: `2026-${code}`, source: 'mustCheck', was: code })),
    );
    const closed = carried.find(({ state }) => state === 'closed');
    if (!closed) throw new Error('none of them was closed');
    const office = await api.signedIn({ roles: ['performanceOffice'] });
    const now = (await office.get(`/rectification/${closed.id}`)).body;
    const before = { code: closed.was, state: 'carried', cycle: { name: expect.stringMatching(/^2026/) } };
    expect(now).toMatchObject({ state: 'closed', cycle: { name: '2027' }, carriedFrom: before, former: [before] });
    const then = (await office.get(`/rectification/${now.carriedFrom.id}`)).body;
    expect(then.carriedTo).toMatchObject({ code: closed.code, state: 'closed', cycle: { name: '2027' } });
    expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
  });
});
