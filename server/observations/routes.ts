import { Prisma } from '../../prisma/client/client.ts';
import { checkIndicators } from '../findings/indicators.ts';
import { readFinding } from '../findings/read.ts';
import { recordFindings } from '../findings/record.ts';
import { findingSchema } from '../findings/schema.ts';
import { checkPast } from '../findings/write.ts';
import { readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { changePoint, createPoint, listPoints, readPoint, recordObservation } from './points.ts';
import {
  observationBody,
  observationPage,
  observationQuery,
  observationSchema,
  observedBody,
  pointBody,
  pointPage,
  pointPatch,
  pointQuery,
  pointSchema,
} from './schema.ts';

interface Row {
  id: string;
  day: string;
  value: string | null;
  remark: string;
  observer_id: string;
  observer: string;
  at: Date;
}

const columns = Prisma.sql`x.id, x.day::text AS day, trim_scale(x.value)::text AS value, x.remark, x.observer_id, q.name AS observer, x.at`;
const from = Prisma.sql`observations x JOIN people q ON q.id = x.observer_id`;
const present = ({ observer_id: id, observer, value, at, ...row }: Row) => ({
  ...row,
  ...(value !== null && { value }),
  observer: { id, name: observer },
  at: at.toISOString(),
});

/** 观测点与观察员: what observers see where, and what becomes a finding. */
export const observationRoutes: Route[] = [
  route({
    id: 'observationPoints.list',
    method: 'get',
    path: '/observation-points',
    summary: { zh: '观测点', en: 'observation points' },
    can: 'business',
    input: { query: pointQuery },
    output: { status: 200, body: pointPage },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async ({ db, query, me }) => ({ body: await listPoints(db, query, me) }),
  }),
  route({
    id: 'observationPoints.create',
    method: 'post',
    path: '/observation-points',
    summary: { zh: '新增观测点', en: 'add an observation point' },
    can: 'findings.write',
    input: { body: pointBody },
    output: { status: 201, body: pointSchema },
    problems: ['observationPoint.codeTaken'],
    handler: async ({ db, body, me }) => {
      const point = await readPoint(db, await createPoint(db, body), me);
      return { body: point, version: point.version };
    },
  }),
  route({
    id: 'observationPoints.change',
    method: 'patch',
    path: '/observation-points/:id',
    summary: { zh: '修改观测点及观察员', en: 'change an observation point and its observers' },
    can: 'findings.write',
    ifMatch: true,
    input: { params: idParams, body: pointPatch },
    output: { status: 200, body: pointSchema },
    problems: ['observationPoint.unknown'],
    handler: async ({ db, params, body, me, ifMatch }) => {
      await changePoint(db, params.id, ifMatch, body);
      const point = await readPoint(db, params.id, me);
      return { body: point, version: point.version };
    },
  }),
  route({
    id: 'observations.list',
    method: 'get',
    path: '/observation-points/:id/observations',
    summary: { zh: '观测记录', en: 'what was observed at a point' },
    can: 'business',
    input: { params: idParams, query: observationQuery },
    output: { status: 200, body: observationPage },
    problems: ['observationPoint.unknown', 'cursor.invalid', 'sort.unknown'],
    handler: async ({ db, params, query, me }) => {
      await readPoint(db, params.id, me);
      const where = [Prisma.sql`x.point_id = ${params.id}::uuid`];
      const sorts = { day: { by: Prisma.sql`x.day::timestamptz`, type: 'timestamptz' as const } };
      const page = await readPage<Row>(
        db,
        { columns, from, where, sorts, sort: '-day', id: Prisma.sql`x.id::text` },
        query,
      );
      return { body: { ...page, items: page.items.map(present) } };
    },
  }),
  route({
    id: 'observations.create',
    method: 'post',
    path: '/observation-points/:id/observations',
    summary: { zh: '观察员登记观测', en: 'an observer writes down what was seen' },
    can: 'business',
    input: { params: idParams, body: observationBody },
    output: { status: 201, body: observationSchema },
    problems: ['observationPoint.unknown', 'observation.notYours'],
    handler: async ({ db, params, body, me, now, deps }) => {
      const point = await readPoint(db, params.id, me);
      if (!point.can.includes('observe')) throw problem('observation.notYours');
      checkPast(body.day, now, deps.calendar());
      const id = await recordObservation(db, params.id, body, { by: me.id, at: now, calendar: deps.calendar() });
      const [row] = await db.$queryRaw<Row[]>(Prisma.sql`SELECT ${columns} FROM ${from} WHERE x.id = ${id}::uuid`);
      return row ? { body: present(row) } : {};
    },
  }),
  route({
    id: 'observations.find',
    method: 'post',
    path: '/observations/:id/finding',
    summary: { zh: '观测转为整改问题', en: 'make a finding of what was observed' },
    can: 'findings.write',
    input: { params: idParams, body: observedBody },
    output: { status: 201, body: findingSchema },
    problems: ['observation.unknown', 'cycle.unknown', 'cycle.state', 'finding.unit'],
    handler: async ({ db, params, body: { cycleId, ...body }, me, now }) => {
      const [row] = await db.$queryRaw<{ remark: string; org_id: string; indicator_code: string | null }[]>(Prisma.sql`
        SELECT x.remark, p.org_id, p.indicator_code FROM observations x JOIN observation_points p ON p.id = x.point_id WHERE x.id = ${params.id}::uuid`);
      if (!row) throw problem('observation.unknown');
      await checkIndicators(db, [body.indicator]);
      const { what = row.remark, indicator = row.indicator_code ?? undefined } = body;
      const source = { source: 'observation' as const, sourceId: params.id };
      const found = { ...body, what, indicator, orgId: row.org_id, ...source };
      const [id = ''] = await recordFindings(db, { cycleId, by: me.id, at: now }, [found]);
      return { body: await readFinding(db, id, me) };
    },
  }),
];
