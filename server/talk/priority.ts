import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { allowed } from '../auth/sql.ts';
import { problem } from '../http/problem.ts';
import type { Call } from '../http/route.ts';
import type { priorityBody } from './schema.ts';
import { tellPeople, touchCase } from './tell.ts';

type Caller = Pick<Call<unknown, unknown, unknown>, 'db' | 'me' | 'now'>;

/** Makes a case urgent (加急) or normal again. Its holders are told when it becomes urgent. */
export const setPriority = async (
  { db, me, now }: Caller,
  caseId: string,
  { priority, reason }: z.infer<typeof priorityBody>,
): Promise<void> => {
  const rows = await db.$queryRaw<{ title: string; status: string; leads: boolean }[]>(Prisma.sql`
    SELECT c.title, c.status, ${allowed(me, 'lead', 'Case')} AS leads FROM cases c LEFT JOIN org_units o ON o.id = c.org_id
    WHERE c.id = ${caseId}::uuid AND ${allowed(me, 'read', 'Case')}`);
  const found = rows[0];
  if (!found) throw problem('case.unknown');
  if (!found.leads) throw problem('priority.notAllowed');
  if (found.status !== 'active' && found.status !== 'suspended')
    throw problem('case.finished', { state: found.status });
  const { count } = await db.case.updateMany({
    where: { id: caseId, priority: { not: priority } },
    data: { priority },
  });
  if (count === 0) throw problem('priority.same', { priority });
  await db.casePriority.create({ data: { id: randomUUID(), caseId, priority, reason, setBy: me.id, at: now } });
  if (priority === 'urgent') {
    const holders = await db.taskCandidate.findMany({
      where: { caseId, personId: { not: me.id } },
      distinct: ['personId'],
      select: { personId: true },
    });
    const people = holders.map(({ personId }) => personId);
    const message = {
      subject: { zh: `加急：${found.title}`, en: `Urgent: ${found.title}` },
      body: { zh: `${me.name} 将此事标为加急：${reason}`, en: `${me.name} made this urgent: ${reason}` },
    };
    await tellPeople(db, { caseId, seat: null, people, kind: 'priority', message }, now);
  }
  await touchCase(db, caseId);
};
