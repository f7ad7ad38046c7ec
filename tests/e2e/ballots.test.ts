import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, expect, test, vi } from 'vitest';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { named, task, template } from '../support/blocks.ts';
import { planRowsOf } from '../support/indicatorCycle.ts';
import { judgedCycle, openCycle } from '../support/publicCycle.ts';
import { violations } from './support/axe.ts';
import { waitForTask } from './support/cycle.ts';
import { see, settled, visit } from './support/ready.ts';
import { makeWorld } from './support/world.ts';

const world = await makeWorld();
const PICTURES = process.env.BIHUAN_PICTURES;

/** The leaders of the city score units as a whole, and on two items with options; then the round is over. */
const content: CycleTemplate = template(
  {
    evaluate: [
      {
        key: 'voting',
        type: 'ballots',
        per: 'cycle',
        name: { zh: '领导评价', en: 'The leaders score' },
        groups: ['overall', 'style', 'citizens'],
        until: { from: 'opened', workingDays: 5 },
      },
      task('after'),
    ],
  },
  {
    key: 'voted',
    roles: {
      leaders: { name: named('leaders'), scope: 'city' },
      staff: { name: named('staff'), scope: 'unit' },
    },
    categories: { society: { name: { zh: '社会事业服务', en: 'Society' }, ranked: true } },
    assessors: [
      {
        key: 'overall',
        name: { zh: '市领导定性评价', en: 'Leaders, overall' },
        kind: 'superior',
        who: [{ kind: 'role', role: 'leaders' }],
        scale: { min: '0', max: '100', step: '0.5' },
        abstain: true,
        opinions: true,
        rules: [{ kind: 'atMost', count: 1, from: '90' }],
      },
      {
        key: 'style',
        name: { zh: '作风评价', en: 'Style of work' },
        kind: 'superior',
        who: [{ kind: 'role', role: 'leaders' }],
        items: [
          { key: 'duty', name: { zh: '履职', en: 'Duty' } },
          { key: 'service', name: { zh: '服务', en: 'Service' } },
        ],
        scale: {
          options: [
            { key: 'good', name: { zh: '好', en: 'Good' }, points: '100' },
            { key: 'fair', name: { zh: '一般', en: 'Fair' }, points: '60' },
          ],
        },
      },
      {
        key: 'citizens',
        name: { zh: '群众满意度', en: 'Satisfaction of citizens' },
        kind: 'public',
        scale: {
          options: [
            { key: 'good', name: { zh: '满意', en: 'Satisfied' }, points: '100' },
            { key: 'bad', name: { zh: '不满意', en: 'Not satisfied' }, points: '0' },
          ],
        },
        opinions: true,
      },
    ],
  },
);

afterAll(() => {
  expect(world.outside, 'requests that left the origin').toEqual([]);
  expect(world.faults, 'errors in the pages').toEqual([]);
});

const launch = async (): Promise<void> => {
  const office = await world.client('office');
  expect((await office.post('/templates', { content })).status).toBe(201);
  expect((await office.post('/templates/voted/versions/1/publish')).status).toBe(200);
  const { body } = await office.get('/orgs?category=society&kind=department&limit=3');
  const participants = body.items.map(({ id }: { id: string }) => ({ orgId: id, category: 'society' }));
  const made = await office.post('/cycles', {
    templateKey: 'voted',
    version: 1,
    year: 2031,
    name: '投票',
    participants,
  });
  expect(made.status, JSON.stringify(made.body)).toBe(202);
};
const mine = async () => (await (await world.client('leader1')).get('/me/ballots')).body.items;

await launch();
await vi.waitFor(async () => expect(await mine()).toHaveLength(2), { timeout: 20_000, interval: 100 });

test('a leader is called, scores every unit, is told what does not fit, and hands the sheet in', async () => {
  const page = await world.as('leader1');
  await visit(page, world.url, '/inbox?box=told');
  await see(page, '请您评价：领导评价');
  await page.getByRole('link', { name: '查看' }).first().click();
  await see(page, '市领导定性评价');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: /市领导定性评价/ }).click();
  await settled(page);
  const scores = page.getByPlaceholder('0–100');
  await expect.poll(() => scores.count()).toBe(3);
  await scores.nth(0).fill('95.3');
  await see(page, '应为 0 至 100 之间的数，间隔 0.5');
  await scores.nth(0).fill('95');
  await scores.nth(1).fill('92');
  await page.getByRole('button', { name: '提交评价' }).click();
  await see(page, '还有 1 项没有评价。');
  expect(await violations(page)).toEqual([]);
  await page
    .getByRole('button', { name: /^弃权：/ })
    .nth(2)
    .click();
  await see(page, '最多 1 个');
  await scores.nth(1).fill('89.5');
  await see(page, '已暂存');
  await picture(page, 'ballots-zh');
  await page.reload();
  await settled(page);
  await expect.poll(() => page.getByPlaceholder('0–100').nth(1).inputValue()).toBe('89.5');
  await page.getByRole('button', { name: '提交评价' }).click();
  await see(page, '评价已提交');
  expect((await mine()).map(({ state }: { state: string }) => state).sort()).toEqual(['open', 'submitted']);
});

test('on a phone, in the dark, in English: items of a unit one below the other; one unit is left out for a reason', async () => {
  const page = await world.as('leader2', { phone: true, theme: 'dark', language: 'en' });
  await visit(page, world.url, '/ballots');
  await picture(page, 'ballots-list-phone');
  await page.getByRole('link', { name: /Style of work/ }).tap();
  await settled(page);
  await page.getByRole('button', { name: 'Recuse' }).tap();
  await page.getByRole('combobox', { name: /Units/ }).tap();
  await page.getByRole('option').first().tap();
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: /Reason/ }).fill('My brother works there');
  await page.getByRole('dialog').getByRole('button', { name: 'Recuse' }).tap();
  await see(page, 'You are recused');
  const units = page.getByRole('button', { name: '0 / 2' });
  await expect.poll(() => units.count()).toBe(2);
  for (let unit = 0; unit < 2; unit += 1) {
    await units.first().tap();
    for (const item of ['Duty', 'Service']) {
      await page
        .getByRole('combobox', { name: new RegExp(`${item}$`) })
        .last()
        .tap();
      await page.getByRole('option', { name: 'Good' }).tap();
    }
  }
  expect(await violations(page)).toEqual([]);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over).toBe(0);
  await picture(page, 'ballots-phone-dark');
  await page.getByRole('button', { name: 'Hand in' }).tap();
  await see(page, 'The sheet is handed in');
});

test('a citizen opens the link of a survey on a phone, scores the units that they know, and cannot answer twice', async () => {
  const office = await world.client('office');
  const { items } = (await office.get('/cycles?q=投票')).body;
  const [round] = (await office.get(`/cycles/${items[0].id}/ballots`)).body.items;
  const made = await office.post(`/ballot-rounds/${round.id}/links`, { group: 'citizens', count: 1 });
  const [link = ''] = made.body.links as string[];
  const page = await world.window({ phone: true });
  await page.goto(`${world.url}${link.slice(link.indexOf('/#/')).replace('/#', '')}`);
  await settled(page);
  expect(page.url()).toContain('/#/survey/');
  await see(page, '群众满意度');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('combobox').first().tap();
  await page.getByRole('option', { name: '满意', exact: true }).tap();
  await page.getByRole('textbox', { name: /意见建议/ }).fill('窗口很耐心');
  await picture(page, 'survey-phone-zh');
  await page.getByRole('button', { name: '提交评价' }).tap();
  await see(page, '感谢您的评议');
  await picture(page, 'survey-thanks-phone');
  await page.reload();
  await see(page, '链接无效、已经用过，或调查已结束');
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over).toBe(0);
});

test('a citizen says what they think of a draft plan, and looks results up', async () => {
  const office = await world.client('office');
  const { body: orgs } = await office.get('/orgs?category=society&kind=department&limit=1');
  const launchPublic = async (template: CycleTemplate): Promise<string> => {
    await office.post('/templates', { content: template });
    const published = await office.post(`/templates/${template.key}/versions/1/publish`);
    expect(published.status, JSON.stringify(published.body)).toBe(200);
    const participants = [{ orgId: orgs.items[0].id, category: 'all' }];
    const given = { templateKey: template.key, version: 1, year: 2031, name: template.name.zh, participants };
    return (await office.post('/cycles', given)).body.id;
  };
  const act = async (cycleId: string, block: string, values: object = {}) => {
    const id = await waitForTask(office, cycleId, block);
    const done = await office.post(`/tasks/${id}/act`, { action: 'submit', values });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
  };
  const open = await launchPublic({ ...openCycle, name: { zh: '计划公开', en: 'Open plan' } });
  await act(open, 'draft', { plan: planRowsOf([{ code: 'own', weight: '30', target: '80' }]) });
  const judged = await launchPublic({ ...judgedCycle, name: { zh: '结果公开', en: 'Open results' } });
  for (const [block, values] of Object.entries({
    asked: {},
    mark: { work: '91.5' },
    decide: { note: '全年总体良好。' },
  }))
    await act(judged, block, values);
  const page = await world.window();
  await visit(page, world.url, '/public');
  await see(page, '计划公开');
  expect(await violations(page)).toEqual([]);
  await picture(page, 'public-zh');
  await page.getByRole('link', { name: /计划公开/ }).click();
  await settled(page);
  await page.getByRole('button', { name: /正在征求意见/ }).click();
  await page.getByRole('textbox', { name: '您对这份计划草案的意见' }).fill('希望按月公布进度');
  await page.getByRole('button', { name: '提交意见' }).click();
  await see(page, '意见已收到');
  expect(await violations(page)).toEqual([]);
  await picture(page, 'public-plan-zh');
  const phone = await world.window({ phone: true, theme: 'dark', language: 'en' });
  await visit(phone, world.url, `/public/${judged}`);
  await phone.getByRole('tab', { name: 'Results' }).tap();
  await see(phone, '91.5');
  await see(phone, 'In publicity');
  expect(await violations(phone)).toEqual([]);
  const over = await phone.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over).toBe(0);
  await picture(phone, 'public-results-phone-dark');
});

const picture = async (page: Page, name: string): Promise<void> => {
  if (!PICTURES) return;
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png` });
};
