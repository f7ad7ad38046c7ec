import type pg from 'pg';
import { z } from 'zod';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import type { Who } from '../../workflows/template/when.ts';
import type { Text } from '../../workflows/text.ts';
import { uuidOf } from '../engine/index.ts';

/** So many people hold each role, so that votes and several approvers are what they are in an office. */
const HOLDERS = 3;
const SECTIONS = 2;

/** A city made for a template: somebody for every role that it names, called by what they are. */
export interface RehearsalCity {
  /** The unit of each category that takes part. */
  units: ReadonlyMap<string, string>;
  /** What an account is, such as the head of the unit. */
  labels: ReadonlyMap<string, Text>;
  /** Accounts that may be named in a form. */
  staff: readonly string[];
}

const idOf = (code: string): string => uuidOf('rehearse', 'org', code);
export const MONITOR_ID = idOf('monitor');

const HEAD: Text = { zh: '单位负责人', en: 'head of the unit' };
const LEADER: Text = { zh: '分管领导', en: 'leader above the unit' };
const MONITOR: Text = { zh: '监测单位', en: 'monitoring unit' };
const SECTION: Text = { zh: '科室', en: 'section' };

const both = (a: Text, b: Text): Text => ({ zh: `${a.zh}${b.zh}`, en: `${a.en}, ${b.en}` });

/** Fills an empty database with the people that a template asks for, and so many units of each category. */
export async function foundCity(pool: pg.Pool, template: CycleTemplate, each = 1): Promise<RehearsalCity> {
  const orgs: unknown[][] = [];
  const people: unknown[][] = [];
  const roles: unknown[][] = [];
  const heads: unknown[][] = [];
  const labels = new Map<string, Text>();
  const staff: string[] = [];

  const org = (
    code: string,
    name: Text,
    kind: string,
    parent: string | null,
    more: (string | null)[] = [null, null],
  ) => {
    const id = idOf(code);
    orgs.push([id, code, name.zh, name.en, kind, parent, ...more]);
    return id;
  };
  const person = (at: string, place: string, label: Text, id = uuidOf('rehearse', 'person', at, place)) => {
    people.push([id, `p${people.length + 1}`, label.zh, at]);
    labels.set(id, label);
    return id;
  };
  const headOf = (at: string, label: Text) => {
    const id = person(at, 'head', label);
    heads.push([at, id]);
    return id;
  };
  const hold = (role: string, label: Text, at: string, inside: boolean) => {
    for (let n = 1; n <= HOLDERS; n += 1) {
      const id = person(at, `${role}${n}`, label);
      roles.push([uuidOf('rehearse', 'role', id, role), id, role, inside ? at : null]);
      if (inside) staff.push(id);
    }
  };

  const root = org('city', { zh: '演练市', en: 'Rehearsal city' }, 'group', null);
  headOf(root, LEADER);
  const unitRoles = Object.entries(template.roles).filter(([, { scope }]) => scope === 'unit');
  for (const [role, { name, scope }] of Object.entries(template.roles))
    if (scope === 'city') hold(role, name, root, false);
  const fill = (at: string, of: Text | null) => {
    headOf(at, of ? both(of, HEAD) : HEAD);
    for (const [role, { name }] of unitRoles) hold(role, of ? both(of, name) : name, at, true);
  };
  const monitor = org('monitor', MONITOR, 'department', root);
  fill(monitor, MONITOR);

  const units = new Map<string, string>();
  const categories = Object.keys(template.categories);
  for (const category of categories.length > 0 ? categories : ['all']) {
    for (let n = 1; n <= each; n += 1) {
      const code = `${category}${n}`;
      const named = each > 1 ? ` ${category} ${n}` : '';
      const unit = org(code, { zh: `参评单位${named}`, en: `unit${named}` }, 'department', root, [category, monitor]);
      fill(unit, null);
      if (n === 1) units.set(category, unit);
      for (let s = 1; s <= SECTIONS; s += 1) fill(org(`${code}-${s}`, SECTION, 'section', unit), SECTION);
    }
  }
  for (const id of namedPeople(template)) person(root, 'named', { zh: '指定的人', en: 'the person named' }, id);

  const insert = (table: string, columns: string, rows: unknown[][]) =>
    pool.query(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1)`,
      [JSON.stringify(rows.map((row) => Object.fromEntries(columns.split(', ').map((name, i) => [name, row[i]]))))],
    );
  for (const row of orgs) row.push(true, false, 1);
  await insert('org_units', ORG_COLUMNS, orgs);
  for (const row of people) row.push('zh', true, false, 1);
  await insert('people', 'id, username, name, org_id, language, active, demo, version', people);
  await insert('roles', 'id, person_id, role, org_id', roles);
  await pool.query(
    'UPDATE org_units o SET head_id = k.head FROM unnest($1::uuid[], $2::uuid[]) AS k(id, head) WHERE o.id = k.id',
    [heads.map(([at]) => at), heads.map(([, id]) => id)],
  );
  return { units, labels, staff };
}

const ORG_COLUMNS = 'id, code, name, name_en, kind, parent_id, category, monitoring_unit_id, active, demo, version';

/** Accounts that a template names one by one. */
function namedPeople(template: CycleTemplate): string[] {
  const named = [...blocksOf(template)].flatMap(({ block }): Who[] => [
    ...('who' in block ? block.who : []),
    ...('escalate' in block ? (block.escalate ?? []).flatMap(({ to }) => (to ? [to] : [])) : []),
  ]);
  const ids = named.flatMap((who) =>
    who.kind === 'person' && z.uuid().safeParse(who.person).success ? [who.person] : [],
  );
  return [...new Set(ids)];
}
