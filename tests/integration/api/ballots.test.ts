import { beforeAll, describe, expect, it } from 'vitest';
import { castBallots } from '../../../server/ballots/cast.ts';
import { closeRounds } from '../../../server/ballots/close.ts';
import { verify } from '../../../server/verify/verify.ts';
import type { AssessorGroup } from '../../../workflows/ballots/schema.ts';
import type { Block } from '../../../workflows/template/block.ts';
import { makeTestApi } from '../../support/api.ts';
import { named, task, template } from '../../support/blocks.ts';
import { type Client, expectProblem } from '../../support/client.ts';
import { buildOrg, buildPerson } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const { pool } = api.database;

const options = [
  { key: 'good', name: named('good'), points: '100' },
  { key: 'fair', name: named('fair'), points: '60' },
];
const leaders: AssessorGroup = {
  key: 'leaders',
  name: named('leaders'),
  kind: 'superior',
  layers: [
    { key: 'chief', name: named('chief'), weight: '0.6', who: [{ kind: 'role', role: 'mayor' }] },
    { key: 'deputy', name: named('deputy'), weight: '0.4', who: [{ kind: 'role', role: 'deputy' }] },
  ],
  // A mayor and a deputy: the template says that so few are enough.
  minVotes: 1,
  scale: { min: '0', max: '100' },
  abstain: true,
  change: true,
  opinions: true,
  rules: [
    { kind: 'atMost', count: 2, from: '90' },
    { kind: 'notAllEqual', effect: 'invalid' },
  ],
};
const peers: AssessorGroup = {
  key: 'peers',
  name: named('peers'),
  kind: 'peer',
  who: [{ kind: 'heads' }],
  scale: { options },
  exceptMonitored: true,
  ranks: true,
};
const own: AssessorGroup = {
  key: 'own',
  name: named('own'),
  kind: 'self',
  who: [{ kind: 'head' }],
  items: [
    { key: 'duty', name: named('duty') },
    { key: 'style', name: named('style') },
  ],
  scale: { min: '1', max: '5', step: '1' },
};
const citizens: AssessorGroup = {
  key: 'citizens',
  name: named('citizens'),
  kind: 'public',
  layers: [
    { key: 'citizen', name: named('citizen') },
    { key: 'company', name: named('company') },
  ],
  scale: { options },
  opinions: true,
};
const vote = (key: string, ...groups: string[]): Block => ({
  key,
  type: 'ballots',
  per: 'cycle',
  name: named(key),
  groups,
  until: { from: 'opened', workingDays: 5 },
});
const content = (key: string, ...groups: AssessorGroup[]) =>
  template(
    { evaluate: [vote('vote', ...groups.map((group) => group.key)), task('after')] },
    {
      key,
      assessors: groups,
      roles: {
        ...template({}).roles,
        ...(groups.includes(leaders) && {
          mayor: { name: named('mayor'), scope: 'city' as const },
          deputy: { name: named('deputy'), scope: 'city' as const },
        }),
      },
    },
  );

type Signed = Client & { person: { id: string } };
let office: Signed;
let mayor: Signed;
let deputy: Signed;
let heads: Signed[];
let orgs: { id: string; code: string }[];

beforeAll(async () => {
  office = await api.signedIn({ roles: ['performanceOffice'] });
  mayor = await api.signedIn({ roles: ['mayor'] });
  deputy = await api.signedIn({ roles: ['deputy'] });
  orgs = [];
  heads = [];
  for (let i = 0; i < 4; i += 1) {
    const org = await buildOrg(api.prisma, { category: 'all', code: `u${i}` });
    const person = await buildPerson(api.prisma, { orgId: org.id, roles: [{ role: 'staff', orgId: org.id }] });
    const monitors = i === 3 ? { monitoringUnitId: orgs[2]?.id ?? null } : {};
    await api.prisma.orgUnit.update({ where: { id: org.id }, data: { headId: person.id, ...monitors } });
    orgs.push(org);
    heads.push(await api.as(person));
  }
  await api.directory.reload();
});

/** Launches a cycle whose round of these groups is open; gives the cases of the units in order. */
const open = async (key: string, ...groups: AssessorGroup[]) => {
  const made = await office.post('/templates', { content: content(key, ...groups) });
  expect(made.body).toMatchObject({ key });
  expect((await office.post(`/templates/${key}/versions/1/publish`)).status).toBe(200);
  const participants = orgs.map(({ id }) => ({ orgId: id, category: 'all' }));
  const launched = await office.post('/cycles', { templateKey: key, version: 1, year: 2026, name: key, participants });
  expect(launched.status).toBe(202);
  await api.launcher.settled();
  await api.work();
  const { rows } = await pool.query<{ org_id: string; id: string }>(
    `SELECT org_id, id FROM cases WHERE cycle_id = $1 AND kind = 'participant'`,
    [launched.body.id],
  );
  const cases = orgs.map(({ id }) => rows.find((row) => row.org_id === id)?.id as string);
  const round = (await office.get(`/cycles/${launched.body.id}/ballots`)).body.items[0];
  return { cycle: launched.body.id as string, cases, round: round.id as string };
};
const sheetOf = async (client: Client, round: string, group: string) =>
  (await client.get('/me/ballots')).body.items.find(
    (one: { round: string; group: { key: string } }) => one.round === round && one.group.key === group,
  );
const scores = (cases: string[], ...values: string[]) =>
  values.map((value, i) => ({ participant: cases[i] as string, value }));
const stateOf = async (round: string) =>
  (
    await pool.query(
      `SELECT s.state, s.version, s.expected, b.case_id, b.item, b.value, b.option FROM ballot_sheets s LEFT JOIN ballots b ON b.sheet_id = s.id
       WHERE s.round_id = $1 ORDER BY s.id, b.case_id, b.item`,
      [round],
    )
  ).rows;

describe('before launch', () => {
  it('tells the office which assessors are too few to be heard, and for how many units', async () => {
    const groups = [leaders, peers, own, citizens];
    const written = {
      ...content('thin', ...groups),
      assessors: groups.map((group) => (group === leaders ? { ...group, minVotes: 2 } : group)),
    };
    expect((await office.post('/templates', { content: written })).status).toBe(201);
    await office.post('/templates/thin/versions/1/publish');
    const participants = orgs.map(({ id }) => ({ orgId: id, category: 'all' }));
    const body = { templateKey: 'thin', version: 1, year: 2026, participants };
    const before = await fingerprint(pool);
    const { status, body: check } = await office.post('/cycles/check', body);
    expect(status).toBe(200);
    // The last unit is scored by two heads: the third one monitors it.
    expect(check).toMatchObject({
      participants: 4,
      thinGroups: [
        { group: 'leaders', layer: { key: 'chief' }, minVotes: 2, most: 1, units: 4 },
        { group: 'leaders', layer: { key: 'deputy' }, minVotes: 2, most: 1, units: 4 },
        { group: 'peers', layer: null, minVotes: 3, most: 2, units: 1 },
      ],
    });
    expectProblem(await office.post('/cycles/check', { ...body, year: 1200 }), 422, 'calendar.outside');
    expectProblem(await mayor.post('/cycles/check', body), 403, 'permission.denied');
    expect(await fingerprint(pool)).toBe(before);
  });
});

describe('a round', () => {
  it('expects every assessor to score whom they may, never the own unit nor one that they monitor', async () => {
    const { round, cases, cycle } = await open('expects', leaders, peers, own);
    expect((await office.get(`/cycles/${cycle}/ballots`)).body.items).toMatchObject([
      {
        open: true,
        closesAt: '2026-03-09T10:00:00.000Z',
        progress: [
          { group: 'leaders', layer: 'chief', assessors: 1, submitted: 0, expected: 4, cast: 0 },
          { group: 'leaders', layer: 'deputy', assessors: 1, expected: 4 },
          { group: 'own', layer: null, assessors: 4, expected: 8 },
          { group: 'peers', layer: null, assessors: 4, expected: 11 },
        ],
      },
    ]);
    const sheet = await sheetOf(heads[2] as Signed, round, 'peers');
    const { participants } = (await heads[2]?.get(`/ballot-sheets/${sheet.id}`))?.body ?? {};
    expect(participants.map(({ id }: { id: string }) => id).sort()).toEqual([cases[0], cases[1]].sort());
    expectProblem((await mayor.get(`/ballot-sheets/${sheet.id}`)) as never, 404, 'ballot.unknown');
    expect((await office.get(`/ballot-rounds/${round}/pending`)).body.items).toHaveLength(10);
    expectProblem(await mayor.get(`/cycles/${cycle}/ballots`), 403, 'permission.denied');
    expectProblem(await office.get(`/ballot-rounds/${round}/stats`), 409, 'round.open');
    expectProblem(await office.get(`/ballot-rounds/${cycle}/stats`), 404, 'round.unknown');
    expectProblem(await office.get(`/ballot-rounds/${cycle}/pending`), 404, 'round.unknown');
  });

  it('calls everyone who has a sheet, once', async () => {
    const { round } = await open('called', leaders, peers);
    const { rows } = await pool.query<{ payload: { id: string; people: string[]; kind: string } }>(
      `SELECT j.payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
       WHERE t.identifier = 'tell' AND j.payload->>'id' = $1`,
      [`ballots/${round}`],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.payload).toMatchObject({ kind: 'ballots', seat: null });
    expect(new Set(rows[0]?.payload.people)).toEqual(new Set([mayor, deputy, ...heads].map(({ person }) => person.id)));
  });

  it('is an incident when nobody can be found to score', async () => {
    const nobody: AssessorGroup = { ...peers, key: 'experts', who: [{ kind: 'person', person: 'nobody' }] };
    await expect(open('vacant', nobody)).rejects.toThrow(/nobody is found who could score in "vote": experts/);
  });

  it('ends as soon as every expected ballot is in, and the case goes on', async () => {
    const { round, cases, cycle } = await open('completes', leaders);
    const [first, second] = [await sheetOf(mayor, round, 'leaders'), await sheetOf(deputy, round, 'leaders')];
    const ballots = scores(cases, '90', '80', '70', '60');
    expect((await mayor.post(`/ballot-sheets/${first.id}/submit`, { ballots })).body).toMatchObject({
      ballots: 4,
      spoilt: [],
    });
    expect((await office.get(`/cycles/${cycle}/ballots`)).body.items[0]).toMatchObject({ open: true });
    const spoilt = await deputy.post(`/ballot-sheets/${second.id}/submit`, {
      ballots: scores(cases, '80', '80', '80', '80'),
    });
    expect(spoilt.body.spoilt).toMatchObject([{ zh: '不能给所有单位相同的评价' }]);
    await api.work();
    expect((await office.get(`/cycles/${cycle}/ballots`)).body.items[0]).toMatchObject({
      open: false,
      progress: [
        { layer: 'chief', submitted: 1, cast: 4, spoilt: 0 },
        { layer: 'deputy', submitted: 1, cast: 4, spoilt: 1 },
      ],
    });
    expectProblem(await mayor.post(`/ballot-sheets/${first.id}/submit`, { ballots }), 409, 'ballot.closed');
    expectProblem(await mayor.post(`/ballot-sheets/${first.id}/recuse`, { reason: '回避' }), 409, 'ballot.closed');
    const stats = (await office.get(`/ballot-rounds/${round}/stats`)).body.items;
    expect(stats[0]).toMatchObject({
      participant: { id: cases[0] },
      cast: 2,
      valid: 1,
      items: { overall: { n: 1, sum: '90', layers: { chief: { n: 1, sum: '90', weight: '0.6' } } } },
    });
    // The highest and the lowest are somebody's own ballots.
    expect(stats[0].items.overall).not.toHaveProperty('max');
    expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
  });

  it('of several who hand in last at once, one ends it', async () => {
    const { round, cases, cycle } = await open('together', leaders, own);
    const sheets = [];
    for (const client of [mayor, deputy]) sheets.push({ client, id: (await sheetOf(client, round, 'leaders')).id });
    const whole = (id: string) => [
      { participant: id, item: 'duty', value: '5' },
      { participant: id, item: 'style', value: '4' },
    ];
    const answers = await Promise.all([
      ...sheets.map(({ client, id }) =>
        client.post(`/ballot-sheets/${id}/submit`, { ballots: scores(cases, '90', '80', '70', '60') }),
      ),
      ...heads.map(async (head, i) => {
        const { id } = await sheetOf(head, round, 'own');
        return head.post(`/ballot-sheets/${id}/submit`, { ballots: whole(cases[i] as string) });
      }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect((await office.get(`/cycles/${cycle}/ballots`)).body.items[0].open).toBe(false);
  });

  it('takes nothing after its date, whoever was about to hand in', async () => {
    const { round, cases } = await open('closes', leaders);
    const { id } = await sheetOf(mayor, round, 'leaders');
    const before = await stateOf(round);
    api.clock.set('2026-03-09T10:00:00.000Z');
    await pool.query(`UPDATE sessions SET seen_at = '2026-03-09T09:59:00Z', expires_at = '2026-03-10'`);
    const late = { ballots: scores(cases, '90', '80', '70', '60') };
    expectProblem(await mayor.post(`/ballot-sheets/${id}/submit`, late), 409, 'ballot.closed');
    expectProblem(await mayor.put(`/ballot-sheets/${id}/draft`, late), 409, 'ballot.closed');
    expect(await stateOf(round)).toEqual(before);
    api.clock.set('2026-03-02T01:00:00.000Z');
    await pool.query(`UPDATE sessions SET seen_at = '2026-03-02T01:00:00Z'`);
  });

  it('whoever hands in while it is being counted comes first and is counted, or is refused', async () => {
    const { round, cases, cycle } = await open('races', leaders, peers);
    const at = api.clock.now().toISOString();
    const cast = (assessor: string, group: string, sheet: object[]) =>
      castBallots(pool, { round, group, assessor, sheet: sheet as never, at });
    const good = (list: (string | undefined)[]) => list.map((participant) => ({ participant, option: 'good' }));
    const client = await pool.connect();
    await client.query('BEGIN');
    await closeRounds(client, { cycleId: cycle, at });
    const late = cast(mayor.person.id, 'leaders', scores(cases, '90', '80', '70', '60'));
    const refused = expect(late).rejects.toMatchObject({ id: 'ballot.closed' });
    await expect
      .poll(
        async () =>
          (
            await pool.query(
              `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
            )
          ).rowCount,
      )
      .toBe(1);
    await client.query('COMMIT');
    client.release();
    await refused;
    await expect(cast(heads[0]?.person.id ?? '', 'peers', good(cases.slice(1)))).rejects.toMatchObject({
      id: 'ballot.closed',
    });
    expect((await stateOf(round)).filter(({ state, value }) => state !== 'open' || value !== null)).toEqual([]);
  });
});

describe('a sheet', () => {
  it('is refused with all that is wrong with it, row by row, and nothing is changed', async () => {
    const { round, cases } = await open('refuses', leaders, peers, own);
    const outsider = (await open('elsewhere', own)).cases[0] as string;
    const { id } = await sheetOf(mayor, round, 'leaders');
    const peer = (await sheetOf(heads[0] as Signed, round, 'peers')).id;
    const before = await stateOf(round);
    const submit = (ballots: object[], client: Client = mayor, sheet: string = id) =>
      client.post(`/ballot-sheets/${sheet}/submit`, { ballots });
    const errorsOf = (answer: { body: { errors: { path: string }[] } }) => answer.body.errors.map(({ path }) => path);

    const off = await submit(scores(cases, '90', '101', '70', '-1'));
    expectProblem(off, 422, 'ballot.scale');
    expect(errorsOf(off)).toEqual(['ballots[1].value', 'ballots[3].value']);
    const twice = await submit([...scores(cases, '90', '80', '70', '60'), ...scores(cases, '91')]);
    expectProblem(twice, 422, 'ballot.twice');
    expect(errorsOf(twice)).toEqual(['ballots[4]']);
    expectProblem(await submit(scores(cases, '90', '80')), 422, 'ballot.missing');
    const broken = await submit(scores(cases, '95', '95', '95', '60'));
    expectProblem(broken, 422, 'ballot.rule');
    expect(broken.body.errors).toMatchObject([
      { path: 'rules[0]', message: { zh: '评价为 ≥ 90 的最多 2 个，现有 3 个' } },
    ]);
    const stranger = await submit([...scores(cases, '90', '80', '70', '60'), { participant: outsider, value: '1' }]);
    expectProblem(stranger, 422, 'ballot.unknownUnit');
    expect(errorsOf(stranger)).toEqual(['ballots[4].participant']);
    const self = [...cases.map((participant) => ({ participant, option: 'good' }))];
    expectProblem(await submit(self, heads[0], peer), 422, 'ballot.ownUnit');
    const monitored = (await sheetOf(heads[2] as Signed, round, 'peers')).id;
    expectProblem(await submit([self[0], self[1], self[3]] as object[], heads[2], monitored), 422, 'ballot.notOnSheet');
    expectProblem(
      await submit([{ ...self[1], item: 'x' }, self[2], self[3]] as object[], heads[0], peer),
      422,
      'ballot.invalid',
    );
    expectProblem(await submit(scores(cases, '101', '80')), 422, 'ballot.invalid');
    expectProblem(await submit([{ participant: 'x', value: '1' }]), 422, 'input.invalid');
    expectProblem(await submit(scores(cases, '90', '80', '70', '60'), deputy), 404, 'ballot.unknown');
    expect(await stateOf(round)).toEqual(before);
  });

  it('is saved as a draft, handed in once, and changed only where the group allows', async () => {
    const { round, cases } = await open('changes', leaders, own);
    const { id } = await sheetOf(mayor, round, 'leaders');
    expect((await mayor.put(`/ballot-sheets/${id}/draft`, { ballots: scores(cases, '70') })).body).toMatchObject({
      state: 'open',
      filled: 1,
      ballots: [{ value: '70' }],
    });
    expectProblem(
      await mayor.put(`/ballot-sheets/${id}/draft`, { ballots: scores(cases, '170') }),
      422,
      'ballot.scale',
    );
    const key = 'k1';
    const body = {
      ballots: scores(cases, '90', '80', '70', '60'),
      opinions: [{ participant: cases[0], text: '办事很快' }],
    };
    const first = await mayor.post(`/ballot-sheets/${id}/submit`, body, { key });
    expect(first.body).toMatchObject({ ballots: 4 });
    expect((await mayor.post(`/ballot-sheets/${id}/submit`, body, { key })).body).toEqual(first.body);
    const { rows } = await pool.query('SELECT org_id, layer, text FROM opinions');
    expect(rows).toEqual([{ org_id: orgs[0]?.id, layer: 'chief', text: '办事很快' }]);
    const again = [{ participant: cases[0], abstain: true }, ...scores(cases, '1', '81', '71', '61').slice(1)];
    expect((await mayor.post(`/ballot-sheets/${id}/submit`, { ballots: again })).status).toBe(200);
    expect((await mayor.get(`/ballot-sheets/${id}`)).body).toMatchObject({ state: 'submitted', filled: 4 });
    expect((await stateOf(round)).flatMap(({ value }) => value ?? []).sort()).toEqual(['61', '71', '81']);

    const head = heads[0] as Signed;
    const mine = (await sheetOf(head, round, 'own')).id;
    const ballots = ['duty', 'style'].map((item) => ({ participant: cases[0], item, value: '5' }));
    expect((await head.post(`/ballot-sheets/${mine}/submit`, { ballots })).status).toBe(200);
    expectProblem(await head.post(`/ballot-sheets/${mine}/submit`, { ballots }), 409, 'ballot.submitted');
    expectProblem(
      await head.post(`/ballot-sheets/${mine}/submit`, { ballots, opinions: [{ text: '好' }] }),
      409,
      'ballot.submitted',
    );
  });

  it('that two send at once is handed in once', async () => {
    const { round, cases } = await open('doubles', own);
    const head = heads[1] as Signed;
    const { id } = await sheetOf(head, round, 'own');
    const ballots = (value: string) => ['duty', 'style'].map((item) => ({ participant: cases[1], item, value }));
    const answers = await Promise.all(
      ['1', '2', '3', '4'].map((value) => head.post(`/ballot-sheets/${id}/submit`, { ballots: ballots(value) })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const written = (await stateOf(round)).filter(({ state }) => state === 'submitted');
    expect(new Set(written.map(({ value }) => value)).size).toBe(1);
  });

  it('may be left by recusal, in part or whole, with its reason on record; the office may exclude', async () => {
    const { round, cases, cycle } = await open('recuses', leaders);
    const { id } = await sheetOf(mayor, round, 'leaders');
    const other = (await sheetOf(deputy, round, 'leaders')).id;
    expectProblem(await mayor.post(`/ballot-sheets/${id}/recuse`, { reason: '' }), 422, 'input.invalid');
    expectProblem(
      await mayor.post(`/ballot-sheets/${id}/recuse`, { participants: [round], reason: '亲属' }),
      422,
      'ballot.notOnSheet',
    );
    expectProblem(await mayor.post(`/ballot-sheets/${id}/exclude`, { reason: '亲属' }), 403, 'permission.denied');
    const left = await mayor.post(`/ballot-sheets/${id}/recuse`, { participants: [cases[0]], reason: '亲属任职' });
    expect(left.body).toMatchObject({ expected: 3, state: 'open' });
    expectProblem(
      await mayor.post(`/ballot-sheets/${id}/submit`, { ballots: scores(cases, '90', '80', '70', '60') }),
      422,
      'ballot.notOnSheet',
    );
    const rest = scores(cases, '', '80', '70', '60').slice(1);
    expect((await mayor.post(`/ballot-sheets/${id}/submit`, { ballots: rest })).status).toBe(200);
    expect((await office.post(`/ballot-sheets/${other}/exclude`, { reason: '利害关系' })).status).toBe(204);
    expect((await office.get(`/cycles/${cycle}/ballots`)).body.items[0]).toMatchObject({
      open: false,
      progress: [
        { layer: 'chief', submitted: 1, expected: 3 },
        { layer: 'deputy', recused: 1, expected: 0 },
      ],
    });
    expect((await office.get(`/ballot-rounds/${round}/pending`)).body.items).toMatchObject([
      { state: 'excluded', reason: '利害关系' },
    ]);
    const { rows } = await pool.query(
      `SELECT case_id, state, reason, decided_by FROM ballot_targets WHERE sheet_id = $1 AND state <> 'due'`,
      [id],
    );
    expect(rows).toEqual([{ case_id: cases[0], state: 'recused', reason: '亲属任职', decided_by: mayor.person.id }]);
  });

  it('says nothing of a unit that its assessor was taken off after handing it in', async () => {
    const { round, cases } = await open('withdraws', leaders, own);
    const { id } = await sheetOf(mayor, round, 'leaders');
    await mayor.post(`/ballot-sheets/${id}/submit`, { ballots: scores(cases, '90', '80', '70', '60') });
    await office.post(`/ballot-sheets/${id}/exclude`, { participants: [cases[0]], reason: '利害关系' });
    api.clock.set('2026-03-09T10:00:00.000Z');
    await pool.query(`UPDATE sessions SET seen_at = '2026-03-09T09:59:00Z', expires_at = '2026-03-10'`);
    const { items } = (await office.get(`/ballot-rounds/${round}/stats`)).body;
    api.clock.set('2026-03-02T01:00:00.000Z');
    await pool.query(`UPDATE sessions SET seen_at = '2026-03-02T01:00:00Z'`);
    expect(items.map(({ participant }: { participant: { id: string } }) => participant.id)).toEqual(cases.slice(1));
  });
});

describe('a public survey', () => {
  const token = (link: string) => link.split('/').at(-1) as string;
  const issue = (round: string, more: object = {}) =>
    office.post(`/ballot-rounds/${round}/links`, { group: 'citizens', layer: 'citizen', count: 1, ...more });

  it('is answered once by whoever has the link, and nothing leads back to it', async () => {
    const { round, cases } = await open('asks', citizens);
    const made = await issue(round, { count: 4 });
    expect(made.status).toBe(201);
    const [first, second, third, late] = made.body.links.map(token);
    const anyone = api.anonymous();
    const asked = await anyone.get(`/surveys/${first}`);
    expect(asked.body).toMatchObject({ group: { key: 'citizens' }, opinions: true });
    expect(asked.body.participants.map(({ id }: { id: string }) => id)).toEqual(cases);
    const answer = {
      ballots: [{ participant: cases[0], option: 'good' }],
      opinions: [{ participant: cases[0], text: '窗口态度好' }],
    };
    const both = await Promise.all([1, 2].map(() => anyone.post(`/surveys/${first}`, answer)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    expectProblem(await anyone.post(`/surveys/${first}`, answer), 410, 'survey.gone');
    expectProblem(await anyone.get(`/surveys/${first}`), 410, 'survey.gone');
    const kept = await pool.query('SELECT assessor_id, submitted_at, layer FROM ballot_sheets WHERE round_id = $1', [
      round,
    ]);
    expect(kept.rows).toEqual([{ assessor_id: null, submitted_at: null, layer: 'citizen' }]);
    const links = await pool.query('SELECT used, token_hash FROM survey_links WHERE round_id = $1', [round]);
    expect(links.rows.filter(({ used }) => used)).toHaveLength(1);
    expect(JSON.stringify(links.rows)).not.toContain(first);

    const bad = (ballots: object[], opinions: object[] = []) =>
      anyone.post(`/surveys/${second}`, { ballots, opinions });
    expectProblem(await bad([{ participant: cases[0], option: 'best' }]), 422, 'ballot.scale');
    expectProblem(await bad([{ participant: round, option: 'good' }]), 422, 'ballot.unknownUnit');
    expectProblem(await bad([], [{ participant: round, text: 'x' }]), 422, 'ballot.unknownUnit');
    expectProblem(await bad([]), 422, 'survey.empty');
    expectProblem(await anyone.get(`/surveys/${'x'.repeat(32)}`), 410, 'survey.gone');
    expectProblem(await anyone.get('/surveys/short'), 422, 'input.invalid');
    expect(
      (
        await bad([
          { participant: cases[0], option: 'fair' },
          { participant: cases[1], option: 'good' },
        ])
      ).status,
    ).toBe(200);
    expect((await office.get(`/cycles/${await cycleOf(round)}/ballots`)).body.items[0]).toMatchObject({
      open: true,
      surveys: [{ group: 'citizens', layers: [{ key: 'citizen' }, {}] }],
      links: [{ group: 'citizens', layer: 'citizen', issued: 4, used: 2 }],
    });

    expect((await anyone.post(`/surveys/${third}`, { ballots: answer.ballots })).status).toBe(200);

    await closeRounds(pool, { cycleId: await cycleOf(round), at: api.clock.now().toISOString() });
    expectProblem(await anyone.post(`/surveys/${late}`, answer), 410, 'survey.gone');
    // Those who did not answer were asked all the same.
    expect((await office.get(`/cycles/${await cycleOf(round)}/ballots`)).body.items[0]).toMatchObject({
      open: false,
      links: [{ group: 'citizens', layer: 'citizen', issued: 4, used: 3 }],
    });
    const { items } = (await office.get(`/ballot-rounds/${round}/stats`)).body;
    expect(items).toMatchObject([
      {
        participant: { id: cases[0] },
        valid: 3,
        shown: true,
        items: { overall: { n: 3, counts: { good: 2, fair: 1 } } },
      },
      { participant: { id: cases[1] }, valid: 1, shown: false, items: {} },
    ]);
    expectProblem(await issue(round), 409, 'ballot.closed');
  });

  const cycleOf = async (round: string) =>
    (await pool.query<{ cycle_id: string }>('SELECT cycle_id FROM ballot_rounds WHERE id = $1', [round])).rows[0]
      ?.cycle_id ?? '';

  it('has links for the public groups and layers of the round only, made by the office', async () => {
    const { round } = await open('links', citizens, own);
    expectProblem(await issue(round, { group: 'own', layer: undefined }), 422, 'survey.group');
    expectProblem(await issue(round, { layer: 'nobody' }), 422, 'survey.group');
    expectProblem(await issue(round, { layer: undefined }), 422, 'survey.group');
    expectProblem(await issue(round, { count: 0 }), 422, 'input.invalid');
    expectProblem(await issue(crypto.randomUUID()), 404, 'round.unknown');
    expectProblem(
      await mayor.post(`/ballot-rounds/${round}/links`, { group: 'citizens', layer: 'citizen', count: 1 }),
      403,
      'permission.denied',
    );
  });

  it('is limited for each address', async () => {
    const anyone = api.anonymous();
    const answers = [];
    for (let i = 0; i < 61; i += 1) answers.push((await anyone.get(`/surveys/${'y'.repeat(32)}`)).status);
    expect(answers.at(-1)).toBe(429);
    expect(answers.slice(0, 3)).toEqual([410, 410, 410]);
  });
});
