import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { REFUSED_AFTER_MS } from '../../../server/auth/refusal.ts';
import { type LdapSettings, withDirectory } from '../../../server/ldap/client.ts';
import { syncWhenDue } from '../../../server/ldap/nightly.ts';
import { isDirectoryPassword } from '../../../server/ldap/signIn.ts';
import { syncDirectory } from '../../../server/ldap/sync.ts';
import { readSettings, type Settings } from '../../../server/settings/index.ts';
import { makeTestApi } from '../../support/api.ts';
import { expectProblem } from '../../support/client.ts';
import { buildOrg, buildPerson } from '../../support/factories.ts';
import { BASE, type Entry, ldapSettings, READER, startDirectory } from '../../support/ldap.ts';

const unit = (ou: string, description: string, above = BASE, id = `unit-${ou}`): Entry => ({
  dn: `ou=${ou},${above}`,
  attributes: { objectclass: ['organizationalUnit'], ou, description, entryuuid: id },
});
const person = (uid: string, cn: string, more: Record<string, string> = {}, above = `ou=GAJ,${BASE}`): Entry => ({
  dn: `uid=${uid},${above}`,
  attributes: { objectclass: ['inetOrgPerson'], uid, cn, entryuuid: `person-${uid}`, ...more },
  password: `${uid} 的口令`,
});
const group = (cn: string, ...member: string[]): Entry => ({
  dn: `cn=${cn},${BASE}`,
  attributes: { objectclass: ['groupOfNames'], cn, member },
});

const GROUP = `cn=inspectors,${BASE}`;
const start = (): Entry[] => [
  unit('GAJ', '公安局'),
  unit('GAJ-1', '治安科', `ou=GAJ,${BASE}`),
  person('lin.wei', '林薇', { mail: 'lin@city.example', title: '科长' }),
  person('zhang3', '张三', {}, `ou=GAJ-1,ou=GAJ,${BASE}`),
  // What filters and names must not trip over.
  {
    dn: `cn=Wang\\, Fang (*) 王,ou=GAJ,${BASE}`,
    attributes: {
      objectclass: ['inetOrgPerson'],
      uid: 'wang.fang',
      cn: '王芳 (*)\\,',
      entryuuid: 'person-wang',
    },
    password: 'wang.fang 的口令',
  },
  group('inspectors', `UID=Lin.Wei, OU=gaj, ${BASE}`, `cn=Wang\\2c Fang \\28\\2a\\29 王,ou=GAJ,${BASE}`),
];
const directory = await startDirectory(start());
const roles = { BIHUAN_LDAP_ROLES: `inspector:${GROUP}` };
const api = await makeTestApi({ settings: ldapSettings(directory, roles) });
const { prisma } = api;

const sync = (settings: LdapSettings = api.settings, options: object = {}) =>
  syncDirectory(prisma, settings, { dryRun: false, adopt: false, now: api.clock.now(), ...options });
const withSettings = (more: Record<string, string>): Settings =>
  readSettings({ BIHUAN_DATA: api.settings.data, ...ldapSettings(directory, roles), ...more });
const state = async () => ({
  people: await prisma.person.findMany({ orderBy: { id: 'asc' } }),
  orgs: await prisma.orgUnit.findMany({ orderBy: { id: 'asc' } }),
  roles: await prisma.role.findMany({ orderBy: { id: 'asc' } }),
});
const unchanged = async (work: () => Promise<unknown>): Promise<void> => {
  const before = await state();
  await work();
  expect(await state()).toEqual(before);
};
const byName = (username: string) =>
  prisma.person.findUniqueOrThrow({ where: { username }, include: { org: true, roles: true } });

beforeEach(async () => {
  directory.entries = start();
  await sync(withSettings({ BIHUAN_LDAP_MOST_DEACTIVATED: '100' }));
});

describe('syncing a directory', () => {
  test('makes people, units, their tree and mapped roles, whatever characters names have; a second time changes nothing', async () => {
    expect(await byName('lin.wei')).toMatchObject({
      name: '林薇',
      email: 'lin@city.example',
      title: '科长',
      passwordHash: null,
      org: { code: 'GAJ', name: '公安局' },
      roles: [{ role: 'inspector', orgId: null }],
    });
    expect(await byName('wang.fang')).toMatchObject({ name: '王芳 (*)\\,', roles: [{ role: 'inspector' }] });
    const section = await prisma.orgUnit.findUniqueOrThrow({ where: { code: 'GAJ-1' }, include: { parent: true } });
    expect(section).toMatchObject({ kind: 'section', parent: { code: 'GAJ', kind: 'department' } });
    expect((await byName('zhang3')).orgId).toBe(section.id);
    await unchanged(async () => {
      const again = await sync();
      expect([again.people, again.orgs, again.roles]).toEqual([
        { create: [], update: [], deactivate: [] },
        { create: [], update: [], deactivate: [] },
        { add: [], remove: [] },
      ]);
    });
  });

  test('tells the difference in a dry run, and changes nothing', async () => {
    directory.entries = [...start(), person('new', '新人')].filter(({ attributes }) => attributes.uid !== 'zhang3');
    await unchanged(async () => {
      expect(await sync(api.settings, { dryRun: true })).toMatchObject({
        dryRun: true,
        people: { create: [{ username: 'new', name: '新人' }], deactivate: [{ username: 'zhang3' }] },
      });
    });
  });

  test('follows who is renamed, moved, promoted, and deactivates who is gone: their sessions end', async () => {
    const gone = await byName('zhang3');
    await prisma.session.create({
      data: {
        idHash: randomUUID(),
        personId: gone.id,
        csrf: 'x',
        createdAt: api.clock.now(),
        seenAt: api.clock.now(),
        expiresAt: new Date('2027-01-01'),
      },
    });
    const { id } = await byName('lin.wei');
    directory.entries = [
      unit('GAJ', '市公安局'),
      unit('GAJ-9', '治安支队', `ou=GAJ,${BASE}`, 'unit-GAJ-1'),
      { ...person('lin.w', '林薇（新）', { entryuuid: 'person-lin.wei' }, `ou=GAJ-9,ou=GAJ,${BASE}`) },
      start()[4] as Entry,
      group('inspectors'),
    ];
    const result = await sync();
    expect(result.people.update).toMatchObject([
      {
        username: 'lin.wei',
        changes: { username: { from: 'lin.wei', to: 'lin.w' }, title: { from: '科长', to: null } },
      },
    ]);
    expect(await byName('lin.w')).toMatchObject({ id, name: '林薇（新）', org: { code: 'GAJ-9' }, roles: [] });
    expect(await byName('zhang3')).toMatchObject({ active: false });
    expect(await prisma.session.count({ where: { personId: gone.id } })).toBe(0);
    expect(await prisma.orgUnit.findUnique({ where: { code: 'GAJ' } })).toMatchObject({ name: '市公安局' });
    // Whoever is closed stays closed until somebody opens the account.
    directory.entries = start();
    expect((await sync()).skipped).toContainEqual({ dn: expect.stringMatching(/zhang3/), reason: 'inactive' });
    expect(await byName('zhang3')).toMatchObject({ active: false });
    await prisma.person.update({ where: { id: gone.id }, data: { active: true } });
  });

  test('never touches accounts and units kept by hand, nor the three administrators, in whatever group they are', async () => {
    const local = await buildPerson(prisma, { username: 'local.one', name: '本地', roles: ['hotline'] });
    const org = await buildOrg(prisma, { code: 'LOCAL' });
    const admin = await buildPerson(prisma, {
      username: 'sec.admin',
      roles: ['securityAdministrator'],
      directoryId: 'person-sec',
    });
    directory.entries = [
      ...start().slice(0, 5),
      unit('LOCAL', '别名'),
      person('local.one', '冒名'),
      person('sec.admin', '改名', { entryuuid: 'person-sec' }),
      person('аdmin', '西里尔'),
      person('LIN.WEI', '大写', { entryuuid: 'person-other' }),
      group('inspectors', `uid=local.one,ou=GAJ,${BASE}`, `uid=sec.admin,ou=GAJ,${BASE}`, `uid=lin.wei,ou=GAJ,${BASE}`),
    ];
    const { skipped } = await sync();
    expect(skipped.map(({ reason }) => reason).sort()).toEqual(['administrator', 'local', 'local', 'name', 'twice']);
    expect(await prisma.person.findUnique({ where: { id: local.id } })).toMatchObject({
      name: '本地',
      directoryId: null,
    });
    expect(await prisma.orgUnit.findUnique({ where: { id: org.id } })).toMatchObject({ name: org.name });
    expect((await byName('sec.admin')).roles.map(({ role }) => role)).toEqual(['securityAdministrator']);
    directory.entries = start();
    await sync();
    expect(await byName('sec.admin')).toMatchObject({ active: true });
    expect(await byName('local.one')).toMatchObject({ active: true, roles: [{ role: 'hotline' }] });
    // Asked to, it takes over accounts of the same name, but no administrator's.
    directory.entries = [...start(), person('local.one', '已接管')];
    await sync(api.settings, { adopt: true });
    expect(await byName('local.one')).toMatchObject({ id: local.id, name: '已接管', directoryId: 'person-local.one' });
    await prisma.person.deleteMany({ where: { id: { in: [admin.id, local.id] } } });
  });

  test('roles of the three administrators cannot be mapped at all', () => {
    for (const role of ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'])
      expect(() => withSettings({ BIHUAN_LDAP_ROLES: `${role}:${GROUP}` })).toThrow(/BIHUAN_LDAP_ROLES/);
    expect(withSettings({ BIHUAN_LDAP_ROLES: `inspector:${GROUP}; hotline: cn=a;b,${BASE}` }).ldapRoles).toEqual([
      { role: 'inspector', group: GROUP },
      { role: 'hotline', group: `cn=a;b,${BASE}` },
    ]);
  });

  test('refuses to close more accounts than the setting allows', async () => {
    const strict = withSettings({ BIHUAN_LDAP_MOST_DEACTIVATED: '10' });
    directory.entries = start().filter(({ attributes }) => attributes.uid !== 'zhang3');
    await unchanged(async () => {
      await expect(sync(strict)).rejects.toMatchObject({
        id: 'ldap.tooMany',
        members: { what: 'people', gone: 1, total: 3 },
      });
    });
    directory.entries = start().filter(({ attributes }) => attributes.ou === undefined || attributes.ou === 'GAJ');
    await unchanged(async () => {
      await expect(sync(strict)).rejects.toMatchObject({ id: 'ldap.tooMany', members: { what: 'orgs' } });
    });
    directory.entries = [group('inspectors')];
    await unchanged(async () => {
      await expect(sync(strict)).rejects.toMatchObject({ id: 'ldap.tooMany' });
    });
  });

  test('reads page by page: more people than one answer holds', async () => {
    const crowd = Array.from({ length: 1203 }, (_, i) => person(`crowd${i}`, `众${i}`));
    directory.entries = [...start(), ...crowd];
    directory.seen.pages = 0;
    const result = await sync(api.settings, { dryRun: true });
    expect(result.people.create).toHaveLength(1203);
    expect(directory.seen.pages).toBeGreaterThan(3);
  });

  test('a server that is down, of another certificate, or in the clear gets no password, and nothing changes', async () => {
    const down = await startDirectory([]);
    await down.close();
    const foreign = await startDirectory(start());
    const clear = { ...directory, url: directory.url.replace('ldaps:', 'ldap:') };
    await unchanged(async () => {
      for (const settings of [
        withSettings({ BIHUAN_LDAP_URL: down.url }),
        withSettings({ BIHUAN_LDAP_URL: foreign.url }),
        withSettings({ BIHUAN_LDAP_URL: clear.url }),
        withSettings({ BIHUAN_LDAP_BIND_PASSWORD: 'wrong' }),
      ])
        await expect(sync(settings)).rejects.toMatchObject({ id: 'ldap.unreachable' });
    });
    expect(foreign.seen.binds).toEqual([]);
    expect(() => withSettings({ BIHUAN_LDAP_BIND_PASSWORD: '' })).toThrow(/BIHUAN_LDAP_BIND_PASSWORD/);
  });

  test('happens each night, once, and a failure is on record and an incident', async () => {
    const settings = withSettings({ BIHUAN_LDAP_SYNC_AT: '02:30' });
    const calendar = api.calendar.current();
    const at = (time: string) => syncWhenDue(prisma, settings, new Date(time), calendar);
    await prisma.directorySync.deleteMany();
    expect(await at('2026-05-10T18:31:00Z')).toBe(true); // 02:31 in the city
    expect(await at('2026-05-11T01:00:00Z')).toBe(false);
    expect(await at('2026-05-11T18:29:00Z')).toBe(false);
    expect(await at('2026-05-11T18:30:00Z')).toBe(true);
    const broken = withSettings({ BIHUAN_LDAP_BIND_PASSWORD: 'wrong' });
    await unchanged(async () => {
      expect(await syncWhenDue(prisma, broken, new Date('2026-05-12T19:00:00Z'), calendar)).toBe(false);
    });
    expect(await prisma.incident.findMany({ where: { kind: 'ldap' } })).toMatchObject([{ state: 'open' }]);
    expect(await at('2026-05-12T19:30:00Z')).toBe(false); // not yet again
    expect(await at('2026-05-12T20:30:00Z')).toBe(true);
    const { rows } = await api.database.pool.query<{ ok: boolean }>(`SELECT ok FROM audit WHERE action = 'ldap.sync'`);
    expect(new Set(rows.map(({ ok }) => ok))).toEqual(new Set([true, false]));
  });
});

describe('signing in with the password of the directory', () => {
  const lin = async () => byName('lin.wei');

  test('opens a session with it, and with no other; an empty one is not even asked for', async () => {
    const client = api.anonymous();
    expect((await client.signIn('lin.wei', 'lin.wei 的口令')).status).toBe(200);
    expect(client.me?.id).toBe((await lin()).id);
    expectProblem(await api.anonymous().signIn('lin.wei', '错的口令'), 401, 'signin.failed');
    const before = directory.seen.binds.length;
    expect((await api.anonymous().signIn('lin.wei', '')).status).toBe(422);
    expect(await isDirectoryPassword(api.settings, await lin(), '')).toBe(false);
    expect(directory.seen.binds).toHaveLength(before);
    // The server would have taken it.
    await expect(
      withDirectory(api.settings, (open) => open.bind(`uid=lin.wei,ou=GAJ,${BASE}`, '')),
    ).resolves.toBeUndefined();
  });

  test('names with the signs of filters and DNs find only whom they name', async () => {
    expect((await api.anonymous().signIn('wang.fang', 'wang.fang 的口令')).status).toBe(200);
    for (const username of ['*', 'lin*', 'lin.wei)(uid=*', 'lin.wei,ou=GAJ', '\\2a'])
      expect(
        await isDirectoryPassword(api.settings, { username, directoryId: 'person-lin.wei' }, 'lin.wei 的口令'),
      ).toBe(false);
    expect(directory.seen.filters.at(-1)).not.toContain('(uid=*)');
    // Somebody else's entry that took the name over.
    expect(
      await isDirectoryPassword(api.settings, { username: 'zhang3', directoryId: 'person-lin.wei' }, 'zhang3 的口令'),
    ).toBe(false);
  });

  test('a local password of theirs opens nothing, accounts kept by hand do not need the directory, closed ones stay closed', async () => {
    const local = await buildPerson(prisma, { username: 'hand.kept' });
    expect((await api.as(local)).me?.id).toBe(local.id);
    const { passwordHash } = local;
    const { id } = await lin();
    await prisma.person.update({ where: { id }, data: { passwordHash } });
    await expect(api.as(await lin())).rejects.toThrow(/signin.failed/);
    await prisma.person.update({ where: { id }, data: { passwordHash: null, active: false } });
    expectProblem(await api.anonymous().signIn('lin.wei', 'lin.wei 的口令'), 401, 'signin.failed');
    await prisma.person.update({ where: { id }, data: { active: true } });
  });

  test('S02 five wrong passwords lock the account here: the right one is not even tried there', async () => {
    for (let i = 0; i < 5; i++) await api.anonymous().signIn('zhang3', `错 ${i}`);
    const before = directory.seen.binds.length;
    const answer = await api.anonymous().signIn('zhang3', 'zhang3 的口令');
    expect(answer.status).not.toBe(200);
    expect(directory.seen.binds).toHaveLength(before);
  });

  test('S03 a refusal does not tell by its time whose password the directory keeps', async () => {
    await buildPerson(prisma, { username: 'kept.here' });
    const times = await Promise.all(
      ['lin.wei', 'kept.here', 'nobody'].map(async (username) => {
        const began = performance.now();
        expect((await api.anonymous().signIn(username, 'wrong password')).status).toBe(401);
        return performance.now() - began;
      }),
    );
    expect(Math.min(...times)).toBeGreaterThanOrEqual(REFUSED_AFTER_MS - 1);
  });

  test('the reader’s own password is nobody’s', async () => {
    expect(await isDirectoryPassword(api.settings, await lin(), READER.password)).toBe(false);
  });
});
