import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { makeOutbox, type Outbox } from '../../../server/mail/outbox.ts';
import { queueMails } from '../../../server/mail/queue.ts';
import { type MailTransport, makeTransport } from '../../../server/mail/transport.ts';
import { makeSecrets } from '../../../server/secrets/index.ts';
import { makeTestDatabase } from '../../support/database.ts';
import { makeTestClock, rowsOf, type TestClock } from '../../support/engineWorld.ts';
import { startSmtp } from '../../support/smtp.ts';

const { pool } = await makeTestDatabase();
const MINUTE = 60_000;
const secrets = makeSecrets([Buffer.alloc(32, 7)]);
let count = 0;

const setUp = async (smtpUrl: string, wrap: (transport: MailTransport) => MailTransport = (t) => t) => {
  await pool.query('DELETE FROM mails');
  await pool.query('DELETE FROM incidents');
  const clock = makeTestClock();
  const transport = makeTransport({
    smtpUrl,
    from: '绩效办 <office@city.invalid>',
    publicUrl: 'https://jx.city.invalid/app',
    timeoutMs: 2_000,
  });
  const make = (mine = wrap(transport)): Outbox =>
    makeOutbox({ pool, transport: mine, secrets, clock, logger: pino({ level: 'silent' }) });
  const outbox = make();
  onTestFinished(() => outbox.close());
  return { outbox, clock, transport, make };
};
const queue = async (clock: TestClock, to = 'zhang@unit.invalid', more: { subject?: string; body?: string } = {}) => {
  count += 1;
  const id = `mail-${count}`;
  await queueMails(
    pool,
    [{ id, to, subject: '待办：年度计划', body: '请办理。\nhttps://jx.city.invalid/#/tasks/1', ...more }],
    clock.now(),
  );
  return id;
};
const states = () =>
  rowsOf<{ id: string; state: string; attempts: number; error: string | null }>(
    pool,
    'SELECT id, state, attempts, error FROM mails ORDER BY at, id',
  );

test('a mail is delivered once, however often it is queued and the outbox is drained', async () => {
  const smtp = await startSmtp();
  const { outbox, clock, make } = await setUp(smtp.url);
  const id = await queue(clock);
  await queueMails(pool, [{ id, to: 'zhang@unit.invalid', subject: 'again', body: 'again' }], clock.now());
  const other = make();
  const drained = await Promise.all([outbox.drain(), other.drain(), outbox.drain()]);
  expect(drained.reduce((sum, { sent }) => sum + sent, 0)).toBe(1);
  expect(await outbox.drain()).toEqual({ sent: 0, deferred: 0, failed: 0 });
  expect(smtp.mails).toHaveLength(1);
  expect(smtp.mails[0]).toMatchObject({
    messageId: `<${id}@jx.city.invalid>`,
    subject: '待办：年度计划',
    from: { name: '绩效办', address: 'office@city.invalid' },
    to: [{ address: 'zhang@unit.invalid' }],
    text: '请办理。\nhttps://jx.city.invalid/#/tasks/1\n',
  });
  expect(smtp.mails[0]?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
  expect(await states()).toMatchObject([{ state: 'sent', attempts: 1, error: null }]);
});

test('greylisting: asked to come back, it comes back later and not sooner', async () => {
  const smtp = await startSmtp();
  const { outbox, clock } = await setUp(smtp.url);
  await queue(clock);
  smtp.refuse(() => ({ code: 451, text: '4.7.1 greylisted, try again' }));
  expect(await outbox.drain()).toEqual({ sent: 0, deferred: 1, failed: 0 });
  smtp.refuse(null);
  expect(await outbox.drain()).toEqual({ sent: 0, deferred: 0, failed: 0 });
  expect(await states()).toMatchObject([{ state: 'queued', error: expect.stringContaining('greylisted') }]);
  clock.advance(2 * MINUTE);
  expect(await outbox.drain()).toEqual({ sent: 1, deferred: 0, failed: 0 });
  expect(smtp.mails).toHaveLength(1);
});

test('a permanent refusal is given up at once, as one incident; a retry sends it', async () => {
  const smtp = await startSmtp();
  const { outbox, clock } = await setUp(smtp.url);
  const gone = 6;
  for (let i = 0; i < gone; i++) await queue(clock, 'gone@unit.invalid');
  await queue(clock, 'li@unit.invalid');
  smtp.refuse((to) => (to.startsWith('gone') ? { code: 550, text: '5.1.1 no such user' } : null));
  expect(await outbox.drain()).toEqual({ sent: 1, deferred: 0, failed: gone });
  expect((await states()).map(({ state }) => state)).toEqual([...Array(gone).fill('failed'), 'sent']);
  expect(await rowsOf(pool, 'SELECT kind, state, retries, cause, detail FROM incidents')).toEqual([
    {
      kind: 'job',
      state: 'open',
      retries: gone - 1,
      cause: expect.stringContaining('no such user'),
      detail: { job: { task: 'mail.retry', payload: { to: 'gone@unit.invalid' } }, attempts: 1 },
    },
  ]);
  smtp.refuse(null);
  await outbox.retry('gone@unit.invalid');
  expect(await outbox.drain()).toEqual({ sent: gone, deferred: 0, failed: 0 });
});

test('it is given up after five days of being asked to come back', async () => {
  const smtp = await startSmtp();
  const { outbox, clock } = await setUp(smtp.url);
  await queue(clock);
  smtp.refuse(() => ({ code: 452, text: 'mailbox full' }));
  let tries = 0;
  while ((await states())[0]?.state === 'queued') {
    await outbox.drain();
    tries += 1;
    clock.advance(4 * 60 * MINUTE);
  }
  expect(tries).toBeGreaterThan(25);
  expect(await states()).toMatchObject([{ state: 'failed', error: expect.stringContaining('mailbox full') }]);
});

test('a server that is down is left alone after a few tries; when it is back everything goes out', async () => {
  const smtp = await startSmtp();
  await smtp.stop();
  let tried = 0;
  const { outbox, clock } = await setUp(smtp.url, (transport) => ({
    ...transport,
    send: (mail) => {
      tried += 1;
      return transport.send(mail);
    },
  }));
  for (let i = 0; i < 40; i += 1) await queue(clock, `p${i}@unit.invalid`);
  for (let i = 0; i < 20; i += 1) await outbox.drain();
  expect(tried).toBe(10); // one handful, then the breaker is open
  expect(smtp.mails).toHaveLength(0);
  clock.advance(MINUTE);
  await outbox.drain();
  expect(tried).toBe(11); // one, to see whether it is back

  const back = await startSmtp(smtp.port);
  clock.advance(20 * MINUTE);
  expect(await outbox.drain()).toEqual({ sent: 40, deferred: 0, failed: 0 });
  expect(new Set(back.mails.map(({ messageId }) => messageId)).size).toBe(40);
});

test('a crash between taking and noting repeats the mail under the same Message-ID, once the claim runs out', async () => {
  const smtp = await startSmtp();
  // Sent, and then this process is gone: it never hears of it.
  const { outbox, clock, make, transport } = await setUp(smtp.url);
  const id = await queue(clock);
  const dies = make({
    ...transport,
    send: async (mail) => {
      await transport.send(mail);
      await new Promise<never>(() => undefined);
    },
  });
  void dies.drain();
  await expect.poll(() => smtp.mails.length).toBe(1);
  expect(await states()).toMatchObject([{ id, state: 'claimed' }]);
  expect(await outbox.drain()).toMatchObject({ sent: 0 });
  clock.advance(6 * MINUTE);
  expect(await outbox.drain()).toMatchObject({ sent: 1 });
  expect(smtp.mails.map(({ messageId }) => messageId)).toEqual([`<${id}@jx.city.invalid>`, `<${id}@jx.city.invalid>`]);
});

test('S47 S53 nothing that people write can make a header, a second recipient or another mail', async () => {
  const smtp = await startSmtp();
  const { outbox, clock } = await setUp(smtp.url);
  await queue(clock, 'zhang@unit.invalid', {
    subject: '计划\r\nBcc: all@unit.invalid\r\n\r\n<script>\u2028\u202ex',
    body: '一\r\n.\r\nQUIT\r\nMAIL FROM:<x@y.invalid>\u0000\u001b[31m',
  });
  for (const to of ['a@b.invalid, c@d.invalid', 'x@y.invalid\r\nRCPT TO:<z@y.invalid>', '"x" <x@y.invalid>', 'none'])
    await queue(clock, to);
  expect(await outbox.drain()).toEqual({ sent: 1, deferred: 0, failed: 0 });
  expect(smtp.mails).toHaveLength(1);
  expect(smtp.mails[0]).toMatchObject({
    subject: '计划 Bcc: all@unit.invalid <script> x',
    to: [{ address: 'zhang@unit.invalid' }],
  });
  expect(smtp.mails[0]?.bcc).toBeUndefined();
  expect(smtp.mails[0]?.html).toBeUndefined();
  expect(smtp.mails[0]?.text).toBe('一\n.\nQUIT\nMAIL FROM:<x@y.invalid> [31m\n');
});

test('S14 a mail with a one-time link is kept sealed and sent in plain', async () => {
  const smtp = await startSmtp();
  const { outbox, clock } = await setUp(smtp.url);
  const link = 'https://jx.city.invalid/#/reset?token=sesame-open';
  await queueMails(
    pool,
    [{ id: 'sealed', to: 'zhang@unit.invalid', subject: 's', body: link, sealWith: secrets }],
    clock.now(),
  );
  expect(JSON.stringify((await pool.query('SELECT * FROM mails')).rows)).not.toContain('sesame');
  await outbox.drain();
  expect(smtp.mails.map(({ text }) => text?.trim())).toEqual([link]);
});

test('S14 a mail whose key is gone is given up, and holds up no other', async () => {
  const smtp = await startSmtp();
  const { outbox, clock } = await setUp(smtp.url);
  const lost = makeSecrets([Buffer.alloc(32, 8)]);
  for (const n of [1, 2, 3])
    await queueMails(
      pool,
      [{ id: `lost${n}`, to: 'li@unit.invalid', subject: 's', body: 'b', sealWith: lost }],
      clock.now(),
    );
  await queue(clock);
  expect(await outbox.drain()).toEqual({ sent: 1, deferred: 0, failed: 3 });
});
