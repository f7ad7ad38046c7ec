import { createHash, randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { openSession } from '../auth/session.ts';
import { makePrisma } from '../db/prisma.ts';
import { readDemoAccounts, seedDemo } from '../simulate/demo.ts';
import { hashOfLink } from '../surveys/links.ts';
import { furnish } from './furnish.ts';

/** Stands in what nobody outside of a unit may read. */
export const HIDDEN = 'canary-of-a-unit';
/** Stands in secrets of the server. */
export const SECRET = 'canary-of-the-server';

/** Who asks: a person with a session, a business system, or nobody. */
export interface Actor {
  name: string;
  personId: string | null;
  system: boolean;
  /** Belongs to no unit of the demo city: whatever has {@link HIDDEN} in it is not for them. */
  outsider: boolean;
}

export interface FuzzCity {
  actors: Actor[];
  outsider: { personId: string; orgId: string };
  surveyTokens: string[];
}

/** Fills a migrated database with a small demo city, somebody who has nothing to do with it, and canaries in what is hidden. */
export async function makeFuzzCity(url: string, cases: number): Promise<FuzzCity> {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  const prisma = makePrisma(pool);
  try {
    await seedDemo({ pool, prisma, now: new Date(), cases });
    const outsider = { personId: randomUUID(), orgId: randomUUID() };
    await prisma.orgUnit.create({ data: { id: outsider.orgId, code: 'outside', name: '外单位', kind: 'department' } });
    await prisma.person.create({
      data: { id: outsider.personId, username: 'outsider', name: '外人', orgId: outsider.orgId },
    });
    await furnish(pool);
    await plantHidden(pool);
    const { accounts = [] } = (await readDemoAccounts(pool)) ?? {};
    const people = await prisma.person.findMany({ where: { username: { in: accounts.map((one) => one.username) } } });
    const insiders = accounts.flatMap(({ username }) => {
      const person = people.find((one) => one.username === username);
      return person ? [{ name: username, personId: person.id, system: false, outsider: false }] : [];
    });
    const actors = [
      ...insiders,
      { name: 'outsider', personId: outsider.personId, system: false, outsider: true },
      { name: 'anonymous', personId: null, system: false, outsider: true },
      { name: 'system', personId: null, system: true, outsider: false },
    ];
    return { actors, outsider, surveyTokens: await makeSurveyLinks(pool) };
  } finally {
    await prisma.$disconnect();
    await pool.end();
  }
}

/** Marks what only the own unit and offices read: comments, notes, drafts, notices, reasons, names of files. */
async function plantHidden(pool: pg.Pool): Promise<void> {
  const marked = [
    `INSERT INTO comments (id, case_id, author_id, at, text)
     SELECT gen_random_uuid(), c.id, o.head_id, now(), $1 FROM cases c JOIN org_units o ON o.id = c.org_id WHERE o.head_id IS NOT NULL ORDER BY c.id LIMIT 40`,
    `INSERT INTO phrases (id, person_id, position, text)
     SELECT gen_random_uuid(), person_id, 90, $1 FROM (SELECT DISTINCT person_id FROM task_candidates LIMIT 40) p`,
    `UPDATE tasks SET draft = json_build_object('note', $1::text) WHERE state = 'open'`,
    `UPDATE notices SET body = json_build_object('zh', $1::text, 'en', $1::text)`,
    `UPDATE indicator_values SET reason = $1 WHERE reason IS NOT NULL`,
    'UPDATE evidence SET name = $1',
    'UPDATE adjustments SET reason = $1',
    'UPDATE urges SET note = $1',
    'UPDATE incidents SET cause = $1',
  ];
  for (const sql of marked) await pool.query(sql, [HIDDEN]);
}

/** One-time links of every public group, as an office would have sent them. */
async function makeSurveyLinks(pool: pg.Pool): Promise<string[]> {
  const tokens = Array.from({ length: 30 }, () => randomBytes(24).toString('base64url'));
  await pool.query(
    `INSERT INTO survey_links (token_hash, round_id, group_key, issued_at)
     SELECT t.hash, r.id, r.groups[1 + t.n % cardinality(r.groups)], now()
     FROM unnest($1::text[]) WITH ORDINALITY t(hash, n) CROSS JOIN LATERAL
       (SELECT id, groups FROM ballot_rounds WHERE cardinality(groups) > 0 ORDER BY (t.n * 7919 + hashtext(id::text)) % 97, id LIMIT 1) r`,
    [tokens.map(hashOfLink)],
  );
  return tokens;
}

/** What one actor sends to be known. */
export interface Identity {
  headers: Record<string, string>;
  /** Their own secrets, which they may be shown. */
  own: ReadonlySet<string>;
}

/** Opens sessions as if everybody had signed in; repairs who was locked out by a request before. */
export const makeIdentities = (pool: pg.Pool, { actors }: FuzzCity) => {
  const prisma = makePrisma(pool);
  return {
    /** A new session of somebody, or a token of a business system. */
    async of(actor: Actor): Promise<Identity> {
      if (actor.system) return bySystem(pool);
      if (actor.personId === null) return { headers: {}, own: new Set() };
      const opening = { personId: actor.personId, address: '127.0.0.1', agent: 'fuzz', secondFactor: true };
      const { token, idHash } = await openSession(prisma, opening, new Date(), { sessionHours: 12, sessionLimit: 50 });
      const { csrf } = await prisma.session.findUniqueOrThrow({ where: { idHash } });
      return { headers: { cookie: `bihuan_session=${token}`, 'x-csrf-token': csrf }, own: new Set([csrf]) };
    },
    /** People may have been switched off or lost their roles: everybody is again who they were. */
    async restore(): Promise<void> {
      const people = actors.flatMap(({ personId }) => (personId ? [personId] : []));
      await pool.query('UPDATE people SET active = true WHERE id = ANY($1::uuid[]) AND NOT active', [people]);
      await pool.query(
        `INSERT INTO roles SELECT * FROM fuzz_roles f WHERE person_id = ANY($1::uuid[]) AND NOT EXISTS
           (SELECT FROM roles r WHERE r.person_id = f.person_id AND r.role = f.role AND r.org_id IS NOT DISTINCT FROM f.org_id)
         ON CONFLICT DO NOTHING`,
        [people],
      );
      await pool.query(`SELECT pg_notify('bihuan_directory', '')`);
    },
    close: () => prisma.$disconnect(),
  };
};

/** Keeps who has which role, for {@link makeIdentities}. */
export const rememberRoles = (pool: pg.Pool) => pool.query('CREATE TABLE IF NOT EXISTS fuzz_roles AS TABLE roles');

async function bySystem(pool: pg.Pool): Promise<Identity> {
  const token = `bh_${randomBytes(32).toString('base64url')}`;
  await pool.query(
    `INSERT INTO api_tokens (id, name, scope, hash, codes, org_ids, expires_at, made_by, made_at)
     SELECT gen_random_uuid(), 'fuzz', 'values', $1, '{}', '{}', now() + interval '1 day', id, now() FROM people ORDER BY username LIMIT 1`,
    [createHash('sha256').update(token).digest('hex')],
  );
  return { headers: { authorization: `Bearer ${token}` }, own: new Set([token]) };
}
