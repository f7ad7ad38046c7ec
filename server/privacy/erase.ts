import { randomBytes } from 'node:crypto';
import { Prisma } from '../../prisma/client/client.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { keepAdministrators } from '../roles/keep.ts';

/** What stands where a name stood. */
export interface Pseudonym {
  username: string;
  name: string;
}

interface Known {
  username: string;
  name: string;
  email: string | null;
}

const PREFIX = 'erased.';

/**
 * Takes a person out and leaves the record whole: what they did stays done by the same id, which nobody knows a name to any more.
 * Name, user name, title and address give way to a pseudonym; what was theirs alone is deleted.
 */
export const erasePerson = async (db: Database, id: string, now: Date): Promise<Pseudonym> => {
  const [person] = await db.$queryRaw<Known[]>(
    Prisma.sql`SELECT username, name, email FROM people WHERE id = ${id}::uuid FOR UPDATE`,
  );
  if (!person) throw problem('person.unknown');
  if (person.username.startsWith(PREFIX)) throw problem('person.erased');
  const code = randomBytes(6).toString('hex');
  const pseudonym = { username: `${PREFIX}${code}`, name: `已注销用户 ${code.slice(0, 4)}` };
  await keepAdministrators(db, async () => {
    await db.role.deleteMany({ where: { personId: id } });
    await db.$executeRaw(Prisma.sql`
      UPDATE people SET username = ${pseudonym.username}, name = ${pseudonym.name}, title = NULL, email = NULL, password_hash = NULL,
        preferences = '{}', directory_id = NULL, signed_in_at = NULL, active = false, demo = false, version = version + 1
      WHERE id = ${id}::uuid`);
  });
  await deleteOwn(db, id, person);
  await endWork(db, id, now);
  await replaceNames(db, id, person, pseudonym);
  return pseudonym;
};

/** What was nobody's but theirs: ways in, notices, mails, reminders, phrases, answers kept for repeats. */
const deleteOwn = async (db: Database, id: string, { username, email }: Known): Promise<void> => {
  const own = { where: { personId: id } };
  await db.session.deleteMany(own);
  await db.passwordHistory.deleteMany(own);
  await db.signInChallenge.deleteMany(own);
  await db.secondFactor.deleteMany(own);
  await db.recoveryCode.deleteMany(own);
  await db.passwordLink.deleteMany(own);
  await db.identity.deleteMany(own);
  await db.notice.deleteMany(own);
  await db.phrase.deleteMany(own);
  await db.followUp.deleteMany(own);
  await db.commentMention.deleteMany(own);
  await db.idempotency.deleteMany({ where: { actor: id } });
  if (email) await db.mail.deleteMany({ where: { toAddress: email } });
  await db.$executeRaw(Prisma.sql`DELETE FROM sign_in_counts WHERE position(lower(${username}) IN lower(key)) > 0`);
};

/** They head no unit any more, and nobody stands in for them, nor they for others. */
const endWork = async (db: Database, id: string, now: Date): Promise<void> => {
  await db.orgUnit.updateMany({ where: { headId: id }, data: { headId: null } });
  await db.$executeRaw(Prisma.sql`
    UPDATE delegations SET revoked_at = ${now}, revoked_by = ${id}::uuid
    WHERE (person_id = ${id}::uuid OR to_id = ${id}::uuid) AND revoked_at IS NULL AND until_at > ${now}`);
};

/** Where the product itself, or whoever mentioned them, has written the name out. */
const replaceNames = async (db: Database, id: string, known: Known, { name }: Pseudonym): Promise<void> => {
  for (const old of [known.name, known.email ?? ''].filter((text) => text.length > 1)) {
    const json = JSON.stringify(old).slice(1, -1);
    const inJson = (table: string, column: string, where = 'TRUE') =>
      db.$executeRaw(Prisma.sql`UPDATE ${Prisma.raw(table)} SET ${Prisma.raw(column)} = replace(${Prisma.raw(column)}::text, ${json}, ${name})::json
        WHERE position(${json} IN ${Prisma.raw(column)}::text) > 0 AND ${Prisma.raw(where)}`);
    const inText = (table: string, column: string, where: Prisma.Sql) =>
      db.$executeRaw(Prisma.sql`UPDATE ${Prisma.raw(table)} SET ${Prisma.raw(column)} = replace(${Prisma.raw(column)}, ${old}, ${name})
        WHERE position(${old} IN ${Prisma.raw(column)}) > 0 AND ${where}`);
    for (const column of ['subject', 'body']) {
      await inJson('notices', column);
      await inText('mails', column, Prisma.sql`TRUE`);
    }
    await inJson('graphile_worker._private_jobs', 'payload');
    await inJson('directory_syncs', 'detail');
    await inJson('idempotency', 'response');
    const own = Prisma.sql`uploaded_by = ${id}::uuid`;
    await inText('evidence', 'name', own);
    await inText('finding_files', 'name', own);
    await inText('comments', 'text', Prisma.sql`TRUE`);
    for (const table of ['cycle_indicators', 'rectification_items'])
      await inText(table, 'owner', Prisma.sql`owner = ${old}`);
  }
};
