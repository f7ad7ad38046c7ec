import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { task, template } from '../../support/blocks.ts';
import { expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const office = await api.signedIn({ roles: ['performanceOffice'] });
const observer = await api.signedIn();
const stranger = await api.signedIn();
const { id: orgId } = await buildOrg(api.prisma, { category: 'all' });
const nobody = randomUUID();
let cycleId = '';
let point = '';

const unchanged = async (work: () => Promise<unknown>) => {
  const before = await fingerprint(api.database.pool);
  await work();
  expect(await fingerprint(api.database.pool)).toBe(before);
};

beforeAll(async () => {
  await office.post('/templates', { content: template({ execute: [task('work')] }, { key: 'observed' }) });
  await office.post('/templates/observed/versions/1/publish');
  const participants = [{ orgId, category: 'all' }];
  const made = await office.post('/cycles', {
    templateKey: 'observed',
    version: 1,
    year: 2026,
    name: '2026',
    participants,
  });
  cycleId = made.body.id;
  await api.launcher.settled();
});

it('the office sets observation points and names their observers', async () => {
  const body = { code: 'P-1', name: '政务大厅', place: '人民路 1 号', orgId, observers: [observer.person.id] };
  const made = await office.post('/observation-points', body);
  expect(made).toMatchObject({
    status: 201,
    body: { code: 'P-1', version: 1, observers: [{ id: observer.person.id }], observations: 0 },
  });
  point = made.body.id;
  await unchanged(async () => {
    expectProblem(await observer.post('/observation-points', body), 403, 'permission.denied');
    expectProblem(await office.post('/observation-points', body), 409, 'observationPoint.codeTaken');
    for (const wrong of [{ orgId: nobody }, { observers: [nobody] }, { indicator: 'GDP' }, { code: '=cmd' }])
      expectProblem(await office.post('/observation-points', { ...body, code: 'P-2', ...wrong }), 422, 'input.invalid');
    expectProblem(
      await office.patch(`/observation-points/${nobody}`, { name: '别处' }, 1),
      404,
      'observationPoint.unknown',
    );
    expectProblem(await office.patch(`/observation-points/${point}`, { name: '别处' }, 7), 412, 'version.stale');
  });
  expect((await office.patch(`/observation-points/${point}`, { name: '市政务大厅' }, 1)).body).toMatchObject({
    name: '市政务大厅',
    version: 2,
  });
  expect((await observer.get('/observation-points')).body.items).toMatchObject([{ id: point, can: ['observe'] }]);
  expect((await stranger.get('/observation-points')).body.total).toBe(0);
});

it('observers write down what they see; it may become a finding', async () => {
  const seen = { day: '2026-03-01', value: '35.50', remark: '排队 35 分钟' };
  const made = await observer.post(`/observation-points/${point}/observations`, seen);
  expect(made).toMatchObject({
    status: 201,
    body: { value: '35.5', remark: '排队 35 分钟', observer: { id: observer.person.id } },
  });
  await unchanged(async () => {
    expectProblem(await office.post(`/observation-points/${point}/observations`, seen), 403, 'observation.notYours');
    expectProblem(
      await stranger.post(`/observation-points/${point}/observations`, seen),
      404,
      'observationPoint.unknown',
    );
    for (const wrong of [{ day: '2026-03-03' }, { day: '2026-02-30' }, { value: 'viel' }, { remark: '' }])
      expectProblem(
        await observer.post(`/observation-points/${point}/observations`, { ...seen, ...wrong }),
        422,
        'input.invalid',
      );
    const find = (id: string, more = {}) =>
      office.post(`/observations/${id}/finding`, { cycleId, severity: 'minor', ...more });
    expectProblem(await find(nobody), 404, 'observation.unknown');
    expectProblem(await find(made.body.id, { cycleId: nobody }), 404, 'cycle.unknown');
    expectProblem(await find(made.body.id, { indicator: 'GDP' }), 422, 'input.invalid');
  });
  const found = await office.post(`/observations/${made.body.id}/finding`, { cycleId, severity: 'minor' });
  expect(found).toMatchObject({
    status: 201,
    body: { source: 'observation', sourceId: made.body.id, what: '排队 35 分钟', org: { id: orgId } },
  });
  expect((await office.get(`/observation-points/${point}/observations`)).body).toMatchObject({
    total: 1,
    items: [{ ...made.body, day: '2026-03-01' }],
  });
  const [listed] = (await office.get(`/observation-points/${point}/observations`)).body.items;
  expect(Object.keys(listed).sort()).toEqual(Object.keys(made.body).sort());
  // What is seen where an indicator is observed is its value.
  const indicator = randomUUID();
  await api.prisma.cycleIndicator.create({
    data: {
      ...{ id: indicator, cycleId, orgId, code: 'QUEUE', name: '排队时间', kind: 'common', unit: '分钟' },
      ...{ direction: 'down', frequency: 'month', formula: 'observations.mean' },
    },
  });
  await api.database.pool.query(
    `INSERT INTO indicator_values (cycle_indicator_id, period, ends_on, due_on) VALUES ($1, '2026-02', '2026-02-28', '2026-03-06'), ($1, '2026-03', '2026-03-31', '2026-04-08')`,
    [indicator],
  );
  const hall = { code: 'P-3', name: '二楼大厅', orgId, indicator: 'QUEUE', observers: [observer.person.id] };
  const { id: second } = (await office.post('/observation-points', hall)).body;
  for (const [day, value] of [
    ['2026-02-10', '20.25'],
    ['2026-02-28', '15'],
    ['2026-02-28', undefined],
    ['2026-03-01', '90'],
  ])
    expect(
      (await observer.post(`/observation-points/${second}/observations`, { day, value, remark: '所见' })).status,
    ).toBe(201);
  const values = await api.prisma.indicatorValue.findMany({
    where: { cycleIndicatorId: indicator },
    orderBy: { period: 'asc' },
  });
  expect(values.map(({ period, verified, note }) => [period, verified?.toString(), note])).toEqual([
    ['2026-02', '17.625', { id: 'value.counted', zh: '观测平均值 17.625。', en: 'mean of the observations 17.625.' }],
    ['2026-03', undefined, null],
  ]);
  // A point that is closed is observed no more.
  await office.patch(`/observation-points/${point}`, { active: false }, 2);
  expectProblem(await observer.post(`/observation-points/${point}/observations`, seen), 403, 'observation.notYours');
});
