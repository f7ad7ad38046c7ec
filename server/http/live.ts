import type { Response } from 'express';
import { Prisma } from '../../prisma/client/client.ts';
import { standsInFor } from '../../workflows/approval/delegation.ts';
import type { Me } from '../auth/me.ts';
import { seesAll } from '../auth/policy.ts';
import { heldTasks } from '../delegations/held.ts';
import { openDelegations } from '../delegations/open.ts';
import type { Deps } from './deps.ts';
import { type CaseMoved, makeListener } from './listener.ts';

/** How long changes gather before they are sent: a launch of a city is one message, not hundreds. */
const GATHER_MS = 250;
const HEARTBEAT_MS = 25_000;

export interface LiveClient {
  me: Me;
  response: Response;
  /** Says whether the session is still good. */
  alive: () => Promise<boolean>;
}

type Client = LiveClient & { todo?: number };

export interface Live {
  /** Sends live updates on an answer until it closes. */
  add(client: LiveClient): void;
  close(): Promise<void>;
}

/** Sends what moved to those who may see it: `tasks` when the own list changed, `case` when a case did. */
export const makeLive = ({
  prisma,
  pool,
  directory,
  reloadCalendar,
  logger,
  clock,
}: Pick<Deps, 'prisma' | 'pool' | 'directory' | 'reloadCalendar' | 'logger' | 'clock'>): Live => {
  const clients = new Set<Client>();
  const moved = new Map<string, CaseMoved>();
  let gathering: NodeJS.Timeout | undefined;

  const quietly = (work: Promise<unknown>): void => {
    work.catch((error) => logger.warn({ err: error }, 'live updates failed'));
  };

  const gather = (): void => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      const cases = [...moved.values()];
      moved.clear();
      quietly(sendMoved(cases));
    }, GATHER_MS);
  };

  const note = (message: CaseMoved): void => {
    if (clients.size === 0) return;
    const before = moved.get(message.caseId);
    const people = [...new Set([...(before?.people ?? []), ...message.people])];
    moved.set(message.caseId, { ...message, revision: Math.max(before?.revision ?? 0, message.revision), people });
    gather();
  };

  const sendMoved = async (cases: CaseMoved[]): Promise<void> => {
    const touched = new Set(cases.flatMap(({ people }) => people));
    const counts = await countDesks();
    const seen = await whoSees(prisma, cases, [...clients]);
    const near = ({ me }: Client) => touched.has(me.id) || me.standsIn.some(({ person }) => touched.has(person));
    for (const client of clients) {
      // Who lost a task to a colleague is not named in the message, but the count shows it.
      const todo = counts.get(client.me.id) ?? 0;
      if (near(client) || todo !== client.todo) tell(client, todo);
      for (const { caseId, revision } of cases) if (seen(client, caseId)) write(client, 'case', { caseId, revision });
    }
  };

  /** The open tasks on everyone's desk, by the windows that are open now. */
  const countDesks = async (): Promise<Map<string, number>> => {
    const now = clock.now();
    const open = await openDelegations(pool, now);
    for (const client of clients) client.me = { ...client.me, standsIn: standsInFor(open, client.me.id, now) };
    return todoCounts(
      prisma,
      [...clients].map(({ me }) => me),
    );
  };

  /** Tells those whose number of tasks changed, and those for whom `also` holds. */
  const sendCounts = async (also: (client: Client) => boolean = () => false): Promise<void> => {
    const counts = await countDesks();
    for (const client of clients) {
      const todo = counts.get(client.me.id) ?? 0;
      if (also(client) || todo !== client.todo) tell(client, todo);
    }
  };

  const beat = async (): Promise<void> => {
    for (const client of clients) {
      if (await client.alive()) client.response.write(`: ${clock.now().toISOString()}\n\n`);
      else client.response.end();
    }
    // A window may have opened or closed, which nobody announces.
    if (clients.size > 0) await sendCounts();
  };
  const heart = setInterval(() => {
    beat().catch((error) => logger.debug({ err: error }, 'no heartbeat while the database is away'));
  }, HEARTBEAT_MS);
  heart.unref();

  const listener = makeListener({
    connection: pool.options,
    logger,
    moved: note,
    directoryChanged: () => quietly(directory.reload()),
    calendarChanged: () => quietly(reloadCalendar()),
    desksChanged: (people) => quietly(sendCounts(({ me }) => people.includes(me.id))),
    resumed: () => quietly(Promise.all([directory.reload(), reloadCalendar(), sendCounts(() => true)])),
  });

  return {
    add: (client) => {
      clients.add(client);
      client.response.on('close', () => clients.delete(client));
      todoCounts(prisma, [client.me])
        .then((todo) => tell(client, todo.get(client.me.id) ?? 0))
        .catch(() => client.response.end());
    },
    close: async () => {
      clearInterval(heart);
      clearTimeout(gathering);
      for (const client of clients) client.response.end();
      await listener.close();
    },
  };
};

const tell = (client: Client, todo: number): void => {
  client.todo = todo;
  write(client, 'tasks', { todo });
};

const write = ({ response }: Client, event: string, data: object): void => {
  if (!response.writableEnded) response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
};

/** Open tasks of these people. */
const todoCounts = async (prisma: Deps['prisma'], everyone: Me[]): Promise<Map<string, number>> => {
  if (everyone.length === 0) return new Map();
  const people = everyone.map(({ id }) => id);
  const rows = await prisma.$queryRaw<{ id: string; todo: number }[]>(Prisma.sql`
    SELECT m.person_id::text AS id, count(*)::int AS todo FROM task_candidates m JOIN cases c ON c.id = m.case_id
    WHERE m.person_id = ANY(${people}::uuid[]) AND c.status = 'active' GROUP BY m.person_id`);
  const counts = new Map(rows.map(({ id, todo }) => [id, todo]));
  for (const me of everyone) {
    if (me.standsIn.length === 0) continue;
    const [row] = await prisma.$queryRaw<{ todo: number }[]>(Prisma.sql`
      SELECT count(DISTINCT (h.case_id, h.seat))::int AS todo FROM (${heldTasks(me)}) h JOIN cases c ON c.id = h.case_id WHERE c.status = 'active'`);
    counts.set(me.id, row?.todo ?? 0);
  }
  return counts;
};

/** Queries for all clients together, and one for each who stands in: the units of the cases, who took part, what is on a desk. */
const whoSees = async (prisma: Deps['prisma'], cases: CaseMoved[], clients: Client[]) => {
  const ids = cases.map(({ caseId }) => caseId);
  const people = clients.map(({ me }) => me.id);
  const orgs = await prisma.case.findMany({ where: { id: { in: ids } }, select: { id: true, orgId: true } });
  const acted = await prisma.$queryRaw<{ pair: string }[]>(Prisma.sql`
    SELECT DISTINCT e.case_id || ' ' || who AS pair FROM case_events e, unnest(ARRAY[e.actor, e.on_behalf_of]) AS who
    WHERE e.case_id = ANY(${ids}::uuid[]) AND who = ANY(${people}::uuid[])`);
  for (const { me } of clients) {
    if (me.standsIn.length === 0) continue;
    const held = await prisma.$queryRaw<{ pair: string }[]>(Prisma.sql`
      SELECT DISTINCT h.case_id || ' ' || ${me.id} AS pair FROM (${heldTasks(me)}) h WHERE h.case_id = ANY(${ids}::uuid[])`);
    acted.push(...held);
  }
  const orgOf = new Map(orgs.map(({ id, orgId }) => [id, orgId]));
  const pairs = new Set(acted.map(({ pair }) => pair));
  const told = new Map(cases.map(({ caseId, people: who }) => [caseId, new Set(who)]));
  return ({ me }: Client, caseId: string): boolean => {
    const org = orgOf.get(caseId);
    return (
      seesAll(me) ||
      (org != null && me.sees.includes(org)) ||
      told.get(caseId)?.has(me.id) === true ||
      pairs.has(`${caseId} ${me.id}`)
    );
  };
};
