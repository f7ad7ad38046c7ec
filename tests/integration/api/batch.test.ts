import { beforeAll, expect, it } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import { makeTestApi } from '../../support/api.ts';
import { approval, template } from '../../support/blocks.ts';
import { type Client, expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const office = { kind: 'role', role: 'performanceOffice' } as const;
const content = template(
  {
    plan: [
      approval('review', { who: [office], mode: 'all', batch: true }),
      approval('single', { who: [office] }),
      approval('last', { who: [office], batch: true }),
    ],
  },
  { key: 'batch' },
);
const UNITS = 3;

type Signed = Awaited<ReturnType<typeof api.signedIn>>;
let one: Signed;
let two: Signed;
let stranger: Signed;

beforeAll(async () => {
  one = await api.signedIn({ roles: ['performanceOffice'] });
  two = await api.signedIn({ roles: ['performanceOffice'] });
  stranger = await api.signedIn();
  const participants = [];
  for (let n = 0; n < UNITS; n += 1)
    participants.push({ orgId: (await buildOrg(api.prisma, { category: 'all' })).id, category: 'all' });
  await api.directory.reload();
  expect((await one.post('/templates', { content })).status).toBe(201);
  const published = await one.post('/templates/batch/versions/1/publish');
  expect(published.status, JSON.stringify(published.body)).toBe(200);
  await one.post('/cycles', { templateKey: 'batch', version: 1, year: 2026, name: '2026', participants });
  await api.launcher.settled();
});

interface Row {
  id: string;
  caseId: string;
  block: string;
  batch: boolean;
}
const open = async (client: Client, block: string): Promise<Row[]> =>
  (await client.get('/tasks?limit=100')).body.items.filter((row: Row) => row.block === block);
const idsOf = async (client: Client, block: string) => (await open(client, block)).map(({ id }) => id);
const batch = (client: Client, ids: string[], more: object = {}, key?: string) =>
  client.post('/tasks/batch', { ids, action: 'approve', ...more }, key ? { key } : {});
const unchanged = async <T>(work: () => Promise<T>): Promise<T> => {
  const before = await fingerprint(api.database.pool);
  const answer = await work();
  expect(await fingerprint(api.database.pool)).toBe(before);
  return answer;
};

it('refuses what is not a batch, and nothing changes', async () => {
  const [id = ''] = await idsOf(one, 'review');
  for (const body of [
    {},
    { ids: [], action: 'approve' },
    { ids: [id, id], action: 'approve' },
    { ids: ['x'], action: 'approve' },
    { ids: Array.from({ length: 101 }, (_, n) => id.replace(/\d+$/, String(n))), action: 'approve' },
    { ids: [id], action: 'reject' },
    { ids: [id] },
    { ids: [id], action: 'approve', reason: ' ' },
    { ids: [id], action: 'approve', values: { note: 'x' } },
    { ids: [id], action: 'approve', dryRun: 'yes' },
  ])
    expectProblem(await unchanged(() => one.post('/tasks/batch', body)), 422, 'input.invalid');
  expectProblem(await unchanged(() => api.anonymous().post('/tasks/batch', {})), 401, 'session.missing');
});

it('says beforehand what each would do, and which cannot and why', async () => {
  const ids = await idsOf(one, 'review');
  expect((await open(one, 'review')).every((row) => row.batch)).toBe(true);
  const theirs = await idsOf(two, 'review');
  const wanted = [...ids, theirs[0] as string, `${(ids[0] as string).split('.')[0]}.999`];
  const preview = await unchanged(() => batch(one, wanted, { dryRun: true }));
  expect(preview.status).toBe(200);
  expect(preview.body).toMatchObject({ dryRun: true, done: UNITS, refused: 2 });
  expect(preview.body.results.slice(0, UNITS)).toEqual(
    ids.map((id) => expect.objectContaining({ id, ok: true, leadsTo: { state: 'waiting', blocks: [] } })),
  );
  expect(preview.body.results[UNITS].problem).toMatchObject({ id: 'task.notYours', status: 403 });
  expect(preview.body.results[UNITS + 1].problem).toMatchObject({ id: 'task.unknown', titles: { zh: '没有这个任务' } });
  const blind = await unchanged(() => batch(stranger, ids, { dryRun: true }));
  for (const { ok, problem, task: shown } of blind.body.results)
    expect({ ok, id: problem.id, shown }).toEqual({ ok: false, id: 'task.unknown', shown: undefined });
});

it('decides each on its own, once, however often it is asked with one key', async () => {
  const ids = await idsOf(one, 'review');
  const [first] = ids as [string, ...string[]];
  // Somebody was faster with one of them: the others are not held up.
  await one.post(`/tasks/${first}/act`, { action: 'approve' });
  const body = { reason: '同意。' };
  const answers = [await batch(one, ids, body, 'all'), await batch(one, ids, body, 'all')];
  for (const { status, body: answer } of answers) {
    expect(status).toBe(200);
    expect(answer).toMatchObject({ dryRun: false, done: UNITS - 1, refused: 1 });
    expect(answer.results[0]).toMatchObject({ id: first, ok: false, problem: { id: 'task.closed' } });
  }
  const revisions = answers.map(({ body: answer }) => answer.results.map((row: { revision?: number }) => row.revision));
  expect(revisions[0]).toEqual(revisions[1]);
  const { rows } = await api.database.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM case_events WHERE type = 'act' AND actor = $1`,
    [one.person.id],
  );
  expect(rows[0]?.n).toBe(UNITS);
  const other = await batch(one, ids, { reason: '另一个理由' }, 'all');
  expect(other.body.results[1].problem.id).toBe('idempotency.mismatch');
});

it('tells what opens next, and where a step is not for batches', async () => {
  const ids = await idsOf(two, 'review');
  const leadsTo = { state: 'decided', blocks: [{ block: 'single', name: { zh: 'single', en: 'single' } }] };
  const preview = await unchanged(() => batch(two, ids, { dryRun: true }));
  expect(preview.body.results.map((row: { leadsTo: object }) => row.leadsTo)).toEqual(ids.map(() => leadsTo));
  const done = await batch(two, ids);
  expect(done.body.results.map((row: { leadsTo: object }) => row.leadsTo)).toEqual(ids.map(() => leadsTo));
  const single = await open(two, 'single');
  expect(single.map((row) => row.batch)).toEqual(ids.map(() => false));
  const refused = await unchanged(() =>
    batch(
      two,
      single.map(({ id }) => id),
    ),
  );
  expect(refused.body).toMatchObject({ done: 0, refused: UNITS });
  expect(refused.body.results[0]).toMatchObject({
    ok: false,
    problem: { id: 'batch.notAllowed' },
    task: { block: 'single' },
  });
});

it('tells which cases end, and leaves suspended ones alone', async () => {
  for (const id of await idsOf(two, 'single')) await two.post(`/tasks/${id}/act`, { action: 'approve' });
  const rows = await open(one, 'last');
  const ids = rows.map(({ id }) => id);
  await one.post(`/cases/${rows[0]?.caseId}/suspend`, { reason: '等一等' });
  const preview = await unchanged(() => batch(one, ids, { dryRun: true }));
  expect(preview.body.results.map((row: { problem?: { id: string } }) => row.problem?.id)).toEqual([
    'case.suspended',
    undefined,
    undefined,
  ]);
  expect(preview.body.results[1].leadsTo).toEqual({ state: 'ended', blocks: [] });
  expect((await batch(one, ids)).body).toMatchObject({ done: UNITS - 1, refused: 1 });
  expect((await one.get(`/cases/${rows[1]?.caseId}`)).body.status).toBe('done');
  expect(await verify(api.database.pool)).toMatchObject({ ok: true, mismatches: [] });
});
