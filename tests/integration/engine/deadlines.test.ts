import { expect, test } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import { type Calendar, makeCalendar } from '../../../workflows/calendar/calendar.ts';
import { chinaCalendar } from '../../../workflows/calendar/china.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import { approval, named, repeat, task, template, wait } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf, testCalendar } from '../../support/engineWorld.ts';

let calendar: Calendar = testCalendar;
const world = await makeEngineWorld({ calendar: () => calendar });
const { engine, pool, act, clock, office } = world;
const by = { actor: office, reason: 'audit' };
const OFFICE = { kind: 'role', role: 'performanceOffice' } as const;

/** The published calendar with 2027 as it might be: 1 January off, the second Monday too, a Saturday worked. */
const published = chinaCalendar();
const known = makeCalendar({
  ...published,
  knownUntil: '2027-12-31',
  days: { ...published.days, '2027-01-01': false, '2027-01-11': false, '2027-01-16': true },
});

const ladder = {
  remind: [-3, 0],
  escalate: [
    { after: 1, do: 'head' },
    { after: 4, do: 'office' },
    { after: 6, do: 'supervise', colour: 'yellow' },
  ],
} as const;
const withLadder = { ...ladder, remind: [...ladder.remind], escalate: [...ladder.escalate] };

const start = async (content: CycleTemplate, at: string) => {
  for (const { id } of await rowsOf<{ id: string }>(
    pool,
    `SELECT id FROM cases WHERE status IN ('active', 'suspended')`,
  ))
    await engine.cancel(id, by);
  calendar = testCalendar;
  clock.set(at);
  return (await world.launch(content, world.units.slice(0, 1))).cases[0] as string;
};
const datesOf = async (caseId: string) =>
  (
    await rowsOf<{ rung: number; day: string; provisional: boolean }>(
      pool,
      `SELECT rung, (due_at AT TIME ZONE 'UTC')::date::text AS day, provisional FROM timers WHERE case_id = $1 ORDER BY due_at, rung`,
      [caseId],
    )
  ).map(({ rung, day, provisional }) => `${rung} ${day}${provisional ? ' ?' : ''}`);
const tasksOf = async (caseId: string) =>
  (
    await rowsOf<{ block: string; day: string; provisional: boolean }>(
      pool,
      `SELECT block, (due_at AT TIME ZONE 'UTC')::date::text AS day, provisional FROM tasks WHERE case_id = $1 AND state = 'open' ORDER BY seat`,
      [caseId],
    )
  ).map(({ block, day, provisional }) => `${block} ${day}${provisional ? ' ?' : ''}`);
const eventsOf = async (caseId: string) =>
  (await rowsOf<{ type: string }>(pool, 'SELECT type FROM case_events WHERE case_id = $1 ORDER BY seq', [caseId])).map(
    ({ type }) => type,
  );
/** Lets time pass until an instant, every timer at its own. Returns the days on which they fired. */
const passUntil = async (until: string) => {
  const days: string[] = [];
  for (;;) {
    const [next] = await rowsOf<{ due: Date | null }>(
      pool,
      'SELECT min(due_at) AS due FROM timers WHERE frozen_at IS NULL AND NOT parked',
    );
    if (!next?.due || next.due.toISOString() > until) break;
    if (next.due > clock.now()) clock.set(next.due.toISOString());
    const fired = await engine.fireDue();
    days.push(...Array.from({ length: fired }, () => next.due?.toISOString().slice(0, 10) ?? ''));
  }
  clock.set(until);
  return days;
};
const isSound = async () => expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });

const overTheYear = template(
  { plan: [task('report', { deadline: { from: 'opened', workingDays: 6 }, ...withLadder })] },
  { key: 'year' },
);

test('a ladder over the end of the year is provisional, moves when the year is published, and fires by its new dates', async () => {
  const id = await start(overTheYear, '2026-12-24T01:00:00Z');
  const before = ['-2 2026-12-29 ?', '-1 2027-01-01 ?', '0 2027-01-04 ?', '1 2027-01-07 ?', '2 2027-01-11 ?'];
  expect(await datesOf(id)).toEqual(before);
  expect(await tasksOf(id)).toEqual(['report 2027-01-01 ?']);
  expect(await passUntil('2026-12-30T00:00:00Z')).toEqual(['2026-12-29']);

  const preview = await engine.redate({ preview: known });
  expect(preview).toMatchObject({ cases: 1, moved: 5, settled: 0 });
  expect(preview.rows[0]).toEqual({
    caseId: id,
    title: expect.any(String),
    block: 'report',
    blockName: { zh: 'report', en: 'report' },
    what: 'deadline',
    from: '2027-01-01T10:00:00.000Z',
    to: '2027-01-04T10:00:00.000Z',
    provisional: false,
  });
  expect(await datesOf(id)).toEqual(before.slice(1));

  calendar = known;
  expect(await engine.redate({ actor: office })).toEqual(preview);
  const after = ['-1 2027-01-04', '0 2027-01-05', '1 2027-01-08', '2 2027-01-13'];
  expect(await datesOf(id)).toEqual(after);
  expect(await tasksOf(id)).toEqual(['report 2027-01-04']);
  expect(await eventsOf(id)).toEqual(['start', 'timer', 'redate']);
  expect(await engine.redate()).toMatchObject({ cases: 0, moved: 0, settled: 0 });
  await isSound();

  expect(await passUntil('2027-01-20T00:00:00Z')).toEqual(['2027-01-04', '2027-01-05', '2027-01-08', '2027-01-13']);
  await act(id, 'report');
  await isSound();
});

test('dates that the new calendar confirms lose only their question mark, on the record', async () => {
  const id = await start(overTheYear, '2027-02-01T01:00:00Z');
  expect((await datesOf(id)).every((date) => date.endsWith('?'))).toBe(true);
  calendar = known;
  expect(await engine.redate()).toMatchObject({ cases: 1, moved: 0, settled: 6, rows: [] });
  expect((await datesOf(id)).some((date) => date.endsWith('?'))).toBe(false);
  expect(await eventsOf(id)).toEqual(['start', 'redate']);
});

test('a suspension stops the clock, over the end of the year and under another calendar', async () => {
  const id = await start(overTheYear, '2026-12-24T01:00:00Z');
  clock.set('2026-12-28T01:00:00Z');
  await engine.suspend(id, by);
  calendar = known;
  // While it stands still its dates are those of the new calendar, frozen.
  expect(await engine.redate()).toMatchObject({ cases: 1 });
  expect(await passUntil('2027-01-06T01:00:00Z')).toEqual([]);
  await engine.resume(id, by);
  // 28 December to 6 January: three working days of December and 4, 5, 6 January.
  const resumed = ['-2 2027-01-07', '-1 2027-01-13', '0 2027-01-14', '1 2027-01-18', '2 2027-01-20'];
  expect((await datesOf(id)).map((date) => date.replace(' ?', ''))).toEqual(resumed);
  expect(await engine.redate()).toMatchObject({ cases: 0, moved: 0, settled: 0 });

  // Who made the table wrong puts it right again: back to where it would have been.
  calendar = testCalendar;
  expect((await engine.redate()).moved).toBeGreaterThan(0);
  calendar = known;
  await engine.redate();
  expect(await datesOf(id)).toEqual(resumed);
  await isSound();
});

test('a return ends the ladder and begins another one, which alone is dated again', async () => {
  const content = template(
    {
      plan: [
        task('draft', { deadline: { from: 'opened', workingDays: 6 }, ...withLadder }),
        approval('check', {
          returnTo: 'draft',
          deadline: { from: 'opened', workingDays: 3 },
          escalate: [{ after: 0, do: 'return' }],
        }),
      ],
    },
    { key: 'returned' },
  );
  const id = await start(content, '2026-12-21T01:00:00Z');
  await act(id, 'draft');
  expect(await datesOf(id)).toEqual(['0 2026-12-24']);
  expect(await passUntil('2026-12-24T10:00:00Z')).toEqual(['2026-12-24']); // nobody decides: returned by itself
  expect(await tasksOf(id)).toEqual(['draft 2027-01-01 ?']);
  calendar = known;
  await engine.redate();
  expect(await tasksOf(id)).toEqual(['draft 2027-01-04']);
  expect(await datesOf(id)).toEqual(['-2 2026-12-29', '-1 2027-01-04', '0 2027-01-05', '1 2027-01-08', '2 2027-01-13']);
  const rounds = await rowsOf(pool, `SELECT DISTINCT scope FROM timers WHERE case_id = $1`, [id]);
  expect(rounds).toEqual([{ scope: 'draft#2' }]);
  await isSound();
});

test('the same calendar moves nothing, whatever happened to a case', async () => {
  const content = template(
    {
      plan: [
        task('draft', { ...withLadder }),
        approval('chain', {
          mode: 'sequential',
          who: [{ kind: 'head' }, OFFICE],
          returnTo: 'draft',
          onReject: undefined,
          ...withLadder,
        }),
        approval('together', { mode: 'all', who: [{ kind: 'head' }, OFFICE], ...withLadder }),
        { key: 'shown', type: 'window', name: named('shown'), until: { from: 'opened', workingDays: 4 } },
        repeat('quarters', 'quarters', 'oneByOne', [
          wait('over', { until: { from: 'itemEnd' } }),
          task('quarterly', { deadline: { from: 'itemEnd', days: 10, counting: 'statutory' }, ...withLadder }),
        ]),
        task('meet', { per: 'cycle', who: [OFFICE], opens: { date: '03-01', year: 'next' }, ...withLadder }),
      ],
    },
    { key: 'all' },
  );
  const id = await start(content, '2026-03-02T02:17:31Z');
  const unmoved = async () =>
    expect(await engine.redate({ preview: testCalendar })).toEqual({ cases: 0, moved: 0, settled: 0, rows: [] });
  await unmoved();
  await act(id, 'draft');
  await passUntil('2026-03-05T03:00:00Z');
  await act(id, 'chain', 'approve');
  await passUntil('2026-03-10T03:00:00Z');
  await unmoved();
  await act(id, 'chain', 'return', { reason: 'again' });
  await act(id, 'draft');
  await engine.suspend(id, by);
  await passUntil('2026-04-08T03:00:00Z');
  await engine.resume(id, by);
  await unmoved();
  for (let n = 0; n < 3; n += 1) await act(id, 'chain', 'approve');
  await act(id, 'together', 'approve');
  await engine.suspend(id, by);
  await passUntil('2026-05-15T11:00:00Z');
  await engine.resume(id, by);
  await engine.suspend(id, by);
  await passUntil('2026-05-16T11:00:00Z');
  await engine.resume(id, by);
  await unmoved();
  while ((await engine.read(id)).context.live.together) await act(id, 'together', 'approve');
  await unmoved();
  await passUntil('2026-07-01T03:00:00Z');
  await unmoved();
  await act(id, 'quarterly');
  await act(id, 'quarterly').catch(() => undefined);
  await unmoved();
  // Who waits at a meeting has none of its timers: they are the cycle's own.
  for (let n = 0; n < 4 && !(await engine.read(id)).context.live.meet; n += 1) {
    await passUntil(`${n < 2 ? 2026 : 2027}-${['09-30', '12-31', '01-05', '02-01'][n]}T12:00:00Z`);
    if ((await engine.read(id)).context.live.quarterly) await act(id, 'quarterly');
  }
  expect(Object.keys((await engine.read(id)).context.live)).toEqual(['meet']);
  expect(await datesOf(id)).toEqual([]);
  await unmoved();
  await isSound();
});

test('a date that moves into the past wakes at once; many cases are dated again batch by batch', async () => {
  calendar = testCalendar;
  clock.set('2026-09-25T01:00:00Z');
  const busy = await makeEngineWorld({ calendar: () => calendar, units: 12, clock: world.clock });
  await busy.launch(
    template({ plan: [task('report', { deadline: { date: '10-09' }, remind: [0] })] }, { key: 'many' }),
  );
  // The holiday turns out to be none: 9 October is still 9 October, but five working days after opening come sooner.
  await busy.launch(
    template({ plan: [task('soon', { deadline: { from: 'opened', workingDays: 5 }, remind: [0] })] }, { key: 'soon' }),
    busy.units.slice(0, 7),
  );
  clock.set('2026-10-05T01:00:00Z');
  expect(await busy.engine.fireDue()).toBe(0);
  calendar = makeCalendar({ ...published, days: {} });
  expect(await busy.engine.redate({ batch: 3 })).toMatchObject({ cases: 7, moved: 14, settled: 0 });
  expect(await busy.engine.fireDue()).toBe(7);
  const jobs = await rowsOf(busy.pool, `SELECT DISTINCT payload->>'at' AS at FROM graphile_worker._private_jobs`);
  expect(jobs).toContainEqual({ at: '2026-10-02T10:00:00.000Z' });
  expect(await verify(busy.pool)).toMatchObject({ ok: true });
});
