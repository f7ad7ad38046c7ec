import { describe, expect, it } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { expectProblem } from '../../support/client.ts';
import { buildPerson, TEST_PASSWORD } from '../../support/factories.ts';

const api = await makeTestApi();

describe('signing in', () => {
  it('opens a session and says who one is', async () => {
    const person = await buildPerson(api.prisma, { roles: ['performanceOffice'] });
    const client = api.anonymous();
    const answer = await client.signIn(person.username, TEST_PASSWORD);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toMatch(/^bihuan_session=[\w-]{43};.*HttpOnly; SameSite=Lax$/);
    expect(answer.body.person).toMatchObject({
      username: person.username,
      name: person.name,
      org: { id: person.orgId },
    });
    expect(answer.body.can).toContain('cycles.launch');
    expect(answer.body.can).not.toContain('people.write');
    const me = await client.get('/session');
    expect(me.body).toEqual(answer.body);
    expect(me.headers.get('cache-control')).toBe('no-store');
  });

  it('keeps only the hash of the token', async () => {
    const client = await api.signedIn();
    const token = client.cookie?.split('=')[1] ?? '';
    const dump = JSON.stringify(await api.prisma.session.findMany());
    expect(dump).not.toContain(token);
  });

  it('answers a wrong password and an unknown name alike', async () => {
    const { username } = await buildPerson(api.prisma);
    const wrong = await api.anonymous().signIn(username, 'not it');
    const unknown = await api.anonymous().signIn('nobody-here', 'not it');
    expectProblem(wrong, 401, 'signin.failed');
    expectProblem(unknown, 401, 'signin.failed');
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
  });

  it('stops after five wrong passwords, for the right one too', async () => {
    const { username } = await buildPerson(api.prisma);
    for (let tries = 0; tries < 5; tries++) {
      expectProblem(await api.anonymous().signIn(username, `wrong ${tries}`), 401, 'signin.failed');
    }
    expectProblem(await api.anonymous().signIn(username, TEST_PASSWORD), 401, 'signin.failed');
  });

  it('refuses an account that is closed', async () => {
    const { username } = await buildPerson(api.prisma, { active: false });
    expectProblem(await api.anonymous().signIn(username, TEST_PASSWORD), 401, 'signin.failed');
  });

  it('takes a new token each time and drops the old session of the browser', async () => {
    const client = await api.signedIn();
    const first = client.cookie;
    const other = api.anonymous();
    other.cookie = first;
    await client.signIn(client.person.username, TEST_PASSWORD);
    expect(client.cookie).not.toBe(first);
    expectProblem(await other.get('/session'), 401, 'session.missing');
  });
});

describe('a session', () => {
  it('ends by signing out', async () => {
    const client = await api.signedIn();
    const out = await client.delete('/session');
    expect(out.status).toBe(204);
    expect(out.headers.get('clear-site-data')).toContain('storage');
    expectProblem(await client.get('/session'), 401, 'session.missing');
  });

  it('ends after idling, and after its absolute time', async () => {
    const start = api.clock.now().getTime();
    const client = await api.signedIn();
    const at = (minutes: number) => api.clock.set(new Date(start + minutes * 60_000).toISOString());
    at(api.settings.sessionIdleMinutes - 1);
    expect((await client.get('/session')).status).toBe(200);
    at(2 * api.settings.sessionIdleMinutes - 2);
    expect((await client.get('/session')).status).toBe(200);
    at(3 * api.settings.sessionIdleMinutes);
    expectProblem(await client.get('/session'), 401, 'session.missing');
    at(0);
    const long = await api.signedIn();
    await api.prisma.session.updateMany({
      where: { personId: long.person.id },
      data: { seenAt: new Date(start + 12 * 3_600_000) },
    });
    at(12 * 60 + 1);
    expectProblem(await long.get('/session'), 401, 'session.missing');
    at(0);
  });

  it('dies with the account, and loses what a role gave, on the next request', async () => {
    const client = await api.signedIn({ roles: ['systemAdministrator'] });
    expect((await client.get('/session')).body.can).toContain('people.write');
    await api.prisma.role.deleteMany({ where: { personId: client.person.id } });
    expect((await client.get('/session')).body.can).not.toContain('people.write');
    await api.prisma.person.update({ where: { id: client.person.id }, data: { active: false } });
    expectProblem(await client.get('/session'), 401, 'session.missing');
  });

  it('changes the own password, and the other sessions end', async () => {
    const client = await api.signedIn();
    const other = await api.as(client.person);
    const change = (current: string, password: string) => client.put('/session/password', { current, password });
    expectProblem(await change('wrong', 'a new pass phrase'), 401, 'signin.failed');
    expectProblem(await change(TEST_PASSWORD, '12345678'), 422, 'password.weak');
    expect((await change(TEST_PASSWORD, '新的口令😀 long enough')).status).toBe(204);
    expect((await client.get('/session')).status).toBe(200);
    expectProblem(await other.get('/session'), 401, 'session.missing');
    expect((await api.anonymous().signIn(client.person.username, '新的口令😀 long enough')).status).toBe(200);
  });
});

describe('preferences', () => {
  it('are kept with the account', async () => {
    const client = await api.signedIn();
    expect((await client.get('/session')).body.preferences).toEqual({});
    const preferences = { filters: [{ name: '财政局的', query: 'box=todo&q=%E8%B4%A2%E6%94%BF' }], toured: true };
    expect((await client.put('/session/preferences', preferences)).status).toBe(204);
    expect((await client.get('/session')).body.preferences).toEqual(preferences);
    const again = api.anonymous();
    expect((await again.signIn(client.person.username, TEST_PASSWORD)).body.preferences).toEqual(preferences);
  });

  it('are refused when they are not what they should be, and stay', async () => {
    const client = await api.signedIn();
    for (const wrong of [
      { filters: [{ name: '', query: '' }] },
      { filters: [{ name: '回家', query: 'x#/tasks/1' }] },
      { filters: Array.from({ length: 21 }, (_, i) => ({ name: String(i), query: '' })) },
      { admin: true },
    ])
      expectProblem(await client.put('/session/preferences', wrong), 422, 'input.invalid');
    expect((await client.get('/session')).body.preferences).toEqual({});
  });
});

describe('changes from elsewhere', () => {
  it('need the token of the session', async () => {
    const client = await api.signedIn();
    const headers = { 'x-csrf-token': 'something-else' };
    expectProblem(await client.put('/session/language', { language: 'en' }, { headers }), 403, 'csrf.missing');
    expect((await client.put('/session/language', { language: 'en' })).status).toBe(204);
  });

  it('are refused from a foreign origin', async () => {
    const client = await api.signedIn();
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      expectProblem(
        await client.put('/session/language', { language: 'en' }, { headers: headers as never }),
        403,
        'origin.foreign',
      );
    }
    const own = { origin: api.origin };
    expect((await client.put('/session/language', { language: 'en' }, { headers: own })).status).toBe(204);
  });

  it('are refused when the type is one that a form can send', async () => {
    const client = await api.signedIn();
    const raw = { type: 'text/plain', body: '{"language":"en"}' };
    expectProblem(await client.put('/session/language', undefined, { raw }), 415, 'body.type');
  });
});
