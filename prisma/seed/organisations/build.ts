import { type DemoCity, type DemoOrg, demoCity, demoOrgId, demoPersonId, demoRoleId } from '../city.ts';
import { makeEnglishNames, makeNames } from '../names.ts';
import type { Organisation, Unit } from './organisation.ts';

/** The names of the city's people come first. */
const CITY_NAMES = 2000;
/** So many people an organisation has at most. */
const ROOM = 1000;

/** An organisation as rows, without those of 示例市. `place` tells it from the others, so that no name is used twice. */
export function organisationRows(organisation: Organisation, place: number): DemoCity {
  const rows: DemoCity = { orgs: [], people: [], roles: [] };
  const nextName = organisation.names === 'en' ? makeEnglishNames() : makeNames(CITY_NAMES + place * ROOM);
  const rootCode = organisation.root?.code ?? 'shili';
  const monitors = new Set(organisation.units.map(({ monitor }) => monitor));

  const org = (code: string, name: Unit['name'], kind: DemoOrg['kind'], rest: Partial<DemoOrg> = {}): DemoOrg => {
    const pointers = { category: null, parentId: demoOrgId(rootCode), headId: null, monitoringUnitId: null };
    const made = { id: demoOrgId(code), code, name: name.zh, nameEn: name.en, kind, ...pointers, ...rest };
    rows.orgs.push(made);
    return made;
  };
  const person = (username: string, of: DemoOrg, title: string, ...held: { role: string; inside: boolean }[]) => {
    const id = demoPersonId(username);
    rows.people.push({ id, username, name: nextName(), title, email: `${username}@demo.invalid`, orgId: of.id });
    for (const { role, inside } of held)
      rows.roles.push({
        id: demoRoleId(`${username}/${role}/${inside ? of.code : ''}`),
        personId: id,
        role,
        orgId: inside ? of.id : null,
      });
    return id;
  };
  const inside = (role: string) => ({ role, inside: true });

  if (organisation.root) {
    const { code, name, head } = organisation.root;
    const root = org(code, name, 'group', { parentId: null });
    root.headId = person(`${code}.head`, root, head);
  }
  for (const { code, name, kind, holds } of organisation.bodies) {
    const body = org(code, name, kind);
    for (const { role, title, people } of holds)
      for (let n = 1; n <= people; n += 1) {
        const id = person(`${code}.${role}${n}`, body, title, { role, inside: false });
        body.headId ??= id;
      }
  }
  for (const unit of organisation.units) {
    const { code, name, kind, title, monitor, parent = rootCode, sections = [], roles = [] } = unit;
    const made = org(code, name, kind, {
      parentId: demoOrgId(parent),
      monitoringUnitId: monitor === undefined ? null : demoOrgId(monitor),
    });
    if (kind === 'person') {
      made.headId = person(code, made, title, inside('staff'));
      const self = rows.people.at(-1);
      if (self) made.name = self.name;
      continue;
    }
    const watches = monitors.has(code) ? [inside('monitor')] : [];
    made.headId = person(`${code}.head`, made, title);
    person(`${code}.staff1`, made, '绩效联络员', inside('staff'));
    person(`${code}.staff2`, made, '科员', inside('staff'), ...watches);
    for (const one of roles) person(`${code}.${one.role}`, made, one.title, inside(one.role));
    for (const [i, section] of sections.entries()) {
      const inner = org(`${code}-${i + 1}`, section.name, 'section', { parentId: made.id });
      inner.headId = person(`${code}.section${i + 1}`, inner, section.title, inside('staff'));
    }
  }
  for (const { code } of organisation.participants)
    for (const { role, who } of organisation.also ?? [])
      rows.roles.push({
        id: demoRoleId(`${code}.${who}/${role}/${code}`),
        personId: demoPersonId(`${code}.${who}`),
        role,
        orgId: demoOrgId(code),
      });
  return rows;
}

/** Everyone and everything that is there when an organisation has been seeded. */
export function withCity(organisation: Organisation, rows: DemoCity): DemoCity {
  if (!organisation.city) return rows;
  const city = demoCity();
  return {
    orgs: [...city.orgs, ...rows.orgs],
    people: [...city.people, ...rows.people],
    roles: [...city.roles, ...rows.roles],
  };
}
