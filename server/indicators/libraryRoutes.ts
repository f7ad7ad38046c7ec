import { importQuery, importResult } from '../http/csvImport.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { importLibrary } from './importLibrary.ts';
import { changeDefinition, createIndicator, listIndicators, readIndicator } from './library.ts';
import {
  activeBody,
  benchmarkBody,
  benchmarkSchema,
  libraryIndicator,
  libraryPage,
  libraryQuery,
  listOf,
  newIndicatorBody,
  newVersionBody,
} from './schema.ts';

const TABLE_PROBLEMS = [
  'csv.encoding',
  'csv.malformed',
  'csv.columns',
  'csv.rows',
  'csv.tooManyRows',
  'xlsx.malformed',
  'xlsx.tooLarge',
  'body.tooLarge',
  'body.type',
] as const;

/** The library of indicators, and benchmarks. */
export const libraryRoutes: Route[] = [
  route({
    id: 'indicators.list',
    method: 'get',
    path: '/indicators',
    summary: { zh: '指标库', en: 'the library of indicators' },
    can: 'business',
    input: { query: libraryQuery },
    output: { status: 200, body: libraryPage },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async ({ db, query }) => ({ body: await listIndicators(db, query) }),
  }),
  route({
    id: 'indicators.read',
    method: 'get',
    path: '/indicators/:id',
    summary: { zh: '指标及其各版本定义', en: 'an indicator with all versions of its definition' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: libraryIndicator },
    problems: ['indicator.unknown'],
    handler: async ({ db, params }) => {
      const body = await readIndicator(db, params.id);
      return { body, version: body.version };
    },
  }),
  route({
    id: 'indicators.create',
    method: 'post',
    path: '/indicators',
    summary: { zh: '新增指标', en: 'add an indicator' },
    can: 'indicators.write',
    input: { body: newIndicatorBody },
    output: { status: 201, body: libraryIndicator },
    problems: ['indicator.codeTaken', 'indicator.wrong'],
    handler: async ({ db, body: { code, ...written }, me, now }) => {
      const body = await readIndicator(db, await createIndicator(db, code, written, { by: me.id, at: now }));
      return { body, version: body.version };
    },
  }),
  route({
    id: 'indicators.define',
    method: 'post',
    path: '/indicators/:id/versions',
    summary: { zh: '修改指标定义（新版本）', en: 'change the definition: a new version' },
    can: 'indicators.write',
    ifMatch: true,
    input: { params: idParams, body: newVersionBody },
    output: { status: 201, body: libraryIndicator },
    problems: ['indicator.unknown', 'indicator.wrong'],
    handler: async ({ db, params, body: written, me, now, ifMatch }) => {
      await changeDefinition(db, params.id, ifMatch, written, { by: me.id, at: now });
      const body = await readIndicator(db, params.id);
      return { body, version: body.version };
    },
  }),
  route({
    id: 'indicators.change',
    method: 'patch',
    path: '/indicators/:id',
    summary: { zh: '停用或恢复指标', en: 'take an indicator out of use, or back' },
    can: 'indicators.write',
    input: { params: idParams, body: activeBody },
    output: { status: 200, body: libraryIndicator },
    problems: ['indicator.unknown'],
    handler: async ({ db, params: { id }, body: { active } }) => {
      const { count } = await db.indicator.updateMany({ where: { id }, data: { active } });
      if (count === 0) throw problem('indicator.unknown');
      return { body: await readIndicator(db, id) };
    },
  }),
  route({
    id: 'indicators.import',
    method: 'post',
    path: '/indicators/import',
    summary: { zh: '导入指标库（CSV 或 Excel）', en: 'import definitions from CSV or Excel' },
    can: 'indicators.write',
    input: { query: importQuery, kind: 'table' },
    output: { status: 200, body: importResult },
    problems: TABLE_PROBLEMS,
    handler: async ({ db, query, body, me, now }) => ({
      body: await importLibrary(db, body as Buffer, { dryRun: query.dryRun === 'true', by: me.id, at: now }),
    }),
  }),
  route({
    id: 'benchmarks.list',
    method: 'get',
    path: '/benchmarks',
    summary: { zh: '对标数据', en: 'values of other places' },
    can: 'business',
    output: { status: 200, body: listOf(benchmarkSchema) },
    handler: async ({ db }) => {
      const rows = await db.benchmark.findMany({
        orderBy: [{ code: 'asc' }, { place: 'asc' }, { period: 'asc' }],
        take: 1000,
      });
      return {
        body: {
          items: rows.map(({ code, place, period, value, source }) => ({
            code,
            place,
            period,
            value: value.toFixed(),
            source: source ?? undefined,
          })),
        },
      };
    },
  }),
  route({
    id: 'benchmarks.set',
    method: 'put',
    path: '/benchmarks',
    summary: { zh: '写入对标数据', en: 'set the value of another place' },
    can: 'indicators.write',
    input: { body: benchmarkBody },
    output: { status: 200, body: benchmarkSchema },
    handler: async ({ db, body, me, now }) => {
      const { code, place, period, value, source } = body;
      const data = { value, source: source ?? null, setBy: me.id, setAt: now };
      await db.benchmark.upsert({
        where: { code_place_period: { code, place, period } },
        create: { code, place, period, ...data },
        update: data,
      });
      return { body };
    },
  }),
];

export { TABLE_PROBLEMS };
