import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { makePrisma } from '../../../server/db/prisma.ts';
import { overPg, overPrisma } from '../../../server/db/sql.ts';
import { assignIndicators } from '../../../server/indicators/assign.ts';
import { importLibrary } from '../../../server/indicators/importLibrary.ts';
import { importValues } from '../../../server/indicators/importValues.ts';
import { scoreIndicators } from '../../../server/indicators/score.ts';
import { verifyValues } from '../../../server/indicators/values.ts';
import { readReport } from '../../../server/reports/read.ts';
import { Exact } from '../../../workflows/scoring/exact.ts';
import { targetMet } from '../../../workflows/series/target.ts';
import { template } from '../../support/blocks.ts';
import { makeTestDatabase } from '../../support/database.ts';
import { testCalendar } from '../../support/engineWorld.ts';

type Row = Record<string, string>;
const rows: Row[] = parse(readFileSync(new URL('../../data/nyc-mmr.csv', import.meta.url)), { columns: true });
const { pool } = await makeTestDatabase();
const prisma = makePrisma(pool);

const number = (row: Row, column: string): string | null => {
  const text = row[column];
  return text === undefined || text === 'NA' || text === '' ? null : new Exact(text).toDecimalPlaces(12).toFixed();
};
const codeOf = (row: Row): string => `N${row['']}`;
const agencyOf = (row: Row): string => row['Agency.Full.Name.y'] ?? '';
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const at = '2023-07-03T01:00:00Z';

test('New York’s 1 139 indicators go into the library with targets and values of 2016 to 2023, and are judged: 351, 183, 168', {
  timeout: 120_000,
}, async () => {
  const agencies = [...new Set(rows.map(agencyOf))];
  const orgs = new Map(agencies.map((name, n) => [name, { id: randomUUID(), code: `A${n + 1}` }]));
  await prisma.orgUnit.createMany({
    data: [...orgs].map(([name, { id, code }]) => ({
      id,
      code,
      name: name || '?',
      kind: 'department',
      category: 'agency',
    })),
  });
  const by = randomUUID();
  // Two names begin with a dash, which the importer takes for a formula, as a spreadsheet would.
  const library = rows.map((row) => {
    const direction = row['Desired.Direction'] === 'Up' ? 'up' : 'down';
    const unit = /%|percent/i.test(row.Indicator ?? '') ? '%' : 'n';
    return [
      codeOf(row),
      quoted((row.Indicator ?? '').trim().replace(/^- /, '').slice(0, 200).trim()),
      unit,
      direction,
      'year',
    ].join(',');
  });
  const file = Buffer.from(`code,name,unit,direction,frequency\n${library.join('\n')}\n`);
  const taken = await prisma.$transaction((db) => importLibrary(db, file, { dryRun: false, by, at: new Date(at) }), {
    timeout: 60_000,
  });
  expect(taken).toMatchObject({ rows: 1139, created: 1139 });

  const content = template({}, { key: 'nyc', indicators: { total: '100', list: [] } });
  const cycleId = randomUUID();
  await pool.query(
    `INSERT INTO cycles (id, template_key, template_version, name, year, status, launched_at) VALUES ($1, 'nyc', 1, 'FY2023', 2023, 'running', $2)`,
    [cycleId, at],
  );
  await prisma.cycleParticipant.createMany({
    data: [...orgs.values()].map(({ id }) => ({ cycleId, orgId: id, category: 'agency' })),
  });
  for (const [name, { id: orgId }] of orgs) {
    const plan = rows.flatMap((row) => {
      const target = number(row, 'Target.MMR');
      return agencyOf(row) === name ? [{ code: codeOf(row), ...(target !== null && { target }) }] : [];
    });
    await assignIndicators(overPg(pool), {
      cycleId,
      orgId,
      caseId: null,
      year: 2023,
      template: content,
      rows: plan,
      calendar: testCalendar,
      at,
    });
  }
  const years = [2016, 2017, 2018, 2019, 2020, 2021, 2022];
  await prisma.indicatorHistory.createMany({
    data: rows.flatMap((row) =>
      years.flatMap((year) => {
        const value = number(row, String(year));
        return value === null ? [] : [{ orgId: orgs.get(agencyOf(row))?.id ?? '', code: codeOf(row), year, value }];
      }),
    ),
  });
  const values = rows.flatMap((row) => {
    const value = number(row, 'YTDScaled');
    return value === null ? [] : [`${orgs.get(agencyOf(row))?.code},${codeOf(row)},2023,${value}`];
  });
  const reporter = { by: null, source: 'import', at, calendar: testCalendar } as const;
  const done = await importValues(prisma, Buffer.from(`org,indicator,period,value\n${values.join('\n')}\n`), {
    cycleId,
    dryRun: false,
    reporter,
  });
  expect(done).toMatchObject({ state: 'done', rows: values.length, created: values.length });
  const reported = await prisma.indicatorValue.findMany({ where: { state: 'reported' } });
  await prisma.$transaction((db) =>
    verifyValues(
      overPrisma(db),
      cycleId,
      reported.map(({ cycleIndicatorId: id, period }) => ({ id, period, action: 'accept' as const })),
      { by, at, calendar: testCalendar },
    ),
  );

  const scored = [...(await scoreIndicators(overPg(pool), cycleId)).values()].flat();
  expect(scored).toHaveLength(1139);
  const judged = new Map(scored.map((one) => [one.code, targetMet(one, one.actual)]));
  const count = (of: boolean | null) => [...judged.values()].filter((met) => met === of).length;
  expect([count(true) + count(false), count(true), count(false)]).toEqual([351, 183, 168]);
  const words = new Map([
    [true, 'Met_Goal'],
    [false, 'Did_Not_Meet'],
    [null, 'NA'],
  ]);
  expect(rows.map((row) => words.get(judged.get(codeOf(row)) ?? null))).toEqual(rows.map(({ Success }) => Success));
  const first = scored.find(({ code }) => code === 'N1');
  expect(first).toMatchObject({
    name: { zh: 'Permitted jobs professionally certified (%)' },
    actual: '50.34',
    previous: '56.11',
  });

  await prisma.template.create({
    data: { key: 'nyc', version: 1, status: 'published', content: content as object, updatedAt: at },
  });
  const { report } = await readReport(
    { db: prisma, pool, me: null, now: new Date(at), today: '2023-07-03' },
    { cycleId, template: content },
    {},
  );
  const figures = report.parts.flatMap((part) => (part.kind === 'figures' ? part.items : []));
  expect(Object.fromEntries(figures.map(({ key, value }) => [key, value]))).toMatchObject({
    indicators: '1139',
    rated: '351',
    met: '183',
    missed: '168',
  });
});
