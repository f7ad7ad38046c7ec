import { describe, expect, test } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { type Client, expectProblem, makeClient } from '../../support/client.ts';
import { buildOrg, buildPerson } from '../../support/factories.ts';
import { type Forgery, oidcSettings, startForger, startProvider, visitProvider } from '../../support/oidc.ts';

const { issuer } = await startProvider({
  s1: { preferred_username: 'linwei', name: '林薇' },
  s2: { preferred_username: 'nobody.knows', name: '新人' },
  s3: { preferred_username: 'gone' },
  s4: { preferred_username: 'linwei' },
  s5: { preferred_username: 'wangqiang' },
});
const forger = await startForger();
const api = await makeTestApi({ settings: oidcSettings(issuer) });
const forged = await makeTestApi({ settings: oidcSettings(forger.issuer, { BIHUAN_OIDC_SECOND_FACTOR: 'mfa' }) });
const linwei = await buildPerson(api.prisma, { username: 'linwei', name: '林薇' });
const gone = await buildPerson(api.prisma, { username: 'gone', active: false });
const victim = await buildPerson(forged.prisma, { username: 'victim' });

/** A browser that has begun to sign in: with the cookie that binds it to what it began. */
const begin = async (of: { origin: string }, body: object = {}) => {
  const browser = makeClient(of.origin);
  const answer = await browser.post('/session/oidc', body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  browser.cookie = answer.headers.get('set-cookie')?.split(';')[0];
  return { browser, url: new URL(answer.body.url), cookie: answer.headers.get('set-cookie') ?? '' };
};
const finish = (browser: Client, body: object) => browser.post('/session/oidc/answer', body);
const sessions = () => api.prisma.session.count();

describe('signing in at a provider of identities', () => {
  test('says so on the sign-in page, and only where there is one', async () => {
    expect((await api.anonymous().get('/sign-in')).body).toMatchObject({ oidc: { label: expect.any(String) } });
    const without = await makeTestApi();
    expect((await without.anonymous().get('/sign-in')).body).not.toHaveProperty('oidc');
    expectProblem(await without.anonymous().post('/session/oidc', {}), 404, 'route.unknown');
    expectProblem(await without.anonymous().post('/session/oidc/answer', { state: 'x' }), 404, 'route.unknown');
  });

  test('opens a session of the person whom the claim names, with PKCE, state and nonce, and goes on where one wanted to', async () => {
    const { browser, url, cookie } = await begin(api, { next: '/cycles?view=lights' });
    expect(cookie).toMatch(/^bihuan_oidc=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    const back = await visitProvider(url.href, 's1');
    const answer = await finish(browser, back);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body).toMatchObject({ next: '/cycles?view=lights', session: { person: { id: linwei.id } } });
    const session = answer.headers.getSetCookie().find((line) => line.startsWith('bihuan_session='));
    browser.cookie = session?.split(';')[0];
    expect((await browser.get('/session')).body.person.username).toBe('linwei');
    expect(await api.prisma.identity.findMany()).toMatchObject([{ issuer, subject: 's1', personId: linwei.id }]);
  });

  test('the browser lands on our own page, with nothing but what it was sent back with', async () => {
    const answer = await fetch(`${api.origin}/oidc?code=a%26b&state=s&evil=1&error[]=x`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/#/oidc?state=s&code=a%26b']);
  });

  test('a wrong state, another browser, or too late: refused, nothing opened, and the attempt is used up', async () => {
    const before = await sessions();
    const first = await begin(api);
    const back = await visitProvider(first.url.href, 's1');
    expectProblem(await finish(makeClient(api.origin), back), 401, 'oidc.expired');
    const other = await begin(api);
    expectProblem(await finish(other.browser, back), 401, 'oidc.expired');
    expectProblem(await finish(first.browser, { ...back, state: 'x'.repeat(43) }), 401, 'oidc.expired');
    expectProblem(await finish(first.browser, back), 401, 'oidc.expired');
    const late = await begin(api);
    const brought = await visitProvider(late.url.href, 's1');
    const now = api.clock.now();
    api.clock.set(new Date(now.getTime() + 11 * 60_000).toISOString());
    expectProblem(await finish(late.browser, brought), 401, 'oidc.expired');
    api.clock.set(now.toISOString());
    expect(await sessions()).toBe(before);
  });

  test('a code works once, with the verifier of the browser that began', async () => {
    const first = await begin(api);
    const back = await visitProvider(first.url.href, 's1');
    expect((await finish(first.browser, back)).status).toBe(200);
    const before = await sessions();
    expectProblem(await finish(first.browser, back), 401, 'oidc.expired');
    const second = await begin(api);
    const state = second.url.searchParams.get('state');
    expectProblem(await finish(second.browser, { ...back, state }), 401, 'oidc.failed');
    const third = await begin(api);
    expectProblem(
      await finish(third.browser, { state: third.url.searchParams.get('state'), error: 'access_denied' }),
      401,
      'oidc.failed',
    );
    expect(await sessions()).toBe(before);
  });

  test('nobody is made, nobody closed is let in, and a name given to somebody else there leads to no account here', async () => {
    const before = [await api.prisma.person.count(), await sessions(), await api.prisma.identity.count()];
    for (const login of ['s2', 's3', 's4']) {
      const { browser, url } = await begin(api);
      const answer = await finish(browser, await visitProvider(url.href, login));
      expectProblem(answer, 403, 'oidc.noAccount');
      expect(JSON.stringify(answer.body)).not.toContain(gone.id);
    }
    expect([await api.prisma.person.count(), await sessions(), await api.prisma.identity.count()]).toEqual(before);
    const { rows } = await api.database.pool.query(
      `SELECT detail FROM audit WHERE action = 'oidc.finish' AND NOT ok ORDER BY at`,
    );
    const reasons = JSON.stringify(rows);
    for (const reason of ['oidc.expired', 'oidc.failed', 'unknown', 'inactive', 'taken'])
      expect(reasons).toContain(reason);
  });

  test('a newcomer is made, without roles, where the settings name a unit for it', async () => {
    const open = await makeTestApi({ settings: oidcSettings(issuer, { BIHUAN_OIDC_CREATE_IN: 'NEW' }) });
    const org = await buildOrg(open.prisma, { code: 'NEW' });
    const { browser, url } = await begin(open);
    const answer = await finish(browser, await visitProvider(url.href, 's5'));
    expect(answer.body).toMatchObject({
      session: { person: { username: 'wangqiang', org: { id: org.id } }, roles: [], can: ['business'] },
    });
  });
});

test('S54 where to go on afterwards is a path of our own or nothing', async () => {
  for (const next of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
    '\\/evil',
    'javascript:alert(1)',
    '',
    '/\n/evil',
  ])
    expectProblem(await api.anonymous().post('/session/oidc', { next }), 422, 'input.invalid');
  for (const next of ['/', '/inbox?box=done', '/cases/1#top'])
    expect((await begin(api, { next })).url.origin).toBe(issuer);
});

describe('S23 an ID token', () => {
  const attempt = async (forgery: (nonce: string) => Forgery) => {
    forger.forge(forgery);
    const { browser, url } = await begin(forged);
    const { state, nonce } = Object.fromEntries(url.searchParams) as { state: string; nonce: string };
    return finish(browser, { state, code: nonce });
  };
  const good = (nonce: string) => ({ sub: 'v', nonce, preferred_username: 'victim' });
  const seconds = Math.floor(Date.now() / 1000);

  test.each<[string, (nonce: string) => Forgery]>([
    ['without a signature (alg none)', (nonce) => ({ sign: 'none', claims: good(nonce) })],
    ['signed HS256 with the public key', (nonce) => ({ sign: 'hmacWithPublicKey', claims: good(nonce) })],
    ['signed by somebody else', (nonce) => ({ sign: 'foreign', claims: good(nonce) })],
    [
      'that names its own keys (jku)',
      (nonce) => ({ sign: 'foreign', header: { jku: forger.evilKeys }, claims: good(nonce) }),
    ],
    ['for another client', (nonce) => ({ claims: { ...good(nonce), aud: 'somebody-else' } })],
    ['that has expired', (nonce) => ({ claims: { ...good(nonce), iat: seconds - 7200, exp: seconds - 3600 } })],
    ['of another issuer', (nonce) => ({ claims: { ...good(nonce), iss: 'https://evil.example' } })],
    ['with another nonce', (nonce) => ({ claims: { ...good(nonce), nonce: `${nonce}x` } })],
    ['without a nonce', () => ({ claims: { sub: 'v', preferred_username: 'victim' } })],
  ])('%s opens nothing', async (_name, forgery) => {
    expectProblem(await attempt(forgery), 401, 'oidc.failed');
    expect(await forged.prisma.session.count()).toBe(0);
    expect(forger.asked).not.toContain('/evil-jwks');
  });

  test('that is as it should be opens a session; amr counts as the settings say', async () => {
    const answer = await attempt((nonce) => ({ claims: { ...good(nonce), amr: ['pwd', 'mfa'] } }));
    expect(answer.body).toMatchObject({ session: { person: { id: victim.id } } });
    expect(await forged.prisma.session.findMany()).toMatchObject([{ personId: victim.id, secondFactor: true }]);
    await forged.prisma.secondFactor.create({
      data: { personId: victim.id, secret: 'sealed', confirmedAt: forged.clock.now(), at: forged.clock.now() },
    });
    const asked = await attempt((nonce) => ({ claims: { ...good(nonce), amr: ['pwd'] } }));
    expect(asked.body).toMatchObject({ session: { secondFactor: true } });
    expect(await forged.prisma.session.count()).toBe(1);
  });
});
