import { lintTemplate } from '../../workflows/template/lint/index.ts';
import { forecastSchema } from '../cases/schema.ts';
import { type Route, route } from '../http/route.ts';
import { forecastLaunch } from './forecast.ts';
import { listTemplates, listVersions, readTemplate } from './read.ts';
import {
  draftBody,
  forecastBody,
  keyParams,
  lintBody,
  lintResult,
  templatePage,
  templateQuery,
  templateVersionSchema,
  versionList,
  versionParams,
} from './schema.ts';
import { changeDraft, createDraft, publish } from './write.ts';

const VERSION = '/templates/:key/versions/:version';

export const templateRoutes: Route[] = [
  route({
    id: 'templates.list',
    method: 'get',
    path: '/templates',
    summary: { zh: '模板列表（各取最新版本）', en: 'templates, the newest version of each' },
    can: 'business',
    input: { query: templateQuery },
    output: { status: 200, body: templatePage },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async ({ db, query, me }) => ({ body: await listTemplates(db, query, me) }),
  }),
  route({
    id: 'templates.versions',
    method: 'get',
    path: '/templates/:key/versions',
    summary: { zh: '模板的各版本', en: 'the versions of a template' },
    can: 'business',
    input: { params: keyParams },
    output: { status: 200, body: versionList },
    problems: ['template.unknown'],
    handler: async ({ db, params, me }) => ({ body: await listVersions(db, params.key, me) }),
  }),
  route({
    id: 'templates.read',
    method: 'get',
    path: VERSION,
    summary: { zh: '模板的一个版本及检查结果', en: 'a version of a template, with the linter’s findings' },
    can: 'business',
    input: { params: versionParams },
    output: { status: 200, body: templateVersionSchema },
    problems: ['template.unknown'],
    handler: async ({ db, params: { key, version }, me }) => {
      const body = await readTemplate(db, key, version, me);
      return { body, version: body.revision };
    },
  }),
  route({
    id: 'templates.create',
    method: 'post',
    path: '/templates',
    summary: { zh: '新建草稿版本', en: 'make a new draft version' },
    can: 'templates.write',
    input: { body: draftBody },
    output: { status: 201, body: templateVersionSchema },
    handler: async ({ db, body: { content }, me, now }) => {
      const version = await createDraft(db, content, me.id, now);
      const body = await readTemplate(db, content.key, version, me);
      return { body, version: body.revision };
    },
  }),
  route({
    id: 'templates.change',
    method: 'put',
    path: VERSION,
    summary: { zh: '修改草稿', en: 'change a draft' },
    can: 'templates.write',
    ifMatch: true,
    input: { params: versionParams, body: draftBody },
    output: { status: 200, body: templateVersionSchema },
    problems: ['template.unknown', 'template.published'],
    handler: async ({ db, params, body: { content }, me, now, ifMatch }) => {
      await changeDraft(db, params, ifMatch, content, me.id, now);
      const body = await readTemplate(db, params.key, params.version, me);
      return { body, version: body.revision };
    },
  }),
  route({
    id: 'templates.lint',
    method: 'post',
    path: '/templates/lint',
    summary: { zh: '检查模板', en: 'lint a template' },
    can: 'templates.write',
    change: 'none',
    input: { body: lintBody },
    output: { status: 200, body: lintResult },
    handler: ({ body }) => ({ body: { findings: lintTemplate(body.content) } }),
  }),
  route({
    id: 'templates.publish',
    method: 'post',
    path: `${VERSION}/publish`,
    summary: { zh: '发布版本（此后不可修改）', en: 'publish a version; it never changes after' },
    can: 'templates.write',
    input: { params: versionParams },
    output: { status: 200, body: templateVersionSchema },
    problems: ['template.unknown', 'template.red'],
    handler: async ({ db, params: { key, version }, me, now }) => {
      await publish(db, key, version, me.id, now);
      const body = await readTemplate(db, key, version, me);
      return { body, version: body.revision };
    },
  }),
  route({
    id: 'templates.forecast',
    method: 'post',
    path: `${VERSION}/forecast`,
    summary: { zh: '启动前预测：某单位将由谁、何时前办理', en: 'before launch: who would act for a unit, and by when' },
    can: 'cycles.launch',
    change: 'none',
    input: { params: versionParams, body: forecastBody },
    output: { status: 200, body: forecastSchema },
    problems: ['template.unknown', 'template.red', 'org.unknown', 'calendar.outside'],
    handler: async ({ db, deps, params: { key, version }, body, me, now }) => {
      const { content } = await readTemplate(db, key, version, me);
      return { body: forecastLaunch(deps, content, body, now) };
    },
  }),
];
