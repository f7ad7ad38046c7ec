import { afterAll, expect, test } from 'vitest';
import { codeAt } from '../support/factor.ts';
import { violations } from './support/axe.ts';
import { see, visit } from './support/ready.ts';
import { makeWorld } from './support/world.ts';

const world = await makeWorld();

afterAll(() => {
  expect(world.outside, 'requests that left the origin').toEqual([]);
  expect(world.faults, 'errors in the pages').toEqual([]);
});

test('a second factor is set up in the browser, asked for at sign-in, and taken away by the security administrator', async () => {
  const page = await world.as('auditor');
  await visit(page, world.url, '/account');
  await page.getByRole('button', { name: '设置第二因子' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('当前密码', { exact: true }).fill(world.password);
  await page.keyboard.press('Enter');
  await dialog.getByRole('img', { name: /二维码/ }).waitFor();
  expect(await violations(page)).toEqual([]);
  const secret = (await dialog.locator('code').textContent()) ?? '';
  await dialog.getByLabel('验证码').fill(codeAt(secret, new Date()));
  await page.keyboard.press('Enter');
  await dialog.getByRole('listitem').nth(9).waitFor();
  const [, paper = ''] = await dialog.getByRole('listitem').allTextContents();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: '已保管好' }).click();
  await see(page, '还有 10 个恢复码未用');

  const other = await world.window({ phone: true });
  await visit(other, world.url, '/login');
  await other.getByLabel('用户名').fill('auditor');
  await other.getByLabel('密码', { exact: true }).fill(world.password);
  await other.keyboard.press('Enter');
  await see(other, '手机验证器');
  expect(await violations(other)).toEqual([]);
  await other.getByLabel('验证码').fill('AAAA-BBBB-CCCC-DDDD');
  await other.keyboard.press('Enter');
  await see(other, '验证码不正确或已用过');
  await other.getByLabel('验证码').fill(paper);
  await other.keyboard.press('Enter');
  await other.locator('header, nav').first().waitFor({ state: 'attached' });
  await visit(other, world.url, '/account');
  await see(other, '还有 9 个恢复码未用');

  const security = await world.as('security');
  const [{ id }] = (await (await world.client('security')).get('/accounts?q=auditor')).body.items;
  await visit(security, world.url, `/accounts/${id}`);
  await security.getByRole('button', { name: '取消第二因子' }).click();
  await security.getByRole('dialog').getByRole('button', { name: '取消第二因子' }).click();
  await see(security, '未设置');
  expect(await other.evaluate(async () => (await fetch('/api/v1/session')).status)).toBe(401);
});

test('where one is signed in is listed, and another session is ended from there', async () => {
  const first = await world.as('leader1');
  const second = await world.as('leader1');
  await visit(first, world.url, '/account');
  await see(first, '本次登录');
  await first.getByRole('button', { name: '结束', exact: true }).first().click();
  await see(first, '没有其他登录');
  await visit(second, world.url, '/account');
  await second.waitForURL(/login/);
});

test('a forgotten password and a used link say what to do', async () => {
  const page = await world.window({ language: 'en', theme: 'dark' });
  await visit(page, world.url, '/reset?token=nobody');
  await see(page, 'the link is wrong, used, or out of date');
  await visit(page, world.url, '/forgotten');
  await page.getByLabel('User name or mail address').fill('nobody');
  await page.keyboard.press('Enter');
  await see(page, 'the mail is on its way');
});
