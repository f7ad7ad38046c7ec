import { expect, test } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';

const api = await makeTestApi();
const admin = await api.signedIn({ roles: ['systemAdministrator'] });
const org = await buildOrg(api.prisma, { code: 'LOOK' });

const add = (username: string) => admin.post('/people', { username, name: '张三', orgId: org.id });
const importing = (...usernames: string[]) =>
  admin.request('POST', '/people/import', {
    raw: {
      type: 'text/csv',
      body: ['username,name,org_code', ...usernames.map((name) => `${name},张三,LOOK`)].join('\n'),
    },
  });

test('look-alike names: letters of other alphabets, invisible ones and other capitals are refused', async () => {
  expect((await add('linwei')).status).toBe(201);
  const before = await api.prisma.person.count();
  for (const name of ['lіnwei', 'аdmin', 'lin\u200bwei', 'linwei\u0301', 'ΑΒΓ', 'lin\u202ewei'])
    expectProblem(await add(name), 422, 'input.invalid');
  for (const name of ['LinWei', 'LINWEI', 'ｌｉｎｗｅｉ']) expectProblem(await add(name), 409, 'person.usernameTaken');
  for (const names of [['lіnwei'], ['LinWei'], ['someone', 'Someone'], ['someone', 'ｓomeone'], ['someone', 'someone']])
    expectProblem(await importing(...names), 422, 'csv.rows');
  expect(await api.prisma.person.count()).toBe(before);
});

test('look-alike names: what is typed full-width is the same name', async () => {
  const { body } = await add('ｚhang３');
  expect(body.username).toBe('zhang3');
  // ⼀ (Kangxi radical) and 一 look the same, so they are.
  expect((await add('⼀号窗口')).body.username).toBe('一号窗口');
  expect((await importing('ZHANG4', 'ｌｉｎｗｅｉ')).body).toMatchObject({ created: 1, updated: 1 });
  expect(
    await api.prisma.person.findMany({ where: { username: { contains: 'linwei', mode: 'insensitive' } } }),
  ).toMatchObject([{ username: 'linwei' }]);
});
