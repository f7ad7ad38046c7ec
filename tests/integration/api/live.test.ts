import { expect, it } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { task, template } from '../../support/blocks.ts';
import { expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { listen } from '../../support/listen.ts';

const api = await makeTestApi();

it('tells who is concerned, and nobody else, when a case moves', async () => {
  const org = await buildOrg(api.prisma, { category: 'all' });
  const other = await buildOrg(api.prisma, {});
  const roles = [{ role: 'staff', orgId: org.id }];
  const office = await api.signedIn({ roles: ['performanceOffice'] });
  const staff = await api.signedIn({ orgId: org.id, roles });
  const colleague = await api.signedIn({ orgId: org.id, roles });
  const stranger = await api.signedIn({ orgId: other.id });
  const content = template({ plan: [task('first'), task('second')] }, { key: 'live' });
  await office.post('/templates', { content });
  await office.post('/templates/live/versions/1/publish');

  const [toOffice, toStaff, toColleague, toStranger] = await Promise.all(
    [office, staff, colleague, stranger].map(listen),
  );
  if (!toOffice || !toStaff || !toColleague || !toStranger) throw new Error('no streams');
  expect(toStaff.answer.headers.get('cache-control')).toContain('no-transform');
  await toStranger.until('tasks', ({ todo }) => todo === 0);
  await office.post('/cycles', { templateKey: 'live', version: 1, year: 2026, name: '2026', participants: 'all' });
  await toStaff.until('tasks', ({ todo }) => todo === 1);
  const row = (await staff.get('/tasks')).body.items[0];
  await toOffice.until('case', ({ caseId }) => caseId === row.caseId);

  expect((await staff.post(`/tasks/${row.id}/act`, { action: 'submit' })).status).toBe(200);
  await toStaff.until('case', ({ caseId, revision }) => caseId === row.caseId && revision === 2);
  await toColleague.until('case', ({ revision }) => revision === 2);
  expect(toStranger.seen()).not.toContain(row.caseId);
  for (const stream of [toOffice, toStaff, toColleague, toStranger]) stream.close();
});

it('comes back when its connection is lost', async () => {
  const client = await api.signedIn();
  const stream = await listen(client);
  await stream.until('tasks', ({ todo }) => todo === 0);
  const said = () => stream.seen().split('event: tasks').length;
  const before = said();
  const { rowCount } = await api.database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
  );
  expect(rowCount).toBe(1);
  await stream.until('tasks', () => said() > before);
  stream.close();
});

it('needs a session', async () => {
  expectProblem(await api.anonymous().get('/events'), 401, 'session.missing');
});
