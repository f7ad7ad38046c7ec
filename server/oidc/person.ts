import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/client/client.ts';
import type { Database } from '../http/deps.ts';
import { lineText, mailSchema, userNameSchema } from '../http/schema.ts';
import type { Settings } from '../settings/index.ts';
import type { Claims } from './flow.ts';

/** Why somebody whom the provider knows is not let in. */
export type Refusal = 'unknown' | 'ambiguous' | 'inactive' | 'taken' | 'unverified' | 'name';

export type Found = { id: string; created: boolean } | { refusal: Refusal };

type Rules = Pick<Settings, 'oidcClaim' | 'oidcCreateIn'>;

/**
 * Whom the provider's claims stand for. The first time the claim that the settings name tells; from then on the provider's own
 * number of the person does, so that neither a new name there nor somebody else's old one leads to another account.
 */
export const findPerson = async (
  db: Database,
  { issuer, claims, now }: { issuer: string; claims: Claims; now: Date },
  rules: Rules,
): Promise<Found> => {
  const linked = await db.identity.findUnique({
    where: { issuer_subject: { issuer, subject: claims.sub } },
    include: { person: true },
  });
  if (linked) return linked.person.active ? { id: linked.personId, created: false } : { refusal: 'inactive' };
  const found = await findByClaim(db, claims, rules.oidcClaim);
  const person = 'refusal' in found && found.refusal === 'unknown' ? await create(db, claims, rules) : found;
  if ('refusal' in person) return person;
  const other = await db.identity.findUnique({ where: { personId_issuer: { personId: person.id, issuer } } });
  if (other) return { refusal: 'taken' };
  await db.identity.create({ data: { issuer, subject: claims.sub, personId: person.id, linkedAt: now } });
  return person;
};

const findByClaim = async (db: Database, claims: Claims, claim: string): Promise<Found> => {
  const value = claims[claim];
  if (typeof value !== 'string' || value === '') return { refusal: 'unknown' };
  if (claim === 'email' && claims.email_verified !== true) return { refusal: 'unverified' };
  const column = claim === 'email' ? Prisma.sql`lower(email)` : Prisma.sql`lower(username)`;
  const rows = await db.$queryRaw<{ id: string; active: boolean }[]>(
    Prisma.sql`SELECT id, active FROM people WHERE ${column} = lower(${value.normalize('NFKC')}) LIMIT 2`,
  );
  const [person, second] = rows;
  if (second) return { refusal: 'ambiguous' };
  if (!person) return { refusal: 'unknown' };
  return person.active ? { id: person.id, created: false } : { refusal: 'inactive' };
};

/** Only where the settings name a unit for newcomers, and never with a role. */
const create = async (db: Database, claims: Claims, { oidcClaim, oidcCreateIn }: Rules): Promise<Found> => {
  if (oidcCreateIn === undefined) return { refusal: 'unknown' };
  const org = await db.orgUnit.findUnique({ where: { code: oidcCreateIn }, select: { id: true } });
  const username = userNameSchema.safeParse(claims[oidcClaim === 'email' ? 'preferred_username' : oidcClaim]);
  if (!org || !username.success) return { refusal: 'name' };
  const known = await db.$queryRaw<object[]>(
    Prisma.sql`SELECT 1 FROM people WHERE lower(username) = lower(${username.data})`,
  );
  if (known.length > 0) return { refusal: 'taken' };
  const name = lineText(100).safeParse(claims.name);
  const email = mailSchema.safeParse(claims.email_verified === true ? claims.email : undefined);
  const id = randomUUID();
  await db.person.create({
    data: {
      id,
      username: username.data,
      name: name.success ? name.data : username.data,
      email: email.success ? email.data : null,
      orgId: org.id,
    },
  });
  return { id, created: true };
};

/** Whether the provider has asked for a second factor of a kind that the settings let count. */
export const showedFactor = (claims: Claims, counts: readonly string[]): boolean => {
  const { amr, acr } = claims;
  return [...(Array.isArray(amr) ? amr : []), acr].some((one) => typeof one === 'string' && counts.includes(one));
};
