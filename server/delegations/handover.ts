import { Prisma } from '../../prisma/client/client.ts';
import { has } from '../../workflows/approval/hand.ts';
import type { CaseEvent } from '../../workflows/machine/context.ts';
import { blockName } from '../cases/names.ts';
import type { Step } from '../engine/index.ts';
import type { Database, Deps } from '../http/deps.ts';
import { hashRequest } from '../http/idempotency.ts';
import { ProblemError, problem } from '../http/problem.ts';
import { catalogue } from '../http/problems/index.ts';
import type { Call } from '../http/route.ts';
import { engineKey } from '../tasks/act.ts';
import type { Handover, HandoverBody } from './schema.ts';

type Caller = Pick<Call<unknown, unknown, unknown>, 'db' | 'deps' | 'me' | 'key' | 'now'>;
type Moved = Handover['tasks'][number];
type Reassign = Extract<CaseEvent, { type: 'reassign' }>;

/** So many cases are moved at a time; each is a step of its own. */
const AT_ONCE = 16;

/**
 * Moves everything that is on a person's desk, or will be, to somebody else: one step of the engine for each task. What cannot be
 * moved stays, with the reason. Broken off, it goes on where it stopped when it is asked again with the same key, and its answer
 * names everything that was moved under that key.
 */
export const handOver = async (call: Caller, personId: string, body: HandoverBody): Promise<Handover> => {
  const { db, deps, me, key } = call;
  const [person, to] = await Promise.all([personOf(db, personId), personOf(db, body.to)]);
  if (person.id === to.id) throw problem('transfer.to.same');
  if (!to.active) throw problem('delegation.inactive');
  const prefix = key === undefined || body.dryRun ? undefined : engineKey(me.id, `${key}/`);
  if (prefix !== undefined) await claimKey(call, personId, body);
  const earlier = prefix === undefined ? [] : await movedBefore(call, prefix, personId);
  const held = await heldSeats(db, deps, personId, body.cycleId);
  const tasks: Moved[] = [];
  for (let i = 0; i < held.length; i += AT_ONCE) {
    const some = held.slice(i, i + AT_ONCE).map(async ({ shown, block, seat, caseId }): Promise<Moved> => {
      const event: Reassign = {
        type: 'reassign',
        block,
        seat,
        from: person.id,
        to: to.id,
        actor: me.id,
        reason: body.reason,
      };
      const step: Step = { caseId, event, ...(prefix !== undefined && { key: `${prefix}${seat}` }) };
      const refused = await (body.dryRun ? deps.engine.refusal(step) : take(deps, step));
      return refused ? { ...shown, moved: false, why: whyOf(refused) } : { ...shown, moved: true };
    });
    tasks.push(...(await Promise.all(some)));
  }
  const place = ({ title, caseId, seat }: Moved) => `${title} ${caseId} ${String(seat).padStart(9, '0')}`;
  const all = [...earlier, ...tasks].sort((a, b) => (place(a) < place(b) ? -1 : 1));
  const moved = all.filter((one) => one.moved).length;
  const ref = ({ id, name }: { id: string; name: string }) => ({ id, name });
  return { person: ref(person), to: ref(to), dryRun: body.dryRun, moved, left: all.length - moved, tasks: all };
};

/** Takes a step, or says why it was refused. What leaves the outcome open ends the whole. */
const take = async ({ engine }: Pick<Deps, 'engine'>, step: Step): Promise<ProblemError | null> => {
  try {
    await engine.apply(step);
    return null;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.id === 'engine.unavailable') throw error;
    return error;
  }
};

const whyOf = ({ id }: ProblemError): NonNullable<Moved['why']> => ({ id, title: catalogue[id].title });

const personOf = async (db: Database, id: string) => {
  const person = await db.person.findUnique({ where: { id }, select: { id: true, name: true, active: true } });
  if (!person) throw problem('person.unknown');
  return person;
};

/** The same key with another handover is refused; with the same one it goes on. */
const claimKey = async ({ db, me, key, now }: Caller, personId: string, body: HandoverBody): Promise<void> => {
  const bodyHash = hashRequest(`/people/${personId}/handover`, body);
  const row = { actor: me.id, key: key ?? '', route: 'people.handover', bodyHash };
  await db.idempotency.createMany({ data: [{ ...row, status: 0, response: {}, at: now }], skipDuplicates: true });
  const first = await db.idempotency.findUniqueOrThrow({ where: { actor_key: { actor: row.actor, key: row.key } } });
  if (first.route !== row.route || first.bodyHash !== bodyHash) throw problem('idempotency.mismatch');
};

interface HeldSeat {
  caseId: string;
  seat: number;
  block: string;
  shown: Pick<Moved, 'caseId' | 'title' | 'seat' | 'block' | 'blockName'>;
}

/** Seats of running cases that are a person's and not decided, also those whose turn has not come. */
const heldSeats = async (
  db: Database,
  { engine }: Pick<Deps, 'engine'>,
  person: string,
  cycleId: string | undefined,
): Promise<HeldSeat[]> => {
  const rows = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT c.id FROM cases c WHERE c.status IN ('active', 'suspended') AND c.snapshot::text LIKE ${`%"${person}"%`}
      ${cycleId === undefined ? Prisma.empty : Prisma.sql`AND c.cycle_id = ${cycleId}::uuid`} ORDER BY c.title, c.id`);
  const found: HeldSeat[] = [];
  for (const { id: caseId } of rows) {
    const { context, title, definition } = await engine.read(caseId);
    for (const [block, { seats, outcome }] of Object.entries(context.live))
      for (const seat of outcome === undefined ? (seats ?? []) : []) {
        if ((seat.state !== 'open' && seat.state !== 'waiting') || !has(seat, person)) continue;
        const shown = { caseId, title, seat: seat.n, block, blockName: blockName(definition.template, block) };
        found.push({ caseId, seat: seat.n, block, shown });
      }
  }
  return found;
};

/** What an earlier request with this key has moved. */
const movedBefore = async ({ db, deps, me }: Caller, prefix: string, person: string): Promise<Moved[]> => {
  const rows = await db.$queryRaw<{ case_id: string; event: Reassign }[]>(Prisma.sql`
    SELECT case_id, body->'events'->0 AS event FROM case_events
    WHERE actor = ${me.id}::uuid AND type = 'reassign' AND starts_with(key, ${prefix}) ORDER BY at, case_id, seq`);
  const mine = rows.filter(({ event }) => event.from === person);
  return Promise.all(
    mine.map(async ({ case_id: caseId, event: { seat, block } }) => {
      const { title, definition } = await deps.engine.read(caseId);
      return { caseId, title, seat, block, blockName: blockName(definition.template, block), moved: true };
    }),
  );
};
