import { expect, it } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { decimal, formula, task, template } from '../../support/blocks.ts';
import { expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';

const api = await makeTestApi();
const admin = await api.signedIn({ roles: ['performanceOffice'] });
const system = await api.signedIn({ roles: ['systemAdministrator'] });
const security = await api.signedIn({ roles: ['securityAdministrator'] });
const clerk = await api.signedIn();

const launch = async (content: ReturnType<typeof template>, orgId: string) => {
  await api.directory.reload();
  await admin.post('/templates', { content });
  expect((await admin.post(`/templates/${content.key}/versions/1/publish`)).status).toBe(200);
  const participants = [{ orgId, category: 'all' }];
  const body = { templateKey: content.key, version: 1, year: 2026, name: '2026', participants };
  const { body: cycle } = await admin.post('/cycles', body);
  await api.launcher.settled();
  return (await admin.get(`/cycles/${cycle.id}/cases`)).body.items[0];
};

it('a step that cannot be done is an incident: the case stays, the retry counts, somebody resolves it', async () => {
  const org = await buildOrg(api.prisma);
  const staff = await api.signedIn({ orgId: org.id, roles: [{ role: 'staff', orgId: org.id }] });
  const failing = template(
    {
      plan: [
        task('enter', { fields: [decimal('part'), decimal('whole')] }),
        formula('divide', 'share', 'part / whole'),
      ],
    },
    { key: 'failing' },
  );
  const { id } = await launch(failing, org.id);
  const row = (await staff.get('/tasks')).body.items[0];
  const act = () => staff.post(`/tasks/${row.id}/act`, { action: 'submit', values: { part: '1', whole: '0' } });
  const failed = await act();
  expectProblem(failed, 500, 'engine.incident');
  expect(await staff.get(`/tasks/${row.id}`)).toMatchObject({ body: { state: 'open', revision: 1 } });

  const list = await admin.get('/incidents?state=open');
  expect(list.body.items).toMatchObject([
    { id: failed.body.incidentId, kind: 'event', case: { id }, can: ['retry', 'resolve'] },
  ]);
  expectProblem(await clerk.get('/incidents'), 403, 'permission.denied');
  // Whoever keeps the instance running sees what broke in it, not whose case it is nor what was entered.
  const technical = (await system.get(`/incidents/${failed.body.incidentId}`)).body;
  expect(technical).toMatchObject({ case: { id }, detail: { stack: expect.any(String) }, can: ['retry', 'resolve'] });
  expect(technical.case).not.toHaveProperty('title');
  expect(technical.detail).not.toHaveProperty('event');
  const path = `/incidents/${failed.body.incidentId}`;
  expect((await admin.post(`${path}/retry`)).body).toMatchObject({ state: 'open', retries: 1 });
  expectProblem(await admin.post(`${path}/resolve`, {}), 422, 'input.invalid');
  expect((await admin.post(`${path}/resolve`, { reason: '数据有误，已更正' })).body).toMatchObject({
    state: 'resolved',
    can: [],
  });
  expectProblem(await admin.post(`${path}/retry`), 409, 'incident.resolved');
  expectProblem(await admin.post('/incidents/0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10/retry'), 404, 'incident.unknown');
  const right = await staff.post(`/tasks/${row.id}/act`, { action: 'submit', values: { part: '1', whole: '2' } });
  expect(right.status).toBe(200);
});

it('a task that nobody holds is filled when somebody is appointed', async () => {
  const org = await buildOrg(api.prisma);
  const { id } = await launch(template({ plan: [task('alone')] }, { key: 'vacant' }), org.id);
  const open = await admin.get('/incidents?state=open&kind=vacancy');
  expect(open.body.items).toMatchObject([{ case: { id }, step: { zh: 'alone', en: 'alone' } }]);
  const roles = [{ role: 'staff', orgId: org.id }];
  const made = await system.post('/people', { username: 'appointed', name: '新人', orgId: org.id });
  expect((await security.put(`/people/${made.body.id}/roles`, { roles }, { ifMatch: 1 })).status).toBe(200);
  await expect.poll(async () => (await admin.get('/incidents?state=open&kind=vacancy')).body.total).toBe(0);
  expect((await admin.get(`/cases/${id}/flow`)).body.nodes[0].who).toEqual([made.body.name]);
});
