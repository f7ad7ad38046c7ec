import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/client/client.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { FIRST_YEAR, lastYear } from '../calendar/range.ts';
import type { Database } from '../http/deps.ts';
import { type FieldError, problem } from '../http/problem.ts';
import type { NewCycle } from './schema.ts';

interface Launch {
  by: string;
  now: Date;
  knownUntil: string;
}

/** Puts a cycle and its participants on record; the launcher then starts their cases. Gives the cycle's id. */
export const createCycle = async (db: Database, body: NewCycle, { by, now, knownUntil }: Launch): Promise<string> => {
  const { templateKey: key, version, year, name } = body;
  const participants = (await checkCycle(db, body, knownUntil)).participants;
  const id = randomUUID();
  await db.cycle.create({
    data: {
      id,
      templateKey: key,
      templateVersion: version,
      name,
      year,
      status: 'launching',
      launchedAt: now,
      launchedBy: by,
    },
  });
  await db.cycleParticipant.createMany({ data: participants.map((one) => ({ cycleId: id, ...one })) });
  return id;
};

/** What would be launched, and who would take part; nothing is written. @throws what a launch would be refused for */
export const checkCycle = async (
  db: Database,
  { templateKey: key, version, year, participants: asked }: Omit<NewCycle, 'name'>,
  knownUntil: string,
): Promise<{ template: CycleTemplate; participants: { orgId: string; category: string }[] }> => {
  if (year < FIRST_YEAR || year > lastYear(knownUntil)) {
    throw problem('calendar.outside', { date: year, from: FIRST_YEAR, to: lastYear(knownUntil) });
  }
  const template = await db.template.findUnique({ where: { key_version: { key, version } } });
  if (!template) throw problem('template.unknown', { key });
  if (template.status !== 'published') throw problem('template.draft');
  const content = template.content as unknown as CycleTemplate;
  return { template: content, participants: await chooseParticipants(db, asked, content) };
};

const chooseParticipants = async (db: Database, asked: NewCycle['participants'], template: CycleTemplate) => {
  const categories = Object.keys(template.categories);
  if (asked === 'all') {
    const found = await db.$queryRaw<{ orgId: string; category: string }[]>(Prisma.sql`
      SELECT id AS "orgId", category FROM org_units WHERE active AND category = ANY(${categories}) ORDER BY code`);
    if (found.length === 0) throw problem('cycle.participants');
    return found;
  }
  const known = await db.orgUnit.findMany({
    where: { id: { in: asked.map(({ orgId }) => orgId) }, active: true },
    select: { id: true },
  });
  const active = new Set(known.map(({ id }) => id));
  const errors: FieldError[] = asked.flatMap(({ orgId, category }, at) => [
    ...(active.has(orgId) ? [] : [wrong(at, 'orgId', '没有这个在用单位', 'no such active organisation')]),
    ...(asked.findIndex((one) => one.orgId === orgId) < at ? [wrong(at, 'orgId', '重复', 'named twice')] : []),
    ...(categories.includes(category)
      ? []
      : [wrong(at, 'category', '模板中没有此类别', 'not a category of the template')]),
  ]);
  if (errors.length > 0) throw problem('cycle.participants', { errors: errors.slice(0, 200) });
  return asked;
};

const wrong = (at: number, field: string, zh: string, en: string): FieldError => ({
  path: `participants[${at}].${field}`,
  message: { zh, en },
});
