import { expect, it } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { task, template } from '../../support/blocks.ts';
import { expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';
import { startTestWorker } from '../../support/testWorker.ts';

const api = await makeTestApi();
const office = await api.signedIn({ roles: ['performanceOffice'] });
const clerk = await api.signedIn({});
const org = await buildOrg(api.prisma, { category: 'all' });
await api.prisma.orgUnit.update({ where: { id: org.id }, data: { headId: clerk.person.id } });
await api.directory.reload();

interface Day {
  day: string;
  working: boolean;
  name: string;
}
const read = async () =>
  (await office.get('/calendar?year=2026')).body as { days: Day[]; knownUntil: string; version: number };
const set = (body: object, version: number, year = 2026) => office.put(`/calendar/${year}`, body, { ifMatch: version });
const holiday: Day = { day: '2026-03-04', working: false, name: '市运会' };

it('moves the open dates of every case when a day becomes a holiday, and says so beforehand', async () => {
  const content = template(
    { plan: [task('draft', { who: [{ kind: 'head' }], deadline: { from: 'opened', workingDays: 3 }, remind: [-1] })] },
    { key: 'moved' },
  );
  await office.post('/templates', { content });
  await office.post('/templates/moved/versions/1/publish', {});
  const launched = await office.post('/cycles', {
    templateKey: 'moved',
    version: 1,
    year: 2026,
    name: 'moved',
    participants: [{ orgId: org.id, category: 'all' }],
  });
  expect(launched.status).toBe(202);
  await api.launcher.settled();
  const due = async () => (await clerk.get('/tasks')).body.items[0].dueAt;
  expect(await due()).toBe('2026-03-05T10:00:00.000Z');

  const before = await read();
  const days = [...before.days, holiday];
  const body = { days, knownUntil: before.knownUntil };
  const was = await fingerprint(api.database.pool);
  const preview = await office.post('/calendar/2026/preview', body);
  expect(preview.body).toMatchObject({
    cases: 1,
    moved: 2,
    rows: [
      {
        what: 'deadline',
        block: 'draft',
        blockName: { zh: 'draft', en: 'draft' },
        from: '2026-03-05T10:00:00.000Z',
        to: '2026-03-06T10:00:00.000Z',
        provisional: false,
      },
      { what: 'timer', rung: -1 },
    ],
  });
  expect(await fingerprint(api.database.pool)).toBe(was);

  const written = await set(body, before.version);
  expect(written).toMatchObject({ status: 200, body: { version: before.version + 1 } });
  expect((await read()).days).toContainEqual(holiday);
  startTestWorker(api, { calendar: api.calendar });
  await expect.poll(due, { timeout: 20_000 }).toBe('2026-03-06T10:00:00.000Z');
  const { caseId } = (await clerk.get('/tasks')).body.items[0];
  const [last] = (await office.get(`/cases/${caseId}/timeline`)).body.items.slice(-1);
  expect(last).toMatchObject({ type: 'redate', text: { zh: '工作日历有变，2 个期限与提醒已重新计算' } });
});

it('lets deadlines fall due when the unit’s own working day ends', async () => {
  const admin = await api.signedIn({ roles: ['systemAdministrator'] });
  const early = await buildOrg(api.prisma, { category: 'all', headId: clerk.person.id });
  const { version } = (await admin.get(`/orgs/${early.id}`)).body;
  expectProblem(await admin.patch(`/orgs/${early.id}`, { dayEnd: '25:00' }, version), 422, 'input.invalid');
  const changed = await admin.patch(`/orgs/${early.id}`, { dayEnd: '17:30' }, version);
  expect(changed).toMatchObject({ status: 200, body: { dayEnd: '17:30' } });
  const launched = await office.post('/cycles', {
    templateKey: 'moved',
    version: 1,
    year: 2026,
    name: 'early',
    participants: [{ orgId: early.id, category: 'all' }],
  });
  await api.launcher.settled();
  const [task] = (await clerk.get(`/tasks?cycleId=${launched.body.id}`)).body.items;
  expect(task.dueAt).toBe('2026-03-06T09:30:00.000Z');
});

it('tells the other nodes', async () => {
  const before = await read();
  const client = await api.database.pool.connect();
  try {
    await client.query('LISTEN bihuan_calendar');
    const told = new Promise((resolve) => client.once('notification', ({ channel }) => resolve(channel)));
    expect((await set({ days: before.days, knownUntil: before.knownUntil }, before.version)).status).toBe(200);
    expect(await told).toBe('bihuan_calendar');
  } finally {
    client.release(true);
  }
});

it('refuses what is wrong and leaves everything as it is', async () => {
  const { days, knownUntil, version } = await read();
  const was = await fingerprint(api.database.pool);
  const body = { days, knownUntil };
  const wrong = (given: object) => set({ ...body, ...given }, version);
  expectProblem(await clerk.put('/calendar/2026', body, { ifMatch: version }), 403, 'permission.denied');
  expectProblem(await clerk.post('/calendar/2026/preview', body), 403, 'permission.denied');
  expectProblem(await office.put('/calendar/2026', body), 428, 'version.required');
  expectProblem(await set(body, version - 1), 412, 'version.stale');
  expectProblem(await set(body, version, 1999), 422, 'input.invalid');
  expectProblem(await set({ days: [], knownUntil }, version, 2999), 422, 'calendar.outside');
  expectProblem(await wrong({ knownUntil: '2999-12-31' }), 422, 'calendar.outside');
  expectProblem(await wrong({ knownUntil: '2026-02-30' }), 422, 'input.invalid');
  const twice = await wrong({ days: [holiday, holiday] });
  expectProblem(twice, 422, 'input.invalid');
  expect(twice.body.errors).toEqual([{ path: 'days[1].day', message: { zh: '重复', en: 'given twice' } }]);
  expectProblem(await wrong({ days: [{ ...holiday, day: '2025-03-04' }] }), 422, 'input.invalid');
  expectProblem(await wrong({ days: [{ ...holiday, name: 'a\u200bb' }] }), 422, 'input.invalid');
  expectProblem(await wrong({ days: [{ ...holiday, day: '2026-13-01' }] }), 422, 'input.invalid');
  expect(await fingerprint(api.database.pool)).toBe(was);
});
