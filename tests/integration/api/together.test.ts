import { beforeAll, expect, it } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { approval, task, template, textField } from '../../support/blocks.ts';
import { expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';

const api = await makeTestApi();
const first = await api.signedIn({ roles: ['performanceOffice'] });
const second = await api.signedIn({ roles: ['performanceOffice'] });
const UNITS = 6;

beforeAll(async () => {
  for (let n = 0; n < UNITS; n++) {
    const { id: orgId } = await buildOrg(api.prisma, { category: 'all' });
    await api.signedIn({ orgId, roles: [{ role: 'staff', orgId }] });
  }
  const office = [{ kind: 'role', role: 'performanceOffice' }] as const;
  const content = template(
    { plan: [approval('either', { who: [...office], fields: [textField('note')] }), task('after')] },
    { key: 'together' },
  );
  await first.post('/templates', { content });
  await first.post('/templates/together/versions/1/publish');
  await first.post('/cycles', { templateKey: 'together', version: 1, year: 2026, name: '2026', participants: 'all' });
  await api.launcher.settled();
});

it('two people decide the same task at once: one does, the other is told that it is done', async () => {
  const { items } = (await first.get('/tasks?limit=100')).body;
  expect(items).toHaveLength(UNITS);
  for (const { id, caseId } of items.slice(0, UNITS / 2)) {
    const answers = await Promise.all(
      [first, second].map((who) => who.post(`/tasks/${id}/act`, { action: 'approve' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const loser = answers.find(({ status }) => status === 409);
    if (loser) expectProblem(loser, 409, 'task.closed');
    expect((await first.get(`/cases/${caseId}`)).body).toMatchObject({ revision: 2, blocks: ['after'] });
    expect((await second.get(`/tasks/${id}`)).body).toMatchObject({ state: 'done', can: [], actions: [] });
  }
});

it('one person clicks five times: it happens once, and every click has the same answer', async () => {
  for (const { id, caseId } of (await first.get('/tasks?limit=100')).body.items) {
    const body = { action: 'approve', values: { note: ' 同意\u200b ' }, revision: 1 };
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() => first.post(`/tasks/${id}/act`, body, { key: 'click' })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(answers.map((answer) => answer.body.revision)).size).toBe(1);
    const { body: found } = await first.get(`/cases/${caseId}`);
    expect(found).toMatchObject({ revision: 2, data: { note: '同意' } });
    // The key is the caller's own: a colleague who chose the same one is not mistaken for the first.
    expectProblem(await second.post(`/tasks/${id}/act`, body, { key: 'click' }), 409, 'revision.stale');
  }
});
