import type pg from 'pg';
import type { Facts, Item } from '../../workflows/machine/context.ts';
import type { WhoQuery } from '../../workflows/machine/step.ts';
import type { Who } from '../../workflows/template/when.ts';

export interface DirectoryOrg {
  id: string;
  code: string;
  name: string;
  kind: string;
  category: string | null;
  parentId: string | null;
  headId: string | null;
  monitoringUnitId: string | null;
  dayEnd: string | null;
}

/** Organisations, people and roles in memory, so that finding who acts costs a step no query. */
export interface DirectoryData {
  orgs: ReadonlyMap<string, DirectoryOrg>;
  people: ReadonlyMap<string, { id: string; name: string; orgId: string; email: string | null; language: string }>;
  /** Account ids by `role` (whole city) and `role@org`. */
  roles: ReadonlyMap<string, readonly string[]>;
}

export interface LiveDirectory {
  data(): DirectoryData;
  /** Answers who acts: one list for each entry of `who`. */
  resolve(query: WhoQuery): string[][];
  /** What a case knows of a unit from its start on. */
  participantFacts(orgId: string, category: string): Pick<Facts, 'participant' | 'sections'>;
  reload(): Promise<void>;
}

/** Only active accounts, ordered, so that the same question always has the same answer. */
const SQL = {
  orgs: `SELECT id, code, name, kind, category, parent_id AS "parentId", head_id AS "headId", monitoring_unit_id AS "monitoringUnitId", day_end AS "dayEnd" FROM org_units WHERE active ORDER BY code`,
  people: `SELECT id, name, org_id AS "orgId", email, language FROM people WHERE active ORDER BY username`,
  roles: `SELECT r.person_id AS person, r.role, r.org_id AS org FROM roles r JOIN people p ON p.id = r.person_id WHERE p.active ORDER BY p.username`,
};

async function load(pool: pg.Pool): Promise<DirectoryData> {
  const [orgs, people, roles] = await Promise.all([
    pool.query<DirectoryOrg>(SQL.orgs),
    pool.query<{ id: string; name: string; orgId: string; email: string | null; language: string }>(SQL.people),
    pool.query<{ person: string; role: string; org: string | null }>(SQL.roles),
  ]);
  const holders = new Map<string, string[]>();
  for (const { person, role, org } of roles.rows) {
    const key = org === null ? role : `${role}@${org}`;
    holders.set(key, [...(holders.get(key) ?? []), person]);
  }
  return {
    orgs: new Map(orgs.rows.map((org) => [org.id, org])),
    people: new Map(people.rows.map((person) => [person.id, person])),
    roles: holders,
  };
}

/** Loads the directory; `reload` after people, units or roles changed. */
export async function makeDirectory(pool: pg.Pool): Promise<LiveDirectory> {
  let data = await load(pool);
  return {
    data: () => data,
    resolve: (query) => query.who.map((who) => resolveWho(data, who, query)),
    participantFacts: (orgId, category) => participantFacts(data, orgId, category),
    reload: async () => {
      data = await load(pool);
    },
  };
}

function resolveWho(data: DirectoryData, who: Who, { context, item }: WhoQuery): string[] {
  const unit = (of: 'participant' | 'monitoringUnit' | 'item' | undefined) => {
    if (of === 'monitoringUnit') return context.facts.participant?.monitoringUnit?.id;
    if (of === 'item') return typeof item?.id === 'string' ? item.id : undefined;
    return context.facts.participant?.id;
  };
  const active = (...ids: (string | null | undefined)[]) =>
    ids.filter((id): id is string => typeof id === 'string' && data.people.has(id));
  const headOf = (org: string | null | undefined) => active(org ? data.orgs.get(org)?.headId : null);
  switch (who.kind) {
    case 'role':
      return [...(data.roles.get(who.of ? `${who.role}@${unit(who.of)}` : who.role) ?? [])];
    case 'person':
      return active(who.person);
    case 'head':
      return headOf(unit(who.of));
    case 'superior': {
      const actor = context.lastActor ? data.people.get(context.lastActor) : undefined;
      const org = actor && data.orgs.get(actor.orgId);
      return headOf(org?.headId === actor?.id ? org?.parentId : org?.id);
    }
    case 'field': {
      const value = context.data[who.field];
      return active(typeof value === 'string' ? value : null);
    }
    case 'initiator':
      return active(context.initiator);
    case 'actorOf':
      return active(context.done[who.block]?.by);
  }
}

function participantFacts(
  data: DirectoryData,
  orgId: string,
  category: string,
): Pick<Facts, 'participant' | 'sections'> {
  const org = data.orgs.get(orgId);
  if (!org) throw new Error(`no active organisation ${orgId}`);
  const monitor = org.monitoringUnitId ? data.orgs.get(org.monitoringUnitId) : undefined;
  const sections: Item[] = [...data.orgs.values()]
    .filter((o) => o.parentId === orgId && o.kind === 'section')
    .map((o) => ({ key: o.code, id: o.id, name: o.name }));
  return {
    participant: {
      id: org.id,
      name: org.name,
      category,
      ...(monitor && { monitoringUnit: { id: monitor.id, name: monitor.name } }),
      ...(org.dayEnd !== null && { dayEnd: org.dayEnd }),
    },
    sections,
  };
}
