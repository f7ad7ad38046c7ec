import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { type Client, expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const admin = await api.signedIn({ roles: ['systemAdministrator'] });
const security = await api.signedIn({ roles: ['securityAdministrator'] });
const clerk = await api.signedIn({ email: 'clerk@city.example' });

const csv = (text: string | Buffer, path = '/orgs/import', query = '', who: Client = admin) =>
  who.request('POST', `${path}${query}`, { raw: { type: 'text/csv', body: text } });
const grant = (who: Client, id: string, roles: object[], ifMatch = 1) =>
  who.put(`/people/${id}/roles`, { roles }, { ifMatch });
const unchanged = async (work: () => Promise<unknown>) => {
  const before = await fingerprint(api.database.pool);
  await work();
  expect(await fingerprint(api.database.pool)).toBe(before);
};

describe('organisations', () => {
  it('are added, read and changed, version by version', async () => {
    const made = await admin.post('/orgs', { code: 'JYJ', name: '市教育局', kind: 'department', category: 'society' });
    expect(made).toMatchObject({ status: 201, body: { code: 'JYJ', version: 1, people: 0, can: ['edit'] } });
    const { id } = made.body;
    const section = await admin.post('/orgs', { code: 'JYJ-1', name: '办公室', kind: 'section', parentId: id });
    expect(section.body.parent).toEqual({ id, name: '市教育局' });
    const changed = await admin.patch(`/orgs/${id}`, { name: '市教育体育局', category: null }, 1);
    expect(changed.body).toMatchObject({ name: '市教育体育局', version: 2 });
    expect(changed.body).not.toHaveProperty('category');
    expect(changed.headers.get('etag')).toBe('"2"');
    await unchanged(async () => {
      const stale = await admin.patch(`/orgs/${id}`, { name: '别的' }, 1);
      expectProblem(stale, 412, 'version.stale');
      expect(stale.body.current).toBe(2);
      expectProblem(await admin.request('PATCH', `/orgs/${id}`, { body: { name: '别的' } }), 428, 'version.required');
      expectProblem(
        await admin.post('/orgs', { code: 'JYJ', name: '又一个', kind: 'department' }),
        409,
        'org.codeTaken',
      );
      expectProblem(await admin.patch(`/orgs/${id}`, { parentId: section.body.id }, 2), 422, 'org.loop');
      expectProblem(await admin.patch(`/orgs/${id}`, { demo: true, version: 1 }, 2), 422, 'input.invalid');
      expectProblem(await clerk.patch(`/orgs/${id}`, { name: '别的' }, 2), 403, 'permission.denied');
      expectProblem(await clerk.post('/orgs', { code: 'x', name: 'x', kind: 'section' }), 403, 'permission.denied');
    });
    expect((await clerk.get(`/orgs/${id}`)).body.can).toEqual([]);
  });

  it('are created once by one key, whoever asks at the same time', async () => {
    const body = { code: 'ONCE', name: '只建一次', kind: 'department' };
    const answers = await Promise.all([1, 2, 3, 4].map(() => admin.post('/orgs', body, { key: 'once' })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expectProblem(await admin.post('/orgs', { ...body, name: '另一个' }, { key: 'once' }), 422, 'idempotency.mismatch');
    expectProblem(await admin.post('/people', {}, { key: 'bad key' }), 400, 'idempotency.key');
  });

  it('come in pages that stay put while rows are added', async () => {
    for (let n = 0; n < 7; n++) await buildOrg(api.prisma, { code: `PAGE${n}`, name: `分页${n}` });
    const first = await admin.get('/orgs?q=分页&limit=3');
    expect(first.body).toMatchObject({ total: 7, items: [{ code: 'PAGE0' }, { code: 'PAGE1' }, { code: 'PAGE2' }] });
    await buildOrg(api.prisma, { code: 'PAGE00', name: '分页新' });
    const second = await admin.get(`/orgs?q=分页&limit=3&after=${first.body.next}`);
    expect(second.body.items.map(({ code }: { code: string }) => code)).toEqual(['PAGE3', 'PAGE4', 'PAGE5']);
    const last = await admin.get(`/orgs?q=分页&limit=3&after=${second.body.next}`);
    expect(last.body).toMatchObject({ next: null, items: [{ code: 'PAGE6' }] });
    expectProblem(await admin.get(`/orgs?sort=-code&after=${first.body.next}`), 422, 'cursor.invalid');
    const back = await admin.get('/orgs?q=分页&sort=-code&limit=2');
    expect(back.body.items.map(({ code }: { code: string }) => code)).toEqual(['PAGE6', 'PAGE5']);
    expect((await admin.get('/orgs?q=%25')).body.total).toBe(0);
  });
});

describe('pages', () => {
  it.each(['name', '-name', 'code', '-kind'])('by %s show every row once, whatever ties there are', async (sort) => {
    await api.database.pool.query(`DELETE FROM org_units WHERE code LIKE 'TIE%'`);
    for (let n = 0; n < 23; n++) {
      const kind = n % 2 ? 'section' : 'department';
      await buildOrg(api.prisma, { code: `TIE${n}`, name: `并列${n % 3}`, kind });
    }
    const seen: { id: string; name: string; code: string; kind: string }[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const page = await admin.get(`/orgs?q=并列&limit=4&sort=${sort}${after && `&after=${after}`}`);
      expect(page.body.total).toBe(23);
      seen.push(...page.body.items);
      after = page.body.next;
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(23);
    const values = seen.map((row) => row[sort.replace('-', '') as 'name']);
    const ordered = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    expect(values).toEqual(sort.startsWith('-') ? ordered.reverse() : ordered);
  });
});

describe('people', () => {
  it('are added without a password, which they choose themselves', async () => {
    const { id: orgId } = await buildOrg(api.prisma);
    const body = {
      username: 'li.si',
      name: '李四',
      orgId,
    };
    const made = await admin.post('/people', body);
    expect(made).toMatchObject({
      status: 201,
      body: { username: 'li.si', roles: [], version: 1 },
    });
    expect(JSON.stringify(made.body)).not.toMatch(/password|scrypt/);
    await unchanged(async () => {
      expectProblem(await admin.post('/people', body), 409, 'person.usernameTaken');
      const roles = [{ role: 'staff', orgId }];
      expectProblem(await admin.post('/people', { ...body, username: 'wang', roles }), 422, 'input.invalid');
      const password = 'a good pass phrase';
      expectProblem(await admin.post('/people', { ...body, username: 'wang', password }), 422, 'input.invalid');
      expectProblem(await admin.post('/people', { ...body, username: 'wa\u200bng' }), 422, 'input.invalid');
      expectProblem(await admin.post('/people', { ...body, username: 'cafe\u0301' }), 422, 'input.invalid');
      expectProblem(
        await admin.post('/people', { ...body, username: 'w', email: 'a@b.c\nBcc: x@y.z' }),
        422,
        'input.invalid',
      );
    });
  });

  it('show their mail address only to those who keep accounts, and to themselves', async () => {
    const { id } = clerk.person;
    const other = await api.signedIn();
    expect((await admin.get(`/people/${id}`)).body.email).toBe('clerk@city.example');
    expect((await clerk.get(`/people/${id}`)).body.email).toBe('clerk@city.example');
    expect((await other.get(`/people/${id}`)).body).not.toHaveProperty('email');
    expect(JSON.stringify((await other.get('/people?limit=100')).body)).not.toContain('clerk@');
  });

  it('always keep an administrator, and a closed account loses its sessions', async () => {
    const { id } = admin.person;
    await unchanged(async () => {
      expectProblem(await grant(security, id, []), 409, 'person.lastAdministrator');
      expectProblem(await admin.patch(`/people/${id}`, { active: false }, 1), 409, 'person.lastAdministrator');
    });
    const leaving = await api.signedIn();
    expect((await admin.patch(`/people/${leaving.person.id}`, { active: false }, 1)).status).toBe(200);
    expectProblem(await leaving.get('/session'), 401, 'session.missing');
  });

  it('who change are known to the engine at once', async () => {
    const { id: orgId } = await buildOrg(api.prisma);
    const made = await admin.post('/people', { username: 'zhao', name: '赵', orgId });
    expect((await grant(security, made.body.id, [{ role: 'committee' }])).status).toBe(200);
    expect(api.directory.data().roles.get('committee')).toContain(made.body.id);
  });
});

describe('an import', () => {
  const good = '代码,名称,类型,上级代码\nA-1,综合科,科室,A\nA,市发改委,部门,\n';

  it.each([
    ['UTF-8', Buffer.from(good)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${good}`)],
    ['GB18030', iconv.encode(good, 'gb18030')],
    ['GB18030 with Windows lines', iconv.encode(good.replaceAll('\n', '\r\n'), 'gb18030')],
  ])('in %s', async (_name, bytes) => {
    await api.database.pool.query(`DELETE FROM org_units WHERE code IN ('A', 'A-1')`);
    await unchanged(async () => {
      const dry = await csv(bytes, '/orgs/import', '?dryRun=true');
      expect(dry.body).toEqual({ dryRun: true, rows: 2, created: 2, updated: 0, errors: [] });
    });
    expect((await csv(bytes)).body).toEqual({ dryRun: false, rows: 2, created: 2, updated: 0, errors: [] });
    const { body } = await admin.get('/orgs?q=综合科');
    expect(body.items).toMatchObject([{ code: 'A-1', name: '综合科', kind: 'section', parent: { name: '市发改委' } }]);
    expect((await csv(bytes)).body).toMatchObject({ created: 0, updated: 2 });
  });

  it('names every wrong cell by row and column, and changes nothing', async () => {
    await unchanged(async () => {
      const text = 'code,name,kind,parent_code\nB,,planet,\nB,乙,department,NOPE\n"b\u200b",丙,section,B\n';
      const answer = await csv(text);
      expectProblem(answer, 422, 'csv.rows');
      const found = answer.body.errors.map(({ row, column, id }: Record<string, unknown>) => `${row} ${column} ${id}`);
      expect(found).toEqual([
        '2 name csv.cell.empty',
        '2 kind csv.cell.invalid',
        '3 code csv.cell.repeated',
        '3 parent_code csv.cell.unknown',
        '4 code csv.cell.invalid',
      ]);
      expect(answer.body.errors[0].message).toEqual({ zh: expect.any(String), en: expect.any(String) });
      for (const [formula, path] of [
        ['code,name,kind\nF,=cmd|x!A0,department\n', '/orgs/import'],
        ['username,name,org_code\nnew.one,@SUM(A1),A\n', '/people/import'],
      ] as const)
        expect((await csv(formula, path)).body.errors).toMatchObject([
          { row: 2, column: 'name', id: 'csv.cell.formula' },
        ]);
    });
  });

  it.each([
    ['a wrong column', 'code,name,kind,colour\nC,丙,department,red\n', 'csv.columns'],
    ['a missing column', 'code,name\nC,丙\n', 'csv.columns'],
    ['a column twice', 'code,name,kind,名称\nC,丙,department,丁\n', 'csv.columns'],
    ['nothing in it', '', 'csv.columns'],
    ['a short row', 'code,name,kind\nC,丙\n', 'csv.malformed'],
    ['an open quote', 'code,name,kind\nC,"丙,department\n', 'csv.malformed'],
    ['UTF-16', Buffer.from('\ufeffcode,name,kind\nC,丙,department\n', 'utf16le'), 'csv.encoding'],
    ['bytes of no encoding', Buffer.from([0x63, 0x6f, 0x64, 0x65, 0xff, 0xff, 0x0a]), 'csv.encoding'],
    ['a ring of parents', 'code,name,kind,parent_code\nR1,一,group,R2\nR2,二,group,R1\n', 'org.loop'],
  ])('with %s', async (_name, text, id) => {
    await unchanged(async () => expectProblem(await csv(text), 422, id));
  });

  it('too large, or of another type, or by somebody else', async () => {
    await unchanged(async () => {
      expectProblem(await csv('x'.repeat(6 * 1024 * 1024)), 413, 'body.tooLarge');
      expectProblem(
        await admin.request('POST', '/orgs/import', { raw: { type: 'application/json', body: '{}' } }),
        415,
        'body.type',
      );
      const raw = { type: 'text/csv', body: 'code,name,kind\nC,丙,department\n' };
      expectProblem(await clerk.request('POST', '/orgs/import', { raw }), 403, 'permission.denied');
    });
  });

  it('of people, and of the roles they hold', async () => {
    const text = '用户名,姓名,单位代码,职务\n王五,王五,A,科长\n孙六,孙六,A,\n';
    const answer = await csv(text, '/people/import');
    expect(answer.body).toMatchObject({ created: 2, updated: 0 });
    const held = '用户名,角色\n王五,staff@A;committee\n孙六,\n';
    expectProblem(await csv(held, '/roles/import'), 403, 'permission.denied');
    expect((await csv(held, '/roles/import', '', security)).body).toMatchObject({ created: 0, updated: 2 });
    const { body } = await admin.get('/people?q=王五');
    expect(body.items[0]).toMatchObject({ username: '王五', title: '科长', org: { name: '市发改委' } });
    expect(body.items[0].roles).toEqual([
      { role: 'committee' },
      { role: 'staff', org: { id: expect.any(String), name: '市发改委' } },
    ]);
    await unchanged(async () => {
      const wrong = 'username,name,org_code\nx y,某,Z\n';
      const refused = await csv(wrong, '/people/import');
      expectProblem(refused, 422, 'csv.rows');
      expect(refused.body.errors.map(({ row, column }: Record<string, unknown>) => `${row} ${column}`)).toEqual([
        '2 username',
        '2 org_code',
      ]);
      const both = 'systemAdministrator;auditAdministrator';
      const own = `${security.person.username},committee`;
      const grants = `username,roles\n王五,staff@NOPE\n孙六,${both}\nnobody,staff@A\n${own}\n`;
      const bad = await csv(grants, '/roles/import', '', security);
      expectProblem(bad, 422, 'csv.rows');
      expect(bad.body.errors.map(({ row, column, id }: Record<string, unknown>) => `${row} ${column} ${id}`)).toEqual([
        '2 roles csv.cell.unknown',
        '3 roles role.separate',
        '4 username csv.cell.unknown',
        '5 username role.own',
      ]);
    });
  });

  it('of 20 000 units takes seconds', async () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, n) => `BULK${n},单位${n},section,${n === 0 ? '' : `BULK${Math.floor(n / 10)}`}`,
    );
    const answer = await csv(`code,name,kind,parent_code\n${lines.join('\n')}\n`);
    expect(answer.body).toMatchObject({ created: 20_000 });
  });
});
