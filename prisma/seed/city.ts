import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { v5 as uuidv5 } from 'uuid';
import { makeNames } from './names.ts';
import { headTitle, SECTIONS } from './titles.ts';

export interface DemoOrg {
  id: string;
  code: string;
  name: string;
  nameEn: string;
  kind: 'department' | 'district' | 'section' | 'office' | 'committee' | 'group' | 'person';
  category: string | null;
  parentId: string | null;
  headId: string | null;
  monitoringUnitId: string | null;
}

export interface DemoPerson {
  id: string;
  username: string;
  name: string;
  title: string;
  email: string;
  orgId: string;
}

export interface DemoRole {
  id: string;
  personId: string;
  role: string;
  orgId: string | null;
}

export interface DemoCity {
  orgs: DemoOrg[];
  people: DemoPerson[];
  roles: DemoRole[];
}

const NAMESPACE = '5c0a3f0e-7e0d-5d3a-9d0f-b14c0a5e2026';
const idOf = (kind: string, key: string) => uuidv5(`${kind}/${key}`, NAMESPACE);
/** The id of the demo city's unit with this code, the same in every installation. */
export const demoOrgId = (code: string): string => idOf('org', code);
/** The id of the demo city's account with this user name. */
export const demoPersonId = (username: string): string => idOf('person', username);
/** The id of a role that somebody holds: user name, role, and the unit inside which (or nothing). */
export const demoRoleId = (key: string): string => idOf('role', key);

export const CATEGORIES = {
  economy: { zh: '经济服务', en: 'Economic services' },
  enforcement: { zh: '执法服务', en: 'Law enforcement services' },
  society: { zh: '社会事业服务', en: 'Social services' },
  general: { zh: '综合服务', en: 'General services' },
} as const;

export interface DepartmentRow {
  code: string;
  name: string;
  name_en: string;
  category: keyof typeof CATEGORIES;
  monitor: string;
}

/** The rows of a table of the demo data. */
export const readTable = <Row>(file: string): Row[] =>
  parse(readFileSync(new URL(`../../prisma/seed/data/${file}`, import.meta.url), 'utf8'), { columns: true }) as Row[];

/** 示例市 as rows: 131 departments with sections, 10 districts, the bodies that run the cycle, and everyone in them. */
export function demoCity(): DemoCity {
  const city: DemoCity = { orgs: [], people: [], roles: [] };
  const nextName = makeNames();

  const org = (code: string, name: string, nameEn: string, kind: DemoOrg['kind'], rest: Partial<DemoOrg> = {}) => {
    const made: DemoOrg = {
      id: demoOrgId(code),
      code,
      name,
      nameEn,
      kind,
      category: null,
      parentId: null,
      headId: null,
      monitoringUnitId: null,
      ...rest,
    };
    city.orgs.push(made);
    return made;
  };
  const person = (username: string, of: DemoOrg, title: string, roles: { role: string; org?: DemoOrg }[] = []) => {
    const id = demoPersonId(username);
    city.people.push({ id, username, name: nextName(), title, email: `${username}@demo.invalid`, orgId: of.id });
    for (const { role, org: inside } of roles)
      city.roles.push({
        id: demoRoleId(`${username}/${role}/${inside?.code ?? ''}`),
        personId: id,
        role,
        orgId: inside?.id ?? null,
      });
    return id;
  };

  const root = org('shili', '示例市', 'Shili City', 'group');
  addBodies(root, org, person);

  const departments = readTable<DepartmentRow>('departments.csv');
  const monitors = new Set(departments.map(({ monitor }) => monitor));
  const lines = Object.entries(CATEGORIES).map(([category, { zh, en }], i) => {
    const line = org(`line-${category}`, `${zh}系统`, `${en} line`, 'group', { parentId: root.id });
    line.headId = demoPersonId(`leader${i + 2}`);
    return [category, line] as const;
  });
  const lineOf = new Map<string, DemoOrg>(lines);
  for (const { code, name, name_en, category, monitor } of departments) {
    const unit = org(code, name, name_en, 'department', {
      category,
      parentId: lineOf.get(category)?.id ?? root.id,
      monitoringUnitId: demoOrgId(monitor),
    });
    unit.headId = person(`${code}.head`, unit, headTitle(name));
    person(`${code}.staff1`, unit, '绩效联络员', [{ role: 'staff', org: unit }]);
    const watches = monitors.has(code) ? [{ role: 'monitor', org: unit }] : [];
    person(`${code}.staff2`, unit, '科员', [{ role: 'staff', org: unit }, ...watches]);
    if (watches.length > 0) person(`${code}.monitor`, unit, '指标监测员', watches);
    for (const [i, section] of SECTIONS[category].entries()) {
      const inner = org(
        `${code}-${i + 1}`,
        `${name.replace(/^示例市/, '')}${section.zh}`,
        `${name_en}, ${section.en}`,
        'section',
        {
          parentId: unit.id,
        },
      );
      inner.headId = person(`${code}.section${i + 1}`, inner, section.head, [{ role: 'staff', org: inner }]);
    }
  }
  for (const { code, name, name_en } of readTable<DepartmentRow>('districts.csv')) {
    const unit = org(code, name, name_en, 'district', { parentId: root.id });
    unit.headId = person(
      `${code}.head`,
      unit,
      name.endsWith('管理委员会') ? '管委会主任' : name.includes('区人民') ? '区长' : '市长',
    );
    person(`${code}.staff1`, unit, '绩效联络员', [{ role: 'staff', org: unit }]);
    for (const n of [1, 2]) person(`${code}.rater${n}`, unit, '基层评议员', [{ role: 'grassRoots' }]);
  }
  return city;
}

type MakeOrg = (code: string, name: string, nameEn: string, kind: DemoOrg['kind'], rest?: Partial<DemoOrg>) => DemoOrg;
type MakePerson = (username: string, of: DemoOrg, title: string, roles?: { role: string; org?: DemoOrg }[]) => string;

/** The bodies that run and decide the cycle, and the accounts that have a role in the whole city. */
function addBodies(root: DemoOrg, org: MakeOrg, person: MakePerson): void {
  const body = (code: string, name: string, nameEn: string, kind: DemoOrg['kind']) =>
    org(code, name, nameEn, kind, { parentId: root.id });
  const leaders = body('leaders', '市领导', 'City leaders', 'group');
  const titles = ['市长', '常务副市长', '副市长', '副市长', '副市长'];
  for (const [i, title] of titles.entries()) person(`leader${i + 1}`, leaders, title, [{ role: 'leaders' }]);
  leaders.headId = demoPersonId('leader1');
  root.headId = demoPersonId('leader1');

  const office = body('jxb', '示例市绩效管理办公室', 'Performance Office', 'office');
  office.headId = person('office', office, '主任', [{ role: 'performanceOffice' }]);
  for (const n of [2, 3, 4]) person(`office${n}`, office, n === 2 ? '副主任' : '科员', [{ role: 'performanceOffice' }]);
  person('admin', office, '系统管理员', [{ role: 'systemAdministrator' }]);
  person('security', office, '安全管理员', [{ role: 'securityAdministrator' }]);
  person('auditor', office, '审计管理员', [{ role: 'auditAdministrator' }]);

  const committee = body('jxw', '示例市绩效管理委员会', 'Performance Committee', 'committee');
  committee.headId = person('committee', committee, '主任委员', [{ role: 'committee' }]);
  for (const n of [2, 3, 4, 5]) person(`committee${n}`, committee, '委员', [{ role: 'committee' }]);

  const standing = body('cwh', '示例市委常务委员会', 'Standing Committee', 'committee');
  standing.headId = person('standing', standing, '书记', [{ role: 'standingCommittee' }]);
  for (const n of [2, 3]) person(`standing${n}`, standing, '常委', [{ role: 'standingCommittee' }]);

  const survey = body('mydc', '示例市民意调查队', 'Survey Team', 'group');
  survey.headId = person('survey', survey, '队长', [{ role: 'surveyTeam' }]);
  for (const n of [2, 3]) person(`survey${n}`, survey, '调查员', [{ role: 'surveyTeam' }]);
}
