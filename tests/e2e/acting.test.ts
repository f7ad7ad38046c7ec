import { afterAll, expect, test } from 'vitest';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { approval, task, template, textField } from '../support/blocks.ts';
import { violations } from './support/axe.ts';
import { launchOwn, waitForTask } from './support/cycle.ts';
import { see, settled, visit } from './support/ready.ts';
import { makeWorld } from './support/world.ts';

const world = await makeWorld();
const staff = await world.client('bwg.staff1');
const head = await world.client('bwg.head');

/** A plan that is drafted, signed by the head and reviewed by the office with all that an approver may do. */
const content: CycleTemplate = template(
  {
    plan: [
      task('draft', {
        name: { zh: '编报计划', en: 'Draft the plan' },
        allow: ['withdraw'],
        fields: [textField('goal', { name: { zh: '目标', en: 'Goal' }, required: true })],
      }),
      task('sign', { name: { zh: '负责人签署', en: 'Sign' }, who: [{ kind: 'head' }], allow: ['retrieve'] }),
      approval('review', {
        name: { zh: '绩效办审核', en: 'Review' },
        returnTo: 'sign',
        returnChoice: 'earlier',
        onReject: undefined,
        shows: ['goal'],
        allow: ['delegate', 'addBefore', 'addAfter', 'addParallel', 'remove', 'claim', 'retrieve'],
      }),
      approval('check', {
        name: { zh: '办公室复核', en: 'Check' },
        batch: true,
      }),
      task('post', { name: { zh: '公布', en: 'Post' } }),
    ],
  },
  { key: 'acting', categories: { society: { name: { zh: '社会事业服务', en: 'Society' }, ranked: true } } },
);

const cycleId = await launchOwn(world, content, 'bwg', { year: 2032, name: '办理' });
const caseId = (await waitForTask(staff, cycleId, 'draft')).split('.')[0] as string;
const submit = async () => {
  const draft = await waitForTask(staff, cycleId, 'draft');
  expect((await staff.post(`/tasks/${draft}/act`, { action: 'submit', values: { goal: '观众一百万' } })).status).toBe(
    200,
  );
};
const sign = async () => {
  const signing = await waitForTask(head, cycleId, 'sign');
  expect((await head.post(`/tasks/${signing}/act`, { action: 'submit' })).status).toBe(200);
};

afterAll(() => {
  expect(world.outside, 'requests that left the origin').toEqual([]);
  expect(world.faults, 'errors in the pages').toEqual([]);
});

test('whoever began the case withdraws it, and the last one takes back, from the page of the case', async () => {
  await submit();
  const page = await world.as('bwg.staff1');
  await visit(page, world.url, `/cases/${caseId}`);
  await page.getByRole('button', { name: '撤销' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤销' }).click();
  await see(page, '已撤销，回到发起环节');
  await page.getByRole('link', { name: /编报计划/ }).waitFor();
  await submit();
  await sign();
  const chief = await world.as('bwg.head', { phone: true });
  await visit(chief, world.url, `/cases/${caseId}`);
  await chief.getByRole('button', { name: '取回' }).click();
  await chief.getByRole('dialog').getByRole('button', { name: '取回' }).click();
  await see(chief, '已取回');
  await sign();
});

test('an approver adds another one, is told who is there already, removes them, and returns to a chosen step', async () => {
  const review = await waitForTask(await world.client('office'), cycleId, 'review');
  const page = await world.as('office');
  await visit(page, world.url, `/tasks/${review}`);
  const pick = async (name: string) => {
    await page.getByRole('button', { name: '更多' }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
    return page.getByRole('dialog');
  };

  const adding = await pick('前加签');
  await adding.getByRole('button', { name: '前加签' }).click();
  await see(page, '请选择接办人。');
  const who = adding.getByLabel('请谁会同办理');
  const chief = (await head.get('/session')).body.person.name as string;
  await who.fill(chief);
  const option = page.getByRole('option', { name: new RegExp(`${chief}.*博物馆`) }).first();
  await option.click();
  expect(await violations(page)).toEqual([]);
  await adding.getByRole('button', { name: '前加签' }).click();
  await see(page, /已加签/);

  // The added one decides, then the task is back with whoever added them.
  const added = await waitForTask(head, cycleId, 'review');
  expect((await head.post(`/tasks/${added}/act`, { action: 'approve' })).status).toBe(200);
  await visit(page, world.url, `/tasks/${review}`);
  const taken = await pick('后加签');
  await taken.getByLabel('请谁会同办理').fill(chief);
  expect(
    await page
      .getByRole('option', { name: new RegExp(`${chief}.*博物馆`) })
      .first()
      .getAttribute('aria-disabled'),
  ).toBe('true');
  await page.keyboard.press('Escape');
  await taken.getByLabel('请谁会同办理').fill('');
  const clerk = (await staff.get('/session')).body.person.name as string;
  await taken.getByLabel('请谁会同办理').fill(clerk);
  await page
    .getByRole('option', { name: new RegExp(`${clerk}.*博物馆`) })
    .first()
    .click();
  await page.keyboard.press('Control+Enter');
  await see(page, /已加签/);

  const removing = await pick('减签');
  await removing.getByLabel(/理由/).fill('不必会同');
  await removing.getByRole('button', { name: '减签' }).click();
  await see(page, '已减签');

  await page.getByRole('button', { name: '退回' }).click();
  const returning = page.getByRole('dialog');
  await returning.getByRole('radio', { name: '编报计划' }).check();
  await returning.getByLabel(/理由/).fill('目标要改');
  await returning.getByRole('button', { name: '退回', exact: true }).click();
  await see(page, /已退回/);
  const draft = await waitForTask(staff, cycleId, 'draft');
  expect((await staff.get(`/tasks/${draft}`)).body.returnReason).toMatchObject({ reason: '目标要改' });
});

test('the office puts a case at another step, with a reason', async () => {
  const page = await world.as('office', { language: 'en', theme: 'dark' });
  await visit(page, world.url, `/cases/${caseId}`);
  await page.getByRole('button', { name: 'Put at a step' }).click();
  const dialog = page.getByRole('dialog');
  const confirm = dialog.getByRole('button', { name: 'Put at a step' });
  await dialog.getByRole('radio', { name: 'Check' }).check();
  expect(await confirm.isDisabled()).toBe(true);
  await dialog.getByLabel('Reason').fill('Agreed at the meeting');
  expect(await violations(page)).toEqual([]);
  await confirm.click();
  await see(page, 'The case is at that step');
  await settled(page);
  await see(page, 'Agreed at the meeting');
});

test('tasks that allow it are approved together, after a preview', async () => {
  const page = await world.as('office2', { phone: true });
  await visit(page, world.url, '/inbox');
  expect(await page.getByRole('checkbox').count()).toBe(1);
  await page.getByRole('checkbox', { name: /博物馆 办公室复核/ }).check();
  await see(page, '已选 1 项');
  await page.getByRole('button', { name: '成批同意…' }).click();
  await see(page, '进入：公布');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: '同意 1 项' }).click();
  await see(page, '已同意 1 项');
  await waitForTask(staff, cycleId, 'post');
});
