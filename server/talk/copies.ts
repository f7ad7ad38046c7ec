import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/client/client.ts';
import { seesAll } from '../auth/policy.ts';
import { allowed } from '../auth/sql.ts';
import type { Definitions } from '../cases/definitions.ts';
import { blockName } from '../cases/names.ts';
import { checkCaseSeen } from '../cases/visibility.ts';
import { problem } from '../http/problem.ts';
import type { Call } from '../http/route.ts';
import { partsOf } from '../tasks/find.ts';
import { findCaseTask } from './find.ts';
import { checkPeople } from './people.ts';
import type { Copy } from './schema.ts';
import { tellPeople, touchCase } from './tell.ts';

type Caller = Pick<Call<unknown, unknown, unknown>, 'db' | 'me' | 'now'>;

interface Row {
  id: string;
  person_id: string;
  person: string;
  sent_by: string | null;
  sender: string | null;
  block: string;
  seat: number | null;
  at: Date;
  read_at: Date | null;
  definition: string;
}

/** The copies of a case's decisions with who has read them: the office sees all, others those that they sent. */
export const listCopies = async ({ db, me }: Caller, caseId: string, definitions: Definitions): Promise<Copy[]> => {
  await checkCaseSeen(db, caseId, me);
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT k.id, k.person_id, p.name AS person, k.sent_by, s.name AS sender, k.block, k.seat, k.at, k.read_at, c.definition
    FROM copies k JOIN cases c ON c.id = k.case_id JOIN people p ON p.id = k.person_id LEFT JOIN people s ON s.id = k.sent_by
    WHERE k.case_id = ${caseId}::uuid AND ${allowed(me, 'read', 'Copy')}
    ORDER BY k.at DESC, p.username LIMIT 500`);
  const definitionOf = await definitions.read(rows.map(({ definition }) => definition));
  return rows.map((row) => ({
    id: row.id,
    person: { id: row.person_id, name: row.person },
    ...(row.sent_by && { by: { id: row.sent_by, name: row.sender ?? '' } }),
    blockName: blockName(definitionOf(row.definition).template, row.block),
    ...(row.seat !== null && { taskId: `${caseId}.${row.seat}` }),
    at: row.at.toISOString(),
    ...(row.read_at && { readAt: row.read_at.toISOString() }),
  }));
};

/** 抄送: sends what was decided to people, to be read. Whoever decided it may, and the office. */
export const sendCopies = async (
  { db, me, now }: Caller,
  taskId: string,
  to: readonly string[],
  definitions: Definitions,
): Promise<Copy[]> => {
  const task = await findCaseTask(db, taskId, me);
  if (task.closed_by !== me.id && !seesAll(me)) throw problem('copy.notAllowed');
  if (task.state !== 'done') throw problem('copy.undecided');
  await checkPeople(db, to, 'to', me.id);
  const { case_id: caseId, seat, block } = task;
  await db.copy.createMany({
    data: to.map((personId) => ({ id: randomUUID(), caseId, seat, block, personId, sentBy: me.id, at: now })),
  });
  const name = blockName((await definitions.read([task.definition]))(task.definition).template, block);
  const message = {
    subject: { zh: `抄送：${name.zh} · ${task.title}`, en: `Copy: ${name.en} · ${task.title}` },
    body: {
      zh: `${me.name} 将“${name.zh}”的办理结果抄送给您，请查阅。`,
      en: `${me.name} sent you the decision of "${name.en}" to be read.`,
    },
  };
  await tellPeople(db, { caseId, seat, people: [...to], kind: 'copy', message }, now);
  await touchCase(db, caseId);
  return (await listCopies({ db, me, now }, caseId, definitions)).filter(
    (copy) => copy.taskId === taskId && copy.at === now.toISOString(),
  );
};

/** The reader has opened a decision that was sent to them; the first time counts. */
export const readCopies = async ({ db, me, now }: Caller, taskId: string): Promise<void> => {
  const { caseId, seat } = partsOf(taskId);
  if (seat > 2_147_483_647) throw problem('copy.unknown');
  const mine = { caseId, seat, personId: me.id };
  const { count } = await db.copy.updateMany({ where: { ...mine, readAt: null }, data: { readAt: now } });
  if (count === 0 && (await db.copy.count({ where: mine })) === 0) throw problem('copy.unknown');
  await db.notice.updateMany({ where: { ...mine, kind: 'copy', readAt: null }, data: { readAt: now } });
  if (count > 0) await touchCase(db, caseId);
};
