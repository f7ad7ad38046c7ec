import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/client/client.ts';
import { defined } from '../http/defined.ts';
import type { Database } from '../http/deps.ts';
import { isDuplicate } from '../http/errors.ts';
import { checkVersion } from '../http/etag.ts';
import { type FieldError, problem } from '../http/problem.ts';
import type { NewOrg, OrgPatch } from './schema.ts';

/** Adds an organisation and gives its id. */
export const createOrg = async (db: Database, body: NewOrg): Promise<string> => {
  await checkLinks(db, body);
  const id = randomUUID();
  await db.orgUnit.create({ data: { id, ...defined(body) } }).catch(taken(body.code));
  return id;
};

/** Changes an organisation that still has the version named. */
export const changeOrg = async (db: Database, id: string, version: number, body: OrgPatch): Promise<void> => {
  const rows = await db.$queryRaw<{ version: number }[]>(
    Prisma.sql`SELECT version FROM org_units WHERE id = ${id}::uuid FOR UPDATE`,
  );
  const current = rows[0]?.version;
  if (current === undefined) throw problem('org.unknown');
  checkVersion(current, version);
  await checkLinks(db, body);
  await db.orgUnit
    .update({ where: { id }, data: { ...defined(body), version: { increment: 1 } } })
    .catch(taken(body.code ?? ''));
  if (body.parentId) await checkTree(db);
};

const taken = (code: string) => (error: unknown) => {
  throw isDuplicate(error) ? problem('org.codeTaken', { code }) : error;
};

/** Whatever a unit refers to must be there. */
const checkLinks = async (db: Database, body: OrgPatch): Promise<void> => {
  const missing: FieldError[] = [];
  const message = { zh: '没有此项', en: 'there is no such thing' };
  for (const field of ['parentId', 'monitoringUnitId'] as const) {
    const id = body[field];
    if (id && !(await db.orgUnit.findUnique({ where: { id }, select: { id: true } })))
      missing.push({ path: field, message });
  }
  const head = body.headId;
  if (head && !(await db.person.findUnique({ where: { id: head }, select: { id: true } })))
    missing.push({ path: 'headId', message });
  if (missing.length > 0) throw problem('input.invalid', { errors: missing });
};

/** Refuses a tree in which a unit stands below itself. Trees change one at a time, so that two changes cannot make a ring. */
export const checkTree = async (db: Database): Promise<void> => {
  await db.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtext('org_units.tree'))`);
  const rows = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    WITH RECURSIVE up AS (
      SELECT id, parent_id FROM org_units WHERE parent_id IS NOT NULL
      UNION
      SELECT up.id, o.parent_id FROM up JOIN org_units o ON o.id = up.parent_id WHERE o.parent_id IS NOT NULL
    ) SELECT id FROM up WHERE id = parent_id LIMIT 1`);
  if (rows.length > 0) throw problem('org.loop');
};
