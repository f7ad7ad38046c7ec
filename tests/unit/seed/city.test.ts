import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { demoCity } from '../../../prisma/seed/city.ts';
import { ADMINISTRATORS } from '../../../server/auth/roles.ts';

const city = demoCity();
const byId = new Map(city.orgs.map((org) => [org.id, org]));
const departments = city.orgs.filter(({ kind }) => kind === 'department');
const read = (file: string) =>
  parse(readFileSync(new URL(`../../../prisma/seed/data/${file}`, import.meta.url), 'utf8'), {
    columns: true,
  }) as Record<string, string>[];

describe('the demo city', () => {
  it('has 131 departments in four categories, and 10 districts', () => {
    const counts = ['economy', 'enforcement', 'society', 'general'].map(
      (key) => departments.filter(({ category }) => category === key).length,
    );
    expect(departments).toHaveLength(131);
    expect(counts).toEqual([34, 33, 34, 30]);
    expect(city.orgs.filter(({ kind }) => kind === 'district')).toHaveLength(10);
  });

  it('covers every one of the 41 kinds and 10 districts it was made after', () => {
    const used = [...read('departments.csv'), ...read('districts.csv')].flatMap(({ from }) => (from ?? '').split(' '));
    expect(new Set(used.filter(Boolean))).toEqual(new Set(read('city-orgs.csv').map(({ seq }) => seq)));
  });

  it('names no real place', () => {
    const names = city.orgs.map(({ name }) => name).join();
    for (const { name = '' } of read('city-orgs.csv')) expect(names).not.toContain(name);
    expect(names).not.toMatch(/苏州|江苏|姑苏|吴中|相城|吴江|张家港|常熟|太仓|昆山/);
  });

  it('gives each department a head, two staff, three sections with heads, and another unit that monitors it', () => {
    for (const unit of departments) {
      const heads = city.people.filter(({ id }) => id === unit.headId);
      expect(heads.map(({ orgId }) => orgId)).toEqual([unit.id]);
      expect(city.roles.filter(({ role, orgId }) => role === 'staff' && orgId === unit.id)).toHaveLength(2);
      const sections = city.orgs.filter(({ kind, parentId }) => kind === 'section' && parentId === unit.id);
      expect(sections).toHaveLength(3);
      expect(sections.every(({ headId }) => headId !== null)).toBe(true);
      const monitor = byId.get(unit.monitoringUnitId ?? '');
      expect(monitor?.kind).toBe('department');
      expect(monitor).not.toBe(unit);
      expect(city.roles.filter(({ role, orgId }) => role === 'monitor' && orgId === monitor?.id)).toHaveLength(2);
    }
  });

  it('repeats no id, code, user name or name, and is always the same', () => {
    const distinct = <T>(list: readonly T[]) => expect(new Set(list).size).toBe(list.length);
    distinct([...city.orgs, ...city.people, ...city.roles].map(({ id }) => id));
    distinct(city.orgs.map(({ code }) => code));
    distinct(city.orgs.map(({ name }) => name));
    distinct(city.people.map(({ username }) => username));
    distinct(city.people.map(({ name }) => name));
    expect(demoCity()).toEqual(city);
  });

  it('fills every role that works for the whole city', () => {
    const held = (role: string) => city.roles.filter((r) => r.role === role && r.orgId === null).length;
    const roles = ['performanceOffice', 'committee', 'standingCommittee', 'leaders', 'grassRoots', 'surveyTeam'];
    expect(roles.map(held)).toEqual([4, 5, 3, 5, 20, 3]);
    for (const role of ADMINISTRATORS) expect(held(role)).toBe(1);
  });
});
