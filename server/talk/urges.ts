import { randomUUID } from 'node:crypto';
import type { Definitions } from '../cases/definitions.ts';
import { blockName } from '../cases/names.ts';
import { problem } from '../http/problem.ts';
import type { Call } from '../http/route.ts';
import { cityTime } from '../mail/compose.ts';
import { findCaseTask } from './find.ts';
import type { Urged } from './schema.ts';
import { inTurn, tellPeople, touchCase } from './tell.ts';
import { nextUrge } from './workday.ts';

type Caller = Pick<Call<unknown, unknown, unknown>, 'db' | 'deps' | 'me' | 'now'>;

/** 催办: asks those who hold an open task to act. Initiator, head of the unit and office may, now and then. */
export const urge = async (
  { db, deps, me, now }: Caller,
  taskId: string,
  note: string | undefined,
  definitions: Definitions,
): Promise<Urged> => {
  const task = await findCaseTask(db, taskId, me);
  if (task.state !== 'open') throw problem('task.closed', { outcome: task.outcome ?? task.state });
  if (task.case_status === 'suspended') throw problem('case.suspended');
  if (!task.leads) throw problem('urge.notAllowed');
  const { case_id: caseId, seat } = task;
  await inTurn(db, `urge/${taskId}`);
  const holders = await db.taskCandidate.findMany({ where: { caseId, seat }, select: { personId: true } });
  const people = holders.map(({ personId }) => personId).filter((id) => id !== me.id);
  if (people.length === 0 || people.length < holders.length) throw problem('urge.nobody');
  const before = await db.urge.findMany({ where: { caseId, seat }, orderBy: { at: 'desc' }, select: { at: true } });
  const calendar = deps.calendar();
  const last = before[0];
  const again = last && nextUrge(last.at, calendar);
  if (again && now < again) {
    const minutes = Math.ceil((again.getTime() - now.getTime()) / 60_000);
    throw problem('urge.tooSoon', { at: again.toISOString(), when: cityTime(again), minutes });
  }
  await db.urge.create({
    data: { id: randomUUID(), caseId, seat, urgedBy: me.id, at: now, note: note ?? null, told: people },
  });
  const name = blockName((await definitions.read([task.definition]))(task.definition).template, task.block);
  const due = task.due_at
    ? { zh: `办理期限：${cityTime(task.due_at)}。`, en: ` It is due ${cityTime(task.due_at)}.` }
    : null;
  const message = {
    subject: { zh: `催办：${name.zh} · ${task.title}`, en: `Please act: ${name.en} · ${task.title}` },
    body: {
      zh: `${me.name} 催您办理“${name.zh}”。${due?.zh ?? ''}${note ? `\n${note}` : ''}`,
      en: `${me.name} asks you to act on "${name.en}".${due?.en ?? ''}${note ? `\n${note}` : ''}`,
    },
  };
  await tellPeople(db, { caseId, seat, people, kind: 'urge', message }, now);
  await touchCase(db, caseId);
  return { times: before.length + 1, lastAt: now.toISOString(), nextAt: nextUrge(now, calendar).toISOString() };
};
