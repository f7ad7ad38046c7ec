import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';

const api = await makeTestApi({ settings: { BIHUAN_TOKEN_DAYS: '90' } });
const office = await api.signedIn({ roles: ['performanceOffice'], name: '王绩效' });
const clerk = await api.signedIn();
const NOW = '2026-03-02T01:00:00Z';
const LATER = '2026-05-01T00:00:00Z';

const make = (body: object) => office.post('/push-tokens', { name: '统计平台', expiresAt: LATER, ...body });
const complaint = (channel: string) => ({
  complaints: [{ channel, reference: randomUUID(), receivedAt: NOW, text: '路灯不亮' }],
});
const send = (token: string, body: object, path = '/complaints') =>
  api.anonymous().post(path, body, { headers: { authorization: `Bearer ${token}` } });

describe('tokens of business systems', () => {
  test('are shown once, kept as a hash, and listed without their text', async () => {
    const org = await buildOrg(api.prisma);
    const { status, body } = await make({ codes: ['gdp'], orgIds: [org.id] });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      token: expect.stringMatching(/^bh_[\w-]{43}$/),
      scope: 'values',
      state: 'live',
      codes: ['gdp'],
      orgs: [{ id: org.id, name: org.name }],
      madeBy: { name: '王绩效' },
      madeAt: new Date(NOW).toISOString(),
    });
    const { rows } = await api.database.pool.query('SELECT row_to_json(t)::text AS row FROM api_tokens t');
    const list = await office.get('/push-tokens');
    expect(list.body).toMatchObject({ mostDays: 90, items: [{ id: body.id, state: 'live' }] });
    const kept = JSON.stringify([
      rows,
      list.body,
      (await api.prisma.idempotency.findMany()).map(({ response }) => response),
    ]);
    expect(kept).toContain(body.id);
    expect(kept).not.toContain(body.token.slice(3));
  });

  test('are for those who may give them out', async () => {
    expectProblem(await clerk.get('/push-tokens'), 403, 'permission.denied');
    expectProblem(await clerk.post('/push-tokens', { name: 'x', expiresAt: LATER }), 403, 'permission.denied');
    expectProblem(await clerk.delete(`/push-tokens/${randomUUID()}`), 403, 'permission.denied');
    expectProblem(await api.anonymous().get('/push-tokens'), 401, 'session.missing');
  });

  test('live no longer than the setting allows, and have no limit that would be none', async () => {
    const wrong = async (body: object) => {
      const answer = await make(body);
      expectProblem(answer, 422, 'input.invalid');
      return answer.body.errors.map(({ path }: { path: string }) => path);
    };
    const before = await api.prisma.apiToken.count();
    expect(await wrong({ expiresAt: '2026-06-01T00:00:00Z' })).toEqual(['expiresAt']);
    expect(await wrong({ expiresAt: NOW })).toEqual(['expiresAt']);
    expect(await wrong({ orgIds: [randomUUID()] })).toEqual(['orgIds[0]']);
    expect(await wrong({ channels: ['12345'] })).toEqual(['channels']);
    expect(await wrong({ scope: 'complaints', codes: ['gdp'] })).toEqual(['codes']);
    expect(await api.prisma.apiToken.count()).toBe(before);
    expect((await make({ expiresAt: '2026-05-31T00:00:00Z' })).status).toBe(201);
  });

  test('open the one route they are for, for the channels named, until they end or are revoked', async () => {
    const { token, id } = (await make({ scope: 'complaints', channels: ['12345'] })).body;
    expect((await send(token, complaint('12345'))).body).toMatchObject({ created: 1 });
    const before = await api.prisma.complaint.count();
    const foreign = await send(token, complaint('信访'));
    expectProblem(foreign, 422, 'input.invalid');
    expect(foreign.body.errors).toMatchObject([{ path: 'complaints[0].channel' }]);
    expectProblem(await send(token, { cycleId: randomUUID(), values: [] }, '/values/push'), 403, 'token.scope');
    expect(await api.prisma.complaint.count()).toBe(before);
    // Elsewhere it is nothing: it does not stand for a session.
    for (const path of ['/orgs', '/people', '/push-tokens', '/session'])
      expectProblem(
        await api.anonymous().get(path, { headers: { authorization: `Bearer ${token}` } }),
        401,
        'session.missing',
      );
    const used = (await office.get('/push-tokens')).body.items.find((one: { id: string }) => one.id === id);
    expect(used.usedAt).toBe(new Date(NOW).toISOString());

    api.clock.set(LATER);
    expectProblem(await send(token, complaint('12345')), 401, 'token.invalid');
    const again = await api.as(office.person);
    const state = async () =>
      (await again.get('/push-tokens')).body.items.find((one: { id: string }) => one.id === id).state;
    expect(await state()).toBe('expired');
    api.clock.set(NOW);
    expect((await again.delete(`/push-tokens/${id}`)).status).toBe(204);
    expectProblem(await send(token, complaint('12345')), 401, 'token.invalid');
    expect(await state()).toBe('revoked');
    expectProblem(await again.delete(`/push-tokens/${id}`), 404, 'token.unknown');
  });

  test('cannot be guessed: an address that is refused too often has to wait', async () => {
    const guess = () => send(`bh_${'A'.repeat(43)}`, complaint('12345'));
    const answers: number[] = [];
    for (let i = 0; i < 70; i++) answers.push((await guess()).status);
    expect(new Set(answers.slice(0, 40))).toEqual(new Set([401]));
    expect(answers.at(-1)).toBe(429);
  });
});
