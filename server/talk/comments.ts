import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import type { Me } from '../auth/me.ts';
import { allowed } from '../auth/sql.ts';
import { checkCaseSeen } from '../cases/visibility.ts';
import type { Database } from '../http/deps.ts';
import { type Page, readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import type { Call } from '../http/route.ts';
import { checkPeople } from './people.ts';
import type { Comment, commentBody, commentQuery } from './schema.ts';
import { tellPeople, touchCase } from './tell.ts';

/** One's own comment can be withdrawn for so long. */
export const WITHDRAW_MINUTES = 10;

interface Row {
  id: string;
  at: Date;
  text: string;
  withdrawn_at: Date | null;
  author_id: string;
  author: string;
  mentions: { id: string; name: string }[];
}

const columns = Prisma.sql`k.id, k.at, k.text, k.withdrawn_at, k.author_id, p.name AS author,
  coalesce((SELECT json_agg(json_build_object('id', q.id, 'name', q.name) ORDER BY q.username)
            FROM comment_mentions m JOIN people q ON q.id = m.person_id WHERE m.comment_id = k.id), '[]') AS mentions`;
const from = Prisma.sql`comments k JOIN people p ON p.id = k.author_id`;

const present = (row: Row, me: Me, now: Date): Comment => ({
  id: row.id,
  at: row.at.toISOString(),
  author: { id: row.author_id, name: row.author },
  ...(row.withdrawn_at ? { withdrawnAt: row.withdrawn_at.toISOString() } : { text: row.text }),
  mentions: row.withdrawn_at ? [] : row.mentions,
  can: row.author_id === me.id && !row.withdrawn_at && !isLate(row.at, now) ? ['withdraw'] : [],
});

const isLate = (at: Date, now: Date): boolean => now.getTime() - at.getTime() > WITHDRAW_MINUTES * 60_000;

type Caller = Pick<Call<unknown, unknown, unknown>, 'db' | 'me' | 'now'>;

/** What was said about a case; newest first. */
export const listComments = async (
  { db, me, now }: Caller,
  caseId: string,
  query: z.infer<typeof commentQuery>,
): Promise<Page<Comment>> => {
  await checkCaseSeen(db, caseId, me);
  const where = [Prisma.sql`k.case_id = ${caseId}::uuid`];
  const sorts = { at: { by: Prisma.sql`k.at`, type: 'timestamptz' as const } };
  const page = await readPage<Row>(db, { columns, from, where, sorts, sort: '-at', id: Prisma.sql`k.id::text` }, query);
  return { ...page, items: page.items.map((row) => present(row, me, now)) };
};

const readComment = async (db: Database, id: string, me: Me, now: Date): Promise<Comment> => {
  const [row] = await db.$queryRaw<Row[]>(Prisma.sql`SELECT ${columns} FROM ${from} WHERE k.id = ${id}::uuid`);
  if (!row) throw problem('comment.unknown');
  return present(row, me, now);
};

/** Says something about a case. Whom it mentions may read the case from then on, and is told. */
export const addComment = async (
  { db, me, now }: Caller,
  caseId: string,
  { text, mentions = [] }: z.infer<typeof commentBody>,
): Promise<Comment> => {
  await checkCaseSeen(db, caseId, me);
  await checkPeople(db, mentions, 'mentions', me.id);
  await checkMayShow(db, caseId, mentions, me);
  const id = randomUUID();
  await db.comment.create({
    data: {
      id,
      caseId,
      authorId: me.id,
      at: now,
      text,
      mentions: { create: mentions.map((personId) => ({ personId })) },
    },
  });
  const { title } = await db.case.findUniqueOrThrow({ where: { id: caseId }, select: { title: true } });
  // The words stay in the case: a notice cannot be taken back, a comment can.
  const message = {
    subject: { zh: `${me.name} 提到了您：${title}`, en: `${me.name} mentioned you: ${title}` },
    body: {
      zh: `${me.name} 在“${title}”的评论中提到了您，请打开查看。`,
      en: `${me.name} mentioned you in a comment on "${title}". Open it to read.`,
    },
  };
  await tellPeople(db, { caseId, seat: null, people: mentions, kind: 'mention', message }, now);
  await touchCase(db, caseId);
  return readComment(db, id, me, now);
};

/** Whoever only reads a case by a mention or a copy cannot open it to others who do not see it. */
const checkMayShow = async (db: Database, caseId: string, people: readonly string[], me: Me): Promise<void> => {
  if (people.length === 0) return;
  const [own] = await db.$queryRaw<{ own: boolean }[]>(
    Prisma.sql`SELECT ${allowed(me, 'follow', 'Case')} AS own FROM cases c WHERE c.id = ${caseId}::uuid`,
  );
  if (own?.own) return;
  const rows = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT p.id FROM people p JOIN org_units o ON o.id = p.org_id JOIN cases c ON c.id = ${caseId}::uuid
    WHERE p.id = ANY(${people}::uuid[]) AND (o.id = c.org_id OR (o.kind = 'section' AND o.parent_id = c.org_id)
      OR EXISTS (SELECT FROM roles r WHERE r.person_id = p.id AND r.org_id IS NULL AND r.role = 'performanceOffice')
      OR EXISTS (SELECT FROM task_candidates h WHERE h.person_id = p.id AND h.case_id = c.id)
      OR EXISTS (SELECT FROM case_events e WHERE e.case_id = c.id AND e.actor = p.id AND e.type = 'act')
      OR EXISTS (SELECT FROM copies k WHERE k.person_id = p.id AND k.case_id = c.id)
      OR EXISTS (SELECT FROM comment_mentions m JOIN comments k ON k.id = m.comment_id
                 WHERE m.person_id = p.id AND k.case_id = c.id AND k.withdrawn_at IS NULL))`);
  const seen = new Set(rows.map(({ id }) => id));
  const errors = people.flatMap((id, i) =>
    seen.has(id)
      ? []
      : [{ path: `mentions[${i}]`, message: { zh: '此人看不到该流程', en: 'they do not see this case' } }],
  );
  if (errors.length > 0) throw problem('mention.unseen', { errors });
};

/** Takes one's own comment back, within minutes. Its place stays, its words and what it let others read do not. */
export const withdrawComment = async ({ db, me, now }: Caller, id: string): Promise<Comment> => {
  const comment = await db.comment.findUnique({ where: { id } });
  if (!comment) throw problem('comment.unknown');
  await checkCaseSeen(db, comment.caseId, me).catch(() => {
    throw problem('comment.unknown');
  });
  if (comment.authorId !== me.id) throw problem('comment.notYours');
  if (comment.withdrawnAt) throw problem('comment.withdrawn');
  if (isLate(comment.at, now)) throw problem('comment.late', { limit: WITHDRAW_MINUTES });
  const { count } = await db.comment.updateMany({ where: { id, withdrawnAt: null }, data: { withdrawnAt: now } });
  if (count === 0) throw problem('comment.withdrawn');
  await touchCase(db, comment.caseId);
  return readComment(db, id, me, now);
};
