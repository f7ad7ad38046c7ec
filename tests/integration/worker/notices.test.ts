import { expect, test } from 'vitest';
import { makeTransport } from '../../../server/mail/transport.ts';
import { notify, task, template } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';
import { startSmtp } from '../../support/smtp.ts';
import { startTestWorker } from '../../support/testWorker.ts';

const world = await makeEngineWorld({ units: 2, sections: 0 });
const { engine, pool, act, clock } = world;
const patient = { timeout: 15_000, interval: 20 };
const unit = world.units[0] as (typeof world.units)[number];

const notices = () =>
  rowsOf<{
    person_id: string;
    kind: string;
    seat: number | null;
    subject: { zh: string; en: string };
    body: { zh: string; en: string };
  }>(pool, 'SELECT person_id, kind, seat, subject, body FROM notices ORDER BY at, kind, person_id');
const clear = () => pool.query('DELETE FROM notices; DELETE FROM mails; DELETE FROM graphile_worker._private_jobs');
const mailTo = (url: string) =>
  makeTransport({ smtpUrl: url, from: 'office@city.invalid', publicUrl: 'https://jx.city.invalid', timeoutMs: 2_000 });

const ladder = template(
  {
    plan: [
      notify('goals', '{{participant.name}} {{period.year}}', { who: [{ kind: 'head' }] }),
      task('draft', {
        remind: [-1],
        escalate: [
          { after: 0, do: 'head' },
          { after: 1, do: 'supervise', colour: 'yellow' },
          { after: 2, do: 'deduct', points: '0.5' },
        ],
      }),
    ],
  },
  { key: 'told' },
);

test('a reminder and each rung tell whom they should, in both languages, once', async () => {
  await clear();
  clock.set('2026-03-02T01:00:00Z');
  await world.launch(ladder, [unit]);
  clock.set('2026-03-12T01:00:00Z');
  await engine.fireDue();
  const worker = startTestWorker(world);
  const told = async () => (await notices()).map(({ kind, person_id }) => `${kind} ${person_id}`);
  const { head, staff } = unit;
  const expected = [
    `notify ${head}`,
    ...[`remind ${staff}`],
    ...[staff, head].map((id) => `head ${id}`),
    ...[staff, head, world.office, world.office2].map((id) => `supervise ${id}`),
    ...[staff, head, world.office, world.office2].map((id) => `deduct ${id}`),
  ];
  await expect.poll(async () => (await told()).sort(), patient).toEqual(expected.sort());
  const by = new Map((await notices()).map((notice) => [notice.kind, notice]));
  expect(by.get('notify')).toMatchObject({ seat: null, body: { zh: 'unit1 2026', en: 'unit1 2026' } });
  expect(by.get('remind')).toMatchObject({
    seat: 1,
    subject: { zh: '催办：draft · unit1 · cycle', en: 'Reminder: draft · unit1 · cycle' },
  });
  expect(by.get('supervise')).toMatchObject({
    subject: { zh: expect.stringContaining('黄色督办单'), en: expect.stringContaining('order yellow') },
  });
  expect(by.get('deduct')?.body).toMatchObject({
    zh: expect.stringContaining('0.5'),
    en: expect.stringContaining('0.5 points'),
  });
  expect(by.get('head')?.body.zh).toContain('2026-03-09 18:00');
  await worker.stop();
  // No mail server: nothing is queued that nobody would send.
  expect(await rowsOf(pool, 'SELECT id FROM mails')).toEqual([]);
});

test('a job that runs again tells nobody twice', async () => {
  await clear();
  const job = {
    id: '00000000-0000-8000-a000-000000000000/1/0',
    caseId: '00000000-0000-8000-a000-000000000000',
    seat: null,
    people: [unit.head, unit.staff],
    kind: 'notify',
    block: 'x',
    at: clock.now().toISOString(),
    message: { subject: { zh: '通知', en: 'Notice' }, body: { zh: '正文', en: 'Body' } },
  };
  const smtp = await startSmtp();
  await pool.query('UPDATE tasks SET told = true'); // not what this is about
  await pool.query(`UPDATE people SET language = 'en' WHERE id = $1`, [unit.staff]);
  await world.directory.reload();
  startTestWorker(world, { mail: mailTo(smtp.url) });
  for (let i = 0; i < 3; i += 1) await pool.query(`SELECT graphile_worker.add_job('tell', $1)`, [job]);
  await expect.poll(() => smtp.mails.length, patient).toBe(2);
  await expect.poll(() => rowsOf(pool, 'SELECT id FROM graphile_worker.jobs'), patient).toEqual([]);
  expect(await notices()).toHaveLength(2);
  expect(smtp.mails.map(({ to, subject }) => `${to?.[0]?.address} ${subject}`).sort()).toEqual([
    'head1@test.invalid 通知',
    'staff1@test.invalid Notice',
  ]);
  const english = smtp.mails.find(({ subject }) => subject === 'Notice');
  expect(english?.text).toContain('Dear staff1,');
  expect(english?.text).toContain('https://jx.city.invalid/#/cases/00000000-0000-8000-a000-000000000000');
});

test('what is newly on a desk comes as one mail a person, once; what is handed over is told at once', async () => {
  await clear();
  const two = template({ plan: [task('first')], execute: [task('second')] }, { key: 'desk' });
  const a = (await world.launch(two, [unit])).cases[0] as string;
  const b = (await world.launch(two, [unit])).cases[0] as string;
  await pool.query('UPDATE tasks SET told = true WHERE case_id <> ALL($1::uuid[])', [[a, b]]);
  const smtp = await startSmtp();
  const worker = startTestWorker(world, { mail: mailTo(smtp.url) });
  await expect.poll(() => smtp.mails.length, patient).toBe(1); // it looks as soon as it starts
  expect(await worker.digest()).toBe(0);
  expect(smtp.mails[0]).toMatchObject({ to: [{ address: 'staff1@test.invalid' }], subject: '2 new tasks' });
  expect(smtp.mails[0]?.text).toContain(`https://jx.city.invalid/#/tasks/${a}.1`);
  expect(smtp.mails[0]?.text).toContain(`https://jx.city.invalid/#/tasks/${b}.1`);

  await act(a, 'first', 'transfer', { to: unit.head });
  await expect.poll(() => smtp.mails.length, patient).toBe(2);
  expect(smtp.mails[1]).toMatchObject({
    to: [{ address: 'head1@test.invalid' }],
    subject: expect.stringContaining('任务转交给您'),
  });
  expect((await notices()).map(({ kind, person_id }) => [kind, person_id])).toEqual([['transfer', unit.head]]);

  await act(b, 'first');
  expect(await worker.digest()).toBe(1);
  await expect.poll(() => smtp.mails.length, patient).toBe(3);
  expect(smtp.mails[2]).toMatchObject({ subject: 'To do: second · unit1 · cycle' });
});

test('whoever stands in is told, too, and for whom', async () => {
  await clear();
  const [start, end] = [clock.now(), new Date(clock.now().getTime() + 3_600_000)];
  await pool.query(
    `INSERT INTO delegations (id, person_id, to_id, from_at, until_at, scope, reason, made_by, made_at)
     VALUES (gen_random_uuid(), $1, $2, $3, $4, '{stood/first}', 'away', $1, $3)`,
    [unit.staff, world.office, start, end],
  );
  const stood = template({ plan: [task('first'), task('second')] }, { key: 'stood' });
  const id = (await world.launch(stood, [unit])).cases[0] as string;
  await pool.query('UPDATE tasks SET told = true WHERE case_id <> $1', [id]);
  const smtp = await startSmtp();
  const worker = startTestWorker(world, { mail: mailTo(smtp.url) });
  await expect.poll(() => smtp.mails.length, patient).toBe(2);
  const mail = smtp.mails.find(({ to }) => to?.[0]?.address === 'office@test.invalid');
  expect(mail?.text).toContain('first · unit1 · cycle（代staff1办理）');
  await act(id, 'first');
  expect(await worker.digest()).toBe(1); // the second block is not in the scope
  await act(id, 'second', 'transfer', { to: unit.head });
  await expect.poll(async () => (await notices()).map(({ person_id }) => person_id), patient).toEqual([unit.head]);
  await pool.query(`UPDATE delegations SET person_id = $1, scope = '{}'`, [unit.head]);
  await act(id, 'second', 'transfer', { to: world.office2 });
  await act(id, 'second', 'transfer', { to: unit.head });
  const told = async () => (await notices()).map(({ person_id }) => person_id).sort();
  await expect.poll(told, patient).toEqual([unit.head, unit.head, world.office, world.office2].sort());
  await pool.query('DELETE FROM delegations');
});

test('without a mail server tasks stay untold, so that nobody misses them once there is one', async () => {
  await clear();
  const { cases } = await world.launch(template({ plan: [task('late')] }, { key: 'late' }), [unit]);
  const worker = startTestWorker(world);
  expect(await worker.digest()).toBe(0);
  expect(await rowsOf(pool, 'SELECT told FROM tasks WHERE case_id = $1', [cases[0]])).toEqual([{ told: false }]);
});
