import { Prisma } from '../../prisma/client/client.ts';
import { type Grant, standsInFor } from '../../workflows/approval/delegation.ts';
import type { Language } from '../../workflows/text.ts';
import { type DelegationRow, toDelegation, WINDOW_COLUMNS } from '../delegations/open.ts';
import type { Level } from '../evidence/level.ts';
import type { Database } from '../http/deps.ts';
import { type HeldRole, heldRoles } from './heldRoles.ts';
import { type Ability, abilitiesOf } from './policy.ts';
import type { Preferences } from './schema.ts';

/** Who asks. Read anew for every request, so that a role withdrawn or an account closed works at once. */
export interface Me {
  id: string;
  username: string;
  name: string;
  title: string | null;
  language: Language;
  demo: boolean;
  preferences: Preferences;
  org: { id: string; name: string; kind: string };
  roles: HeldRole[];
  abilities: Set<Ability>;
  /** 密级: up to which level of files. */
  clearance: Level;
  /** Department of the person with its sections. */
  house: string[];
  /** Units whose cases may be seen: the house, and what it monitors. */
  sees: string[];
  /** For whom this person may act now, and in what. */
  standsIn: Grant[];
  session: { id: string; idHash: string; csrf: string; seenAt: Date; expiresAt: Date };
  passwordChangedAt: Date | null;
  /** Has a second factor, and has shown it. */
  secondFactor: boolean;
}

/** What rules about the ledger look at in whoever asks. */
export type Holder = Pick<Me, 'id' | 'roles' | 'abilities' | 'house' | 'sees' | 'standsIn' | 'clearance'>;

interface Row {
  id: string;
  username: string;
  name: string;
  title: string | null;
  language: string;
  demo: boolean;
  preferences: Preferences;
  clearance: Level;
  org_id: string;
  org_name: string;
  org_kind: string;
  roles: HeldRole[];
  house: string[];
  monitored: string[];
  windows: DelegationRow[];
  session_id: string;
  csrf: string;
  seen_at: Date;
  expires_at: Date;
  password_changed_at: Date | null;
  second_factor: boolean;
}

/** Reads who owns a session that is alive `now`; null when it ended, idled too long, or the account is closed. */
export const readMe = async (db: Database, idHash: string, now: Date, idleSince: Date): Promise<Me | null> => {
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    WITH RECURSIVE who AS (
      SELECT p.*, s.id AS session_id, s.csrf, s.seen_at, s.expires_at, f.person_id IS NOT NULL AS second_factor
      FROM sessions s JOIN people p ON p.id = s.person_id
        LEFT JOIN second_factors f ON f.person_id = p.id AND f.confirmed_at IS NOT NULL
      WHERE s.id_hash = ${idHash} AND s.expires_at > ${now} AND s.seen_at > ${idleSince} AND p.active
        AND (s.second_factor OR f.person_id IS NULL)
    ), climb AS (
      SELECT o.id, o.kind, o.parent_id, 0 AS height FROM who JOIN org_units o ON o.id = who.org_id
      UNION ALL
      SELECT u.id, u.kind, u.parent_id, c.height + 1
      FROM climb c JOIN org_units u ON u.id = c.parent_id WHERE c.kind = 'section' AND c.height < 20
    ), house AS (
      (SELECT id FROM climb ORDER BY height DESC LIMIT 1)
      UNION
      SELECT u.id FROM house h JOIN org_units u ON u.parent_id = h.id WHERE u.kind = 'section'
    ), windows AS (
      SELECT d.* FROM who JOIN delegations d ON d.to_id = who.id
      WHERE d.from_at <= ${now} AND ${now} < least(d.until_at, d.revoked_at)
      UNION
      SELECT d.* FROM windows w JOIN delegations d ON d.to_id = w.person_id
      WHERE d.from_at <= ${now} AND ${now} < least(d.until_at, d.revoked_at)
    )
    SELECT w.id, w.username, w.name, w.title, w.language, w.demo, w.preferences, w.clearance,
           w.session_id, w.csrf, w.seen_at, w.expires_at, w.second_factor,
           CASE WHEN w.password_hash IS NOT NULL THEN w.password_changed_at END AS password_changed_at,
           o.id AS org_id, o.name AS org_name, o.kind AS org_kind,
           ${heldRoles('w')} AS roles,
           ARRAY(SELECT id::text FROM house) AS house,
           ARRAY(SELECT m.id::text FROM org_units m WHERE m.monitoring_unit_id IN (SELECT id FROM house)) AS monitored,
           coalesce((SELECT json_agg(r) FROM (SELECT ${Prisma.raw(WINDOW_COLUMNS)} FROM windows d ORDER BY d.from_at, d.id) r), '[]') AS windows
    FROM who w JOIN org_units o ON o.id = w.org_id`);
  const row = rows[0];
  return row ? present(row, idHash, now) : null;
};

const present = (row: Row, idHash: string, now: Date): Me => {
  // An administrator stands in a unit as everybody does, but its business is none of theirs, nor anybody else's.
  const abilities = abilitiesOf(row.roles);
  const inside = abilities.has('business');
  const house = inside ? row.house : [];
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    title: row.title,
    language: row.language === 'en' ? 'en' : 'zh',
    demo: row.demo,
    preferences: row.preferences,
    org: { id: row.org_id, name: row.org_name, kind: row.org_kind },
    roles: row.roles,
    abilities,
    clearance: row.clearance,
    house,
    sees: inside ? [...new Set([...row.house, ...row.monitored])] : [],
    standsIn: inside ? standsInFor(row.windows.map(toDelegation), row.id, now) : [],
    session: { id: row.session_id, idHash, csrf: row.csrf, seenAt: row.seen_at, expiresAt: row.expires_at },
    passwordChangedAt: row.password_changed_at,
    secondFactor: row.second_factor,
  };
};
