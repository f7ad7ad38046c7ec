import fc, { type Arbitrary } from 'fast-check';
import pg from 'pg';
import { createScratchDatabase, dropScratchDatabase } from '../db/index.ts';
import { verify } from '../verify/verify.ts';
import { type Complaint, judge } from './check.ts';
import { type Actor, type FuzzCity, type Identity, makeFuzzCity, makeIdentities, rememberRoles } from './city.ts';
import { learn, plain } from './learn.ts';
import { type Description, type Operation, readOperations } from './operations.ts';
import { isAble, makeRequest, type Plan, type PlanShapes, planOf } from './plan.ts';
import { readPools } from './pools.ts';
import { watchPulse } from './pulse.ts';
import type { Pools } from './ref.ts';
import { type Failure, type FuzzResult, makeReport, show } from './report.ts';
import { readSecrets } from './secrets.ts';
import { makeSender, type Received } from './send.ts';
import { startTarget } from './target.ts';

export type { Failure, FuzzResult } from './report.ts';

export interface FuzzOptions {
  requests: number;
  /** Draws every request. */
  seed: number;
  /** Departments that take part in each cycle of the demo city. */
  cases?: number;
  /** Only operations whose id begins so. */
  only?: string | undefined;
  onProgress?: (requests: number, failures: number) => void;
}

/** After so many requests the city is as it was at first: what was cancelled or closed is open again. */
const CHAPTER = 5_000;
/** What takes long is asked for less often, and so is what ends a cycle, a case or a person: little can be asked for afterwards. */
const EVERY_LONG = 12;
const ENDING = /^(cycles|cases)\.(cancel|suspend)$|^people\.erase$/;
/** Most failures that are made smaller, and how long that may take for each. */
const SHRUNK = 12;
const SHRINK_MS = 6_000;
const SHARED = process.pid;

/**
 * Sends generated requests, right and hostile ones, to every operation that the API describes, on a real server with a demo
 * city in the given migrated, empty database, and judges every answer by the description. The same seed sends the same.
 */
export async function fuzz(cityUrl: string, options: FuzzOptions): Promise<FuzzResult> {
  const { requests, seed, cases = 3, only = '', onProgress = () => {} } = options;
  const city = await makeFuzzCity(cityUrl, cases);
  const report = makeReport(seed);
  const template = decodeURIComponent(new URL(cityUrl).pathname.slice(1));
  for (let chapter = 0, round = 0; report.sent() < requests; chapter++) {
    const name = `${template}_${SHARED}_${chapter}`;
    const url = await createScratchDatabase(cityUrl, name, { template });
    try {
      const until = Math.min(requests, report.sent() + CHAPTER);
      round = await play({ url, city, report, seed, round, until, only, onProgress });
    } finally {
      await dropScratchDatabase(cityUrl, name);
    }
  }
  return report.result();
}

interface Chapter {
  url: string;
  city: FuzzCity;
  report: ReturnType<typeof makeReport>;
  seed: number;
  round: number;
  until: number;
  only: string;
  onProgress: (requests: number, failures: number) => void;
}

/** One city, one server, some thousand requests; then the record is verified. Gives the next round. */
async function play(chapter: Chapter): Promise<number> {
  const { url, city, report, seed, until, only, onProgress } = chapter;
  let { round } = chapter;
  const pool = new pg.Pool({ connectionString: url, max: 3 });
  await rememberRoles(pool);
  const identities = makeIdentities(pool, city);
  const target = await startTarget(url);
  const sender = makeSender(target.url);
  const pulse = watchPulse(target.url);
  try {
    const office = city.actors.find(({ name }) => name === 'office') as Actor;
    const { headers } = await identities.of(office);
    const description = JSON.parse(
      (await sender.send(plain('GET', '/api/v1/openapi.json'), headers, '10.0.0.1')).body,
    ) as Description;
    const operations = readOperations(description).filter(({ id }) => id.startsWith(only));
    if (operations.length === 0) throw new Error(`no operation begins with "${only}"`);
    let pools = await refresh(pool, city);
    const shapes: PlanShapes = {
      components: description.components.schemas,
      kinds: [...pools.keys()].filter((kind) => !kind.includes(' of ')),
      years: (pools.get('years') ?? []).map(Number),
      actors: city.actors,
      learned: await learn(operations, city.actors, async (actor, sent) =>
        sender.send(sent, (await identities.of(actor)).headers, '10.0.0.1'),
      ),
    };
    const plans = new Map(operations.map((operation) => [operation.id, planOf(operation, shapes)]));
    let secrets = await readSecrets(pool);
    const cursors = new Map<string, string[]>();
    const known = new Map<string, Identity>();

    const ask = async (
      operation: Operation,
      plan: Plan,
    ): Promise<{ actor: Actor; sent: ReturnType<typeof makeRequest>; received: Received; complaints: Complaint[] }> => {
      const actor = askedBy(operation, plan, shapes, pools);
      let identity = known.get(actor.name);
      if (!identity) {
        identity = await identities.of(actor);
        known.set(actor.name, identity);
      }
      const sent = makeRequest(operation, plan, poolsOf(pools, cursors, actor));
      const received = await sender.send(sent, identity.headers, addressOf(report.sent())).catch((error: Error) => ({
        ...nothing,
        body: error.message,
      }));
      if (received.status === 401 || operation.id.startsWith('session.')) known.delete(actor.name);
      const forbidden = { secrets, own: identity.own, outsider: actor.outsider, folders: [target.data, process.cwd()] };
      const complaints =
        received.status === 0
          ? [{ kind: 'serverError' as const, what: `no answer: ${received.body}` }]
          : judge(operation, sent, received, forbidden);
      return { actor, sent, received, complaints };
    };

    for (; report.sent() < until && target.alive(); round++) {
      await identities.restore();
      pools = await refresh(pool, city);
      secrets = await readSecrets(pool);
      known.clear();
      for (const [place, operation] of operations.entries()) {
        if (report.sent() >= until || !target.alive()) break;
        if ((operation.answers.has(504) || ENDING.test(operation.id)) && round % EVERY_LONG !== 0) continue;
        const arbitrary = plans.get(operation.id) as Arbitrary<Plan>;
        const own = mix(seed, round, place);
        const [plan] = fc.sample(arbitrary, { seed: own, numRuns: 1 });
        if (!plan) continue;
        const { actor, sent, received, complaints } = await ask(operation, plan);
        report.count(operation, received);
        const next = /"next":"([^"]+)"/.exec(received.body)?.[1];
        if (next)
          cursors.set(`after ${operation.id}`, [...(cursors.get(`after ${operation.id}`) ?? []).slice(-5), next]);
        for (const complaint of complaints) {
          const failure = report.failed(operation, complaint, {
            actor: actor.name,
            sent,
            received,
            log: target.logOf(String(received.headers['x-request-id'])),
          });
          if (failure.count === 1 && report.failures() <= SHRUNK && target.alive())
            failure.shrunk = await shrink({ arbitrary, seed: own, operation, complaint, ask });
        }
        onProgress(report.sent(), report.failures());
      }
    }
    if (!target.alive()) report.died(target.logOf(''));
    else report.health(await sender.send(plain('GET', '/healthz'), {}, '10.0.0.1'), pulse.longest());
    const { ok, mismatches } = await verify(pool);
    report.verified(ok, mismatches);
  } finally {
    pulse.stop();
    sender.close();
    await target.stop();
    await identities.close();
    await pool.end();
  }
  return round;
}

const nothing: Received = { status: 0, type: '', headers: {}, body: '', ms: 0 };

/** Who asks: where the plan says so, somebody whom such a thing concerns, if there is one who may. */
const askedBy = (
  operation: Operation,
  { actor, concerns }: Plan,
  { actors, learned }: PlanShapes,
  pools: Pools,
): Actor => {
  const holders = actors.filter(
    (one) => pools.has(`${concerns} of ${one.personId}`) && isAble(operation, one, learned),
  );
  return (holders[actor % Math.max(1, holders.length)] ?? actors[actor]) as Actor;
};

/** What somebody asks for is every other time what concerns them. */
const poolsOf = (pools: Pools, cursors: Pools, { personId }: Actor): Pools =>
  new Map([
    ...pools,
    ...cursors,
    ...[...pools].flatMap(([kind, ids]) => {
      const [table, owner] = kind.split(' of ');
      return table && owner === personId ? [[table, halfOf(ids, pools.get(table) ?? [])] as const] : [];
    }),
  ]);

/** The same number of both. */
const halfOf = (own: readonly string[], all: readonly string[]): string[] =>
  all.flatMap((id, n) => [own[n % own.length] ?? id, id]);

const refresh = async (pool: pg.Pool, { actors, outsider, surveyTokens }: FuzzCity): Promise<Pools> => {
  const people = actors.flatMap(({ personId }) => (personId ? [personId] : []));
  const pools = await readPools(pool, { people: [outsider.personId], orgs: [outsider.orgId] }, people);
  return new Map([...pools, ['survey_tokens', surveyTokens]]);
};

const addressOf = (n: number): string => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

/** One number of several, as different as they are. */
const mix = (...parts: number[]): number =>
  parts.reduce((hash, part) => {
    const mixed = Math.imul(hash ^ (part + 0x9e3779b9), 0x85ebca6b);
    return mixed ^ (mixed >>> 13);
  }, 0x811c9dc5) | 0;

interface Shrinking {
  arbitrary: Arbitrary<Plan>;
  seed: number;
  operation: Operation;
  complaint: Complaint;
  ask: (operation: Operation, plan: Plan) => Promise<{ sent: ReturnType<typeof makeRequest>; complaints: Complaint[] }>;
}

/** The smallest request with the same complaint that is found in some seconds; undefined when it does not happen a second time. */
async function shrink({ arbitrary, seed, operation, complaint, ask }: Shrinking): Promise<Failure['shrunk']> {
  let smallest: Failure['shrunk'];
  const fails = fc.asyncProperty(arbitrary, async (plan) => {
    const { sent, complaints } = await ask(operation, plan);
    const again = complaints.some(({ kind, what }) => kind === complaint.kind && what === complaint.what);
    if (again) smallest = show(sent);
    return !again;
  });
  await fc.check(fails, { seed, numRuns: 1, interruptAfterTimeLimit: SHRINK_MS });
  return smallest;
}
