import { randomUUID } from 'node:crypto';
import type { PullSource, ValueImport } from '../../prisma/client/client.ts';
import { Prisma } from '../../prisma/client/client.ts';
import { settle } from '../audit/record.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { bearerOf } from '../tokens/admit.ts';
import type { PushLimit } from '../tokens/limit.ts';
import { listPeriods, listValues } from './assigned.ts';
import { importValues } from './importValues.ts';
import { TABLE_PROBLEMS } from './libraryRoutes.ts';
import { allowedAddress, pullOnce } from './pull.ts';
import { isReporter, isVerifier, visibleIndicators } from './rights.ts';
import {
  importSchema,
  listOf,
  newSourceBody,
  periodsPage,
  periodsQuery,
  pushBody,
  reportBody,
  reportedSchema,
  sourcePatch,
  sourceSchema,
  valueImportQuery,
  valuePage,
  valueQuery,
  verifiedSchema,
  verifyBody,
} from './schema.ts';
import { type EntryError, refusal, reportValues, verifyValues } from './values.ts';

/** Every indicator that is named must be seen by the caller, and theirs to report or to verify. */
const checkRights = async (
  db: Database,
  cycleId: string,
  ids: readonly string[],
  me: Me,
  right: 'report' | 'verify',
): Promise<void> => {
  const seen = await db.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT c.id FROM cycle_indicators c WHERE c.cycle_id = ${cycleId}::uuid AND c.id = ANY(${[...ids]}::uuid[]) AND ${visibleIndicators(me)}`,
  );
  const known = new Set(seen.map(({ id }) => id));
  const unknown = ids.flatMap((id, index): EntryError[] =>
    known.has(id)
      ? []
      : [{ index, at: 'id', id: 'value.indicator', message: { zh: '没有这个指标', en: 'no such indicator' } }],
  );
  if (unknown.length > 0) throw refusal(unknown);
  const found = await db.cycleIndicator.findMany({ where: { id: { in: [...ids] } } });
  const allowed = (one: (typeof found)[number]) => (right === 'report' ? isReporter(me, one) : isVerifier(me, one));
  if (!found.every(allowed)) throw problem('permission.denied', { ability: `values.${right}` });
};

const presentImport = ({ startedAt, endedAt, ...row }: ValueImport) => ({
  id: row.id,
  state: row.state as 'running',
  dryRun: row.dryRun,
  rows: row.rows,
  done: row.done,
  created: row.created,
  updated: row.updated,
  errors: row.errors as never[],
  startedAt: startedAt.toISOString(),
  endedAt: endedAt?.toISOString(),
});

const presentSource = ({ id, name, cycleId, url, format, everyMinutes, nextAt, active, version }: PullSource) => ({
  id,
  name,
  cycleId,
  url,
  format: format as 'json' | 'csv',
  everyMinutes,
  nextAt: nextAt.toISOString(),
  active,
  version,
});

/** Values: reported, verified, imported, pushed, pulled. */
export const makeValueRoutes = ({ pushes }: { pushes: PushLimit }): Route[] => [
  route({
    id: 'values.list',
    method: 'get',
    path: '/values',
    summary: { zh: '指标数据，含迟报与缺报', en: 'values with those that are late or missing' },
    can: 'business',
    input: { query: valueQuery },
    output: { status: 200, body: valuePage },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async ({ db, deps, query, me, now }) => ({
      body: await listValues(db, query, me, deps.calendar().dayOf(now.toISOString())),
    }),
  }),
  route({
    id: 'values.periods',
    method: 'get',
    path: '/values/periods',
    summary: { zh: '本单位应报的各期及完成情况', en: 'the periods that the own unit reports, and how far each is' },
    can: 'business',
    input: { query: periodsQuery },
    output: { status: 200, body: periodsPage },
    handler: async ({ db, deps, query, me, now }) => ({
      body: { items: await listPeriods(db, query.cycleId, me, deps.calendar().dayOf(now.toISOString())) },
    }),
  }),
  route({
    id: 'values.report',
    method: 'post',
    path: '/values',
    summary: { zh: '报送指标数据', en: 'report values' },
    can: 'business',
    input: { body: reportBody },
    output: { status: 200, body: reportedSchema },
    problems: ['values.refused', 'indicator.closed', 'cycle.unknown', 'permission.denied'],
    handler: async ({ db, deps, body: { cycleId, values }, me, now }) => {
      await checkRights(
        db,
        cycleId,
        values.map(({ id }) => id),
        me,
        'report',
      );
      const at = now.toISOString();
      const reporter = { by: me.id, source: 'api', at, calendar: deps.calendar() } as const;
      return { body: await reportValues(overPrisma(db), cycleId, values, reporter) };
    },
  }),
  route({
    id: 'values.verify',
    method: 'post',
    path: '/values/verify',
    summary: { zh: '核验指标数据：认可、退回、更正', en: 'verify values: accept, return or correct' },
    can: 'business',
    input: { body: verifyBody },
    output: { status: 200, body: verifiedSchema },
    problems: ['values.refused', 'indicator.closed', 'cycle.unknown', 'permission.denied'],
    handler: async ({ db, deps, body: { cycleId, values }, me, now }) => {
      await checkRights(
        db,
        cycleId,
        values.map(({ id }) => id),
        me,
        'verify',
      );
      const verifier = { by: me.id, at: now.toISOString(), calendar: deps.calendar() };
      return { body: await verifyValues(overPrisma(db), cycleId, values, verifier) };
    },
  }),
  route({
    id: 'values.import',
    method: 'post',
    path: '/values/import',
    summary: { zh: '导入指标数据（CSV 或 Excel）', en: 'import values from CSV or Excel' },
    can: 'business',
    change: 'own',
    input: { query: valueImportQuery, kind: 'table' },
    output: { status: 200, body: importSchema },
    problems: [...TABLE_PROBLEMS, 'indicator.closed', 'cycle.unknown', 'import.taken'],
    handler: async ({ deps, query: { cycleId, dryRun, run }, body, me, now }) => {
      const at = now.toISOString();
      const reporter = { by: me.id, source: 'import', at, calendar: deps.calendar() } as const;
      const done = await importValues(deps.prisma, body as Buffer, {
        cycleId,
        dryRun: dryRun === 'true',
        reporter,
        run,
        ...(!may(me, 'indicators.write') && { only: me.house }),
      });
      return { body: presentImport(done) };
    },
  }),
  route({
    id: 'imports.read',
    method: 'get',
    path: '/imports/:id',
    summary: { zh: '导入进度与结果', en: 'how far an import is, and what came of it' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: importSchema },
    problems: ['import.unknown'],
    handler: async ({ db, params, me }) => {
      const found = await db.valueImport.findUnique({ where: { id: params.id } });
      if (!found || (found.startedBy !== me.id && !may(me, 'indicators.write'))) throw problem('import.unknown');
      return { body: presentImport(found) };
    },
  }),
  route({
    id: 'values.push',
    method: 'post',
    path: '/values/push',
    summary: { zh: '业务系统推送数据（令牌）', en: 'business systems push values, with a token' },
    can: 'public',
    input: { body: pushBody },
    output: { status: 200, body: reportedSchema },
    bearer: bearerOf('values', pushes),
    problems: ['values.refused', 'indicator.closed', 'cycle.unknown'],
    handler: async ({ deps, body: { cycleId, values }, now, token }) => {
      if (!token) throw problem('token.invalid');
      const at = now.toISOString();
      const delivery = { zh: `推送（令牌“${token.name}”）`, en: `a push with the token "${token.name}"` };
      const calendar = deps.calendar();
      const reporter = { by: null, tokenId: token.id, source: 'push', at, calendar, delivery } as const;
      const body = await deps.prisma.$transaction(async (db) => {
        const codes = [...new Set(values.map(({ org }) => org))];
        const orgs = await db.orgUnit.findMany({ where: { code: { in: codes } }, select: { id: true, code: true } });
        const idOf = new Map(orgs.map(({ id, code }) => [code, id]));
        const foreign = values.flatMap(({ org, indicator }, index): EntryError[] => {
          const id = idOf.get(org);
          const wrong = (place: string, zh: string, en: string): EntryError[] => [
            { index, at: place, id: 'value.scope', message: { zh, en } },
          ];
          if (id === undefined || (token.orgIds.length > 0 && !token.orgIds.includes(id)))
            return wrong('org', `令牌不能为单位“${org}”推送`, `the token may not push for the unit "${org}"`);
          if (token.codes.length > 0 && !token.codes.includes(indicator))
            return wrong(
              'indicator',
              `令牌不能推送指标“${indicator}”`,
              `the token may not push the indicator "${indicator}"`,
            );
          return [];
        });
        if (foreign.length > 0) throw refusal(foreign);
        const entries = values.map(({ org, indicator, ...rest }) => ({
          ...rest,
          orgId: idOf.get(org),
          code: indicator,
        }));
        const reported = await reportValues(overPrisma(db), cycleId, entries, reporter);
        await settle(overPrisma(db));
        return reported;
      });
      return { body };
    },
  }),
  route({
    id: 'sources.list',
    method: 'get',
    path: '/pull-sources',
    summary: { zh: '定时取数的数据源', en: 'sources that values are fetched from' },
    can: 'indicators.write',
    output: { status: 200, body: listOf(sourceSchema) },
    handler: async ({ db }) => {
      const rows = await db.pullSource.findMany({ orderBy: { madeAt: 'desc' }, take: 200 });
      return { body: { items: rows.map(presentSource) } };
    },
  }),
  route({
    id: 'sources.create',
    method: 'post',
    path: '/pull-sources',
    summary: { zh: '新增数据源', en: 'add a source' },
    can: 'indicators.write',
    input: { body: newSourceBody },
    output: { status: 201, body: sourceSchema },
    problems: ['source.address', 'cycle.unknown'],
    handler: async ({ db, deps, body, me, now }) => {
      await allowedAddress(new URL(body.url), deps.settings.pullHosts);
      if (!(await db.cycle.findUnique({ where: { id: body.cycleId } }))) throw problem('cycle.unknown');
      const row = await db.pullSource.create({
        data: { id: randomUUID(), ...body, nextAt: now, madeBy: me.id, madeAt: now },
      });
      return { body: presentSource(row) };
    },
  }),
  route({
    id: 'sources.change',
    method: 'patch',
    path: '/pull-sources/:id',
    summary: { zh: '修改数据源', en: 'change a source' },
    can: 'indicators.write',
    ifMatch: true,
    input: { params: idParams, body: sourcePatch },
    output: { status: 200, body: sourceSchema },
    problems: ['source.unknown'],
    handler: async ({ db, params: { id }, body: { active, everyMinutes }, ifMatch }) => {
      const found = await db.pullSource.findUnique({ where: { id } });
      if (!found) throw problem('source.unknown');
      const data = {
        version: ifMatch + 1,
        ...(active !== undefined && { active }),
        ...(everyMinutes !== undefined && { everyMinutes }),
      };
      const { count } = await db.pullSource.updateMany({ where: { id, version: ifMatch }, data });
      if (count === 0) throw problem('version.stale', { current: found.version });
      const row = await db.pullSource.findUniqueOrThrow({ where: { id } });
      return { body: presentSource(row), version: row.version };
    },
  }),
  route({
    id: 'sources.run',
    method: 'post',
    path: '/pull-sources/:id/run',
    summary: { zh: '立即取数', en: 'fetch now' },
    can: 'indicators.write',
    change: 'own',
    input: { params: idParams },
    output: { status: 200, body: importSchema },
    problems: ['source.unknown', 'source.address', 'source.failed', 'csv.rows'],
    handler: async ({ deps, params, now }) => {
      const { prisma, settings, calendar } = deps;
      const found = await prisma.pullSource.findUnique({ where: { id: params.id } });
      if (!found) throw problem('source.unknown');
      const run = await pullOnce({ prisma, hosts: settings.pullHosts, now, calendar: calendar() }, found);
      return { body: presentImport(await prisma.valueImport.findUniqueOrThrow({ where: { id: run } })) };
    },
  }),
  route({
    id: 'sources.runs',
    method: 'get',
    path: '/pull-sources/:id/runs',
    summary: { zh: '取数记录', en: 'the record of a source' },
    can: 'indicators.write',
    input: { params: idParams },
    output: { status: 200, body: listOf(importSchema) },
    problems: ['source.unknown'],
    handler: async ({ db, params: { id } }) => {
      if (!(await db.pullSource.findUnique({ where: { id } }))) throw problem('source.unknown');
      const rows = await db.valueImport.findMany({
        where: { sourceId: id },
        orderBy: { startedAt: 'desc' },
        take: 100,
      });
      return { body: { items: rows.map(presentImport) } };
    },
  }),
];
