import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { task, template } from '../../support/blocks.ts';
import { expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const office = await api.signedIn({ roles: ['performanceOffice'] });
const clerk = await api.signedIn();
const units = [await buildOrg(api.prisma, { category: 'all' }), await buildOrg(api.prisma, { category: 'all' })];
const [first = '', second = ''] = units.map(({ id }) => id);
const nobody = randomUUID();
let cycleId = '';
let ids: string[] = [];
let goal = '';

const unchanged = async (work: () => Promise<unknown>) => {
  const before = await fingerprint(api.database.pool);
  await work();
  expect(await fingerprint(api.database.pool)).toBe(before);
};

beforeAll(async () => {
  await office.post('/templates', { content: template({ execute: [task('work')] }, { key: 'opinions' }) });
  await office.post('/templates/opinions/versions/1/publish');
  const participants = [first, second].map((orgId) => ({ orgId, category: 'all' }));
  const made = await office.post('/cycles', {
    templateKey: 'opinions',
    version: 1,
    year: 2026,
    name: '2026',
    participants,
  });
  cycleId = made.body.id;
  await api.launcher.settled();
});

it('opinions are taken in and sorted', async () => {
  const opinions = [
    { orgId: first, layer: '市民代表', text: '服务很好' },
    { orgId: first, layer: '企业', text: '材料要得太多' },
    { orgId: second, text: '同一材料重复提交' },
    { text: '希望网上能查进度' },
  ];
  const taken = await office.post('/opinions', { cycleId, opinions });
  expect(taken.status).toBe(201);
  ids = taken.body.ids;
  await unchanged(async () => {
    expectProblem(await clerk.post('/opinions', { cycleId, opinions }), 403, 'permission.denied');
    expectProblem(await office.post('/opinions', { cycleId: nobody, opinions }), 404, 'cycle.unknown');
    expectProblem(
      await office.post('/opinions', { cycleId, opinions: [{ orgId: nobody, text: 'x' }] }),
      422,
      'finding.unit',
    );
    expectProblem(await office.post('/opinions', { cycleId, opinions: [] }), 422, 'input.invalid');
    expectProblem(
      await office.post('/opinions/sort', { cycleId, ids: [ids[0], nobody], sort: 'praise' }),
      422,
      'opinion.unknown',
    );
  });
  expect((await office.post('/opinions/sort', { cycleId, ids: [ids[0]], sort: 'praise' })).status).toBe(204);
  expect((await office.post('/opinions/sort', { cycleId, ids: [ids[1], ids[2]], sort: 'opinion' })).status).toBe(204);
  const list = async (query: string) => (await office.get(`/opinions?cycleId=${cycleId}&${query}`)).body.total;
  expect(
    await Promise.all(['kind=praise', 'kind=opinion', 'kind=unsorted', `orgId=${first}`, 'q=材料'].map(list)),
  ).toEqual([1, 2, 1, 2, 2]);
});

it('several become one improvement goal, confirmed and issued to its units as findings', async () => {
  const body = {
    cycleId,
    title: '减少重复材料',
    what: '三个月内取消重复提交',
    opinions: [ids[1], ids[2]],
    units: [first, second],
  };
  const wrong = async (more: object, status: number, id: string) =>
    expectProblem(await office.post('/improvement-goals', { ...body, ...more }), status, id);
  await unchanged(async () => {
    await wrong({ opinions: [ids[0]] }, 422, 'opinion.unknown');
    await wrong({ opinions: [ids[3]] }, 422, 'opinion.unknown');
    await wrong({ units: [nobody] }, 422, 'finding.unit');
    await wrong({ indicator: 'GDP' }, 422, 'input.invalid');
  });
  const made = await office.post('/improvement-goals', body);
  expect(made).toMatchObject({
    status: 201,
    body: { number: 1, state: 'draft', opinions: 2, units: [{ id: first }, { id: second }] },
  });
  goal = made.body.id;
  await unchanged(async () => {
    await wrong({}, 422, 'opinion.unknown');
    expectProblem(await office.post(`/improvement-goals/${goal}/issue`, {}), 409, 'goal.state');
    expectProblem(await office.post(`/improvement-goals/${nobody}/confirm`), 404, 'goal.unknown');
    expectProblem(
      await office.post('/opinions/sort', { cycleId, ids: [ids[1]], sort: 'praise' }),
      422,
      'opinion.unknown',
    );
  });
  expect((await office.post(`/improvement-goals/${goal}/confirm`)).body.state).toBe('confirmed');
  expect((await office.post(`/improvement-goals/${goal}/issue`, { severity: 'major' })).body.state).toBe('issued');
  expectProblem(await office.post(`/improvement-goals/${goal}/issue`, {}), 409, 'goal.state');
  const findings = (await office.get(`/findings?cycleId=${cycleId}&source=survey&sort=number`)).body.items;
  expect(findings).toMatchObject([
    { what: '减少重复材料', advice: '三个月内取消重复提交', severity: 'major', sourceId: goal, state: 'open' },
    { sourceId: goal },
  ]);
  expect((await office.get(`/improvement-goals?cycleId=${cycleId}`)).body).toMatchObject({
    opinions: 4,
    praise: 1,
    unsorted: 1,
    items: [{ id: goal }],
  });
});
