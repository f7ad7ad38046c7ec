import { type Period, periodOf } from '../../workflows/indicators/period.ts';
import type { ReportCategory, ReportUnit } from '../../workflows/report/data.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import type { Sql } from '../db/sql.ts';
import { problem } from '../http/problem.ts';
import { CYCLE_STATUS } from './names.ts';

/** What of a cycle a report is about. */
export interface Asked {
  period?: string | undefined;
  category?: string | undefined;
  org?: string | undefined;
}

export interface Scope {
  cycleId: string;
  template: CycleTemplate;
  cycle: { name: string; year: number; template: Text; status: Text; launchedOn: string; closedOn: string | null };
  period: Period | null;
  category: ReportCategory | null;
  unit: ReportUnit | null;
  categories: ReportCategory[];
  units: ReportUnit[];
  /** What the reader may ask for: all units in sight, with their categories. */
  choices: { categories: ReportCategory[]; units: ReportUnit[] };
  /** Where to end: the last day of the period, or of the year. */
  until: string;
}

const isRanked = (template: CycleTemplate, category: string): boolean =>
  template.categories[category]?.ranked === true &&
  [...blocksOf(template)].some(({ block }) => block.type === 'compute' && block.rule.kind === 'rank');

/**
 * The units of a cycle that a report is about, among those in sight (`null`: all).
 * @throws `cycle.unknown`; `input.invalid` for a period of another year or a category that the template does not have; `report.none`
 * where no unit is left
 */
export async function scopeOf(
  sql: Sql,
  {
    cycleId,
    template,
    sees,
    asked,
  }: { cycleId: string; template: CycleTemplate; sees: readonly string[] | null; asked: Asked },
): Promise<Scope> {
  const [cycle] = await sql.query<{
    name: string;
    year: number;
    status: string;
    launched: string;
    closed: string | null;
  }>(
    `SELECT name, year, status, (launched_at AT TIME ZONE 'Asia/Shanghai')::date::text AS launched,
       (closed_at AT TIME ZONE 'Asia/Shanghai')::date::text AS closed FROM cycles WHERE id = $1::uuid`,
    [cycleId],
  );
  if (!cycle) throw problem('cycle.unknown');
  const period = asked.period === undefined ? null : (periodOf(asked.period) ?? null);
  if (asked.period !== undefined && period?.year !== cycle.year)
    throw problem('input.invalid', {
      errors: [
        {
          path: 'period',
          message: {
            zh: `应为 ${cycle.year} 年的月、季度、半年或全年，如 ${cycle.year}-06、${cycle.year}-Q2、${cycle.year}-H1、${cycle.year}`,
            en: `a month, quarter, half or the whole of ${cycle.year}, such as ${cycle.year}-06, ${cycle.year}-Q2, ${cycle.year}-H1, ${cycle.year}`,
          },
        },
      ],
    });
  const names = Object.keys(template.categories);
  if (asked.category !== undefined && !names.includes(asked.category))
    throw problem('input.invalid', {
      errors: [
        {
          path: 'category',
          message: {
            zh: `该周期没有这个类别；有：${names.join('、')}`,
            en: `no category of this cycle; there are ${names.join(', ')}`,
          },
        },
      ],
    });
  const inSight = await sql.query<ReportUnit>(
    `SELECT o.id::text, o.name, p.category FROM cycle_participants p JOIN org_units o ON o.id = p.org_id
     WHERE p.cycle_id = $1::uuid AND ($2::uuid[] IS NULL OR p.org_id = ANY($2::uuid[])) ORDER BY p.category, o.code`,
    [cycleId, sees],
  );
  const units = inSight.filter(
    ({ id, category }) =>
      (asked.category === undefined || category === asked.category) && (asked.org === undefined || id === asked.org),
  );
  if (units.length === 0) throw problem('report.none');
  const categoryOf = (key: string): ReportCategory => ({
    key,
    name: template.categories[key]?.name ?? { zh: key, en: key },
    ranked: isRanked(template, key),
  });
  const categoriesOf = (all: readonly ReportUnit[]) =>
    [...new Set(all.map(({ category }) => category))].map(categoryOf);
  return {
    cycleId,
    template,
    cycle: {
      name: cycle.name,
      year: cycle.year,
      template: template.name,
      status: CYCLE_STATUS[cycle.status] ?? { zh: cycle.status, en: cycle.status },
      launchedOn: cycle.launched,
      closedOn: cycle.closed,
    },
    period,
    category: asked.category === undefined ? null : categoryOf(asked.category),
    unit: (asked.org !== undefined && units[0]) || null,
    categories: categoriesOf(units),
    units,
    choices: { categories: categoriesOf(inSight), units: inSight },
    until: period?.end ?? `${cycle.year}-12-31`,
  };
}
