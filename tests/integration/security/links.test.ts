import { describe, expect, test, vi } from 'vitest';
import { makeTransport } from '../../../server/mail/transport.ts';
import { openSecrets } from '../../../server/secrets/index.ts';
import { makeTestApi } from '../../support/api.ts';
import { expectProblem } from '../../support/client.ts';
import { codeAt, enrol } from '../../support/factor.ts';
import { buildOrg, buildPerson, TEST_PASSWORD } from '../../support/factories.ts';
import { startSmtp } from '../../support/smtp.ts';
import { startTestWorker } from '../../support/testWorker.ts';

const URL_OF_OURS = 'https://jx.city.invalid';
const smtp = await startSmtp();
const api = await makeTestApi({ settings: { BIHUAN_URL: URL_OF_OURS, SMTP_URL: smtp.url } });
const transport = makeTransport({ smtpUrl: smtp.url, from: 'jx@city.invalid', publicUrl: URL_OF_OURS });
startTestWorker(api, { mail: transport, secrets: await openSecrets(api.settings) });

let people = 0;
const somebody = () => {
  people += 1;
  return buildPerson(api.prisma, { email: `reader${people}@city.invalid` });
};

/** The link in the next mail to an address. */
const linkTo = (email: string | null, count = 1) =>
  vi.waitFor(
    () => {
      const mails = smtp.mails.filter(({ to }) => to?.some(({ address }) => address === email));
      expect(mails.length).toBeGreaterThanOrEqual(count);
      const link = /(https?:\/\/\S+)\/#\/(reset|invitation)\?token=([\w-]+)/.exec(mails.at(-1)?.text ?? '');
      return { base: link?.[1], kind: link?.[2], token: link?.[3] ?? '' };
    },
    { timeout: 30_000, interval: 50 },
  );

const anyone = api.anonymous();
const ask = (who: string, headers = {}) => anyone.post('/password-resets', { who }, { headers });
const use = (token: string, password: string) => anyone.post('/password-links/use', { token, password });
const later = (minutes: number) => api.clock.set(new Date(api.clock.now().getTime() + minutes * 60_000).toISOString());

describe('a link to reset a password', () => {
  test('S13 works once, ends the sessions, unlocks, and is kept as a hash', async () => {
    const person = await somebody();
    const signedIn = await api.as(person);
    for (let n = 0; n < 5; n++) await anyone.signIn(person.username, 'wrong');
    expect((await ask(person.username)).status).toBe(204);
    const { kind, token } = await linkTo(person.email);
    expect(kind).toBe('reset');
    const dump = JSON.stringify([await api.prisma.passwordLink.findMany(), await api.prisma.mail.findMany()]);
    expect(dump).not.toContain(token);
    const found = await anyone.post('/password-links/check', { token });
    expect(found.body).toMatchObject({ kind: 'reset', username: person.username });
    expectProblem(await use(token, 'password'), 422, 'password.weak');
    const both = await Promise.all(['重置之后 one', '重置之后 two'].map((password) => use(token, password)));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 410]);
    expectProblem(await use(token, '第三次 of them'), 410, 'link.invalid');
    expectProblem(await signedIn.get('/session'), 401, 'session.missing');
    const chosen = both[0]?.status === 204 ? '重置之后 one' : '重置之后 two';
    expect((await anyone.signIn(person.username, chosen)).status).toBe(200);
  });

  test('S13 ends after 30 minutes, and when another is asked for', async () => {
    const person = await somebody();
    await ask(person.email ?? '');
    const first = await linkTo(person.email);
    later(3);
    await ask(person.username);
    const second = await linkTo(person.email, 2);
    expect(second.token).not.toBe(first.token);
    expectProblem(await use(first.token, '太晚了的 password'), 410, 'link.invalid');
    later(30);
    expectProblem(await use(second.token, '太晚了的 password'), 410, 'link.invalid');
    expect((await api.as(person)).me).toBeDefined();
  });

  test('S13 does not bypass the second factor', async () => {
    const person = await somebody();
    const { secret } = await enrol(await api.as(person), TEST_PASSWORD, api.clock.now());
    await ask(person.username);
    const { token } = await linkTo(person.email);
    expect((await use(token, '重置之后 three')).status).toBe(204);
    const client = api.anonymous();
    expect((await client.signIn(person.username, '重置之后 three')).body).toEqual({ secondFactor: true });
    expectProblem(await client.get('/session'), 401, 'session.missing');
    later(1);
    const answer = await client.post('/session/second-factor', { code: codeAt(secret, api.clock.now()) });
    expect(answer.status).toBe(200);
  });

  test('S13 leads where the settings say, whatever the request calls us', async () => {
    const person = await somebody();
    await ask(person.username, { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' });
    expect((await linkTo(person.email)).base).toBe(URL_OF_OURS);
  });

  test('S03 nothing tells whether a name or an address is known', async () => {
    const person = await somebody();
    const answers = [];
    for (const who of [person.username, person.email ?? '', 'nobody-here', 'nobody@city.invalid'])
      answers.push(await ask(who));
    const seen = answers.map(({ status, body }) => ({ status, body }));
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    await linkTo(person.email);
    const sent = await api.prisma.mail.findMany({ where: { toAddress: { contains: 'nobody' } } });
    expect(sent).toEqual([]);
  });

  test('S04 one address cannot ask for ever', async () => {
    const answers = [];
    for (let n = 0; n < 25; n++) answers.push(await ask(`nobody${n}`));
    expect(answers.map(({ status }) => status)).toContain(429);
    await api.prisma.signInCount.deleteMany();
  });

  test('is sent by the security administrator too, who does not see it', async () => {
    const person = await somebody();
    const security = await api.signedIn({ roles: ['securityAdministrator'] });
    const given = await security.post(`/accounts/${person.id}/password-link`);
    expect(given.body).toEqual({ sentTo: person.email });
    const { token } = await linkTo(person.email);
    expect((await use(token, '安全员发的 link')).status).toBe(204);
    expectProblem(await security.post(`/accounts/${security.person.id}/password-link`), 409, 'account.own');
  });

  test('is handed over where no mail reaches the person', async () => {
    const person = await buildPerson(api.prisma);
    const security = await api.signedIn({ roles: ['securityAdministrator'] });
    const { body } = await security.post(`/accounts/${person.id}/password-link`);
    expect(body.path).toMatch(/^\/#\/reset\?token=[\w-]{43}$/);
    expect((await use(body.path.split('=')[1], '当面交的 link')).status).toBe(204);
  });
});

describe('an invitation', () => {
  test('goes to whoever is made an account, who chooses the password', async () => {
    const system = await api.signedIn({ roles: ['systemAdministrator'] });
    const { id: orgId } = await buildOrg(api.prisma);
    const email = 'newcomer@city.invalid';
    const made = await system.post('/people', { username: 'newcomer', name: '新人', orgId, email });
    expect(made.status).toBe(201);
    const { base, kind, token } = await linkTo(email);
    expect({ base, kind }).toEqual({ base: URL_OF_OURS, kind: 'invitation' });
    later(6 * 24 * 60);
    expect((await use(token, '自己选的 password')).status).toBe(204);
    expect((await anyone.signIn('newcomer', '自己选的 password')).status).toBe(200);
    const fresh = await api.signedIn({ roles: ['systemAdministrator'] });
    expectProblem(await fresh.post(`/people/${made.body.id}/invitation`), 409, 'account.hasPassword');
  });

  test('ends after its days; another can be had, for many at once after an import', async () => {
    const system = await api.signedIn({ roles: ['systemAdministrator'] });
    const before = await api.prisma.person.count({ where: { passwordHash: null } });
    const people = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        buildPerson(api.prisma, { passwordHash: null, email: name === 'c' ? null : `imported-${name}@city.invalid` }),
      ),
    );
    expect(before).toBe(0);
    expect((await system.post('/people/invitations')).body).toEqual({ invited: 2, unreachable: 1 });
    const first = await linkTo('imported-a@city.invalid');
    await linkTo('imported-b@city.invalid');
    expect((await system.post('/people/invitations')).body).toEqual({ invited: 0, unreachable: 1 });
    later(7 * 24 * 60);
    expectProblem(await use(first.token, '太晚了的 password'), 410, 'link.invalid');
    const again = await api.signedIn({ roles: ['systemAdministrator'] });
    const shown = await again.post(`/people/${people[2]?.id}/invitation`);
    expect(shown.body.path).toMatch(/^\/#\/invitation\?token=/);
  });
});
