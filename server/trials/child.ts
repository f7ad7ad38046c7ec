import { text } from 'node:stream/consumers';
import { seedCalendar } from '../../prisma/seed/index.ts';
import { makePool } from '../db/index.ts';
import { makePrisma } from '../db/prisma.ts';
import { foundCity } from '../rehearse/city.ts';
import { rehearseOn } from '../rehearse/index.ts';
import { fitsDemo, seedCity } from '../simulate/city.ts';
import { simulateOn } from '../simulate/index.ts';
import type { TrialJob, TrialLine } from './job.ts';

/** Does the job that stands on stdin, and says on stdout how far it is and what came of it. */
export async function runTrialChild(
  stdin: NodeJS.ReadableStream = process.stdin,
  stdout: NodeJS.WritableStream = process.stdout,
): Promise<void> {
  const say = (line: TrialLine) => void stdout.write(`${JSON.stringify(line)}\n`);
  const job = JSON.parse(await text(stdin)) as TrialJob;
  const pool = makePool(job.url, { max: 8, name: `trial ${job.kind}` });
  let told = 0;
  const onProgress = (share: number) => {
    if (share < told + 0.01) return;
    told = share;
    say({ share: Math.min(1, Math.round(share * 100) / 100) });
  };
  try {
    say({ result: job.kind === 'rehearse' ? await rehearseOn(pool, { ...job, onProgress }) : await simulated(job) });
  } catch (error) {
    say({ failed: error instanceof Error ? error.message : String(error) });
  } finally {
    await pool.end();
  }

  async function simulated({ template, year, cases }: TrialJob): Promise<object> {
    const common = { year, seed: 1, cases, onProgress: (progress: { share: number }) => onProgress(progress.share) };
    if (fitsDemo(template))
      return simulateOn(pool, { ...common, template, people: () => seedCity(makePrisma(pool), template.key) });
    // Not for the demo organisation: a city made for it, in which somebody holds every role.
    const own = { ...template, key: `${template.key}-trial`.slice(-64).replace(/^[^A-Za-z]+/, 'k') };
    const each = Math.ceil(cases / Math.max(1, Object.keys(template.categories).length));
    const people = async () => {
      await seedCalendar(makePrisma(pool));
      await foundCity(pool, own, each);
    };
    return { ...(await simulateOn(pool, { ...common, template: own, people })), template: template.key };
  }
}
