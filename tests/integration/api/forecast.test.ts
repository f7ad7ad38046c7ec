import { beforeAll, describe, expect, it, vi } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { approval, repeat, task, template } from '../../support/blocks.ts';
import { type Answer, expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const office = [{ kind: 'role', role: 'performanceOffice' } as const];
const content = template(
  {
    plan: [task('draftPlan', { escalate: [{ after: 1, do: 'office' }] }), approval('reviewPlan')],
    execute: [
      repeat('quarterly', 'quarters', 'together', [task('report', { deadline: { from: 'itemEnd', workingDays: 5 } })]),
    ],
    evaluate: [task('announce', { per: 'cycle', who: office, opens: { date: '12-20' } })],
    feedback: [task('acknowledge', { who: [{ kind: 'head' }] })],
  },
  { key: 'ahead' },
);
type Signed = Awaited<ReturnType<typeof api.signedIn>>;
let officer: Signed;
let staff: Signed;
let org: { id: string };

beforeAll(async () => {
  org = await buildOrg(api.prisma, { category: 'all' });
  officer = await api.signedIn({ roles: ['performanceOffice'] });
  staff = await api.signedIn({ orgId: org.id, roles: [{ role: 'staff', orgId: org.id }] });
  expect((await officer.post('/templates', { content })).status).toBe(201);
  expect((await officer.post('/templates/ahead/versions/1/publish')).status).toBe(200);
});

const PATH = '/templates/ahead/versions/1/forecast';
const lines = (body: { steps: { block: string; item?: string; dueAt?: string; state: string }[] }) =>
  body.steps.map(({ block, item, dueAt, state }) => [block, item ?? '', dueAt?.slice(0, 10) ?? '', state].join(' '));

it('is made before launch, for a template, a year and a unit, and writes nothing', async () => {
  const before = await fingerprint(api.database.pool);
  const answer = await officer.post(PATH, { year: 2026, orgId: org.id });
  expect(answer.status).toBe(200);
  expect(lines(answer.body)).toEqual([
    'draftPlan  2026-03-09 ahead',
    'reviewPlan  2026-03-16 ahead',
    'report 2026 Q1 2026-04-08 ahead',
    'report 2026 Q2 2026-07-07 ahead',
    'report 2026 Q3 2026-10-13 ahead',
    'report 2026 Q4 2027-01-07 ahead',
    'announce  2027-01-14 ahead',
    'acknowledge  2027-01-21 ahead',
  ]);
  expect(answer.body.steps[0].people).toEqual([{ id: staff.person.id, name: staff.person.name }]);
  expect(answer.body.steps.at(-1)).toMatchObject({
    people: [],
    rule: { en: 'the head of the unit' },
    provisional: true,
  });
  expect(answer.body).toMatchObject({ complete: true, end: { provisional: true, earliest: false } });
  expect(await fingerprint(api.database.pool)).toEqual(before);
});

it('refuses what it cannot count', async () => {
  const ask = (body: object) => officer.post(PATH, body);
  expectProblem(await ask({ year: 1999, orgId: org.id }), 422, 'calendar.outside');
  expectProblem(await ask({ year: 2026, orgId: org.id, from: '9999-01-01T00:00:00Z' }), 422, 'calendar.outside');
  expectProblem(await ask({ year: 2026, orgId: org.id, category: 'other' }), 422, 'input.invalid');
  expectProblem(await ask({ year: 2026, orgId: officer.person.id }), 404, 'org.unknown');
  expectProblem(await ask({ year: 2026 }), 422, 'input.invalid');
  expectProblem(
    await officer.post('/templates/ahead/versions/9/forecast', { year: 2026, orgId: org.id }),
    404,
    'template.unknown',
  );
  expectProblem(await staff.post(PATH, { year: 2026, orgId: org.id }), 403, 'permission.denied');
  const red = {
    ...content,
    key: 'redAhead',
    phases: { ...content.phases, plan: { blocks: [task('x', { who: [{ kind: 'role', role: 'nobody' }] })] } },
  };
  await officer.post('/templates', { content: red });
  expectProblem(
    await officer.post('/templates/redAhead/versions/1/forecast', { year: 2026, orgId: org.id }),
    422,
    'template.red',
  );
});

it('goes on with the case: from its open deadlines, its items and where the cycle stands', async () => {
  const launched = await officer.post('/cycles', {
    templateKey: 'ahead',
    version: 1,
    year: 2026,
    name: '2026',
    participants: [{ orgId: org.id, category: 'all' }],
  });
  await api.launcher.settled();
  const [own] = (await officer.get(`/cycles/${launched.body.id}/cases`)).body.items;
  const read = async () => (await staff.get(`/cases/${own.id}/forecast`)).body;
  expect(lines(await read()).slice(0, 2)).toEqual(['draftPlan  2026-03-09 current', 'reviewPlan  2026-03-16 ahead']);

  const act = async (who: Signed, action: string) => {
    const { items } = (await who.get('/tasks?limit=100')).body;
    return who.post(`/tasks/${items[0].id}/act`, { action });
  };
  expect((await act(staff, 'submit')).status).toBe(200);
  expect((await act(officer, 'approve')).status).toBe(200);
  const made = await read();
  expect(lines(made).slice(0, 5)).toEqual([
    'report 2026 Q1 2026-04-08 current',
    'report 2026 Q2 2026-07-07 current',
    'report 2026 Q3 2026-10-13 current',
    'report 2026 Q4 2027-01-07 current',
    'announce  2027-01-14 ahead',
  ]);
  await officer.post(`/cases/${own.id}/suspend`, { reason: 'audit' });
  expect((await read()).end.earliest).toBe(true);
  await officer.post(`/cases/${own.id}/cancel`, { reason: 'over' });
  expect(await read()).toMatchObject({ steps: [], complete: true });
  const stranger = await api.signedIn({});
  expectProblem(await stranger.get(`/cases/${own.id}/forecast`), 404, 'case.unknown');
});

describe('a template is tried out beside the running city', () => {
  const AHEAD = '/templates/ahead/versions/1';
  const said = (body: string) =>
    body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  it('rehearses every reminder and rung, tells how far it is, one at a time, and writes nothing', async () => {
    const before = await fingerprint(api.database.pool);
    const first = officer.post(`${AHEAD}/rehearse`, { year: 2026 });
    const second = officer.post(`${AHEAD}/rehearse`, { year: 2026 });
    const answers = await Promise.all([first, second]);
    const [done, refused] = answers.toSorted((a, b) => a.status - b.status) as [Answer, Answer];
    expectProblem(refused, 429, 'trial.busy');
    expect(done.headers.get('content-type')).toMatch(/^application\/x-ndjson/);
    const lines = said(done.body);
    const shares = lines.slice(0, -1).map(({ share }) => share);
    expect(shares.length).toBeGreaterThan(0);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    const { result } = lines.at(-1);
    expect(result).toMatchObject({ template: 'ahead', version: 1, unfired: 0, unreached: [] });
    expect(result.rows).toContainEqual(
      expect.objectContaining({ block: 'draftPlan', do: 'office', offset: 1, day: '2026-01-12', fired: true }),
    );
    expect(await fingerprint(api.database.pool)).toEqual(before);
  });

  it('simulates a cycle in a city made for it, and says where the time goes', async () => {
    const before = await fingerprint(api.database.pool);
    const answer = await officer.post(`${AHEAD}/simulate`, { year: 2026, cases: 3 });
    const { result } = said(answer.body).at(-1);
    expect(result).toMatchObject({ template: 'ahead', cases: 3, closed: 3, incidents: 0, lost: 0 });
    expect(result.blocks.map(({ block }: { block: string }) => block).sort()).toEqual(
      ['acknowledge', 'announce', 'draftPlan', 'report', 'reviewPlan'].sort(),
    );
    expect(await fingerprint(api.database.pool)).toEqual(before);
  });

  it('is refused before anything begins where it cannot be', async () => {
    expectProblem(await staff.post(`${AHEAD}/rehearse`, { year: 2026 }), 403, 'permission.denied');
    expectProblem(await officer.post(`${AHEAD}/rehearse`, { year: 1066 }), 422, 'calendar.outside');
    expectProblem(await officer.post(`${AHEAD}/simulate`, { year: 2026, cases: 500 }), 422, 'input.invalid');
    expectProblem(
      await officer.post('/templates/nothing/versions/1/rehearse', { year: 2026 }),
      404,
      'template.unknown',
    );
    const red = { ...content, key: 'red', phases: { ...content.phases, plan: { blocks: [{ key: 'x' }] } } };
    expect((await officer.post('/templates', { content: red })).status).toBe(201);
    expectProblem(await officer.post('/templates/red/versions/1/rehearse', { year: 2026 }), 422, 'template.red');
  });

  it('stops when nobody listens any more', async () => {
    const begun = async (): Promise<number> => {
      const leaving = new AbortController();
      const answer = await fetch(`${officer.base}${AHEAD}/rehearse`, {
        method: 'POST',
        signal: leaving.signal,
        headers: {
          'content-type': 'application/json',
          cookie: officer.cookie ?? '',
          'x-csrf-token': officer.me?.csrf ?? '',
        },
        body: JSON.stringify({ year: 2026 }),
      });
      await answer.body?.getReader().read();
      leaving.abort();
      return answer.status;
    };
    expect(await begun()).toBe(200);
    await vi.waitFor(async () => expect(await begun()).toBe(200), { timeout: 30_000, interval: 100 });
  }, 60_000);
});
