import type { Locator } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { approval, task, template, textField } from '../support/blocks.ts';
import { violations } from './support/axe.ts';
import { launchCycle, launchOwn, waitForTask } from './support/cycle.ts';
import { see, settled, visit } from './support/ready.ts';
import { makeWorld } from './support/world.ts';

const world = await makeWorld();
const cycle = await launchCycle(world, ['bwg', 'kx'], 2031);
const staff = await world.client('bwg.staff1');
const draft = await waitForTask(staff, cycle.id, 'draftPlan');

/** One thing to write down, and to be approved. */
const note = template(
  {
    plan: [
      task('write', { fields: [textField('goal', { name: { zh: '目标', en: 'Goal' }, required: true })] }),
      approval('read', { who: [{ kind: 'head' }], returnTo: 'write', shows: ['goal'] }),
    ],
  },
  { key: 'note', categories: { society: { name: { zh: '社会事业服务', en: 'Society' }, ranked: true } } },
);

/** Something to write down, and somebody to agree. */
const request = template(
  {
    plan: [
      task('ask', { fields: [textField('wish', { name: { zh: '事项', en: 'Wish' }, required: true })] }),
      approval('agree', { who: [{ kind: 'head' }], returnTo: 'ask', shows: ['wish'] }),
    ],
  },
  { key: 'request', categories: { society: { name: { zh: '社会事业服务', en: 'Society' }, ranked: true } } },
);

afterAll(() => {
  expect(world.outside, 'requests that left the origin').toEqual([]);
  expect(world.faults, 'errors in the pages').toEqual([]);
});

test('a newcomer is offered a tour of five steps, and never again', async () => {
  const page = await world.as('bwg.staff1');
  await visit(page, world.url, '/inbox');
  await page.getByRole('button', { name: '看引导' }).click();
  const tour = page.getByRole('dialog');
  for (const title of ['先看待办', '一页办完', '每一步都有记录', '整个周期一目了然']) {
    await tour.getByText(title).waitFor();
    await tour.getByRole('button', { name: '下一步' }).click();
  }
  await tour.getByText('用键盘更快').waitFor();
  expect(await violations(page)).toEqual([]);
  await tour.getByRole('button', { name: '开始使用' }).click();
  await tour.waitFor({ state: 'hidden' });
  await expect.poll(async () => (await staff.get('/session')).body.preferences).toEqual({ toured: true });
  await page.reload();
  await settled(page);
  expect(await page.getByRole('button', { name: '看引导' }).count()).toBe(0);
  await world.close(page);
});

test('everything is found and opened by keyboard', async () => {
  const unit = await world.as('office');
  await visit(unit, world.url, '/inbox');
  await unit.keyboard.press('Control+k');
  await unit.getByRole('combobox', { name: '搜索与跳转' }).fill('市博物馆');
  await unit.getByRole('option', { name: /^示例市博物馆/ }).click();
  await unit.getByRole('heading', { level: 1, name: '示例市博物馆' }).waitFor();
  await world.close(unit);

  const page = await world.as('office');
  await visit(page, world.url, '/inbox');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('combobox', { name: '搜索与跳转' });
  await palette.fill('2031 年度');
  await page.getByRole('option', { name: cycle.name }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[role="option"]').length === 1);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: cycle.name }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.getByRole('heading', { level: 1, name: '模板' }).waitFor();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: '键盘快捷键' });
  await sheet.getByText('前往').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+k');
  await palette.fill('english');
  await page.getByRole('option', { name: /English/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Templates' }).waitFor();
  await world.close(page);
});

test('one signs in, goes through the inbox, decides, and is at the next task without touching the mouse', async () => {
  const asker = await world.client('wgl.staff1');
  const ids: string[] = [];
  for (const name of ['甲', '乙', '丙']) {
    const own = await launchOwn(world, request, 'wgl', { year: 2035, name: `请示${name}` });
    const id = await waitForTask(asker, own, 'ask');
    const acted = await asker.post(`/tasks/${id}/act`, { action: 'submit', values: { wish: `事项${name}` } });
    expect(acted.status, JSON.stringify(acted.body)).toBe(200);
    ids.push(await waitForTask(await world.client('wgl.head'), own, 'agree'));
  }
  const page = await world.window();
  const { keyboard } = page;
  await visit(page, world.url, '/inbox?q=请示');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('autocomplete'));
  await expect.poll(focused).toBe('username');
  await keyboard.type('wgl.head');
  await keyboard.press('Tab');
  expect(await focused()).toBe('current-password');
  await keyboard.type(world.password);
  await keyboard.press('Enter');
  await page.locator('[data-row]').nth(2).waitFor();
  await settled(page);

  for (const key of ['j', 'j', 'j', 'k']) await keyboard.press(key);
  const second = await page.evaluate(() => document.activeElement?.getAttribute('href'));
  await keyboard.press('Enter');
  await page.waitForURL((to) => to.hash === second);
  const done = [page.url()];
  const dialog = page.getByRole('dialog', { name: '同意' });
  for (const opinion of ['同意，抓紧办', '同意', '']) {
    const name = '甲乙丙'[ids.findIndex((id) => page.url().includes(id))];
    await page.getByText(`事项${name}`, { exact: true }).first().waitFor();
    await keyboard.press('a');
    await dialog.waitFor();
    if (opinion === '同意') {
      // Changing one's mind leads back to the task, and not into nowhere.
      await keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await keyboard.press('a');
      await dialog.waitFor();
    }
    await keyboard.type(opinion);
    await keyboard.press('Control+Enter');
    await page.waitForURL((to) => to.href !== done.at(-1));
    done.push(page.url());
  }
  await see(page, '待办已全部办完');
  expect(
    done
      .slice(0, 3)
      .map((url) => url.split('/').at(-1))
      .sort(),
  ).toEqual([...ids].sort());
  for (const id of ids) expect((await asker.get(`/cases/${id.split('.')[0]}`)).body.status).toBe('done');
  await world.close(page);
});

test('a filter gets a name, comes back with one click from anywhere, and is removed', async () => {
  const page = await world.as('office');
  await visit(page, world.url, '/inbox?box=todo&q=博物馆');
  await page.getByRole('button', { name: '保存当前筛选' }).click();
  await page.getByLabel('名称').fill('<b>博物馆</b>的');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  const chip = page.getByRole('button', { name: '<b>博物馆</b>的' });
  await chip.waitFor();
  expect(await violations(page)).toEqual([]);
  await visit(page, world.url, '/inbox');
  await chip.click();
  await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('博物馆');
  await chip.press('Delete');
  await chip.waitFor({ state: 'detached' });
  const office = await world.client('office');
  await expect.poll(async () => (await office.get('/session')).body.preferences.filters).toEqual([]);
  await world.close(page);
});

test('what is sent while the network is away is kept, and goes out once when it is back', async () => {
  const own = await launchOwn(world, note, 'kx', { year: 2033, name: '断网' });
  const writer = await world.client('kx.staff1');
  const id = await waitForTask(writer, own, 'write');
  const page = await world.as('kx.staff1', { phone: true });
  await visit(page, world.url, `/tasks/${id}`);
  await page.getByText('后续步骤').first().waitFor();
  const goal = page.getByLabel('目标');
  await goal.fill('断网也不丢<script>alert(1)</script>');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '提交' }).click();
  await see(page, '暂时连不上服务器');
  await see(page, '网络恢复后会自动再发送');
  expect(await goal.inputValue()).toBe('断网也不丢<script>alert(1)</script>');
  expect(await violations(page)).toEqual([]);
  await page.context().setOffline(false);
  await page.waitForURL((to) => !to.hash.includes(id));
  const { body } = await writer.get(`/cases/${id.split('.')[0]}/timeline`);
  const said = body.items.filter(({ actor }: { actor?: { id: string } }) => actor?.id === writer.me?.id);
  expect(said, JSON.stringify(body.items)).toHaveLength(1);
  await world.close(page);
});

test('an approver decides on a phone, in the dark, in English, with a thumb', async () => {
  const head = await world.client('kx.head');
  const page = await world.as('kx.head', { phone: true, theme: 'dark', language: 'en' });
  await visit(page, world.url, '/inbox?q=断网');
  await page.locator('[data-row]').first().tap();
  await see(page, '断网也不丢<script>alert(1)</script>');
  expect(await violations(page)).toEqual([]);
  const approve = page.getByRole('button', { name: 'Approve' });
  const box = await approve.boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
  await approve.tap();
  const dialog = page.getByRole('dialog');
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Approve' }).tap();
  await dialog.waitFor({ state: 'hidden' });
  await expect
    .poll(async () => (await head.get('/tasks?box=done&q=断网')).body.items)
    .toMatchObject([{ block: 'read', outcome: 'approve' }]);
  await world.close(page);
});

test('a server that is started again in the middle loses nothing, and what waited for it goes out once', async () => {
  const own = await launchOwn(world, note, 'kx', { year: 2034, name: '重启' });
  const writer = await world.client('kx.staff1');
  const id = await waitForTask(writer, own, 'write');
  const [typing, submitting, watching] = await Promise.all([
    world.as('bwg.staff1'),
    world.as('kx.staff1'),
    world.as('kx.head'),
  ]);
  await visit(typing, world.url, `/tasks/${draft}`);
  await visit(submitting, world.url, `/tasks/${id}`);
  await visit(watching, world.url, '/inbox?q=重启');
  await see(watching, '没有符合条件的事项');
  const goal = submitting.getByLabel('目标');
  await goal.fill('重启之前');
  await see(submitting, /草稿已保存/);

  await world.stop();
  await goal.fill('重启之中');
  await submitting.getByRole('button', { name: '提交' }).click();
  await see(submitting, '暂时连不上服务器');
  expect(await goal.inputValue()).toBe('重启之中');
  await typing.getByRole('button', { name: '添加一行' }).first().click();
  const indicator = typing.getByLabel('指标，第 4 行');
  await indicator.fill('服务器停了也照填');
  await see(typing, '草稿暂存在本机');

  await world.start();
  // Nobody touches a window: each of them notices by itself.
  await submitting.waitForURL((to) => !to.hash.includes(id));
  await see(typing, /草稿已保存/);
  expect(JSON.stringify((await staff.get(`/tasks/${draft}`)).body.draft)).toContain('服务器停了也照填');
  expect(await indicator.inputValue()).toBe('服务器停了也照填');
  await watching.getByRole('link', { name: /read/ }).waitFor({ timeout: 20_000 });
  const { body } = await writer.get(`/cases/${id.split('.')[0]}/timeline`);
  const said = body.items.filter(({ actor }: { actor?: { id: string } }) => actor?.id === writer.me?.id);
  expect(said, JSON.stringify(body.items)).toHaveLength(1);
  await watching.getByRole('link', { name: /read/ }).click();
  await see(watching, '重启之中');
  await Promise.all([typing, submitting, watching].map((page) => world.close(page)));
});

test('the office gives a task to somebody else, and moves everything of somebody who leaves', async () => {
  const page = await world.as('office');
  const name = async (username: string) => (await (await world.client(username)).get('/session')).body.person.name;
  const [head, leaver, heir] = [await name('bwg.head'), await name('kx.staff1'), await name('kx.head')];
  const pick = async (dialog: Locator, label: string, who: string) => {
    await dialog.getByLabel(label).fill(who);
    await page.getByRole('option', { name: who }).first().click();
  };
  const caseId = draft.split('.')[0] as string;
  await visit(page, world.url, `/cases/${caseId}`);
  await page.getByRole('button', { name: '改派' }).click();
  const dialog = page.getByRole('dialog', { name: '改派' });
  await dialog.waitFor();
  expect(await violations(page)).toEqual([]);
  await pick(dialog, '改由谁办理', head);
  await dialog.getByLabel('理由').fill('原经办人借调');
  await dialog.getByRole('button', { name: '改派' }).click();
  await see(page, '已改派');
  expect((await staff.get('/tasks?limit=100')).body.items.map(({ id }: { id: string }) => id)).not.toContain(draft);

  await visit(page, world.url, '/delegations');
  await page.getByRole('button', { name: '离岗移交' }).click();
  const leaving = page.getByRole('dialog', { name: '离岗移交' });
  await pick(leaving, '离岗的人', leaver);
  await pick(leaving, '改由谁办理', heir);
  await leaving.getByRole('button', { name: '查看要移交的事项' }).click();
  await leaving.getByText(/可移交 [1-9]/).waitFor();
  expect(await violations(page)).toEqual([]);
  await leaving.getByLabel('理由').fill('退休');
  await leaving.getByRole('button', { name: '离岗移交' }).click();
  await see(page, /已移交 [1-9]/);
  await world.close(page);
});
