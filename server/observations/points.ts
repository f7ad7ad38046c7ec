import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import { allowed } from '../auth/sql.ts';
import { overPrisma } from '../db/sql.ts';
import { checkIndicators } from '../findings/indicators.ts';
import type { By } from '../findings/write.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, type Page, readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import { recount } from '../indicators/recount.ts';
import type { observationBody, PointView, pointBody, pointPatch, pointQuery } from './schema.ts';

type Row = Omit<PointView, 'org' | 'place' | 'indicator' | 'can'> & {
  org_id: string;
  org: string;
  place: string | null;
  indicator_code: string | null;
};

const columns = Prisma.sql`p.*, o.name AS org, (SELECT count(*)::int FROM observations x WHERE x.point_id = p.id) AS observations,
  coalesce((SELECT json_agg(json_build_object('id', q.id, 'name', q.name) ORDER BY q.username)
            FROM observers w JOIN people q ON q.id = w.person_id WHERE w.point_id = p.id), '[]') AS observers`;
const from = Prisma.sql`observation_points p JOIN org_units o ON o.id = p.org_id`;
const seen = (me: Me) => allowed(me, 'read', 'ObservationPoint');

const present = (row: Row, me: Me): PointView => {
  const { id, code, name, active, version, observers, observations } = row;
  const observes = active && observers.some((one) => one.id === me.id);
  return {
    ...{ id, code, name, active, version, observers, observations },
    ...(row.place !== null && { place: row.place }),
    org: { id: row.org_id, name: row.org },
    ...(row.indicator_code !== null && { indicator: row.indicator_code }),
    can: [...(observes ? ['observe'] : []), ...(may(me, 'findings.write') ? ['edit'] : [])],
  };
};

/** A page of observation points that the person may see. */
export const listPoints = async (db: Database, query: z.infer<typeof pointQuery>, me: Me): Promise<Page<PointView>> => {
  const where = [seen(me)];
  if (query.q) where.push(Prisma.sql`(p.code || ' ' || p.name || ' ' || o.name) ILIKE ${likePattern(query.q)}`);
  if (query.orgId) where.push(Prisma.sql`p.org_id = ${query.orgId}::uuid`);
  const sorts = { code: { by: Prisma.sql`p.code COLLATE "C"`, type: 'text' as const } };
  const page = await readPage<Row>(
    db,
    { columns, from, where, sorts, sort: 'code', id: Prisma.sql`p.id::text` },
    query,
  );
  return { ...page, items: page.items.map((row) => present(row, me)) };
};

/** One observation point, or `observationPoint.unknown`. */
export const readPoint = async (db: Database, id: string, me: Me): Promise<PointView> => {
  const rows = await db.$queryRaw<Row[]>(
    Prisma.sql`SELECT ${columns} FROM ${from} WHERE p.id = ${id}::uuid AND ${seen(me)}`,
  );
  if (!rows[0]) throw problem('observationPoint.unknown');
  return present(rows[0], me);
};

const setObservers = async (db: Database, pointId: string, given: readonly string[]): Promise<void> => {
  const people = [...new Set(given)];
  const known = await db.person.findMany({ where: { id: { in: people }, active: true }, select: { id: true } });
  const message = { zh: '没有这个人员', en: 'no such person' };
  const errors = given.flatMap((id, i) =>
    known.some((one) => one.id === id) ? [] : [{ path: `observers[${i}]`, message }],
  );
  if (errors.length > 0) throw problem('input.invalid', { errors });
  await db.observer.deleteMany({ where: { pointId } });
  await db.observer.createMany({ data: people.map((personId) => ({ pointId, personId })) });
};

/** Adds an observation point. Gives its id. */
export const createPoint = async (
  db: Database,
  { observers, indicator, orgId, place, ...body }: z.infer<typeof pointBody>,
): Promise<string> => {
  const org = await db.orgUnit.findUnique({ where: { id: orgId }, select: { active: true } });
  const message = { zh: '没有这个单位', en: 'no such unit' };
  if (!org?.active) throw problem('input.invalid', { errors: [{ path: 'orgId', message }] });
  await checkIndicators(db, [indicator]);
  if (await db.observationPoint.findUnique({ where: { code: body.code } }))
    throw problem('observationPoint.codeTaken', { code: body.code });
  const id = uuidv7();
  await db.observationPoint.create({
    data: { ...body, id, orgId, place: place ?? null, indicatorCode: indicator ?? null },
  });
  await setObservers(db, id, observers);
  return id;
};

/** Changes an observation point as it was in a version. */
export const changePoint = async (
  db: Database,
  id: string,
  version: number,
  { observers, name, active }: z.infer<typeof pointPatch>,
): Promise<void> => {
  const { count } = await db.observationPoint.updateMany({
    where: { id, version },
    data: { version: version + 1, ...(name !== undefined && { name }), ...(active !== undefined && { active }) },
  });
  if (count === 0) {
    const row = await db.observationPoint.findUnique({ where: { id }, select: { version: true } });
    throw row ? problem('version.stale', { current: row.version }) : problem('observationPoint.unknown');
  }
  if (observers) await setObservers(db, id, observers);
};

/** Puts on record what an observer saw. Gives its id. */
export const recordObservation = async (
  db: Database,
  pointId: string,
  { day, value, remark }: z.infer<typeof observationBody>,
  { by, at, calendar }: By & { calendar: Calendar },
): Promise<string> => {
  const id = uuidv7();
  await db.observation.create({
    data: { id, pointId, observerId: by, day: new Date(day), value: value ?? null, remark, at },
  });
  const point = await db.observationPoint.findUniqueOrThrow({ where: { id: pointId }, select: { orgId: true } });
  await recount(overPrisma(db), [point.orgId], { at: at.toISOString(), calendar });
  return id;
};
