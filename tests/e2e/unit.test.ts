import { afterAll, expect, test } from 'vitest';
import { appeal } from '../../workflows/library/parts/appeal.ts';
import { feedback } from '../../workflows/library/parts/feedback.ts';
import { rectification } from '../../workflows/library/parts/rectification.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { decimal, rank, task, template, weightedSum } from '../support/blocks.ts';
import type { Client } from '../support/client.ts';
import { indicatorCycle } from '../support/indicatorCycle.ts';
import { violations, wrongOn } from './support/axe.ts';
import { waitForTask } from './support/cycle.ts';
import { see, settled, visit } from './support/ready.ts';
import { makeWorld } from './support/world.ts';

const world = await makeWorld();
const staff = await world.client('bwg.staff1');
const head = await world.client('bwg.head');
const office = await world.client('office');
const office2 = await world.client('office2');

/** Last year: all of its periods are over, whatever the day. */
const year = new Date().getUTCFullYear() - 1;
const SCRIPT = '<script>alert(1)</script>';

const offices = [{ kind: 'role', role: 'performanceOffice' } as const];
const ofUnit = { kind: 'role', role: 'staff', of: 'participant' } as const;
const ladder = [{ after: 1, do: 'remind' } as const];
const base = { kind: 'common', unit: '件', direction: 'up', frequency: 'quarter', aggregation: 'sum' } as const;
const assigned = indicatorCycle({
  total: '100',
  change: { reasons: [{ value: 'policy', name: { zh: '政策变化', en: 'Change of policy' } }] },
  list: [
    {
      ...base,
      code: 'visits',
      name: { zh: '观众人次', en: 'Visitors' },
      target: '100',
      weight: '40',
      plausible: { min: '0', max: '1000' },
    },
    {
      ...base,
      code: 'shows',
      name: { zh: '新办展览', en: 'New shows' },
      target: '8',
      weight: '30',
      evidence: { required: true, kinds: ['text'] },
    },
  ],
});
const [draft, , assign] = assigned.phases.plan.blocks;
const content: CycleTemplate = template(
  {
    plan: draft && assign ? [draft, assign] : [],
    evaluate: [
      task('mark', { who: offices, fields: [{ ...decimal('work'), name: { zh: '工作实绩', en: 'Work' } }] }),
      {
        key: 'scoring',
        type: 'compute',
        per: 'cycle',
        name: { zh: '计分', en: 'Scoring' },
        into: 'total',
        rule: { kind: 'score', rule: weightedSum([{ value: 'work', weight: '1' }]) },
      },
      rank('ranking', 'total'),
    ],
    feedback: [
      ...appeal({ who: [ofUnit], review: offices, recuse: ['mark'], days: { appeal: 3, decide: 10 } }),
      ...feedback({ head: [{ kind: 'head' }], office: offices }),
    ],
    rectify: rectification({
      staff: ofUnit,
      office: { kind: 'role', role: 'performanceOffice' },
      verifier: { kind: 'role', role: 'performanceOffice' },
      ladders: { unit: ladder, verifier: ladder, office: ladder },
    }),
  },
  {
    key: 'unit-face',
    name: { zh: '单位视图', en: 'Face of the unit' },
    categories: { society: { name: { zh: '社会事业服务', en: 'Society' }, ranked: true } },
    ...(assigned.indicators && { indicators: assigned.indicators }),
    lights: { rules: [{ key: 'low', colour: 'red', when: [{ of: 'achieved', below: '50' }] }] },
    warnings: { sheets: [{ colour: 'red', reply: 5 }], flags: [{ key: 'gap', kind: 'gap', percent: '10' }] },
  },
);

const ok = <Answer extends { status: number; body: unknown }>(answer: Answer): Answer => {
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer;
};
const act = async (who: Client, block: string, values: object = {}, action = 'submit') => {
  const id = await waitForTask(who, cycleId, block);
  ok(await who.post(`/tasks/${id}/act`, { action, values }));
};
const orgId = (await office.get('/orgs?q=bwg&limit=100')).body.items.find(
  ({ code }: { code: string }) => code === 'bwg',
).id as string;
const cycleId = await launch();
const ids = await idsByCode();
const address = (view: string, more = '') => `/unit?view=${view}&cycle=${cycleId}${more}`;

afterAll(() => {
  expect(world.outside, 'requests that left the origin').toEqual([]);
  expect(world.faults, 'errors in the pages').toEqual([]);
});

async function launch(): Promise<string> {
  ok(await office.post('/templates', { content }));
  ok(await office.post('/templates/unit-face/versions/1/publish'));
  const participants = [{ orgId, category: 'society' }];
  const made = await office.post('/cycles', {
    templateKey: 'unit-face',
    version: 1,
    year,
    name: `${year} 年度绩效`,
    participants,
  });
  ok(made);
  const id = await waitForTask(staff, made.body.id, 'draft');
  const plan = [
    { code: 'visits', name: '观众人次', unit: '件', weight: '40', target: '100' },
    { code: 'shows', name: '新办展览', unit: '件', weight: '30', target: '8' },
    { code: 'own1', name: SCRIPT, unit: '件', weight: '30', target: '5' },
  ];
  const steps = [{ indicator: 'visits', name: '新馆开放', standard: '通过验收', dueDate: `${year}-06-30` }];
  ok(await staff.post(`/tasks/${id}/act`, { action: 'submit', values: { plan, steps } }));
  await waitForTask(office, made.body.id, 'mark');
  return made.body.id as string;
}

async function idsByCode(): Promise<Record<string, string>> {
  const { items } = (await staff.get(`/assigned-indicators?cycleId=${cycleId}&limit=100`)).body;
  return Object.fromEntries(items.map(({ code, id }: { code: string; id: string }) => [code, id]));
}

test('a clerk reports a quarter in one grid: a wrong value is told at its cell, and nothing is sent until all is right', async () => {
  const page = await world.as('bwg.staff1');
  await visit(page, world.url, '/unit');
  await page.getByLabel('周期', { exact: true }).selectOption(cycleId);
  await settled(page);
  // What people typed is text, never run.
  await page.getByRole('link', { name: SCRIPT }).waitFor();
  await page.getByRole('tab', { name: /数据报送/ }).click();
  await page.getByRole('button', { name: `${year}-Q1（待报 3 / 3）` }).click();
  const cell = (name: string) => page.getByLabel(new RegExp(`^${name}：完成值`));
  await cell('观众人次').fill('5000');
  await see(page, '不能大于 1000');
  expect(await page.getByRole('button', { name: /^提交/ }).isDisabled()).toBe(true);
  await cell('观众人次').fill('３０');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-cell'))).toBe('1.value');
  await page.keyboard.press('ArrowUp');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-cell'))).toBe('0.value');

  // A range from a spreadsheet fills the grid from that cell on.
  await cell('观众人次').evaluate((field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }));
  }, '31\t件\n2\t万件\n');
  await see(page, '计量单位应为“件”');
  await page.getByLabel(/^新办展览：计量单位/).fill('件');
  await see(page, '此指标须附佐证材料');

  // The draft stays on this computer.
  await page.reload();
  await see(page, '已在本机保存草稿');
  expect(await cell('观众人次').inputValue()).toBe('31');

  await page.getByRole('button', { name: '附材料 新办展览' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: '展览清单.txt', mimeType: 'text/plain', buffer: Buffer.from(`清单 ${SCRIPT}`) });
  await dialog.getByRole('checkbox', { name: '展览清单.txt' }).waitFor();
  expect(await dialog.getByRole('checkbox', { name: '展览清单.txt' }).isChecked()).toBe(true);
  await dialog.getByRole('link', { name: '查看 展览清单.txt' }).click();
  await see(page, `清单 ${SCRIPT}`);
  await page.getByRole('dialog').last().getByRole('button', { name: '关闭' }).click();
  await page.getByRole('button', { name: '确定' }).click();

  // What only the server knows is told at its cell, too; the whole is refused.
  await page.route('**/api/v1/values', (route) =>
    route.continue({ postData: route.request().postData()?.replace('"unit":"件"', '"unit":"%"') ?? '' }),
  );
  await page.getByRole('button', { name: '提交 2 项' }).click();
  await see(page, '计量单位应为“件”，不是“%”');
  expect((await staff.get(`/values?cycleId=${cycleId}&state=reported`)).body.total).toBe(0);
  await page.unroute('**/api/v1/values');
  await page.getByLabel(/^观众人次：计量单位/).fill('');
  await page.getByRole('button', { name: '提交 2 项' }).click();
  await see(page, '已报送：新增 2，更正 0');
  await page.getByRole('button', { name: `${year}-Q1（待报 1 / 3）` }).waitFor();
  await see(page, '还没有填写新的数值');
  expect((await staff.get(`/values?cycleId=${cycleId}&state=reported`)).body.total).toBe(2);
});

test('values come from a file after a dry run, and what is wrong in it is named', async () => {
  const page = await world.as('bwg.staff1');
  await visit(page, world.url, `/unit/import?cycle=${cycleId}`);
  const choose = (text: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name: '数据.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose(`org,indicator,period,value\nbwg,visits,${year}-Q2,很多\n`);
  await see(page, '有 1 处问题，没有任何改动');
  await choose(`org,indicator,period,value\nbwg,visits,${year}-Q2,40\n`);
  await page.getByRole('button', { name: '正式导入' }).click();
  await see(page, '导入完成：新增 1，更新 0');
  await page.getByRole('button', { name: `${year}-Q2（待报 2 / 3）` }).waitFor();
});

test('an indicator tells its whole story; a milestone is reported and another target asked for', async () => {
  const verdict = { id: ids.visits, period: `${year}-Q1`, action: 'correct', value: '20', reason: '剔除重复' };
  ok(await office.post('/values/verify', { cycleId, values: [verdict] }));
  const page = await world.as('bwg.staff1');
  await visit(page, world.url, `/indicators/${ids.visits}`);
  await page
    .getByRole('listitem')
    .filter({ hasText: /核验 20 .*理由：剔除重复/ })
    .waitFor();
  await page.getByRole('row', { name: new RegExp(`${year}-Q1.*31.*20`) }).waitFor();
  await page.getByRole('button', { name: '报告完成' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '报告完成' }).click();
  await see(page, '请附上至少一份材料。');
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: '坏.exe', mimeType: 'x/y', buffer: Buffer.from('MZ') });
  await see(page, '“坏.exe”的类型不能上传');
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: '验收单.txt', mimeType: 'text/plain', buffer: Buffer.from('合格') });
  await dialog.getByRole('checkbox', { name: '验收单.txt' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: '报告完成' }).click();
  await see(page, '已报告完成，等待核验');

  await page.getByRole('button', { name: '新增里程碑' }).click();
  const adding = page.getByRole('dialog');
  await adding.getByRole('button', { name: '保存' }).click();
  await see(page, '请填写名称');
  await adding.getByLabel('里程碑名称').fill(`二期开放 ${SCRIPT}`);
  await adding.getByLabel('应于何日前完成').fill(`${year}-12-20`);
  expect(await violations(page)).toEqual([]);
  await adding.getByRole('button', { name: '保存' }).click();
  await see(page, '里程碑已新增');
  await page.getByText(`二期开放 ${SCRIPT}`).waitFor();

  const verifier = await world.as('office');
  await visit(verifier, world.url, `/indicators/${ids.visits}`);
  await verifier.getByRole('button', { name: '退回' }).click();
  await verifier.getByRole('dialog').getByLabel('退回理由').fill('验收单没有盖章');
  await verifier.getByRole('dialog').getByRole('button', { name: '退回' }).click();
  await see(verifier, /理由：验收单没有盖章/);
  await page.reload();
  await see(page, '已退回');

  await page.getByRole('button', { name: '分解到下级' }).click();
  const dividing = page.getByRole('dialog');
  await dividing.getByRole('button', { name: '分解到下级' }).click();
  await see(page, '请至少选择一个下级单位');
  const section = await dividing.getByLabel('下级单位').locator('option').nth(1).textContent();
  await dividing.getByLabel('下级单位').selectOption({ index: 1 });
  await dividing.getByLabel('目标值').fill('很多');
  await dividing.getByRole('button', { name: '分解到下级' }).click();
  await expect.poll(() => dividing.getByLabel('目标值').getAttribute('aria-invalid')).toBe('true');
  await dividing.getByLabel('目标值').fill('60');
  expect(await violations(page)).toEqual([]);
  await dividing.getByRole('button', { name: '分解到下级' }).click();
  await see(page, '已分解到下级');
  await page.getByRole('rowheader', { name: section ?? '' }).waitFor();

  await page.getByRole('button', { name: '申请调整目标' }).click();
  const asking = page.getByRole('dialog');
  await asking.getByLabel('调整为').fill('120');
  await asking.getByRole('radio', { name: '政策变化' }).check();
  await asking.getByLabel('理由').fill('免费开放');
  await asking.getByRole('button', { name: '申请调整目标' }).click();
  await see(page, '待审批');
  await see(page, /政策变化 · 免费开放/);
});

test('on a phone: the head finds the unit in the menu, answers an order and explains a value', async () => {
  const colour = { colour: 'red' };
  ok(await office.post(`/cycles/${cycleId}/warnings`, { orgId, reason: `观众偏少 ${SCRIPT}`, ...colour }));
  const page = await world.as('bwg.head', { phone: true, theme: 'dark' });
  await visit(page, world.url, '/inbox');
  await page.getByRole('button', { name: '更多' }).tap();
  await page.getByRole('link', { name: '我的单位' }).tap();
  await page.getByRole('heading', { level: 1, name: '我的单位' }).waitFor();
  await page.getByLabel('周期', { exact: true }).selectOption(cycleId);
  await page.getByRole('tab', { name: /督办与异常值/ }).tap();
  await see(page, `观众偏少 ${SCRIPT}`);
  expect(await violations(page)).toEqual([]);
  const answer = page.getByRole('button', { name: /^答复/ }).first();
  expect((await answer.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await answer.tap();
  await page.getByRole('dialog').getByLabel('答复内容').fill('延长开放时间');
  await page.getByRole('dialog').getByRole('button', { name: '答复' }).tap();
  await see(page, '延长开放时间');
  await page.getByRole('button', { name: /^说明 观众人次/ }).tap();
  await page.getByRole('dialog').getByLabel('情况说明').fill('团体票重复计了');
  await page.getByRole('dialog').getByRole('button', { name: '说明' }).tap();
  await see(page, '团体票重复计了');

  await page.getByRole('tab', { name: /数据报送/ }).tap();
  await page.getByRole('button', { name: new RegExp(`${year}-Q3`) }).tap();
  await page.getByRole('button', { name: new RegExp(`${year}-Q3`), pressed: true }).waitFor();
  await page.getByLabel('观众人次：完成值', { exact: true }).fill('25');
  await page.getByRole('button', { name: '提交 1 项' }).tap();
  await see(page, '已报送：新增 1，更正 0');
  for (const view of ['indicators', 'report', 'warnings', 'results', 'rectification', 'burden']) {
    await visit(page, world.url, address(view));
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, view).toBe(0);
  }
});

test('a clerk disputes a line of the score, and sees the letter, the appeal and both results', async () => {
  const page = await world.as('bwg.staff1');
  await visit(page, world.url, address('results'));
  await see(page, '还没有结果');
  await act(office, 'mark', { work: '82' });
  await waitForTask(staff, cycleId, 'appeal');
  await page.reload();
  await see(page, '82 分');
  await page
    .getByRole('button', { name: /^有异议 / })
    .first()
    .click();
  await page.getByLabel('申诉理由').waitFor();
  expect(await page.getByLabel('申诉理由').inputValue()).toMatch(/对“.+”有异议：/);
  await page.getByLabel('申诉理由').fill('巡展没有计入');
  await page.getByRole('button', { name: '提交' }).click();
  await act(office2, 'appealReview', { appealDecision: 'rejected', appealFindings: '巡展由文旅局主办' });
  await waitForTask(head, cycleId, 'acknowledge');
  await visit(page, world.url, address('results'));
  await see(page, '巡展没有计入');
  await see(page, '巡展由文旅局主办');
  await see(page, '尚未签收');
  await page.getByRole('link', { name: '阅读' }).click();
  await page.getByRole('heading', { level: 1, name: /年度绩效反馈函/ }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', 'yes');
  });
  await page.getByRole('button', { name: '打印' }).click();
  expect(await page.evaluate(() => document.body.dataset.printed)).toBe('yes');
  await page.goBack();
  ok(await office.post('/findings', { cycleId, orgId, severity: 'major', what: `讲解员不足 ${SCRIPT}` }));
  await act(head, 'acknowledge', { feedbackOpinion: '认可，继续努力' });
  await waitForTask(staff, cycleId, 'rectifyPlan');
  await page.reload();
  await see(page, '认可，继续努力');
});

test('the board follows an item from its plan to its work, and tells its line', async () => {
  const plan = await waitForTask(staff, cycleId, 'rectifyPlan');
  const { given } = (await staff.get(`/tasks/${plan}`)).body;
  const rows = given.rectifyItems.map((row: object) => ({
    ...row,
    measure: '招聘',
    owner: '馆长',
    due: `${year}-12-01`,
  }));
  await act(staff, 'rectifyPlan', { rectifyItems: rows });
  await act(office, 'rectifyReview', {}, 'approve');
  await waitForTask(staff, cycleId, 'rectifyWork');
  const page = await world.as('bwg.staff1');
  await visit(page, world.url, address('rectification'));
  const column = page.getByRole('region', { name: '落实整改' });
  await column.getByText('逾期').waitFor();
  await column.getByRole('button', { name: `讲解员不足 ${SCRIPT}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('招聘').waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('link', { name: '去办理' }).click();
  await page.getByRole('heading', { level: 1, name: /落实整改/ }).waitFor();
});

test.each(['zh', 'en'] as const)('nothing that axe can see is wrong, light or dark: %s', async (language) => {
  const [letter] = (await staff.get(`/cycles/${cycleId}/letters`)).body.items;
  const paths = [
    ...['indicators', 'report', 'warnings', 'results', 'rectification', 'burden'].map((view) => address(view)),
    `/indicators/${ids.visits}`,
    `/letters/${letter.id}`,
    `/unit/import?cycle=${cycleId}`,
  ];
  expect(await wrongOn(await world.as('bwg.staff1', { language }), world.url, paths)).toEqual({});
});
