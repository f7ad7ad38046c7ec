import { gzipSync } from 'node:zlib';
import type { Response } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { launchCycle, waitForTask } from './support/cycle.ts';
import { see, settled, visit } from './support/ready.ts';
import { makeWorld } from './support/world.ts';

const world = await makeWorld();
const cycle = await launchCycle(world, ['bwg', 'kx'], 2031);

afterAll(() => {
  expect(world.outside, 'requests that left the origin').toEqual([]);
  expect(world.faults, 'errors in the pages').toEqual([]);
});

test('the first load stays within its budget', async () => {
  const page = await world.window();
  const scripts: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  });
  await visit(page, world.url, '/login');
  await page.getByRole('button', { name: /部门联络员/ }).click();
  await page.getByRole('heading', { level: 1, name: '待办' }).waitFor();
  await settled(page);
  const sizes = await Promise.all(scripts.map(async (script) => gzipSync(await script.body(), { level: 9 }).length));
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000;
  expect(kilobytes).toBeLessThan(300);
  expect(kilobytes).toBeGreaterThan(100);
  await world.close(page);
});

test('a plan is drafted, returned, drafted again and approved, and the case tells it', async () => {
  const staff = await world.window();
  await visit(staff, world.url, '/inbox?box=todo&q=博物馆');
  await staff.getByLabel('用户名').fill('bwg.staff1');
  await staff.getByLabel('密码', { exact: true }).fill('wrong');
  await staff.keyboard.press('Enter');
  await staff.getByRole('alert').waitFor();
  await staff.getByLabel('密码', { exact: true }).fill(world.password);
  await staff.keyboard.press('Enter');
  await staff.getByRole('link', { name: /编报年度绩效计划/ }).click();
  await see(staff, '地区生产总值增长 5.5%。');

  // The obvious is said before anything is sent.
  await staff.getByRole('button', { name: '提交' }).click();
  await see(staff, '至少 5 行');

  // What all units have in common is given; the unit adds its own.
  const cell = (name: string, row: number) => staff.getByLabel(`${name}，第 ${row} 行`);
  expect(await cell('编号', 3).inputValue()).toBe('C3');
  expect(await cell('编号', 3).getAttribute('readonly')).not.toBeNull();
  expect(await staff.getByRole('button', { name: '删除第 3 行' }).count()).toBe(0);
  await staff.getByRole('button', { name: '添加一行' }).first().click();
  await cell('编号', 4).fill('S1');
  await cell('指标', 4).fill('营商环境满意度');
  await cell('类别', 4).selectOption('个性指标');
  await cell('权重', 4).fill('４０．５');
  await cell('目标值', 4).fill('92.40');
  await cell('计量单位', 4).fill('分');
  await cell('完成时限', 4).fill('2031年11月30日');
  await staff.getByRole('button', { name: '添加一行' }).first().click();
  await cell('编号', 5).fill('S2');
  await cell('指标', 5).fill('按期办结率');
  await cell('类别', 5).selectOption('个性指标');
  await cell('权重', 5).fill('29');
  await cell('目标值', 5).fill('98');
  await cell('计量单位', 5).fill('%');
  await cell('完成时限', 5).fill('20311231');
  await see(staff, '还差 0.5');
  await see(staff, /草稿已保存/);

  // The draft is still there after the page was left.
  await staff.reload();
  await see(staff, '已恢复上次的草稿');
  expect(await cell('权重', 4).inputValue()).toBe('40.5');
  await staff.getByRole('button', { name: '提交' }).click();
  await see(staff, '“权重”合计为 99.5，应为 100');
  expect(await cell('完成时限', 5).inputValue()).toBe('2031-12-31');
  await cell('权重', 5).fill('29.5');
  await see(staff, '合计正好');
  await staff.keyboard.press('Control+Enter');
  await see(staff, '待办已全部办完');
  await see(staff, '都办完了');

  const head = await world.as('bwg.head');
  await visit(head, world.url, '/inbox');
  await head.getByRole('link', { name: /单位主要负责人审签/ }).click();
  await see(head, '营商环境满意度');
  await head.getByRole('button', { name: '退回' }).click();
  const dialog = head.getByRole('dialog');
  await dialog.getByText('将退回到“编报年度绩效计划”').waitFor();
  await dialog.getByRole('button', { name: '退回', exact: true }).click();
  await see(head, '请写明理由，对方会看到。');
  await dialog.getByLabel(/理由/).fill('目标值低于上年实绩，请重新测算。<b>不是标签</b>');
  await dialog.getByRole('button', { name: '退回', exact: true }).click();
  await see(head, /已退回/);

  // The staff's open inbox hears of it without being asked.
  await staff.getByRole('link', { name: /编报年度绩效计划/ }).click();
  await see(staff, /退回了这件事/);
  await see(staff, '目标值低于上年实绩，请重新测算。<b>不是标签</b>');
  await see(staff, '第 2 次办理');
  await cell('目标值', 4).fill('93.5');
  await staff.getByRole('button', { name: '提交' }).click();
  await see(staff, '待办已全部办完');

  await head.getByRole('link', { name: /单位主要负责人审签/ }).click();
  await see(head, '93.5');
  await head.getByRole('button', { name: '同意', exact: true }).click();
  await head.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click();
  await see(head, /已同意/);

  await visit(head, world.url, '/inbox?box=done');
  await head
    .getByRole('link', { name: /单位主要负责人审签/ })
    .first()
    .click();
  await settled(head);
  await see(head, /退回了“单位主要负责人审签”/);
  await see(head, /同意了“单位主要负责人审签”/);
  const current = head.locator('[aria-current="step"]');
  expect(await current.first().textContent()).toContain('征求监测单位意见');
  await world.close(head);
  await world.close(staff);
});

test('the language changes without a reload and without losing what is typed', async () => {
  const staff = await world.as('kx.staff1');
  const task = await waitForTask(await world.client('kx.staff1'), cycle.id, 'draftPlan');
  await visit(staff, world.url, `/tasks/${task}`);
  await staff.evaluate(() => Object.assign(window, { sameWindow: true }));
  await staff.getByRole('button', { name: '添加一行' }).first().click();
  await staff.getByLabel('指标，第 4 行').fill('科技成果转化率');
  await staff.getByRole('button', { name: /我的账号/ }).click();
  await staff.getByRole('menuitemradio', { name: 'English' }).click();
  await staff.keyboard.press('Escape');
  await staff.getByRole('heading', { name: "Draft the unit's plan" }).waitFor();
  expect(await staff.getByLabel('Indicator, row 4').inputValue()).toBe('科技成果转化率');
  expect(await staff.evaluate(() => document.documentElement.lang)).toBe('en');
  expect(await staff.evaluate(() => 'sameWindow' in window)).toBe(true);
  await staff.getByRole('button', { name: 'Submit' }).click();
  await see(staff, 'Row 4 (Weight) Fill in “Weight”');
  await world.close(staff);
});

test('who is second is told that someone was faster', async () => {
  const client = await world.client('wgl.monitor');
  const opinion = await waitForTask(client, cycle.id, 'consultMonitor');
  await client.post(`/tasks/${opinion}/act`, { action: 'submit', values: { monitorOpinion: '口径清楚。' } });
  const first = await world.client('office');
  const review = await waitForTask(first, cycle.id, 'reviewPlan');
  const [second, third] = [await world.as('office2'), await world.as('office3')];
  await third.route('**/api/v1/events', (route) => route.abort());
  for (const page of [second, third]) {
    await visit(page, world.url, `/tasks/${review}`);
    await page.getByRole('button', { name: '同意', exact: true }).click();
    await page.getByRole('dialog').waitFor();
  }
  const won = await first.post(`/tasks/${review}/act`, {
    action: 'approve',
    reason: '同意。',
    values: { officeOpinion: '同意下达。' },
  });
  expect(won.status, JSON.stringify(won.body)).toBe(200);

  // Whoever listens hears it at once; whoever does not is told on acting.
  await second.getByRole('dialog').waitFor({ state: 'detached' });
  await third.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click();
  for (const page of [second, third]) {
    await see(page, '有人先一步办理了');
    await page.getByRole('link', { name: '查看结果' }).click();
    await see(page, /同意了“绩效办审核计划”/);
  }
});

test('a session that ends in the middle of work loses nothing', async () => {
  const staff = await world.as('kx.staff1');
  const task = await waitForTask(await world.client('kx.staff1'), cycle.id, 'draftPlan');
  await visit(staff, world.url, `/tasks/${task}`);
  await staff.context().clearCookies();
  // At one stroke: another request may learn first that the session is over, and its dialog takes the focus amid typing.
  await staff.getByLabel('指标，第 1 行').evaluate((field, typed) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, typed);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, '高新技术企业数');
  const dialog = staff.getByRole('dialog', { name: '请重新登录' });
  await dialog.getByLabel('密码', { exact: true }).fill(world.password);
  await dialog.getByRole('button', { name: '登录' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await staff.getByLabel('指标，第 1 行').inputValue()).toBe('高新技术企业数');
  await staff.getByLabel('目标值，第 1 行').fill('120');
  await see(staff, /草稿已保存/);
  await world.close(staff);
});

test('the office urges and mentions somebody, who then reads the case', async () => {
  const task = await waitForTask(await world.client('kx.staff1'), cycle.id, 'draftPlan');
  const office = await world.as('office');
  await visit(office, world.url, `/cases/${task.slice(0, 36)}`);
  await office.getByRole('button', { name: '催办' }).click();
  const dialog = office.getByRole('dialog');
  await dialog.getByLabel('附言（选填）').fill('请本周报送。');
  await dialog.getByRole('button', { name: '催办' }).click();
  await see(office, /已催办 1 次/);
  await office.getByLabel('写评论').fill('请一并核对口径。');
  const { person } = (await (await world.client('bwg.staff1')).get('/session')).body;
  await office.getByLabel(/^提及/).fill(person.name);
  await office.getByRole('option', { name: person.name }).first().click();
  await office.getByRole('button', { name: '发表' }).click();
  await see(office, `提及 ${person.name}`);

  const urged = await world.as('kx.staff1');
  await visit(urged, world.url, '/inbox?box=told');
  await see(urged, /请本周报送/);
  const mentioned = await world.as('bwg.staff1', { phone: true });
  await visit(mentioned, world.url, '/inbox?box=told');
  await see(mentioned, /提到了您/);
  await mentioned.getByRole('link', { name: '查看' }).first().click();
  await see(mentioned, '请一并核对口径。');
  for (const page of [office, urged, mentioned]) await world.close(page);
});

test('signing out keeps how the page looks, and signing in leads back to where one was going', async () => {
  const page = await world.as('office', { language: 'en' });
  await visit(page, world.url, '/cycles');
  await page.evaluate(() => localStorage.setItem('bihuan.theme', 'dark'));
  await page.reload();
  await page.getByRole('button', { name: /My account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('User name').waitFor();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  await page.goto(`${world.url}/#/calendar?year=2025`);
  await page.getByLabel('User name').fill('office');
  await page.getByLabel('Password', { exact: true }).fill(world.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Calendar' }).waitFor();
  expect(page.url()).toContain('/calendar?year=2025');
});
