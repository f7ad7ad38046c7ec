import { describe, expect, test } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { type Client, enter, expectProblem } from '../../support/client.ts';
import { codeAt, enrol } from '../../support/factor.ts';
import { buildPerson, TEST_PASSWORD } from '../../support/factories.ts';

const api = await makeTestApi({ settings: { BIHUAN_SECOND_FACTOR: 'true' } });
const now = () => api.clock.now();
const later = (seconds: number) => api.clock.set(new Date(now().getTime() + seconds * 1000).toISOString());
const MINUTE = 60;

/** Somebody with a second factor, signed in with it. */
const withFactor = async (roles: string[] = []) => {
  const client = await api.signedIn({ roles });
  const factor = await enrol(client, TEST_PASSWORD, now());
  later(MINUTE);
  return { client, person: client.person, ...factor };
};

const secondStep = async (client: Client, code: string) => {
  const answer = await client.post('/session/second-factor', { code });
  enter(client, answer);
  return answer;
};

describe('administrators', () => {
  test.each(['systemAdministrator', 'securityAdministrator', 'auditAdministrator'])(
    'S09 a %s without a second factor may do nothing but set one up',
    async (role) => {
      const me = await api.signedIn({ roles: [role] });
      expect((await me.get('/session')).body.duty).toBe('secondFactor.required');
      for (const path of ['/people', '/sessions', '/notices', '/events', '/accounts'])
        expectProblem(await me.get(path), 403, 'secondFactor.required');
      expectProblem(await me.post('/people', {}), 403, 'secondFactor.required');
      await enrol(me, TEST_PASSWORD, now());
      expect((await me.get('/session')).body).not.toHaveProperty('duty');
      expect((await me.get('/people')).status).toBe(200);
    },
  );

  test('S09 who becomes one in the middle of a session must set one up from the next request on', async () => {
    const me = await api.signedIn();
    expect((await me.get('/people')).status).toBe(200);
    await api.prisma.role.create({
      data: { id: crypto.randomUUID(), personId: me.person.id, role: 'auditAdministrator' },
    });
    expectProblem(await me.get('/people'), 403, 'secondFactor.required');
  });
});

describe('a second factor', () => {
  test('is asked for after the password, and the password alone opens nothing', async () => {
    const { person, secret } = await withFactor();
    const client = api.anonymous();
    const first = await client.signIn(person.username, TEST_PASSWORD);
    expect(first).toMatchObject({ status: 200, body: { secondFactor: true } });
    expect(first.headers.get('set-cookie')).not.toMatch(/bihuan_session=/);
    expectProblem(await client.get('/session'), 401, 'session.missing');
    const second = await secondStep(client, codeAt(secret, now()));
    expect(second.body.person.username).toBe(person.username);
    expect((await client.get('/session')).body.secondFactor).toBe(true);
  });

  test('S10 a code works once; one that is a minute old, or older than the last, not at all', async () => {
    const { person, secret } = await withFactor();
    const code = codeAt(secret, now());
    const signIn = async () => {
      const client = api.anonymous();
      await client.signIn(person.username, TEST_PASSWORD);
      return client;
    };
    expect((await secondStep(await signIn(), code)).status).toBe(200);
    expectProblem(await secondStep(await signIn(), code), 401, 'secondFactor.wrong');
    const earlier = codeAt(secret, new Date(now().getTime() - 30_000));
    expectProblem(await secondStep(await signIn(), earlier), 401, 'secondFactor.wrong');
    later(MINUTE);
    const old = codeAt(secret, new Date(now().getTime() - 60_000));
    expectProblem(await secondStep(await signIn(), old), 401, 'secondFactor.wrong');
    const skewed = codeAt(secret, new Date(now().getTime() + 30_000));
    expect((await secondStep(await signIn(), skewed)).status).toBe(200);
  });

  test('S10 of two who send the same code at once, one gets in', async () => {
    const { person, secret } = await withFactor();
    const clients = [api.anonymous(), api.anonymous(), api.anonymous()];
    for (const client of clients) await client.signIn(person.username, TEST_PASSWORD);
    const code = codeAt(secret, now());
    const answers = await Promise.all(clients.map((client) => secondStep(client, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  test('S10 five wrong codes and no code is right for a while; it is on record', async () => {
    const { person, secret } = await withFactor();
    const client = api.anonymous();
    await client.signIn(person.username, TEST_PASSWORD);
    const right = codeAt(secret, now());
    for (let n = 0; n < 5; n++) {
      const wrong = String((Number(right) + 1 + n) % 1_000_000).padStart(6, '0');
      expectProblem(await secondStep(client, wrong), 401, 'secondFactor.wrong');
    }
    expectProblem(await secondStep(client, right), 401, 'secondFactor.wrong');
    const rows = await api.prisma.$queryRaw<{ action: string }[]>`
      SELECT action FROM audit WHERE object = ${`people/${person.id}`} AND (NOT ok OR action = 'account.lock')`;
    expect(rows.filter(({ action }) => action === 'session.secondFactor')).toHaveLength(6);
    expect(rows.filter(({ action }) => action === 'account.lock')).toHaveLength(1);
    later(16 * MINUTE);
    await client.signIn(person.username, TEST_PASSWORD);
    expect((await secondStep(client, codeAt(secret, now()))).status).toBe(200);
  });

  test('the question is good for five minutes, for one session, and only in the browser that was asked', async () => {
    const { person, secret, codes } = await withFactor();
    const client = api.anonymous();
    expectProblem(await secondStep(client, codeAt(secret, now())), 401, 'signin.expired');
    await client.signIn(person.username, TEST_PASSWORD);
    later(5 * MINUTE);
    expectProblem(await secondStep(client, codeAt(secret, now())), 401, 'signin.expired');
    await client.signIn(person.username, TEST_PASSWORD);
    expect((await secondStep(client, codeAt(secret, now()))).status).toBe(200);
    expectProblem(await secondStep(client, codes[0] ?? ''), 401, 'signin.expired');
  });

  test('a recovery code works once, however it is typed, and says how many are left', async () => {
    const { person, codes } = await withFactor();
    expect(codes).toHaveLength(10);
    const client = api.anonymous();
    const typed = codes[9]?.toLowerCase().replaceAll('-', ' ') ?? '';
    for (const [n, code] of [codes[0] ?? '', typed].entries()) {
      await client.signIn(person.username, TEST_PASSWORD);
      expect((await secondStep(client, code)).status).toBe(200);
      expect((await client.get('/second-factor')).body.recoveryLeft).toBe(9 - n);
      await client.signIn(person.username, TEST_PASSWORD);
      expectProblem(await secondStep(client, code), 401, 'secondFactor.wrong');
    }
  });

  test('S18 setting it up gives the session another token and ends the others', async () => {
    const client = await api.signedIn();
    const other = await api.as(client.person);
    const before = client.cookie;
    await enrol(client, TEST_PASSWORD, now());
    expect(client.cookie).not.toBe(before);
    expectProblem(await other.get('/session'), 401, 'session.missing');
    expect((await client.get('/session')).body.secondFactor).toBe(true);
  });

  test('is set up and removed by whoever knows the password, and removed with a code only', async () => {
    const client = await api.signedIn();
    expectProblem(await client.post('/second-factor', { password: 'not it' }), 401, 'signin.failed');
    expectProblem(await client.post('/second-factor/confirm', { code: '123456' }), 409, 'secondFactor.absent');
    const { secret } = await enrol(client, TEST_PASSWORD, now());
    expectProblem(await client.post('/second-factor', { password: TEST_PASSWORD }), 409, 'secondFactor.present');
    later(MINUTE);
    const removal = (password: string, code: string) => client.post('/second-factor/removal', { password, code });
    const wrong = String((Number(codeAt(secret, now())) + 1) % 1_000_000).padStart(6, '0');
    expectProblem(await removal(TEST_PASSWORD, wrong), 401, 'secondFactor.wrong');
    expectProblem(await removal('not it', codeAt(secret, now())), 401, 'signin.failed');
    expect((await removal(TEST_PASSWORD, codeAt(secret, now()))).status).toBe(204);
    expect((await client.signIn(client.person.username, TEST_PASSWORD)).body.person).toBeDefined();
  });

  test('new recovery codes end the old ones', async () => {
    const { client, person, secret, codes } = await withFactor();
    const body = { password: TEST_PASSWORD, code: codeAt(secret, now()) };
    const fresh = (await client.post('/second-factor/recovery-codes', body)).body.codes as string[];
    await client.signIn(person.username, TEST_PASSWORD);
    expectProblem(await secondStep(client, codes[0] ?? ''), 401, 'secondFactor.wrong');
    expect((await secondStep(client, fresh[0] ?? '')).status).toBe(200);
  });

  test('the security administrator takes it away, on record, but not the own one', async () => {
    const { client, person } = await withFactor();
    const security = await withFactor(['securityAdministrator']);
    const reset = (id: string) => security.client.delete(`/accounts/${id}/second-factor`);
    expectProblem(await reset(security.person.id), 409, 'account.own');
    expect((await reset(person.id)).status).toBe(204);
    expectProblem(await reset(person.id), 409, 'secondFactor.absent');
    expectProblem(await client.get('/session'), 401, 'session.missing');
    expect((await client.signIn(person.username, TEST_PASSWORD)).body.person).toBeDefined();
    const rows = await api.prisma.$queryRaw<{ actor: string }[]>`
      SELECT actor::text FROM audit WHERE action = 'accounts.resetSecondFactor' AND object LIKE ${`%${person.id}%`}`;
    expect(rows).toEqual([{ actor: security.person.id }]);
  });
});

test('S14 a dump of the database shows no password, token, code or secret', async () => {
  const { client, person, secret, codes } = await withFactor();
  const key = 'keyed';
  await client.post('/second-factor/recovery-codes', { password: TEST_PASSWORD, code: codeAt(secret, now()) }, { key });
  const password = '不会出现的 pass phrase';
  const mine = await buildPerson(api.prisma);
  const other = await api.as(mine);
  await other.put('/session/password', { current: TEST_PASSWORD, password }, { key });
  const asked = api.anonymous();
  await asked.signIn(person.username, TEST_PASSWORD);
  const tables = await api.prisma.$queryRaw<{ name: string }[]>`
    SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`;
  let dump = '';
  for (const { name } of tables) {
    const [row] = await api.prisma.$queryRawUnsafe<{ all: string | null }[]>(
      `SELECT string_agg(t::text, E'\n') AS all FROM ${name} t`,
    );
    dump += row?.all ?? '';
  }
  expect(dump).toContain(person.username);
  const secrets = [TEST_PASSWORD, password, secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))];
  for (const cookie of [client.cookie, other.cookie, asked.challenge]) secrets.push(cookie?.split('=')[1] ?? '');
  for (const text of secrets) {
    expect(text.length).toBeGreaterThan(8);
    expect(dump.includes(text)).toBe(false);
  }
});
