import { isAdministrator } from '../auth/roles.ts';
import { codeSchema, lineText, mailSchema, userNameSchema } from '../http/schema.ts';
import { above, dnKey } from './dn.ts';
import type { DirectoryContent, DirectoryEntry } from './read.ts';

export interface KnownOrg {
  id: string;
  code: string;
  name: string;
  kind: string;
  category: string | null;
  parentId: string | null;
  active: boolean;
  directoryId: string | null;
}

export interface KnownPerson {
  id: string;
  username: string;
  name: string;
  title: string | null;
  email: string | null;
  orgId: string;
  active: boolean;
  directoryId: string | null;
  /** Roles for the whole city. */
  roles: string[];
}

type Change = Record<string, { from: string | null; to: string | null }>;

/** Why an entry is left alone. */
export type Skipped =
  | 'local' // an account or unit of this name is kept by hand
  | 'administrator' // one of the three is never touched
  | 'inactive' // closed here: whoever closed it may open it again
  | 'unit' // there is no unit to put the person into
  | 'twice' // the directory has another entry of this name or number
  | 'name' // what the directory says cannot be a name or code here
  | 'number'; // the entry has no number of its own

/** What a sync would do, in the order in which it is done. */
export interface Plan {
  orgs: {
    create: (Omit<KnownOrg, 'active' | 'directoryId'> & { directoryId: string })[];
    update: { id: string; code: string; changes: Change }[];
    deactivate: { id: string; code: string }[];
  };
  people: {
    create: (Omit<KnownPerson, 'active' | 'directoryId' | 'roles'> & { directoryId: string })[];
    update: { id: string; username: string; changes: Change }[];
    deactivate: { id: string; username: string }[];
  };
  roles: { add: Grant[]; remove: Grant[] };
  skipped: { dn: string; reason: Skipped }[];
  /** Of how many that the directory keeps those to deactivate are. */
  kept: { orgs: number; people: number };
}
interface Grant {
  id: string;
  username: string;
  role: string;
}

export interface PlanOptions {
  /** Whether accounts and units of the same name that were kept by hand become the directory's. */
  adopt: boolean;
  newId: () => string;
}

/** Compares the directory with what is known. Pure: nothing is read, nothing is changed. */
export const planSync = (
  directory: DirectoryContent,
  known: { orgs: readonly KnownOrg[]; people: readonly KnownPerson[] },
  options: PlanOptions,
): Plan => {
  const skipped: Plan['skipped'] = [];
  const { orgs, idAt } = planOrgs(directory.orgs, known.orgs, skipped, options);
  const codes = new Map([...known.orgs, ...orgs.create].map(({ code, id }) => [code, id]));
  for (const { id, changes } of orgs.update) if (changes.code?.to) codes.set(changes.code.to, id);
  const unitOf = ({ dn, fields: { org } }: DirectoryEntry): string | undefined =>
    (org === undefined ? undefined : codes.get(org)) ?? above(dn).flatMap((key) => idAt.get(key) ?? [])[0];
  const { people, held } = planPeople(directory.people, known.people, unitOf, skipped, options);
  return {
    orgs,
    people,
    roles: planRoles(directory, held),
    skipped,
    kept: {
      orgs: known.orgs.filter(({ directoryId, active }) => directoryId !== null && active).length,
      people: known.people.filter(({ directoryId, active }) => directoryId !== null && active).length,
    },
  };
};

/** What may have sections. */
const HOUSES = ['department', 'district', 'section'];

const planOrgs = (
  entries: readonly DirectoryEntry[] | null,
  known: readonly KnownOrg[],
  skipped: Plan['skipped'],
  { adopt, newId }: PlanOptions,
) => {
  const orgs: Plan['orgs'] = { create: [], update: [], deactivate: [] };
  const idAt = new Map<string, string>();
  const byNumber = new Map(known.flatMap((org) => (org.directoryId === null ? [] : [[org.directoryId, org] as const])));
  const byCode = new Map(known.map((org) => [org.code, org]));
  const taken = new Map(known.map((org) => [org.code, org.id]));
  const seen = new Set<string>();
  // From the root down, so that a unit's parent is known before it.
  const kindOf = new Map(known.map(({ id, kind }) => [id, kind]));
  const sorted = [...(entries ?? [])].sort((a, b) => above(a.dn).length - above(b.dn).length);
  for (const entry of sorted) {
    const { dn, id: number, fields } = entry;
    const skip = (reason: Skipped) => skipped.push({ dn, reason });
    if (number === '' || seen.has(number)) {
      skip(number === '' ? 'number' : 'twice');
      continue;
    }
    seen.add(number);
    const code = codeSchema.safeParse(fields.code);
    const name = lineText(200).safeParse(fields.name ?? fields.code);
    if (!code.success || !name.success) {
      skip('name');
      continue;
    }
    const namesake = byCode.get(code.data);
    const org = byNumber.get(number) ?? (adopt && namesake?.directoryId === null ? namesake : undefined);
    const holder = taken.get(code.data);
    if (holder !== undefined && holder !== org?.id) {
      skip(namesake?.directoryId === null ? 'local' : 'twice');
      if (namesake) idAt.set(dnKey(dn), namesake.id);
      continue;
    }
    const parentId = above(dn).flatMap((key) => idAt.get(key) ?? [])[0] ?? org?.parentId ?? null;
    const id = org?.id ?? newId();
    taken.set(code.data, id);
    idAt.set(dnKey(dn), id);
    const category = fields.category ?? org?.category ?? null;
    if (!org) {
      const kind = HOUSES.includes(kindOf.get(parentId ?? '') ?? '') ? 'section' : 'department';
      kindOf.set(id, kind);
      orgs.create.push({ id, code: code.data, name: name.data, category, parentId, kind, directoryId: number });
      continue;
    }
    if (!org.active) {
      skip('inactive');
      continue;
    }
    const wanted = { code: code.data, name: name.data, category, parentId, directoryId: number };
    const changes = changesOf<keyof typeof wanted>(org, wanted);
    if (changes) orgs.update.push({ id, code: org.code, changes });
  }
  if (entries !== null)
    orgs.deactivate = known
      .filter(({ directoryId, active }) => directoryId !== null && active && !seen.has(directoryId))
      .map(({ id, code }) => ({ id, code }));
  return { orgs, idAt };
};

const nameKey = (username: string): string => username.toLowerCase();

const planPeople = (
  entries: readonly DirectoryEntry[],
  known: readonly KnownPerson[],
  unitOf: (entry: DirectoryEntry) => string | undefined,
  skipped: Plan['skipped'],
  { adopt, newId }: PlanOptions,
) => {
  const people: Plan['people'] = { create: [], update: [], deactivate: [] };
  const held: { id: string; username: string; dn: string; roles: readonly string[] }[] = [];
  const byNumber = new Map(known.flatMap((one) => (one.directoryId === null ? [] : [[one.directoryId, one] as const])));
  const byName = new Map(known.map((one) => [nameKey(one.username), one]));
  const taken = new Map(known.map((one) => [nameKey(one.username), one.id]));
  const seen = new Set<string>();
  for (const entry of entries) {
    const { dn, id: number, fields } = entry;
    const skip = (reason: Skipped) => skipped.push({ dn, reason });
    if (number === '' || seen.has(number)) {
      skip(number === '' ? 'number' : 'twice');
      continue;
    }
    seen.add(number);
    const username = userNameSchema.safeParse(fields.username);
    const name = lineText(100).safeParse(fields.name);
    if (!username.success || !name.success) {
      skip('name');
      continue;
    }
    const key = nameKey(username.data);
    const namesake = byName.get(key);
    const person = byNumber.get(number) ?? (adopt && namesake?.directoryId === null ? namesake : undefined);
    if ((person ?? namesake)?.roles.some(isAdministrator)) {
      skip('administrator');
      continue;
    }
    const holder = taken.get(key);
    if (holder !== undefined && holder !== person?.id) {
      skip(namesake?.directoryId === null ? 'local' : 'twice');
      continue;
    }
    if (person && !person.active) {
      skip('inactive');
      continue;
    }
    const orgId = unitOf(entry) ?? person?.orgId;
    if (orgId === undefined) {
      skip('unit');
      continue;
    }
    const title = lineText(100).safeParse(fields.title);
    const email = mailSchema.safeParse(fields.email);
    const wanted = {
      username: username.data,
      name: name.data,
      title: title.success ? title.data : null,
      email: email.success ? email.data : null,
      orgId,
      directoryId: number,
    };
    const id = person?.id ?? newId();
    taken.set(key, id);
    held.push({ id, username: wanted.username, dn, roles: person?.roles ?? [] });
    if (!person) people.create.push({ id, ...wanted });
    else {
      const changes = changesOf<keyof typeof wanted>(person, wanted);
      if (changes) people.update.push({ id, username: person.username, changes });
    }
  }
  people.deactivate = known
    .filter(
      (one) => one.directoryId !== null && one.active && !seen.has(one.directoryId) && !one.roles.some(isAdministrator),
    )
    .map(({ id, username }) => ({ id, username }));
  return { people, held };
};

/** Only roles that a group gives are given and taken; what people have been granted by hand stays. */
const planRoles = (
  { members }: DirectoryContent,
  held: readonly { id: string; username: string; dn: string; roles: readonly string[] }[],
): Plan['roles'] => {
  const roles: Plan['roles'] = { add: [], remove: [] };
  for (const { id, username, dn, roles: has } of held)
    for (const [role, dns] of members) {
      const wanted = dns.has(dnKey(dn));
      if (wanted && !has.includes(role)) roles.add.push({ id, username, role });
      if (!wanted && has.includes(role)) roles.remove.push({ id, username, role });
    }
  return roles;
};

const changesOf = <Field extends string>(
  now: { [Key in Field]: string | null },
  wanted: { [Key in Field]: string | null },
): Change | undefined => {
  const changed = (Object.keys(wanted) as Field[]).filter((field) => now[field] !== wanted[field]);
  if (changed.length === 0) return undefined;
  return Object.fromEntries(changed.map((field) => [field, { from: now[field], to: wanted[field] }]));
};
