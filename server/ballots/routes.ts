import { settle } from '../audit/record.ts';
import { overPg, overPrisma } from '../db/sql.ts';
import { transaction } from '../db/transaction.ts';
import type { Queryable } from '../engine/rows.ts';
import type { Deps } from '../http/deps.ts';
import { changeOnce, hashRequest } from '../http/idempotency.ts';
import { problem } from '../http/problem.ts';
import { type Answer, type Call, type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { castBallots, type Handed, saveDraft } from './cast.ts';
import { tellIfComplete } from './complete.ts';
import { readPending, readRounds } from './progress.ts';
import { readMySheets, readOwnSheet } from './read.ts';
import { recuse } from './recuse.ts';
import {
  draftBody,
  handedSchema,
  pendingSchema,
  recuseBody,
  roundListSchema,
  sheetBody,
  sheetListSchema,
  sheetSchema,
  statsSchema,
} from './schema.ts';
import { readSheet } from './sheet.ts';
import { sqlOf } from './sql.ts';
import { readRoundStats } from './stats.ts';

const SHEET_PROBLEMS = [
  'ballot.unknown',
  'ballot.closed',
  'ballot.submitted',
  'ballot.recused',
  'ballot.stale',
  'ballot.invalid',
  'ballot.scale',
  'ballot.item',
  'ballot.twice',
  'ballot.ownUnit',
  'ballot.notOnSheet',
  'ballot.unknownUnit',
] as const;

/** The key of one's own sheet. @throws `ballot.unknown` for somebody else's */
const ownSheet = async (db: Deps['pool'], id: string, assessor: string, at: string) => {
  const { roundId, group, assessor: whose } = await readSheet(db, { id }, at);
  if (whose !== assessor) throw problem('ballot.unknown');
  return { round: roundId, group: group.key, assessor };
};

/** Ballots: what somebody has to score, handing it in, recusal, and how far the rounds are. */
export const ballotRoutes: Route[] = [
  route({
    id: 'ballots.mine',
    method: 'get',
    path: '/me/ballots',
    summary: { zh: '我的评价表', en: 'what I have to score' },
    can: 'business',
    output: { status: 200, body: sheetListSchema },
    handler: async ({ deps, me, now }) => ({
      body: { items: await readMySheets(deps.pool, me.id, now.toISOString()) },
    }),
  }),
  route({
    id: 'ballots.sheet',
    method: 'get',
    path: '/ballot-sheets/:id',
    summary: { zh: '我的一张评价表', en: 'one of my sheets' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: sheetSchema },
    problems: ['ballot.unknown'],
    handler: async ({ deps, params, me, now }) => ({
      body: await readOwnSheet(deps.pool, params.id, me.id, now.toISOString()),
    }),
  }),
  route({
    id: 'ballots.save',
    method: 'put',
    path: '/ballot-sheets/:id/draft',
    summary: { zh: '暂存评价', en: 'save what is filled in so far' },
    can: 'business',
    change: 'own',
    input: { params: idParams, body: draftBody },
    output: { status: 200, body: sheetSchema },
    problems: SHEET_PROBLEMS,
    handler: async ({ deps, params, body, me, now }) => {
      const at = now.toISOString();
      const key = await ownSheet(deps.pool, params.id, me.id, at);
      await transaction(deps.pool, async (client) => {
        await saveDraft(client, { ...key, sheet: body.ballots, at });
        await settle(overPg(client));
      });
      return { body: await readOwnSheet(deps.pool, params.id, me.id, at) };
    },
  }),
  route({
    id: 'ballots.submit',
    method: 'post',
    path: '/ballot-sheets/:id/submit',
    summary: { zh: '提交评价', en: 'hand the whole sheet in' },
    can: 'business',
    change: 'own',
    input: { params: idParams, body: sheetBody },
    output: { status: 200, body: handedSchema },
    problems: [...SHEET_PROBLEMS, 'ballot.missing', 'ballot.rule'],
    handler: async (call) => {
      const { deps, params, body, me, now } = call;
      const at = now.toISOString();
      const key = await ownSheet(deps.pool, params.id, me.id, at);
      const cast = { ...key, sheet: body.ballots, at, ...(body.opinions && { opinions: body.opinions }) };
      const handed = await once(call, 'ballots.submit', (db) => castBallots(db, cast));
      await tellIfComplete(deps.pool, deps.engine, handed);
      const { sheet, ballots, spoilt } = handed;
      return { body: { sheet, ballots, spoilt } };
    },
  }),
  route({
    id: 'ballots.recuse',
    method: 'post',
    path: '/ballot-sheets/:id/recuse',
    summary: { zh: '声明回避', en: 'recuse oneself from units, or from all' },
    can: 'business',
    change: 'own',
    input: { params: idParams, body: recuseBody },
    output: { status: 200, body: sheetSchema },
    problems: ['ballot.unknown', 'ballot.closed', 'ballot.notOnSheet', 'ballot.stale'],
    handler: async ({ deps, params, body, me, now }) => {
      const at = now.toISOString();
      const key = await ownSheet(deps.pool, params.id, me.id, at);
      await leaveOut(deps, { ...key, ...body, as: 'recused', by: me.id, at });
      return { body: await readOwnSheet(deps.pool, params.id, me.id, at) };
    },
  }),
  route({
    id: 'ballots.exclude',
    method: 'post',
    path: '/ballot-sheets/:id/exclude',
    summary: { zh: '绩效办决定回避', en: 'exclude an assessor from units, or from all' },
    can: 'cases.control',
    change: 'own',
    input: { params: idParams, body: recuseBody },
    output: { status: 204 },
    problems: ['ballot.unknown', 'ballot.closed', 'ballot.notOnSheet', 'ballot.stale'],
    handler: async ({ deps, params, body, me, now }) => {
      await leaveOut(deps, { id: params.id, ...body, as: 'excluded', by: me.id, at: now.toISOString() });
      return {};
    },
  }),
  route({
    id: 'ballots.rounds',
    method: 'get',
    path: '/cycles/:id/ballots',
    summary: { zh: '周期各轮评价的进度', en: 'the rounds of a cycle and how far they are' },
    can: 'cycles.watch',
    input: { params: idParams },
    output: { status: 200, body: roundListSchema },
    handler: async ({ deps, params, me, now }) => ({
      body: { items: await readRounds(deps.pool, { cycleId: params.id }, me, now.toISOString()) },
    }),
  }),
  route({
    id: 'ballots.pending',
    method: 'get',
    path: '/ballot-rounds/:id/pending',
    summary: { zh: '尚未提交的评价人', en: 'who has not handed in' },
    can: 'cycles.watch',
    input: { params: idParams },
    output: { status: 200, body: pendingSchema },
    problems: ['round.unknown'],
    handler: async ({ deps, params }) => ({ body: { items: await readPending(deps.pool, params.id) } }),
  }),
  route({
    id: 'ballots.stats',
    method: 'get',
    path: '/ballot-rounds/:id/stats',
    summary: { zh: '评价汇总（截止后）', en: 'what a closed round came to, without who said what' },
    can: 'cycles.watch',
    input: { params: idParams },
    output: { status: 200, body: statsSchema },
    problems: ['round.unknown', 'round.open'],
    handler: async ({ deps, params, now }) => ({
      body: { items: await readRoundStats(deps.pool, params.id, now.toISOString()) },
    }),
  }),
];

/** Hands in once: repeated by its key it gives the first answer; all that it writes is one transaction. */
const once = async (
  { deps, me, key, request, body }: Pick<Call<unknown, unknown, unknown>, 'deps' | 'me' | 'key' | 'request' | 'body'>,
  name: string,
  work: (db: Queryable) => Promise<Handed>,
): Promise<Handed> => {
  // Without a key there is no answer to keep: one connection will do.
  if (key === undefined)
    return transaction(deps.pool, async (client) => {
      const handed = await work(client);
      await settle(overPg(client));
      return handed;
    });
  const repeat = { actor: me.id, key, route: name, hash: hashRequest(request.originalUrl, body) };
  const answer: Answer = await changeOnce(deps, repeat, async (db) => {
    const handed = await work(sqlOf(db));
    await settle(overPrisma(db));
    return { body: handed };
  });
  return answer.body as Handed;
};

/** Recuses or excludes; whoever is left out may have been the last one that the round waited for. */
const leaveOut = async (deps: Deps, options: Parameters<typeof recuse>[1]): Promise<void> => {
  const {
    roundId,
    round: roundNumber,
    caseId,
    block,
  } = await transaction(deps.pool, async (client) => {
    const left = await recuse(client, options);
    await settle(overPg(client));
    return left;
  });
  await tellIfComplete(deps.pool, deps.engine, { nearEnd: true, round: roundId, caseId, block, roundNumber });
};
