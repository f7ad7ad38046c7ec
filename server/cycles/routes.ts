import { thinGroups } from '../ballots/thin.ts';
import type { Definitions } from '../cases/definitions.ts';
import { listCycleCases } from '../cases/list.ts';
import { caseRowPage, cycleCasesQuery } from '../cases/schema.ts';
import { type Route, route } from '../http/route.ts';
import { idParams, reasonBody } from '../http/schema.ts';
import { controlCycle } from './control.ts';
import { readDashboard } from './dashboard.ts';
import { checkCycle, createCycle } from './launch.ts';
import type { Launcher } from './launcher.ts';
import { migrationBody, migrationSchema, presentMigration } from './migration.ts';
import { listCycles, readCycle } from './read.ts';
import {
  cyclePage,
  cycleQuery,
  cycleSchema,
  dashboardSchema,
  launchCheckBody,
  launchCheckSchema,
  newCycleBody,
} from './schema.ts';

export const makeCycleRoutes = ({
  launcher,
  definitions,
}: {
  launcher: Launcher;
  definitions: Definitions;
}): Route[] => [
  route({
    id: 'cycles.list',
    method: 'get',
    path: '/cycles',
    summary: { zh: '周期列表', en: 'cycles' },
    can: 'business',
    input: { query: cycleQuery },
    output: { status: 200, body: cyclePage },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async ({ db, query, me }) => ({ body: await listCycles(db, query, me) }),
  }),
  route({
    id: 'cycles.launch',
    method: 'post',
    path: '/cycles',
    summary: { zh: '启动周期', en: 'launch a cycle' },
    can: 'cycles.launch',
    input: { body: newCycleBody },
    output: { status: 202, body: cycleSchema },
    problems: ['template.unknown', 'template.draft', 'cycle.participants', 'calendar.outside'],
    handler: async ({ db, body, me, now, deps }) => {
      const id = await createCycle(db, body, { by: me.id, now, knownUntil: deps.calendar().knownUntil });
      return { body: await readCycle(db, id, me) };
    },
    after: ({ body }) => {
      if (body) launcher.start(body.id);
    },
  }),
  route({
    id: 'cycles.check',
    method: 'post',
    path: '/cycles/check',
    summary: { zh: '启动前检查：评价人是否够数', en: 'before launch: whether there are enough assessors' },
    can: 'cycles.launch',
    change: 'none',
    input: { body: launchCheckBody },
    output: { status: 200, body: launchCheckSchema },
    problems: ['template.unknown', 'template.draft', 'cycle.participants', 'calendar.outside'],
    handler: async ({ db, body, deps }) => {
      const { template, participants } = await checkCycle(db, body, deps.calendar().knownUntil);
      const thin = thinGroups(template, participants, body.year, deps.directory);
      return { body: { participants: participants.length, thinGroups: thin } };
    },
  }),
  route({
    id: 'cycles.read',
    method: 'get',
    path: '/cycles/:id',
    summary: { zh: '周期', en: 'a cycle' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: cycleSchema },
    problems: ['cycle.unknown'],
    handler: async ({ db, params, me }) => ({ body: await readCycle(db, params.id, me) }),
  }),
  route({
    id: 'cycles.dashboard',
    method: 'get',
    path: '/cycles/:id/dashboard',
    summary: { zh: '周期看板', en: 'where a cycle stands' },
    can: 'cycles.watch',
    input: { params: idParams },
    output: { status: 200, body: dashboardSchema },
    problems: ['cycle.unknown'],
    handler: async ({ db, deps, params, now }) => ({
      body: await readDashboard(db, params.id, now, deps.calendar().dayOf(now.toISOString())),
    }),
  }),
  route({
    id: 'cycles.cases',
    method: 'get',
    path: '/cycles/:id/cases',
    summary: { zh: '周期的流程', en: 'the cases of a cycle' },
    can: 'business',
    input: { params: idParams, query: cycleCasesQuery },
    output: { status: 200, body: caseRowPage },
    problems: ['cycle.unknown', 'cursor.invalid', 'sort.unknown'],
    handler: async ({ db, params, query, me, now }) => {
      await readCycle(db, params.id, me);
      return { body: await listCycleCases(db, params.id, query, me, now, definitions) };
    },
  }),
  ...(['suspend', 'resume', 'cancel'] as const).map((verb) =>
    route({
      id: `cycles.${verb}`,
      method: 'post',
      path: `/cycles/:id/${verb}`,
      summary: {
        zh: { suspend: '挂起周期及其全部流程', resume: '恢复周期及其全部流程', cancel: '取消周期及其全部流程' }[verb],
        en: `${verb} a cycle with all its cases`,
      },
      can: 'cases.control',
      change: 'engine',
      input: { params: idParams, body: reasonBody },
      output: { status: 200, body: cycleSchema },
      problems: ['cycle.unknown', 'cycle.state', 'engine.unavailable'],
      handler: async ({ db, params, body, me, deps }) => {
        await controlCycle(deps, params.id, verb, { actor: me.id, reason: body.reason });
        return { body: await readCycle(db, params.id, me) };
      },
    }),
  ),
  route({
    id: 'cycles.migrate',
    method: 'post',
    path: '/cycles/:id/migration',
    summary: {
      zh: '将运行中的周期迁移到模板的较新版本（可先试算）',
      en: 'move a running cycle to a newer version of its template, or only say what that would do',
    },
    can: 'cases.control',
    change: 'engine',
    input: { params: idParams, body: migrationBody },
    output: { status: 200, body: migrationSchema },
    problems: [
      'cycle.unknown',
      'cycle.state',
      'template.unknown',
      'template.draft',
      'migration.version',
      'migration.unsafe',
      'migration.running',
      'engine.unavailable',
    ],
    handler: async ({ params, body: { mapping, ...body }, me, deps }) => ({
      body: presentMigration(
        await deps.engine.migrateCycle(params.id, { ...body, ...(mapping && { mapping }), actor: me.id }),
      ),
    }),
  }),
  route({
    id: 'cycles.undoMigration',
    method: 'post',
    path: '/cycles/:id/migration/undo',
    summary: { zh: '撤销最近一次模板版本迁移', en: 'take the last move to another version back' },
    can: 'cases.control',
    change: 'engine',
    input: { params: idParams },
    output: { status: 200, body: migrationSchema },
    problems: ['cycle.unknown', 'cycle.state', 'migration.none', 'migration.passed', 'engine.unavailable'],
    handler: async ({ params, me, deps }) => ({
      body: presentMigration(await deps.engine.undoMigration(params.id, { actor: me.id })),
    }),
  }),
];
