import { itemKeys } from '../../workflows/ballots/groups.ts';
import { settle } from '../audit/record.ts';
import { overPg } from '../db/sql.ts';
import { transaction } from '../db/transaction.ts';
import { makeAddressLimit } from '../http/addressLimit.ts';
import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { answerSurvey, readSurvey } from './answer.ts';
import { issueLinks } from './links.ts';
import { answerBody, answeredSchema, linksBody, linksSchema, surveySchema, tokenParams } from './schema.ts';

const ANSWER_PROBLEMS = [
  'survey.gone',
  'survey.empty',
  'rate.limited',
  'ballot.invalid',
  'ballot.scale',
  'ballot.item',
  'ballot.twice',
  'ballot.rule',
  'ballot.unknownUnit',
] as const;

/** Public surveys: links for a round, and answering one, by whoever has it. */
export const makeSurveyRoutes = (limit = makeAddressLimit()): Route[] => [
  route({
    id: 'surveys.issue',
    method: 'post',
    path: '/ballot-rounds/:id/links',
    summary: { zh: '发放公众评议的一次性链接', en: 'make one-time links of a public survey' },
    can: 'cases.control',
    change: 'own',
    input: { params: idParams, body: linksBody },
    output: { status: 201, body: linksSchema },
    problems: ['round.unknown', 'survey.group', 'ballot.closed'],
    handler: async ({ deps, params, body, me, now }) => {
      const { group, layer = null, count } = body;
      const given = { round: params.id, group, layer, count, by: me.id, at: now.toISOString() };
      const tokens = await transaction(deps.pool, async (client) => {
        const made = await issueLinks(client, given);
        await settle(overPg(client), { links: made.length });
        return made;
      });
      return { body: { links: tokens.map((token) => `${deps.settings.url ?? ''}/#/survey/${token}`) } };
    },
  }),
  route({
    id: 'surveys.read',
    method: 'get',
    path: '/surveys/:token',
    summary: { zh: '公众评议问卷', en: 'what a link asks' },
    can: 'public',
    input: { params: tokenParams },
    output: { status: 200, body: surveySchema },
    problems: ['survey.gone', 'rate.limited'],
    handler: async ({ deps, params, now, request }) => {
      limit(request.ip ?? '', now);
      const { cycleName, group, participants } = await readSurvey(deps.pool, params.token, now.toISOString());
      return {
        headers: { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
        body: {
          cycle: cycleName,
          group: { key: group.key, name: group.name },
          scale: group.scale,
          abstain: group.abstain ?? false,
          rules: group.rules ?? [],
          items: Array.isArray(group.items) ? group.items : [],
          opinions: group.opinions ?? false,
          participants: participants.map(({ caseId, name, category, indicators }) => ({
            id: caseId,
            name,
            category,
            items: [...itemKeys(group, indicators)],
          })),
          readAt: now.toISOString(),
        },
      };
    },
  }),
  route({
    id: 'surveys.answer',
    method: 'post',
    path: '/surveys/:token',
    summary: { zh: '提交公众评议', en: 'answer a survey, once' },
    can: 'public',
    change: 'own',
    anonymous: true,
    input: { params: tokenParams, body: answerBody },
    output: { status: 200, body: answeredSchema },
    problems: ANSWER_PROBLEMS,
    handler: async ({ deps, params, body: answers, now, request }) => {
      limit(request.ip ?? '', now);
      const given = { ...params, ...answers, at: now.toISOString() };
      const body = await transaction(deps.pool, async (client) => {
        const answered = await answerSurvey(client, given);
        await settle(overPg(client));
        return answered;
      });
      return { body };
    },
  }),
];
