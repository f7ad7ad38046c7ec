import type { Client, Entry } from 'ldapts';
import { bindAsReader, type LdapSettings, withDirectory } from './client.ts';
import { dnKey } from './dn.ts';

/** An entry of the directory, by the names that the settings give its attributes. */
export interface DirectoryEntry {
  dn: string;
  id: string;
  fields: Record<string, string | undefined>;
}

/** What stands in the directory. */
export interface DirectoryContent {
  people: DirectoryEntry[];
  /** Null: organisations are not synced. */
  orgs: DirectoryEntry[] | null;
  /** For each mapped role the keys of the DNs of those who are in its groups. */
  members: Map<string, Set<string>>;
}

const PAGE = 500;

/** Reads everything that is synced, page by page. @throws ldap.off, ldap.unreachable */
export const readDirectory = (settings: LdapSettings): Promise<DirectoryContent> =>
  withDirectory(settings, async (client) => {
    await bindAsReader(client, settings);
    const { ldapFilter, ldapAttributes, ldapOrgFilter, ldapOrgAttributes } = settings;
    const people = await readEntries(client, settings, ldapFilter, ldapAttributes);
    const orgs = ldapOrgFilter ? await readEntries(client, settings, ldapOrgFilter, ldapOrgAttributes) : null;
    return { people, orgs, members: await readMembers(client, settings) };
  });

const readEntries = async (
  client: Client,
  { ldapBase = '' }: LdapSettings,
  filter: string,
  names: Partial<Record<string, string>>,
): Promise<DirectoryEntry[]> => {
  const id = names.id ?? 'entryUUID';
  const { searchEntries } = await client.search(ldapBase, {
    scope: 'sub',
    filter,
    attributes: [...new Set(Object.values(names).filter((name) => name !== undefined))],
    explicitBufferAttributes: inBytes(id),
    paged: { pageSize: PAGE },
  });
  return searchEntries.map((entry) => ({
    dn: entry.dn,
    id: idOf(entry, id),
    fields: Object.fromEntries(
      Object.entries(names).flatMap(([name, attribute]) =>
        name === 'id' || attribute === undefined ? [] : [[name, first(entry, attribute)]],
      ),
    ),
  }));
};

/** The number of an entry as text; where it is no text (objectGUID) in hexadecimal digits. */
export const idOf = (entry: Entry, attribute: string): string => {
  const [value] = valuesOf(entry, attribute);
  if (value === undefined) return '';
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(value);
  const text = bytes.toString('utf8');
  return /^[\x21-\x7e]+$/.test(text) ? text : bytes.toString('hex');
};

/** Names of attributes are the same in any case, and servers answer in theirs. */
const valuesOf = (entry: Entry, attribute: string): (Buffer | string)[] =>
  Object.entries(entry).flatMap(([name, values]) =>
    name.toLowerCase() === attribute.toLowerCase() ? [values].flat() : [],
  );

/** Attributes whose values may be no text. */
export const inBytes = (attribute: string): string[] => [attribute, attribute.toLowerCase()];

const first = (entry: Entry, attribute: string): string | undefined => {
  const [value] = valuesOf(entry, attribute);
  const text = Buffer.isBuffer(value) ? value.toString('utf8') : value;
  return text === undefined || text.trim() === '' ? undefined : text.trim();
};

const readMembers = async (client: Client, { ldapRoles }: LdapSettings): Promise<Map<string, Set<string>>> => {
  const members = new Map<string, Set<string>>();
  for (const { role, group } of ldapRoles) {
    const { searchEntries } = await client.search(group, { scope: 'base', attributes: ['member', 'uniqueMember'] });
    const dns = searchEntries.flatMap((entry) => [...valuesOf(entry, 'member'), ...valuesOf(entry, 'uniqueMember')]);
    const known = members.get(role) ?? new Set();
    for (const dn of dns) known.add(dnKey(dn.toString()));
    members.set(role, known);
  }
  return members;
};
