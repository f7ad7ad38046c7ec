import { describe, expect, test } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { expectProblem } from '../../support/client.ts';
import { buildPerson, TEST_PASSWORD } from '../../support/factories.ts';

const api = await makeTestApi({
  settings: { BIHUAN_SESSION_LIMIT: '3', BIHUAN_SESSION_IDLE_MINUTES: '60', BIHUAN_SESSION_HOURS: '12' },
});
const START = api.clock.now().getTime();
const minutesOn = (minutes: number) => api.clock.set(new Date(START + minutes * 60_000).toISOString());

describe('a session', () => {
  test('S15 ends by idling: what the page does by itself does not keep it awake', async () => {
    const me = await api.signedIn();
    minutesOn(50);
    const live = new AbortController();
    const events = await fetch(`${me.base}/events`, { headers: { cookie: me.cookie ?? '' }, signal: live.signal });
    expect(events.status).toBe(200);
    live.abort();
    expect((await me.get('/tasks', { headers: { 'x-unattended': '1' } })).status).toBe(200);
    minutesOn(61);
    expectProblem(await me.get('/session'), 401, 'session.missing');
    minutesOn(0);
    const busy = await api.signedIn();
    minutesOn(50);
    expect((await busy.get('/tasks')).status).toBe(200);
    minutesOn(100);
    expect((await busy.get('/session')).status).toBe(200);
    minutesOn(0);
  });

  test('S16 ends after its absolute time, however busy, also under a renewed token', async () => {
    const me = await api.signedIn();
    for (let minutes = 50; minutes < 12 * 60; minutes += 50) {
      minutesOn(minutes);
      expect((await me.get('/session')).status).toBe(200);
      if (minutes === 100)
        await me.put('/session/password', { current: TEST_PASSWORD, password: '半路更换的 pass phrase' });
    }
    minutesOn(12 * 60 + 1);
    expectProblem(await me.get('/session'), 401, 'session.missing');
    minutesOn(0);
  });

  test('S17 is worth nothing after signing out, wherever its cookie is played again', async () => {
    const me = await api.signedIn();
    expect((await me.delete('/session')).headers.get('clear-site-data')).toContain('"storage"');
    expectProblem(await me.get('/session'), 401, 'session.missing');
    expectProblem(await me.put('/session/language', { language: 'en' }), 401, 'session.missing');
  });

  test('S18 is never one that was there before: a planted cookie is replaced and dead', async () => {
    const planted = await api.signedIn();
    const victim = api.anonymous();
    victim.cookie = planted.cookie;
    const { username } = await buildPerson(api.prisma);
    await victim.signIn(username, TEST_PASSWORD);
    expect(victim.cookie).not.toBe(planted.cookie);
    expectProblem(await planted.get('/session'), 401, 'session.missing');
    const invented = api.anonymous();
    invented.cookie = `bihuan_session=${'A'.repeat(43)}`;
    await invented.signIn(username, TEST_PASSWORD);
    expect(invented.cookie).not.toContain('AAAA');
  });

  test('S19 has a token of 256 bits, of which only the hash is kept', async () => {
    const tokens = new Set<string>();
    for (let n = 0; n < 5; n++) tokens.add((await api.signedIn()).cookie?.split('=')[1] ?? '');
    expect(tokens.size).toBe(5);
    const dump = JSON.stringify(await api.prisma.session.findMany());
    for (const token of tokens) {
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
      expect(dump).not.toContain(token);
    }
  });

  test('S22 is listed with where it was opened, and one or all others can be ended', async () => {
    const person = await buildPerson(api.prisma);
    const [one, two, three] = [await api.as(person), await api.as(person), await api.as(person)];
    const listed = (await one.get('/sessions')).body.items;
    expect(listed).toHaveLength(3);
    expect(listed[0]).toMatchObject({ address: expect.stringContaining('127.0.0.1'), agent: expect.any(String) });
    expect(JSON.stringify(listed)).not.toMatch(/hash|csrf/i);
    const mine = (await two.get('/sessions')).body.items.find((item: { current: boolean }) => item.current);
    expect((await one.delete(`/sessions/${mine.id}`)).status).toBe(204);
    expectProblem(await two.get('/session'), 401, 'session.missing');
    expectProblem(await one.delete(`/sessions/${mine.id}`), 404, 'session.unknown');
    expect((await one.delete('/sessions')).body).toEqual({ ended: 1 });
    expectProblem(await three.get('/session'), 401, 'session.missing');
    expect((await one.get('/session')).status).toBe(200);
  });

  test('S22 of somebody else is nobody’s to see or end, but the security administrator’s', async () => {
    const victim = await api.signedIn();
    const [{ id }] = (await victim.get('/sessions')).body.items;
    const other = await api.signedIn();
    expectProblem(await other.delete(`/sessions/${id}`), 404, 'session.unknown');
    expectProblem(await other.get(`/accounts/${victim.person.id}`), 403, 'permission.denied');
    const security = await api.signedIn({ roles: ['securityAdministrator'] });
    const account = await security.get(`/accounts/${victim.person.id}`);
    expect(account.body).toMatchObject({ sessions: 1, open: [{ id, current: false }] });
    expect((await security.delete(`/accounts/${victim.person.id}/sessions/${id}`)).status).toBe(204);
    expectProblem(await victim.get('/session'), 401, 'session.missing');
    const again = await api.as(victim.person);
    expect((await security.delete(`/accounts/${victim.person.id}/sessions`)).body).toEqual({ ended: 1 });
    expectProblem(await again.get('/session'), 401, 'session.missing');
  });

  test('S22 beyond the limit the oldest ends', async () => {
    const person = await buildPerson(api.prisma);
    const clients = [];
    for (let n = 0; n < 4; n++) {
      minutesOn(n);
      clients.push(await api.as(person));
    }
    const statuses = [];
    for (const client of clients) statuses.push((await client.get('/session')).status);
    expect(statuses).toEqual([401, 200, 200, 200]);
    minutesOn(0);
  });
});
