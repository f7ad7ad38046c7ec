import type { ApiToken } from '../../prisma/client/client.ts';
import { complaintRulesSchema } from '../../workflows/findings/classify.ts';
import { proposeDeduction } from '../adjustments/write.ts';
import { checkIndicators } from '../findings/indicators.ts';
import { readFinding } from '../findings/read.ts';
import { recordFindings } from '../findings/record.ts';
import { findingSchema } from '../findings/schema.ts';
import { importQuery, importResult } from '../http/csvImport.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { idParams, reasonBody } from '../http/schema.ts';
import { bearerOf } from '../tokens/admit.ts';
import type { PushLimit } from '../tokens/limit.ts';
import { assign, correct, dispute, raise, solve } from './handle.ts';
import { importComplaints } from './import.ts';
import { takeComplaints } from './intake.ts';
import { checkUnit, countComplaints, listComplaints, readComplaint } from './read.ts';
import { readRules, writeRules } from './rules.ts';
import {
  assignBody,
  complaintFindingBody,
  complaintPage,
  complaintQuery,
  complaintSchema,
  correctBody,
  countQuery,
  countsSchema,
  intakeBody,
  intakeResult,
  type NewComplaint,
  solveBody,
  traceSchema,
} from './schema.ts';
import { traceComplaint } from './trace.ts';

/** A token may be for some channels only. */
const checkChannels = ({ channels }: ApiToken, complaints: readonly NewComplaint[]): void => {
  if (channels.length === 0) return;
  const errors = complaints.flatMap(({ channel }, i) =>
    channels.includes(channel)
      ? []
      : [
          {
            path: `complaints[${i}].channel`,
            message: {
              zh: `令牌不能为渠道“${channel}”推送`,
              en: `the token may not push for the channel "${channel}"`,
            },
          },
        ],
  );
  if (errors.length > 0) throw problem('input.invalid', { errors });
};

export const makeComplaintRoutes = ({ pushes }: { pushes: PushLimit }): Route[] => [
  route({
    id: 'complaints.list',
    method: 'get',
    path: '/complaints',
    summary: { zh: '投诉列表', en: 'complaints' },
    can: 'business',
    input: { query: complaintQuery },
    output: { status: 200, body: complaintPage },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async ({ db, query, me, now }) => ({ body: await listComplaints(db, query, me, now) }),
  }),
  route({
    id: 'complaints.take',
    method: 'post',
    path: '/complaints',
    summary: { zh: '接收投诉并自动归类', en: 'take complaints in and classify them' },
    can: 'complaints.write',
    input: { body: intakeBody },
    output: { status: 200, body: intakeResult },
    bearer: bearerOf('complaints', pushes),
    handler: async ({ db, body, me, token, now, deps }) => {
      if (token) checkChannels(token, body.complaints);
      const by = token ? { by: null, tokenId: token.id } : { by: me.id };
      return { body: await takeComplaints(db, body.complaints, { ...by, at: now, calendar: deps.calendar() }) };
    },
  }),
  route({
    id: 'complaints.import',
    method: 'post',
    path: '/complaints/import',
    summary: { zh: '导入投诉（CSV）', en: 'import complaints from CSV' },
    can: 'complaints.write',
    input: { query: importQuery, kind: 'csv' },
    output: { status: 200, body: importResult },
    problems: ['csv.encoding', 'csv.malformed', 'csv.columns', 'csv.rows', 'csv.tooManyRows'],
    handler: async ({ db, query, body, me, now, deps }) => ({
      body: await importComplaints(db, body as Buffer, query.dryRun === 'true', {
        by: me.id,
        at: now,
        calendar: deps.calendar(),
      }),
    }),
  }),
  route({
    id: 'complaints.counts',
    method: 'get',
    path: '/complaints/counts',
    summary: { zh: '按指标、单位和时段统计投诉', en: 'complaints by indicator or unit and period' },
    can: 'business',
    input: { query: countQuery },
    output: { status: 200, body: countsSchema },
    handler: async ({ db, query, me }) => ({ body: await countComplaints(db, query, me) }),
  }),
  route({
    id: 'complaints.rules',
    method: 'get',
    path: '/complaints/rules',
    summary: { zh: '归类规则', en: 'the rules that classify complaints' },
    can: 'complaints.write',
    output: { status: 200, body: complaintRulesSchema },
    handler: async ({ db }) => {
      const { version, ...body } = await readRules(db);
      return { body, version };
    },
  }),
  route({
    id: 'complaints.writeRules',
    method: 'put',
    path: '/complaints/rules',
    summary: { zh: '修改归类规则', en: 'write the next version of the rules' },
    can: 'complaints.write',
    ifMatch: true,
    input: { body: complaintRulesSchema },
    output: { status: 200, body: complaintRulesSchema },
    handler: async ({ db, body: given, me, now, ifMatch }) => {
      await writeRules(db, given, ifMatch, { by: me.id, at: now });
      const { version, ...body } = await readRules(db);
      return { body, version };
    },
  }),
  route({
    id: 'complaints.read',
    method: 'get',
    path: '/complaints/:id',
    summary: { zh: '投诉', en: 'a complaint' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: complaintSchema },
    problems: ['complaint.unknown'],
    handler: async ({ db, params, me, now }) => ({ body: await readComplaint(db, params.id, me, now) }),
  }),
  route({
    id: 'complaints.trace',
    method: 'get',
    path: '/complaints/:id/trace',
    summary: {
      zh: '从投诉到指标、得分和整改',
      en: 'from a complaint to its indicator, the score and what was rectified',
    },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: traceSchema },
    problems: ['complaint.unknown'],
    handler: async ({ db, params, me, now }) => ({ body: await traceComplaint(db, params.id, me, now) }),
  }),
  route({
    id: 'complaints.correct',
    method: 'post',
    path: '/complaints/:id/correct',
    summary: { zh: '人工更正归类', en: 'correct what a complaint was put down to' },
    can: 'complaints.write',
    input: { params: idParams, body: correctBody },
    output: { status: 200, body: complaintSchema },
    problems: ['complaint.unknown', 'complaint.state'],
    handler: async ({ db, params, body, me, now, deps }) => {
      await correct(db, params.id, body, { by: me.id, at: now, calendar: deps.calendar() });
      return { body: await readComplaint(db, params.id, me, now) };
    },
  }),
  route({
    id: 'complaints.assign',
    method: 'post',
    path: '/complaints/:id/assign',
    summary: {
      zh: '指定承办单位；有争议的，指定后不得退回',
      en: 'say who deals with it; after a dispute that is final',
    },
    can: 'complaints.write',
    input: { params: idParams, body: assignBody },
    output: { status: 200, body: complaintSchema },
    problems: ['complaint.unknown', 'complaint.state'],
    handler: async ({ db, params, body, me, now, deps }) => {
      await assign(db, params.id, body, { by: me.id, at: now, calendar: deps.calendar() });
      return { body: await readComplaint(db, params.id, me, now) };
    },
  }),
  route({
    id: 'complaints.dispute',
    method: 'post',
    path: '/complaints/:id/dispute',
    summary: { zh: '不属本单位职责，退回', en: 'it is not the unit’s affair' },
    can: 'business',
    input: { params: idParams, body: reasonBody },
    output: { status: 200, body: complaintSchema },
    problems: ['complaint.unknown', 'complaint.state', 'complaint.fixed', 'complaint.notYours'],
    handler: async ({ db, params, body, me, now, deps }) => {
      checkUnit(await readComplaint(db, params.id, me, now));
      await dispute(db, params.id, body.reason, { by: me.id, at: now, calendar: deps.calendar() });
      return { body: await readComplaint(db, params.id, me, now) };
    },
  }),
  route({
    id: 'complaints.solve',
    method: 'post',
    path: '/complaints/:id/solve',
    summary: { zh: '办结并答复', en: 'it is dealt with' },
    can: 'business',
    input: { params: idParams, body: solveBody },
    output: { status: 200, body: complaintSchema },
    problems: ['complaint.unknown', 'complaint.state', 'complaint.unclassified', 'complaint.notYours'],
    handler: async ({ db, params, body, me, now, deps }) => {
      checkUnit(await readComplaint(db, params.id, me, now));
      await solve(db, params.id, body.answer, { by: me.id, at: now, calendar: deps.calendar() });
      return { body: await readComplaint(db, params.id, me, now) };
    },
  }),
  route({
    id: 'complaints.raise',
    method: 'post',
    path: '/complaints/:id/raise',
    summary: { zh: '难以解决，提请上一级', en: 'it cannot be solved here' },
    can: 'business',
    input: { params: idParams, body: reasonBody },
    output: { status: 200, body: complaintSchema },
    problems: ['complaint.unknown', 'complaint.state', 'complaint.unclassified', 'complaint.notYours'],
    handler: async ({ db, params, body, me, now, deps }) => {
      checkUnit(await readComplaint(db, params.id, me, now));
      await raise(db, params.id, body.reason, { by: me.id, at: now, calendar: deps.calendar() });
      return { body: await readComplaint(db, params.id, me, now) };
    },
  }),
  route({
    id: 'complaints.find',
    method: 'post',
    path: '/complaints/:id/finding',
    summary: { zh: '转为整改问题', en: 'make a finding of it, to be rectified' },
    can: 'findings.write',
    input: { params: idParams, body: complaintFindingBody },
    output: { status: 201, body: findingSchema },
    problems: [
      'complaint.unknown',
      'complaint.unclassified',
      'cycle.unknown',
      'cycle.state',
      'finding.unit',
      'adjustment.none',
      'adjustment.notAllowed',
    ],
    handler: async ({ db, params, body: { cycleId, propose, ...body }, me, now }) => {
      const { org, text, indicator } = await readComplaint(db, params.id, me, now);
      if (!org) throw problem('complaint.unclassified');
      await checkIndicators(db, [body.indicator]);
      const what = body.what ?? [...text].slice(0, 2000).join('');
      const found = { indicator, ...body, what, orgId: org.id, source: 'complaint' as const, sourceId: params.id };
      const [id = ''] = await recordFindings(db, { cycleId, by: me.id, at: now }, [found]);
      const cause = { kind: 'complaint' as const, id: params.id };
      const { severity } = body;
      if (propose)
        await proposeDeduction(db, { ...propose, cycleId, orgId: org.id, reason: what, severity, cause }, me, now);
      return { body: await readFinding(db, id, me) };
    },
  }),
];
