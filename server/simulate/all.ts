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
  const found = [
    ...ran.mismatches.map((mismatch) => `mismatch ${JSON.stringify(mismatch)}`),
    ...several(ran.missing, 'steps that were answered for are not in the record'),
    ...several(ran.doubled, 'requests took effect twice'),
    ...several(ran.timersLeft, 'timers that were due did not fire'),
    ...several(ran.incidents, 'incidents are open'),
    ...several(ran.cases - ran.closed, 'cases did not come to their end'),
    ...several(ranks(template) ? ran.closed - ran.ranked : 0, 'closed cases have no rank'),
  ];
  return {
    template: template.key,
    cases: ran.cases,
    closed: ran.closed,
    ranked: ran.ranked,
    violations: found.length,
    found,
    seconds: ran.seconds,
  };
}

const several = (n: number, what: string): string[] => (n === 0 ? [] : [`${n} ${what}`]);

const ranks = (template: CycleTemplate): boolean =>
  Object.values(template.categories).every(({ ranked }) => ranked) &&
  [...blocksOf(template)].some(({ block }) => block.type === 'compute' && block.rule.kind === 'rank');
