import { describe, expect, it } from 'vitest';
import { demoCity } from '../../../prisma/seed/city.ts';
import { demoOrganisation, demoParticipants, organisationKeys } from '../../../prisma/seed/index.ts';
import { ownRows } from '../../../prisma/seed/organisations/index.ts';
import { library } from '../../../workflows/library/index.ts';
import { blocksOf } from '../../../workflows/template/schema.ts';
import type { Who } from '../../../workflows/template/when.ts';

const distinct = <T>(list: readonly T[]) => expect(list.filter((one, i) => list.indexOf(one) !== i)).toEqual([]);

describe('the demo organisations', () => {
  it('are there for every shipped template', () => {
    expect(organisationKeys()).toEqual(expect.arrayContaining(Object.keys(library)));
  });

  it('repeat no id, code, user name or name, neither among each other nor of the demo city', () => {
    const city = demoCity();
    const all = [city, ...organisationKeys().map(ownRows)];
    distinct(all.flatMap(({ orgs, people, roles }) => [...orgs, ...people, ...roles].map(({ id }) => id)));
    distinct(all.flatMap(({ orgs }) => orgs.map(({ code }) => code)));
    distinct(all.flatMap(({ people }) => people.map(({ username }) => username)));
    distinct(all.flatMap(({ people }) => people.map(({ name }) => name)));
  });
});

describe.each(Object.values(library).map((template) => [template.key, template] as const))('%s', (key, template) => {
  const { orgs, people, roles } = demoOrganisation(key);
  const units = new Map(orgs.map((org) => [org.id, org]));
  const taking = demoParticipants(key);

  it('has participants in each category, all of them with a head', () => {
    expect([...new Set(taking.map(({ category }) => category))].sort()).toEqual(
      Object.keys(template.categories).sort(),
    );
    distinct(taking.map(({ orgId }) => orgId));
    const known = new Set(people.map(({ id }) => id));
    for (const { orgId } of taking) expect(known.has(units.get(orgId)?.headId ?? '')).toBe(true);
  });

  it('finds somebody for everyone that the template asks for', () => {
    const asked = [...blocksOf(template)].flatMap(({ block }): Who[] => ('who' in block ? block.who : []));
    const missing = asked.filter((who) => {
      if (who.kind !== 'role') return false;
      const holds = (orgId: string | null) => roles.some((held) => held.role === who.role && held.orgId === orgId);
      if (who.of === undefined) return !holds(null);
      if (who.of === 'item') return false;
      return taking.some(
        ({ orgId }) => !holds(who.of === 'participant' ? orgId : (units.get(orgId)?.monitoringUnitId ?? '')),
      );
    });
    expect(missing).toEqual([]);
  });
});
