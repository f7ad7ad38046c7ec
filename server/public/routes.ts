import { settle } from '../audit/record.ts';
import { overPg } from '../db/sql.ts';
import { transaction } from '../db/transaction.ts';
import { makeAddressLimit } from '../http/addressLimit.ts';
import { type Call, type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { isKnown, publicAnswer, publicHeaders } from './answer.ts';
import { listPublic } from './cases.ts';
import { takeOpinion } from './consultation.ts';
import { publicCsv } from './csv.ts';
import { readPublic } from './read.ts';
import { downloadQuery, opinionBody, opinionTaken, publicCycleSchema, publicListSchema } from './schema.ts';

type Asked = Pick<Call<unknown, unknown, unknown>, 'deps' | 'now'>;
const todayOf = ({ deps, now }: Asked): string => deps.calendar().dayOf(now.toISOString());

/** 公开: what anybody may see of cycles, and say of draft plans, without signing in. */
export const makePublicRoutes = (
  reads = makeAddressLimit({ most: 120 }),
  opinions = makeAddressLimit({ most: 20, minutes: 60 }),
): Route[] => [
  route({
    id: 'public.cycles',
    method: 'get',
    path: '/public/cycles',
    summary: { zh: '公开的绩效周期', en: 'cycles of which something is public' },
    can: 'public',
    output: { status: 200, body: publicListSchema },
    problems: ['rate.limited'],
    handler: async ({ deps, now, request }) => {
      reads(request.ip ?? '', now);
      return publicAnswer(request, { items: await listPublic(overPg(deps.pool), todayOf({ deps, now })) });
    },
  }),
  route({
    id: 'public.cycle',
    method: 'get',
    path: '/public/cycles/:id',
    summary: { zh: '一个周期的公开内容', en: 'what is public of a cycle' },
    can: 'public',
    input: { params: idParams },
    output: { status: 200, body: publicCycleSchema },
    problems: ['cycle.unknown', 'rate.limited'],
    handler: async ({ deps, now, request, params }) => {
      reads(request.ip ?? '', now);
      return publicAnswer(request, await readPublic(deps.pool, params.id, todayOf({ deps, now })));
    },
  }),
  route({
    id: 'public.download',
    method: 'get',
    path: '/public/cycles/:id/download',
    summary: { zh: '下载公开数据（CSV 或 JSON）', en: 'open data: CSV of a part, or JSON of all' },
    can: 'public',
    input: { params: idParams, query: downloadQuery },
    output: { status: 200, type: 'text/csv', also: ['application/json'] },
    problems: ['cycle.unknown', 'rate.limited'],
    handler: async ({ deps, now, request, response, params, query, language }) => {
      reads(request.ip ?? '', now);
      const cycle = await readPublic(deps.pool, params.id, todayOf({ deps, now }));
      const { format, part = 'indicators' } = query;
      const csv = format === 'csv';
      const text = csv ? publicCsv(cycle, part, query.language ?? language) : JSON.stringify(cycle, null, 2);
      const headers = publicHeaders(text);
      if (isKnown(request, headers.ETag)) return { status: 304, headers };
      const name = csv ? `${cycle.name}-${part}.csv` : `${cycle.name}.json`;
      response.set({
        ...headers,
        Vary: 'Accept-Language',
        'Content-Type': csv ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      });
      response.end(text);
      return {};
    },
  }),
  route({
    id: 'public.say',
    method: 'post',
    path: '/public/cycles/:id/opinions',
    summary: { zh: '对计划草案提出意见', en: 'say what one thinks of a draft plan' },
    can: 'public',
    change: 'own',
    anonymous: true,
    input: { params: idParams, body: opinionBody },
    output: { status: 201, body: opinionTaken },
    problems: ['cycle.unknown', 'consultation.closed', 'consultation.full', 'rate.limited'],
    handler: async ({ deps, now, request, params, body }) => {
      opinions(request.ip ?? '', now);
      const given = { ...body, text: body.text.replace(/\s+/g, ' '), today: todayOf({ deps, now }) };
      const until = await transaction(deps.pool, async (client) => {
        const open = await takeOpinion(client, params.id, given);
        await settle(overPg(client));
        return open;
      });
      return { body: { until } };
    },
  }),
];
