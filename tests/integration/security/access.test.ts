import { beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../../workflows/template/action.ts';
import { makeTestApi } from '../../support/api.ts';
import { approval, decimal, named, task, template, textField, weighted } from '../../support/blocks.ts';
import { type Answer, type Client, expectProblem } from '../../support/client.ts';
import { buildOrg, buildPerson } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const { pool } = api.database;
const OFFICE = { kind: 'role', role: 'performanceOffice' } as const;
const SCORE = '87.65';

/** Drafted, signed by the head, reviewed by the office; scored by voters whom nobody knows and by the office. */
const content = template(
  {
    plan: [
      task('draft', { fields: [textField('goal'), { key: 'papers', type: 'files', name: named('papers') }] }),
      approval('sign', { who: [{ kind: 'head' }], returnTo: 'draft', onReject: undefined }),
      approval('review', { who: [OFFICE], returnTo: 'draft', onReject: undefined }),
    ],
    evaluate: [
      {
        key: 'vote',
        type: 'ballots',
        per: 'cycle',
        name: named('vote'),
        groups: ['voters'],
        until: { from: 'opened', workingDays: 5 },
      },
      task('mark', { who: [OFFICE], fields: [decimal('work')] }),
      weighted('composite', 'total', [{ value: 'work', weight: '1' }]),
      approval('confirm', { who: [OFFICE], returnTo: 'mark', onReject: undefined }),
    ],
    feedback: [task('after')],
  },
  {
    key: 'guarded',
    assessors: [
      {
        key: 'voters',
        name: named('voters'),
        kind: 'superior',
        who: [{ kind: 'role', role: 'voter' }],
        minVotes: 1,
        scale: { min: '0', max: '100' },
        opinions: true,
      },
    ],
    roles: { ...template({}).roles, voter: { name: named('voter'), scope: 'city' } },
  },
);

type Signed = Awaited<ReturnType<typeof api.signedIn>>;
let staff: Signed;
let chief: Signed;
let office: Signed;
let outsider: Signed;
let voter: Signed;
let system: Signed;
let security: Signed;
let auditor: Signed;
let orgId: string;
let cycleId: string;
let caseId: string;

const unchanged = async (work: () => Promise<unknown>) => {
  const before = await fingerprint(pool);
  await work();
  expect(await fingerprint(pool)).toBe(before);
};
const taskOf = async (client: Client, block: string): Promise<string> => {
  const { items } = (await client.get('/tasks?limit=100')).body;
  return items.find((row: { block: string }) => row.block === block).id;
};
const act = async (client: Client, block: string, body: object): Promise<Answer> =>
  client.post(`/tasks/${await taskOf(client, block)}/act`, body);
const done = async (client: Client, block: string, body: object) => {
  const answer = await act(client, block, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
};
const grant = (who: Client, id: string, roles: object[], version: number) =>
  who.put(`/people/${id}/roles`, { roles }, { ifMatch: version });
const city = (...roles: string[]) => roles.map((role) => ({ role }));

const SLOW = 300_000;

beforeAll(async () => {
  const org = await buildOrg(api.prisma, { category: 'all' });
  orgId = org.id;
  staff = await api.signedIn({ orgId, roles: [{ role: 'staff', orgId }] });
  chief = await api.signedIn({ orgId });
  office = await api.signedIn({ roles: ['performanceOffice'] });
  outsider = await api.signedIn();
  voter = await api.signedIn({ roles: ['voter'], name: '不具名的评委' });
  system = await api.signedIn({ roles: ['systemAdministrator'] });
  security = await api.signedIn({ roles: ['securityAdministrator'] });
  auditor = await api.signedIn({ roles: ['auditAdministrator'] });
  await api.prisma.orgUnit.update({ where: { id: orgId }, data: { headId: chief.person.id } });
  await api.directory.reload();
  expect((await office.post('/templates', { content })).body.findings).toEqual([]);
  await office.post('/templates/guarded/versions/1/publish');
  const participants = [{ orgId, category: 'all' }];
  const made = await office.post('/cycles', {
    templateKey: 'guarded',
    version: 1,
    year: 2026,
    name: '2026',
    participants,
  });
  cycleId = made.body.id;
  await api.launcher.settled();
  await api.work();
  caseId = (await office.get(`/cycles/${cycleId}/cases`)).body.items[0].id;
}, SLOW);

describe('the three administrators', () => {
  const ADMINISTRATORS = ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'];
  const pairs = ADMINISTRATORS.flatMap((one) =>
    [...ADMINISTRATORS, 'performanceOffice'].filter((other) => other !== one).map((other) => [one, other] as const),
  );

  test.each(pairs)('S35 nobody is %s and %s', async (one, other) => {
    const person = await buildPerson(api.prisma, { orgId });
    await unchanged(async () =>
      expectProblem(await grant(security, person.id, city(one, other), 1), 409, 'role.separate'),
    );
    await pool.query('INSERT INTO roles (id, person_id, role) VALUES (gen_random_uuid(), $1, $2)', [person.id, one]);
    await expect(
      pool.query('INSERT INTO roles (id, person_id, role) VALUES (gen_random_uuid(), $1, $2)', [person.id, other]),
    ).rejects.toMatchObject({ code: '23505', constraint: 'roles_separate' });
  });

  test('S35 an administrator is one for the whole city', async () => {
    const person = await buildPerson(api.prisma, { orgId });
    await expect(
      pool.query(
        `INSERT INTO roles (id, person_id, role, org_id) VALUES (gen_random_uuid(), $1, 'auditAdministrator', $2)`,
        [person.id, orgId],
      ),
    ).rejects.toMatchObject({ code: '23514' });
    const answer = await grant(security, person.id, [{ role: 'auditAdministrator', orgId }], 1);
    expectProblem(answer, 422, 'input.invalid');
  });

  test('S36 the system administrator sees no business data and no audit', async () => {
    for (const path of ['/cycles', '/tasks', `/cases/${caseId}`, `/cycles/${cycleId}`, '/findings', '/me/ballots'])
      expectProblem(await system.get(path), 403, 'permission.denied');
    expect((await system.get('/people')).status).toBe(200);
    expect((await system.get('/operations')).status).toBe(200);
    expectProblem(await grant(system, staff.person.id, city('leaders'), 1), 403, 'permission.denied');
  });

  test('S36 nor when they hold a task, head a unit or did something before', async () => {
    const former = await api.signedIn({ orgId, roles: [{ role: 'staff', orgId }] });
    await pool.query(
      'INSERT INTO task_candidates (case_id, seat, person_id) SELECT case_id, seat, $1 FROM tasks WHERE case_id = $2',
      [former.person.id, caseId],
    );
    expect((await former.get(`/cases/${caseId}`)).status).toBe(200);
    expect((await grant(security, former.person.id, city('systemAdministrator'), 1)).status).toBe(200);
    expectProblem(await former.get(`/cases/${caseId}`), 403, 'permission.denied');
    await pool.query('DELETE FROM task_candidates WHERE person_id = $1', [former.person.id]);
    await api.prisma.role.deleteMany({ where: { personId: former.person.id } });
    await api.directory.reload();
  });

  test('S36 the security administrator grants, and makes nobody; not to themselves', async () => {
    const body = { username: 'made.by.security', name: '新人', orgId };
    expectProblem(await security.post('/people', body), 403, 'permission.denied');
    expectProblem(await security.patch(`/people/${staff.person.id}`, { name: 'x' }, 1), 403, 'permission.denied');
    expectProblem(await security.get('/cycles'), 403, 'permission.denied');
    await unchanged(async () =>
      expectProblem(await grant(security, security.person.id, city('auditAdministrator'), 1), 403, 'role.own'),
    );
    const person = await buildPerson(api.prisma, { orgId });
    expect((await grant(security, person.id, city('leaders'), 1)).body.roles).toEqual([{ role: 'leaders' }]);
  });

  test('S36 the audit administrator reads the audit and nothing else', async () => {
    expect((await auditor.get('/session')).body.can).toEqual(['audit.read']);
    for (const path of ['/cycles', `/cases/${caseId}`, '/operations', '/incidents'])
      expectProblem(await auditor.get(path), 403, 'permission.denied');
    expectProblem(await grant(auditor, staff.person.id, city('leaders'), 1), 403, 'permission.denied');
    expectProblem(await auditor.post('/people', {}), 403, 'permission.denied');
  });

  test('the office grants no rights', async () => {
    expectProblem(await grant(office, outsider.person.id, city('leaders'), 1), 403, 'permission.denied');
    expectProblem(await grant(office, office.person.id, city('securityAdministrator'), 1), 403, 'permission.denied');
  });

  test('S27 routes of administrators are refused to a clerk, and that is on record', async () => {
    const answers = [
      await staff.post('/people', {}),
      await grant(staff, staff.person.id, city('performanceOffice'), 1),
      await staff.post('/orgs', {}),
    ];
    for (const answer of answers) expectProblem(answer, 403, 'permission.denied');
    const { rows } = await pool.query('SELECT action, ok FROM audit WHERE actor = $1 AND request = ANY($2)', [
      staff.person.id,
      answers.map(({ body }) => body.requestId),
    ]);
    expect(rows.map(({ action, ok }) => [action, ok]).sort()).toEqual([
      ['orgs.create', false],
      ['people.create', false],
      ['roles.grant', false],
    ]);
  });
});

test('S34 a role withdrawn in the midst of a session is gone with the next request', async () => {
  const clerk = await api.signedIn({ roles: ['performanceOffice'] });
  expect((await clerk.get(`/cases/${caseId}`)).status).toBe(200);
  expect((await grant(security, clerk.person.id, [], 1)).status).toBe(200);
  expectProblem(await clerk.get(`/cases/${caseId}`), 404, 'case.unknown');
  expectProblem(await clerk.get(`/cycles/${cycleId}/dashboard`), 403, 'permission.denied');
});

describe('a body that says more than it may', () => {
  const more = [
    { roles: [{ role: 'performanceOffice' }] },
    { role: 'performanceOffice' },
    { status: 'published' },
    { revision: 99 },
    { version: 99 },
    { score: '100' },
    { demo: true },
    { clearance: 2 },
    { passwordHash: 'x' },
    { id: '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10' },
  ];

  test('S29 is refused where people and units are kept, and for one’s own account', async () => {
    await unchanged(async () => {
      for (const [at, extra] of more.entries()) {
        const person = { username: `more${at}`, name: '某', orgId };
        expectProblem(await system.post('/people', { ...person, ...extra }), 422, 'input.invalid');
        expectProblem(await system.patch(`/people/${staff.person.id}`, extra, 1), 422, 'input.invalid');
        expectProblem(
          await system.post('/orgs', { code: 'm', name: 'm', kind: 'department', ...extra }),
          422,
          'input.invalid',
        );
        expectProblem(await staff.put('/session/preferences', extra), 422, 'input.invalid');
        expectProblem(await staff.put('/session/language', { language: 'zh', ...extra }), 422, 'input.invalid');
      }
    });
    await unchanged(async () => {
      for (const key of ['__proto__', 'constructor', 'prototype']) {
        const raw = { type: 'application/json', body: `{"language":"zh","${key}":{"demo":true}}` };
        expectProblem(await staff.request('PUT', '/session/language', { raw }), 400, 'body.forbiddenKey');
      }
    });
  });

  test('S29 sets no value that the step does not have, and no score', async () => {
    await unchanged(async () => {
      for (const values of [{ total: '100' }, { work: '100' }, { status: 'done' }, { initiator: staff.person.id }])
        expectProblem(await act(staff, 'draft', { action: 'submit', values }), 422, 'form.invalid');
      expectProblem(await act(staff, 'draft', { action: 'submit', actor: office.person.id }), 422, 'input.invalid');
    });
  });
});

describe('steps', () => {
  test(
    'S31 outside of the model are refused in every state, by every action, to everybody',
    async () => {
      const everyone = { staff, chief, office, outsider, voter, system };
      const tried: string[] = [];
      const probe = async (task: string, state: string) => {
        for (const [name, client] of Object.entries(everyone)) {
          const seen = await client.get(`/tasks/${task}`);
          const may: string[] = seen.body?.can ?? [];
          const { rows } = await pool.query('SELECT revision FROM cases WHERE id = $1', [caseId]);
          for (const action of ACTIONS.filter((one) => !may.includes(one))) {
            const answer = await client.post(`/tasks/${task}/act`, {
              action,
              reason: '试一试',
              to: outsider.person.id,
              target: 1,
              values: {},
            });
            tried.push(`${state} ${name} ${action}`);
            expect([403, 404, 409], `${state} ${name} ${action}: ${JSON.stringify(answer.body)}`).toContain(
              answer.status,
            );
          }
          expect((await pool.query('SELECT revision FROM cases WHERE id = $1', [caseId])).rows).toEqual(rows);
        }
      };
      const draft = await taskOf(staff, 'draft');
      await unchanged(() => probe(draft, 'open'));
      await office.post(`/cases/${caseId}/suspend`, { reason: '停' });
      await unchanged(() => probe(draft, 'suspended'));
      await office.post(`/cases/${caseId}/resume`, { reason: '续' });
      await done(staff, 'draft', { action: 'submit', values: { goal: '种树' } });
      await unchanged(() => probe(draft, 'done'));
      expect(tried.length).toBeGreaterThan(200);
    },
    SLOW,
  );

  test('S32 nobody approves what they asked for, nor lets themselves stand in', async () => {
    await expect(
      pool.query(
        `INSERT INTO adjustments (id, cycle_id, case_id, org_id, kind, item, points, reason, evidence, source, state, proposed_by, proposed_at, decided_by)
         VALUES (gen_random_uuid(), $1, $2, $3, 'bonus', 'x', 1, 'x', '{}', '{}', 'approved', $4, now(), $4)`,
        [cycleId, caseId, orgId, office.person.id],
      ),
    ).rejects.toMatchObject({ constraint: 'adjustments_two_people' });
    const sign = await taskOf(chief, 'sign');
    await unchanged(async () => {
      expectProblem(await staff.post(`/tasks/${sign}/act`, { action: 'approve' }), 403, 'task.notYours');
      for (const to of [chief.person.id])
        expectProblem(
          await chief.post('/delegations', { to, until: '2026-03-20T00:00:00Z', reason: '自己' }),
          422,
          'delegation.self',
        );
    });
  });

  test('S33 a stand-in acts within the window only, and the record says for whom', async () => {
    const sign = await taskOf(chief, 'sign');
    const window = {
      to: outsider.person.id,
      from: '2026-03-03T00:00:00Z',
      until: '2026-03-04T00:00:00Z',
      reason: '出差',
    };
    expect((await chief.post('/delegations', window)).status).toBe(201);
    const again = async (instant: string) => {
      api.clock.set(instant);
      await pool.query(
        `UPDATE sessions SET seen_at = $1::timestamptz, created_at = $1::timestamptz, expires_at = $1::timestamptz + interval '8 hours'`,
        [instant],
      );
    };
    expectProblem(await outsider.post(`/tasks/${sign}/act`, { action: 'approve' }), 404, 'task.unknown');
    await again('2026-03-04T00:00:00Z');
    await unchanged(async () => {
      expectProblem(await outsider.get(`/tasks/${sign}`), 404, 'task.unknown');
      expectProblem(await outsider.post(`/tasks/${sign}/act`, { action: 'approve' }), 404, 'task.unknown');
    });
    await again('2026-03-03T01:00:00Z');
    expect((await outsider.post(`/tasks/${sign}/act`, { action: 'approve' })).status).toBe(200);
    const { items } = (await office.get(`/cases/${caseId}/timeline`)).body;
    expect(items.at(-1)).toMatchObject({
      actor: { id: outsider.person.id },
      onBehalfOf: { id: chief.person.id },
    });
    await again('2026-03-05T01:00:00Z');
  });
});

describe('a file above one’s level', () => {
  test('S38 is unknown, in lists as by its address; one’s own stays', async () => {
    const cleared = await api.signedIn({ orgId, clearance: 2, roles: [{ role: 'staff', orgId }] });
    await done(office, 'review', { action: 'return', reason: '补材料' });
    await pool.query(
      'INSERT INTO task_candidates (case_id, seat, person_id) SELECT case_id, seat, $1 FROM task_candidates WHERE person_id = $2 ON CONFLICT DO NOTHING',
      [cleared.person.id, staff.person.id],
    );
    const draft = await taskOf(staff, 'draft');
    const upload = (client: Client, level: string) => {
      const form = new FormData();
      form.set('field', 'papers');
      form.set('level', level);
      form.set('file', new Blob(['%PDF-1.7\n'], { type: 'application/pdf' }), `level-${level}.pdf`);
      return client.request('POST', `/tasks/${draft}/evidence`, { form });
    };
    await unchanged(async () => {
      expectProblem(await upload(staff, '2'), 422, 'input.invalid');
      expectProblem(await upload(cleared, '3'), 422, 'input.invalid');
      expectProblem(await upload(cleared, 'x'), 422, 'input.invalid');
    });
    const secret = await upload(cleared, '2');
    expect(secret).toMatchObject({ status: 201, body: { level: 2 } });
    const open = await upload(cleared, '0');
    for (const client of [staff, chief, office]) {
      expectProblem(await client.get(`/evidence/${secret.body.id}/content`), 404, 'evidence.unknown');
      expectProblem(await client.delete(`/evidence/${secret.body.id}`), 404, 'evidence.unknown');
      expect(JSON.stringify((await client.get(`/cases/${caseId}`)).body)).not.toContain('level-2.pdf');
      expect((await client.get(`/evidence/${open.body.id}/content`)).status).toBe(200);
    }
    expect((await cleared.get(`/evidence/${secret.body.id}/content`)).status).toBe(200);
    expectProblem(await grant(staff, staff.person.id, [], 1), 403, 'permission.denied');
    const roles = [{ role: 'staff', orgId }];
    const granted = await security.put(`/people/${staff.person.id}/roles`, { roles, clearance: 2 }, { ifMatch: 1 });
    expect(granted.body).toMatchObject({ clearance: 2 });
    expect((await staff.get(`/evidence/${secret.body.id}/content`)).status).toBe(200);
    await pool.query('DELETE FROM task_candidates WHERE person_id = $1', [cleared.person.id]);
  });
});

describe('while a unit is evaluated', () => {
  test(
    'S30 its score and who voted are nowhere: no address, no export, no mail',
    async () => {
      await done(staff, 'draft', { action: 'submit', values: { goal: '种树' } });
      await done(chief, 'sign', { action: 'approve' });
      await done(office, 'review', { action: 'approve' });
      await api.work();
      const { items } = (await voter.get('/me/ballots')).body;
      const ballots = [{ participant: caseId, value: SCORE }];
      const voted = await voter.post(`/ballot-sheets/${items[0].id}/submit`, { ballots });
      expect(voted.status, JSON.stringify(voted.body)).toBe(200);
      await api.work();
      await done(office, 'mark', { action: 'submit', values: { work: SCORE } });
      await api.work();
      expect((await office.get(`/cases/${caseId}`)).body.data).toMatchObject({ total: SCORE });

      const { body } = await staff.get('/openapi.json');
      const paths = Object.entries(body.paths as Record<string, object>)
        .filter(([path, methods]) => 'get' in methods && !/events|openapi|surveys/.test(path))
        .map(([path]) =>
          path
            .replace('/cases/{id}', `/cases/${caseId}`)
            .replace('/cycles/{id}', `/cycles/${cycleId}`)
            .replace('/tasks/{id}', `/tasks/${caseId}.1`)
            .replace(/\/ballot-rounds\/\{id\}/, `/ballot-rounds/${items[0].round}`)
            .replace('/ballot-sheets/{id}', `/ballot-sheets/${items[0].id}`)
            .replace('{key}', 'guarded')
            .replace('{version}', '1'),
        )
        .filter((path) => !path.includes('{'));
      const readable: string[] = [];
      for (const client of [staff, chief, outsider, api.anonymous()])
        for (const path of [...paths, `/public/cycles/${cycleId}/download?format=csv&what=results`]) {
          const answer = await client.get(path.replace(/^\/api\/v1/, ''));
          const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
          if (answer.status === 200) readable.push(path);
          expect(text, path).not.toContain(SCORE);
          if (!/^\/(people|orgs)/.test(path)) expect(text, path).not.toContain(voter.person.id);
        }
      expect(new Set(readable).size).toBeGreaterThan(30);
      // The office counts votes, and is not told whose they are.
      const stats = await office.get(`/ballot-rounds/${items[0].round}/stats`);
      expect(stats.status).toBe(200);
      expect(JSON.stringify(stats.body)).not.toContain(voter.person.id);
      expect(JSON.stringify((await office.get(`/cases/${caseId}/timeline`)).body)).not.toContain(voter.person.id);
      const { rows } = await pool.query(
        `SELECT subject::text || body::text AS text FROM notices WHERE person_id <> $1
       UNION ALL SELECT subject || body FROM mails`,
        [voter.person.id],
      );
      for (const { text } of rows) {
        expect(text).not.toContain(SCORE);
        expect(text).not.toContain('不具名的评委');
      }
    },
    SLOW,
  );
});
