import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/client/client.ts';
import { type Delegation, refusalOfDelegation } from '../../workflows/approval/delegation.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import type { Database } from '../http/deps.ts';
import { type FieldError, problem } from '../http/problem.ts';
import { cityTime } from '../mail/compose.ts';
import { type DelegationRow, toDelegation, WINDOW_COLUMNS } from './open.ts';
import type { DelegationView, NewDelegation } from './schema.ts';

/** Makes a window and gives its id. One is made at a time, so that two together cannot close a circle. */
export const createDelegation = async (db: Database, body: NewDelegation, me: Me, now: Date): Promise<string> => {
  const personId = body.person ?? me.id;
  if (personId !== me.id && !may(me, 'delegations.write'))
    throw problem('permission.denied', { ability: 'delegations.write' });
  if ((await db.person.count({ where: { id: personId } })) === 0) throw problem('person.unknown');
  await checkStandIn(db, body.to);
  await checkScope(db, body.scope ?? []);
  await db.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtext('delegations'))`);
  const wanted: Delegation = {
    person: personId,
    to: body.to,
    from: body.from === undefined ? now : new Date(body.from),
    until: new Date(body.until),
    scope: body.scope ?? null,
  };
  const refused = refusalOfDelegation(await meeting(db, wanted), wanted, now);
  if (refused) throw problem(refused);
  const { to: toId, from, until } = wanted;
  const id = randomUUID();
  await db.delegation.create({
    data: {
      id,
      personId,
      toId,
      from,
      until,
      scope: body.scope ?? [],
      reason: body.reason,
      madeBy: me.id,
      madeAt: now,
    },
  });
  return id;
};

/** Windows that are open at some instant of another one. */
const meeting = async (db: Database, { from, until }: Delegation): Promise<Delegation[]> => {
  const rows = await db.$queryRaw<DelegationRow[]>(Prisma.sql`
    SELECT ${Prisma.raw(WINDOW_COLUMNS)} FROM delegations d WHERE d.from_at < ${until} AND least(d.until_at, d.revoked_at) > ${from}`);
  return rows.map(toDelegation);
};

/** Work goes only to somebody who can sign in. */
export const checkStandIn = async (db: Database, to: string): Promise<void> => {
  const person = await db.person.findUnique({ where: { id: to }, select: { active: true } });
  if (!person) throw problem('person.unknown');
  if (!person.active) throw problem('delegation.inactive');
};

/** A scope that names what there is not would cover nothing, and nobody would notice. */
const checkScope = async (db: Database, scope: readonly string[]): Promise<void> => {
  if (scope.length === 0) return;
  const parts = scope.map((entry) => entry.split('/') as [string, string?]);
  const rows = await db.template.findMany({
    where: { key: { in: parts.map(([key]) => key) } },
    select: { key: true, content: true },
  });
  const known = new Set(
    rows.flatMap(({ key, content }) => [
      key,
      ...[...blocksOf(content as unknown as CycleTemplate)].map(({ block }) => `${key}/${block.key}`),
    ]),
  );
  const message: Text = { zh: '没有这个模板或环节', en: 'no such template or block' };
  const errors: FieldError[] = scope.flatMap((entry, at) =>
    known.has(entry) ? [] : [{ path: `scope[${at}]`, message }],
  );
  if (errors.length > 0) throw problem('input.invalid', { errors });
};

/** Ends a window now. */
export const revokeDelegation = async (db: Database, id: string, me: Me, now: Date): Promise<void> => {
  const changed = await db.$executeRaw(Prisma.sql`
    UPDATE delegations SET revoked_at = ${now}, revoked_by = ${me.id}::uuid
    WHERE id = ${id}::uuid AND revoked_at IS NULL AND until_at > ${now}`);
  if (changed === 0) throw problem('delegation.ended');
};

/** Tells both that a window was made or revoked, unless they did it themselves; their lists and counts follow at once. */
export const tellDelegation = async (
  db: Database,
  { id, person, to, from, until }: DelegationView,
  what: 'made' | 'revoked',
  me: Me,
  now: Date,
): Promise<void> => {
  const [start, end] = [cityTime(new Date(from)), cityTime(new Date(until))];
  const subject: Text =
    what === 'made'
      ? { zh: `${to.name}将代${person.name}办理`, en: `${to.name} stands in for ${person.name}` }
      : { zh: `${to.name}不再代${person.name}办理`, en: `${to.name} no longer stands in for ${person.name}` };
  const body: Text =
    what === 'made'
      ? { zh: `${start} 至 ${end}`, en: `From ${start} until ${end}` }
      : { zh: `授权已由${me.name}终止`, en: `${me.name} has revoked the delegation` };
  await db.notice.createMany({
    data: [person, to]
      .filter((one) => one.id !== me.id)
      .map((one) => ({
        id: `${id}/${what}/${one.id}`,
        personId: one.id,
        at: now,
        kind: 'delegation',
        subject: { ...subject },
        body: { ...body },
      })),
  });
  await db.$executeRaw(Prisma.sql`SELECT pg_notify('bihuan_desks', ${JSON.stringify([person.id, to.id])})`);
};
