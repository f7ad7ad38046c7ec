import type pg from 'pg';
import { library } from '../../workflows/library/index.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import { makePool } from '../db/index.ts';
import type { SimulateOptions } from './index.ts';
import { simulateOn } from './index.ts';
import { openScratchServer } from './scratch.ts';

/** How one shipped template's cycle went, counted in the tables. */
export interface TemplateReport {
  template: string;
  cases: number;
  closed: number;
  ranked: number;
  graded: number;
  appealsDecided: number;
  /** Rectified items that were closed, and those that are left for the next cycle. */
  rectified: number;
  carriedOver: number;
  violations: number;
  /** The violations in words. */
  found: string[];
  seconds: number;
}

export interface SimulateAllOptions extends Pick<SimulateOptions, 'settings' | 'year' | 'seed' | 'cases'> {
  /** Told when a template begins, and of its days. */
  onProgress?: (progress: { template: string; done: number; of: number; day: string }) => void;
}

/** Runs every shipped template to its end, one after the other, each in a database of its own. */
export async function simulateAll({
  settings,
  year,
  seed,
  cases,
  onProgress,
}: SimulateAllOptions): Promise<TemplateReport[]> {
  const templates = Object.values(library);
  const server = await openScratchServer(settings);
  const reports: TemplateReport[] = [];
  try {
    for (const [done, template] of templates.entries()) {
      const tell = (day: string) => onProgress?.({ template: template.key, done, of: templates.length, day });
      tell('');
      const report = await server.use(`bihuan_simulation_all_${process.pid}`, async (url) => {
        const pool = makePool(url, { max: 8, name: 'simulate' });
        try {
          return await templateReport(pool, template, { year, seed, cases, onProgress: ({ day }) => tell(day) });
        } finally {
          await pool.end();
        }
      });
      reports.push(report);
    }
  } finally {
    await server.close();
  }
  return reports;
}

/** Runs one template on a migrated database without cycles, and counts what the tables say of it. */
export async function templateReport(
  pool: pg.Pool,
  template: CycleTemplate,
  options: Pick<SimulateOptions, 'year' | 'seed' | 'cases' | 'onProgress'>,
): Promise<TemplateReport> {
  const ran = await simulateOn(pool, { template, ...options });
  const counts = await countRows(pool, template);
  const found = [
    ...ran.mismatches.map((mismatch) => `mismatch ${JSON.stringify(mismatch)}`),
    ...several(ran.missing, 'steps that were answered for are not in the record'),
    ...several(ran.doubled, 'requests took effect twice'),
    ...several(ran.timersLeft, 'timers that were due did not fire'),
    ...several(ran.incidents, 'incidents are open'),
    ...several(ran.cases - ran.closed, 'cases did not come to their end'),
    ...several(counts.unranked, 'closed cases of ranked categories have no rank'),
    ...several(counts.ungraded, 'closed cases have no grade'),
    ...several(counts.unlettered, 'closed cases have no letter'),
    ...several(counts.wronglyRanked, 'cases of unranked categories have a rank'),
  ];
  return {
    template: template.key,
    cases: ran.cases,
    closed: ran.closed,
    ranked: counts.ranked,
    graded: counts.graded,
    appealsDecided: counts.appealsDecided,
    rectified: counts.rectified,
    carriedOver: counts.carriedOver,
    violations: found.length,
    found,
    seconds: ran.seconds,
  };
}

const several = (n: number, what: string): string[] => (n === 0 ? [] : [`${n} ${what}`]);

interface Counts {
  ranked: number;
  graded: number;
  appealsDecided: number;
  rectified: number;
  carriedOver: number;
  unranked: number;
  wronglyRanked: number;
  ungraded: number;
  unlettered: number;
}

/** What stands in the tables, for what the template does: where it neither ranks, grades nor writes letters, nothing is missing. */
async function countRows(pool: pg.Pool, template: CycleTemplate): Promise<Counts> {
  const rules = [...blocksOf(template)].flatMap(({ block }) => (block.type === 'compute' ? [block.rule] : []));
  const rank = rules.find((rule) => rule.kind === 'rank');
  const has = (kind: string) => rules.some((rule) => rule.kind === kind);
  const except = rank?.kind === 'rank' ? (rank.except ?? []) : [];
  const ranked = Object.entries(template.categories).flatMap(([key, category]) =>
    rank && category.ranked && !except.includes(key) ? [key] : [],
  );
  const nothingOutside = template.grades?.outside?.grade === 'none' ? template.grades.outside.categories : [];
  const { rows } = await pool.query<Counts>(
    `WITH closed AS (
       SELECT k.id, p.category, o.code,
         EXISTS (SELECT FROM results r WHERE r.case_id = k.id AND r.rank IS NOT NULL) AS ranked,
         EXISTS (SELECT FROM results r WHERE r.case_id = k.id AND r.grade IS NOT NULL) AS graded,
         EXISTS (SELECT FROM letters l WHERE l.case_id = k.id) AS lettered
       FROM cases k JOIN cycle_participants p ON p.cycle_id = k.cycle_id AND p.org_id = k.org_id JOIN org_units o ON o.id = k.org_id
       WHERE k.kind = 'participant' AND k.status = 'done'
     )
     SELECT count(*) FILTER (WHERE ranked)::int AS ranked, count(*) FILTER (WHERE graded)::int AS graded,
       count(*) FILTER (WHERE NOT ranked AND category = ANY($1) AND code <> ALL($2))::int AS unranked,
       count(*) FILTER (WHERE ranked AND category <> ALL($1))::int AS "wronglyRanked",
       count(*) FILTER (WHERE $3 AND NOT graded AND category <> ALL($4))::int AS ungraded,
       count(*) FILTER (WHERE $5 AND NOT lettered)::int AS unlettered,
       (SELECT count(DISTINCT case_id)::int FROM tasks WHERE state = 'done' AND block = ANY($6)) AS "appealsDecided",
       (SELECT count(*)::int FROM rectification_items WHERE state = 'closed') AS rectified,
       (SELECT count(*)::int FROM rectification_items WHERE state <> 'closed') AS "carriedOver"
     FROM closed`,
    [ranked, except, has('grade'), nothingOutside, has('letter'), appealReviews(template)],
  );
  return rows[0] as Counts;
}

/** The blocks in which appeals are decided. */
const appealReviews = (template: CycleTemplate): string[] =>
  [...blocksOf(template)].flatMap(({ block }) =>
    block.type === 'task' && block.fields?.some(({ key }) => `${block.key}` === key.replace(/Decision$/, 'Review'))
      ? [block.key]
      : [],
  );
