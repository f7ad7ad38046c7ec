import { expect, test } from 'vitest';
import { makePrisma } from '../../../server/db/prisma.ts';
import { makeActors } from '../../../server/simulate/actors.ts';
import { launchWorld, publishTemplate, seedCity } from '../../../server/simulate/city.ts';
import { run } from '../../../server/simulate/run.ts';
import { nothingYet } from '../../../server/simulate/world.ts';
import { verify } from '../../../server/verify/verify.ts';
import type { AssessorGroup } from '../../../workflows/ballots/schema.ts';
import { named, rank, task, template } from '../../support/blocks.ts';
import { makeTestDatabase } from '../../support/database.ts';

const group = (key: string, more: Partial<AssessorGroup>): AssessorGroup => ({
  key,
  name: named(key),
  kind: 'peer',
  scale: { min: '0', max: '100' },
  ...more,
});
const rater = (of: string) => ({ kind: 'raters', of: `ballots.${of}.overall` }) as const;
const content = template(
  {
    evaluate: [
      {
        key: 'vote',
        type: 'ballots',
        per: 'cycle',
        name: named('vote'),
        groups: ['peers', 'public'],
        until: { from: 'opened', workingDays: 8 },
      },
      {
        key: 'scoring',
        type: 'compute',
        per: 'cycle',
        name: named('scoring'),
        into: 'total',
        rule: {
          kind: 'score',
          rule: {
            kind: 'round',
            places: 2,
            mode: 'halfUp',
            of: { kind: 'mean', of: [rater('peers'), rater('public')] },
          },
        },
      },
      rank('ranking', 'total'),
      task('after'),
    ],
  },
  {
    key: 'voters',
    assessors: [
      group('peers', { who: [{ kind: 'heads' }], rules: [{ kind: 'atMost', count: 2, from: '90' }], abstain: true }),
      group('public', { kind: 'public', minVotes: 10, opinions: true }),
    ],
    categories: {
      economy: { name: named('economy'), ranked: true },
      society: { name: named('society'), ranked: true },
      enforcement: { name: named('enforcement'), ranked: true },
      general: { name: named('general'), ranked: true },
    },
  },
);

test('assessors and the public score in time, by their rules, and every unit gets its score', async () => {
  const { pool } = await makeTestDatabase();
  const prisma = makePrisma(pool);
  await seedCity(prisma, content.key);
  await publishTemplate(pool, content, new Date('2026-01-01T00:00:00Z'));
  const world = await launchWorld({ pool, template: content, year: 2026, seed: 1, cases: 12, name: 'voters' });
  await run(world, nothingYet(), makeActors(world, nothingYet()), new Date('2027-12-31T00:00:00Z'));
  const { rows } = await pool.query(
    `SELECT s.group_key, count(*) FILTER (WHERE s.state = 'submitted') > 8 AS most, bool_and(s.state = 'submitted') AS all,
       (SELECT count(*) FROM opinions) > 0 AS said
     FROM ballot_sheets s GROUP BY s.group_key ORDER BY s.group_key`,
  );
  expect(rows).toEqual([
    { group_key: 'peers', most: true, all: expect.any(Boolean), said: true },
    { group_key: 'public', most: true, all: true, said: true },
  ]);
  const scores = await pool.query(
    'SELECT value::text, (SELECT count(*)::int FROM results WHERE block = $1 AND rank IS NOT NULL) AS ranked FROM scores',
    ['ranking'],
  );
  expect(scores.rows).toHaveLength(12);
  for (const { value, ranked } of scores.rows) {
    expect(Number(value)).toBeGreaterThan(50);
    expect(ranked).toBe(12);
  }
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
  await world.engine.close();
  await prisma.$disconnect();
});
