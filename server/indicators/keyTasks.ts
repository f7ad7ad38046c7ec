import type { KeyTask } from '../../workflows/indicators/schema.ts';
import { concerns, type DoneByYear, type Known, taskProgress } from '../../workflows/indicators/set.ts';
import type { Json, JsonObject } from '../../workflows/json.ts';
import { targetMet } from '../../workflows/series/target.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { overPrisma, type Sql } from '../db/sql.ts';
import type { Given } from '../forms/given.ts';
import { sectionOf } from './planned.ts';
import { FIGURES } from './score.ts';

/**
 * What came of a template's key tasks at a unit, by code and year: verified values of the cycles up to `until`, else what was entered
 * from before. A year of which nothing is known is left out.
 */
export async function doneByYear(
  sql: Sql,
  { templateKey, orgId, until, codes }: { templateKey: string; orgId: string; until: number; codes: readonly string[] },
): Promise<DoneByYear> {
  if (codes.length === 0) return {};
  const rows = await sql.query<{ code: string; year: number; value: string }>(
    `SELECT DISTINCT ON (code, year) code, year, value FROM (
       SELECT c.code, y.year, trim_scale(actual.value)::text AS value, 1 AS place, y.launched_at FROM cycles y
       JOIN cycle_indicators c ON c.cycle_id = y.id AND c.org_id = $2::uuid AND c.code = ANY($4::text[]) ${FIGURES}
       WHERE y.template_key = $1 AND y.year <= $3::int AND y.status <> 'cancelled' AND actual.value IS NOT NULL
       UNION ALL SELECT code, year, trim_scale(value)::text, 2, NULL FROM indicator_history
       WHERE org_id = $2::uuid AND code = ANY($4::text[]) AND year < $3::int
     ) known ORDER BY code, year, place, launched_at DESC`,
    [templateKey, orgId, until, codes],
  );
  const done: Record<string, Record<number, string>> = {};
  for (const { code, year, value } of rows) done[code] = { ...done[code], [year]: value };
  return done;
}

interface Of {
  template: CycleTemplate;
  orgId: string;
  year: number;
}

const tasksDone = (sql: Sql, { template, orgId, year }: Of): Promise<DoneByYear> =>
  doneByYear(sql, {
    templateKey: template.key,
    orgId,
    until: year,
    codes: (sectionOf(template).keyTasks ?? []).map(({ code }) => code),
  });

/** What the common set of a unit depends on beside the template: what came of key tasks, and what the office issued. */
export async function knownBeside(sql: Sql, of: Of & { data: Readonly<Record<string, Json>> }): Promise<Known> {
  const { issued } = sectionOf(of.template);
  return { done: await tasksDone(sql, of), ...(issued !== undefined && { issued: of.data[issued] }) };
}

const tasksOf = async ({ db, orgId, template, context }: Parameters<Given>[0]): Promise<KeyTask[]> => {
  const unit = await db.orgUnit.findUnique({ where: { id: orgId }, select: { code: true } });
  const category = context.facts.participant?.category;
  return (sectionOf(template).keyTasks ?? []).filter((one) => concerns(one, { code: unit?.code ?? '', category }));
};

/** `keyTasks`: each key task of the unit year by year, with what was planned and done, and both up to then. */
export const keyTaskRows: Given = async (ask) => {
  const { year: now } = ask.context.facts.period;
  const done = await tasksDone(overPrisma(ask.db), { ...ask, year: now });
  return (await tasksOf(ask)).flatMap((task) =>
    taskProgress(task, done[task.code] ?? {}).map(
      ({ year, ...figures }): JsonObject => ({
        code: `${task.code}-${year}`,
        name: task.name.zh,
        unit: task.unit,
        year: String(year),
        total: task.total,
        ...figures,
        // Of years to come nothing is done yet.
        doneSoFar: year > now ? null : figures.doneSoFar,
      }),
    ),
  );
};

interface Satisfied {
  code: string;
  least: string | null;
  satisfied: string | null;
}

/** `contents`: what the year's part of the key tasks consists of, each with its standard, how many people are satisfied, and whether that is enough to accept it. */
export const contentRows: Given = async (ask) => {
  const tasks = await tasksOf(ask);
  const rows = await overPrisma(ask.db).query<Satisfied>(
    `SELECT c.code, trim_scale(target.value)::text AS least, trim_scale(actual.value)::text AS satisfied FROM cycle_indicators c ${FIGURES}
     WHERE c.cycle_id = $1::uuid AND c.org_id = $2::uuid AND c.applies`,
    [ask.cycleId, ask.orgId],
  );
  const known = new Map(rows.map((row) => [row.code, row]));
  return tasks.flatMap(({ code: task, contents = [] }) =>
    contents.flatMap(({ key, name, standard }): JsonObject[] => {
      const found = known.get(`${task}.${key}`);
      if (!found) return [];
      const { code, least, satisfied } = found;
      const met = targetMet({ direction: 'up', target: least }, satisfied);
      return [
        {
          code,
          name: name.zh,
          standard: standard.zh,
          least,
          satisfied,
          accepted: met === null ? null : met ? 'yes' : 'no',
        },
      ];
    }),
  );
};
