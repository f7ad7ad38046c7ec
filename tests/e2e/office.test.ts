import { afterAll, expect, test, vi } from 'vitest';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { task } from '../support/blocks.ts';
import { indicatorCycle, planRowsOf, section } from '../support/indicatorCycle.ts';
import { violations, wrongOn } from './support/axe.ts';
import { waitForTask } from './support/cycle.ts';
import { see, settled, visit } from './support/ready.ts';
import { makeWorld } from './support/world.ts';

const world = await makeWorld();
const year = new Date().getFullYear() - 1;
const who = [{ kind: 'role', role: 'performanceOffice' } as const];
const base = indicatorCycle(section, { key: 'watched' });
const [draft, , assign] = base.phases.plan.blocks;
if (!draft || !assign) throw new Error('the template of indicators has changed');

/** A plan at once, then the leaders and the public score; supervision, suspicious values and a ledger all along. */
const content: CycleTemplate = {
  ...base,
  name: { zh: '督办演练', en: 'Watched' },
  phases: {
    ...base.phases,
    plan: { blocks: [{ ...draft, who } as typeof draft, assign] },
    execute: { blocks: [] },
    evaluate: {
      blocks: [
        {
          key: 'voting',
          type: 'ballots',
          per: 'cycle',
          name: { zh: '领导和群众评价', en: 'Leaders and citizens' },
          groups: ['overall', 'citizens'],
          until: { from: 'opened', workingDays: 5 },
        },
        task('after', { who }),
      ],
    },
  },
  assessors: [
    {
      key: 'overall',
      name: { zh: '市领导', en: 'Leaders' },
      kind: 'superior',
      who: [{ kind: 'role', role: 'leaders' }],
      scale: { min: '0', max: '100' },
    },
    {
      key: 'citizens',
      name: { zh: '群众', en: 'Citizens' },
      kind: 'public',
      layers: [
        { key: 'town', name: { zh: '城区', en: 'Town' } },
        { key: 'village', name: { zh: '乡村', en: 'Villages' } },
      ],
      scale: {
        options: [
          { key: 'good', name: { zh: '满意', en: 'Satisfied' }, points: '100' },
          { key: 'bad', name: { zh: '不满意', en: 'Not satisfied' }, points: '0' },
        ],
      },
    },
  ],
  warnings: {
    sheets: [
      { colour: 'yellow', reply: 5 },
      { colour: 'red', reply: 3 },
    ],
    urgent: true,
    flags: [{ key: 'idle', kind: 'idle', achieved: '1', idle: '30' }],
  },
  adjustments: {
    items: [
      { key: 'honour', kind: 'bonus', name: { zh: '获得表彰', en: 'Honour' }, points: '2', most: '3', cap: '4' },
      {
        key: 'fault',
        kind: 'deduction',
        name: { zh: '通报批评', en: 'Criticised' },
        points: '1',
        evidence: 'required',
      },
    ],
  },
};

const office = await world.client('office');
const { items: departments } = (await office.get('/orgs?kind=department&category=society&limit=2')).body as {
  items: { id: string; code: string; name: string }[];
};
const [first, second] = departments;
if (!first || !second) throw new Error('the demo city has no departments');
const staff = await world.client(`${first.code}.staff1`);

const launch = async (): Promise<string> => {
  const saved = await office.post('/templates', { content });
  expect(saved.status, JSON.stringify(saved.body)).toBe(201);
  const published = await office.post('/templates/watched/versions/1/publish');
  expect(published.status, JSON.stringify(published.body)).toBe(200);
  const participants = departments.map(({ id }) => ({ orgId: id, category: 'all' }));
  const made = await office.post('/cycles', {
    templateKey: 'watched',
    version: 1,
    year,
    name: '督办演练',
    participants,
  });
  expect(made.status, JSON.stringify(made.body)).toBe(202);
  const { id } = made.body;
  for (const _ of departments) {
    const values = { plan: planRowsOf([{ code: 'own', weight: '30', target: '80' }]) };
    const done = await office.post(`/tasks/${await waitForTask(office, id, 'draft')}/act`, {
      action: 'submit',
      values,
    });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
  }
  return id;
};
const id = await launch();
const rounds = async () => (await office.get(`/cycles/${id}/ballots`)).body.items;
await vi.waitFor(async () => expect(await rounds()).toHaveLength(1), { timeout: 20_000, interval: 100 });

/** The first department reports what it has done in two quarters; an audit finds money idle. */
const indicators = (await office.get(`/assigned-indicators?cycleId=${id}&orgId=${first.id}&code=done`)).body.items;
const values = ['Q1', 'Q2', 'Q3'].map((quarter) => ({
  id: indicators[0].id,
  period: `${year}-${quarter}`,
  value: '30',
}));
expect(await office.post('/values', { cycleId: id, values })).toMatchObject({ status: 200 });
const audit = { orgId: first.id, code: 'done', period: `${year}-Q1`, idle: '40', source: '审计报告' };
expect(await office.put(`/cycles/${id}/audit-figures`, audit)).toMatchObject({ status: 200, body: { flags: 1 } });

const process = (part: string) => `/cycles/${id}?view=process&part=${part}`;
const evaluation = (part: string) => `/cycles/${id}?view=evaluation&part=${part}`;
const rectify = (part: string) => `/cycles/${id}?view=rectify&part=${part}`;
const { items: cycles } = (await office.get('/cycles?status=closed')).body as { items: { id: string }[] };
const over = cycles[0]?.id as string;
const item = (await office.get(`/rectification?cycleId=${over}&state=closed&limit=1`)).body.items[0].id as string;
const PAGES = [
  `/cycles/${id}`,
  ...['warnings', 'ladder', 'flags', 'values', 'inspections', 'points', 'complaints'].map(process),
  ...['ballots', 'ledger'].map(evaluation),
  rectify('findings'),
  rectify('opinions'),
  `/cycles/${over}?view=process&part=burden`,
  ...['dimensions', 'appeals', 'interviews', 'uses'].map((part) => `/cycles/${over}?view=evaluation&part=${part}`),
  `/cycles/${over}?view=rectify&part=board`,
  `/rectification/${item}`,
  `/complaints/import?cycle=${id}`,
];

afterAll(() => {
  expect(world.outside, 'requests that left the origin').toEqual([]);
  expect(world.faults, 'errors in the pages').toEqual([]);
});

test('an order is opened by hand, answered by the unit, sent back, answered again and closed', async () => {
  const [{ progress }] = await rounds();
  const { waiting } = (await office.get(`/cycles/${id}/dashboard`)).body;
  expect(waiting).toMatchObject({ orders: 0, flags: 1, values: 3, ballots: progress[0].assessors, items: 0 });
  const page = await world.as('office');
  await visit(page, world.url, process('warnings'));
  await see(page, '没有预警和督办');
  await page.getByRole('button', { name: '开具督办单' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('单位').fill(first.name);
  await page.getByRole('option', { name: first.name }).click();
  await dialog.getByLabel('涉及的指标').selectOption({ label: 'done' });
  await dialog.getByLabel('答复期限').fill('0');
  await see(page, '请填 1 到 250 的整数');
  await dialog.getByLabel('答复期限').fill('4');
  await dialog.getByLabel('督办事由').fill('<b>进展缓慢</b>');
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: '开具督办单' }).click();
  await see(page, '督办单已发出');
  await see(page, '<b>进展缓慢</b>');

  const [{ id: order }] = (await staff.get(`/cycles/${id}/warnings`)).body.items;
  const answer = async (text: string) =>
    expect((await staff.post(`/warnings/${order}/answer`, { text })).status).toBe(200);
  await answer('正在办理');
  await page.reload();
  await page.getByLabel('状态').selectOption('answered');
  await page.getByRole('button', { name: /督办 第 1 号/ }).click();
  const one = page.getByRole('dialog');
  await one.getByText('正在办理').waitFor();
  await one.getByRole('button', { name: '退回重答' }).click();
  await see(page, '请写明理由');
  expect(await violations(page)).toEqual([]);
  await one.getByLabel('意见').fill('没有写明措施');
  await one.getByRole('button', { name: '退回重答' }).click();
  await see(page, '已办理');
  await answer('已增加人手');
  await visit(page, world.url, `${process('warnings')}&open=${order}`);
  await page.reload();
  await page.getByRole('dialog').getByRole('button', { name: '通过，销号' }).click();
  await page.getByRole('dialog').getByText('已销号').first().waitFor();
  expect((await office.get(`/warnings/${order}`)).body).toMatchObject({ state: 'accepted' });
});

test('a suspicious value is explained and decided; values are verified, several at once, and corrected with a reason', async () => {
  const [flag] = (await staff.get(`/cycles/${id}/flags`)).body.items;
  expect((await staff.post(`/flags/${flag.id}/explain`, { text: '资金已安排' })).status).toBe(200);
  const page = await world.as('office');
  await visit(page, world.url, process('flags'));
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: '登记审计数据' }).click();
  await dialog.getByLabel('单位').fill(first.name);
  await page.getByRole('option', { name: first.name }).click();
  await dialog.getByLabel('指标').selectOption('done');
  await dialog.getByLabel('期间').fill(`${year}-Q2`);
  await dialog.getByLabel('闲置比例').fill('101');
  await see(page, '请填 0 到 100 的数');
  await dialog.getByLabel('闲置比例').fill('35');
  await dialog.getByLabel('审计报告').fill('审计报告 2 号');
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: '保存' }).click();
  await see(page, '新增 1 条异常值');
  await page.getByRole('button', { name: `done · ${year}-Q1` }).click();
  await dialog.getByText('资金已安排').waitFor();
  await dialog.getByRole('button', { name: '认定有误' }).click();
  await dialog.getByText('请写明理由').waitFor();
  await dialog.getByRole('textbox', { name: '认定意见' }).fill('核实属实');
  await dialog.getByRole('button', { name: '认定有误' }).click();
  await page.getByRole('dialog').getByText('有误', { exact: true }).waitFor();

  await visit(page, world.url, process('values'));
  const pick = (quarter: string) => page.getByRole('checkbox', { name: new RegExp(`done ${year}-${quarter}`) });
  await pick('Q1').check();
  await pick('Q2').check();
  await see(page, '已选 2 项');
  await page.getByRole('button', { name: '通过', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '通过', exact: true }).click();
  await see(page, '已核验 2 项');

  const { monitoringUnit } = (await office.get(`/orgs/${first.id}`)).body;
  const { code } = (await office.get(`/orgs/${monitoringUnit.id}`)).body;
  const monitor = await world.as(`${code}.monitor`);
  await visit(monitor, world.url, `/unit?view=verify&cycle=${id}`);
  await monitor.getByRole('checkbox', { name: new RegExp(`done ${year}-Q3`) }).check();
  await monitor.getByRole('button', { name: '更正', exact: true }).click();
  const correction = monitor.getByRole('dialog');
  await correction.getByLabel(new RegExp(`${year}-Q3`)).fill('三十');
  await see(monitor, '请填数字');
  await correction.getByLabel(new RegExp(`${year}-Q3`)).fill('28');
  await correction.getByLabel('理由').fill('台账为 28 件');
  expect(await violations(monitor)).toEqual([]);
  await correction.getByRole('button', { name: '更正', exact: true }).click();
  await see(monitor, '没有待核验的数值');
  const kept = (await office.get(`/values?cycleId=${id}&state=verified&sort=dueOn`)).body.items;
  expect(kept.map(({ verified }: { verified: string }) => verified)).toEqual(['30', '30', '28']);
});

test('the office sees who has not scored, takes somebody out, and hands links to the public once', async () => {
  const page = await world.as('office');
  await visit(page, world.url, `/cycles/${id}?view=evaluation`);
  const [before] = await rounds();
  const { assessors } = before.progress[0];
  await see(page, `已提交 0 / ${assessors}`);
  await page.getByRole('button', { name: `未提交 ${assessors} 人` }).click();
  await page
    .getByRole('button', { name: /决定回避/ })
    .first()
    .click();
  await page.getByRole('dialog').getByLabel('理由').fill('与被评单位有利害关系');
  await page.getByRole('dialog').getByRole('button', { name: '决定回避' }).click();
  await see(page, '已决定回避');
  await see(page, `已提交 0 / ${assessors - 1}`);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: '发放公众评议链接' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('评价主体').selectOption({ label: '群众 · 乡村' });
  await dialog.getByLabel('数量').fill('0');
  await see(page, '请填 1 到 10000 的整数');
  await dialog.getByLabel('数量').fill('3');
  await dialog.getByRole('button', { name: '生成链接' }).click();
  await see(page, '只显示这一次');
  const links = (await dialog.getByLabel('链接').first().inputValue()).split('\n');
  expect(links).toHaveLength(3);
  for (const link of links) expect(link).toMatch(/^http.*\/#\/survey\/[\w-]{32}$/);
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: '已保存，关闭' }).click();
  await see(page, '已发链接 3 个，已用 0 个');
});

test('a bonus is proposed with its evidence, approved by somebody else, and counts as far as its cap', async () => {
  const page = await world.as('office2');
  await visit(page, world.url, evaluation('ledger'));
  await page.getByRole('button', { name: '提出加减分' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('单位').fill(first.name);
  await page.getByRole('option', { name: first.name }).click();
  await dialog.getByLabel('项目').selectOption({ label: '获得表彰' });
  await dialog.getByLabel('分值').fill('-3');
  await see(page, '请填不带正负号的数字');
  await dialog.getByLabel('分值').fill('30');
  await dialog.getByLabel('事由').fill('获省级表彰');
  const file = { name: '决定.txt', mimeType: 'text/plain', buffer: Buffer.from('表彰决定') };
  await dialog.locator('input[type=file]').setInputFiles({ ...file, name: '决定.exe' });
  await see(page, '“决定.exe”的类型不能上传');
  await dialog.locator('input[type=file]').setInputFiles(file);
  await dialog.getByRole('link', { name: /决定.txt/ }).waitFor();
  await dialog.getByRole('button', { name: '提出加减分' }).click();
  await page.locator('.Mui-error').getByText(/3/).first().waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByLabel('分值').fill('3');
  await dialog.getByRole('button', { name: '提出加减分' }).click();
  await see(page, '已提出，等待审批');
  await page.getByRole('button', { name: '获得表彰' }).click();
  await page.getByRole('dialog').getByText('获省级表彰').waitFor();
  expect(await page.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);
  await dialog.getByRole('button', { name: '更正' }).click();
  await dialog.getByLabel('分值').fill('二');
  await see(page, '请填不带正负号的数字');
  await dialog.getByLabel('分值').fill('2.5');
  await dialog.getByLabel('依据文件').fill('省府办〔2025〕7 号');
  await dialog.getByRole('button', { name: '更正' }).click();
  await dialog.getByText('省府办〔2025〕7 号').waitFor();

  const approver = await world.as('office');
  await visit(approver, world.url, evaluation('ledger'));
  await approver.getByRole('button', { name: '获得表彰' }).click();
  await approver.getByRole('dialog').getByRole('link', { name: '决定.txt' }).waitFor();
  await approver.getByRole('button', { name: '不予批准' }).click();
  await see(approver, '请写明理由');
  await approver.getByRole('dialog').getByRole('button', { name: '批准', exact: true }).click();
  await see(approver, '已办理');
  expect((await office.get(`/cycles/${id}/adjustments/totals`)).body.items).toMatchObject([
    { sum: '2.5', proposed: 0 },
  ]);
});

test('an inspection, an observation and a complaint each lead to a finding', async () => {
  const page = await world.as('office');
  const form = page.getByRole('dialog');
  await visit(page, world.url, process('inspections'));
  await page.getByRole('button', { name: '登记督查' }).click();
  await form.getByLabel('单位').fill(first.name);
  await page.getByRole('option', { name: first.name }).click();
  await form.getByLabel('督查名称').fill('年中督查');
  await form.getByLabel('日期').fill('2999-01-01');
  await form.getByLabel('督查人员').fill('督查一组');
  await form.getByRole('button', { name: '保存' }).click();
  await form.getByText(/2999-01-01 晚于今天/).waitFor();
  await expect.poll(() => form.getByRole('button', { name: '保存' }).isEnabled()).toBe(true);
  expect(await violations(page)).toEqual([]);
  await form.getByLabel('日期').fill(`${year}-06-30`);
  await form.getByRole('button', { name: '保存' }).click();
  await page.getByRole('button', { name: '年中督查' }).click();
  await form.getByRole('button', { name: '登记问题' }).click();
  await form.getByLabel('问题').fill('台账缺失');
  await form.getByLabel('涉及的指标代码').fill('GDP9');
  await form.getByRole('button', { name: '登记问题' }).click();
  await form.getByText('没有代码为“GDP9”的指标').first().waitFor();
  await form.getByLabel('涉及的指标代码').fill('done');
  await form.getByRole('radio', { name: '较重' }).check();
  await form.getByRole('button', { name: '登记问题' }).click();
  await see(page, '待整改 1');

  const observer = (await office.get('/people?q=office&limit=1')).body.items[0];
  const point = await office.post('/observation-points', {
    code: 'OP1',
    name: '政务大厅',
    orgId: first.id,
    observers: [observer.id],
  });
  expect(point.status, JSON.stringify(point.body)).toBe(201);
  const seen = await office.post(`/observation-points/${point.body.id}/observations`, {
    day: `${year}-07-01`,
    remark: '窗口排队超过一小时',
  });
  expect(seen.status, JSON.stringify(seen.body)).toBe(201);
  await visit(page, world.url, process('points'));
  await page.getByRole('button', { name: '新增观测点' }).click();
  await form.getByLabel('代码').fill('OP1');
  await form.getByRole('textbox', { name: '观测点' }).fill('另一处');
  await form.getByRole('combobox', { name: '单位' }).fill(second.name);
  await page.getByRole('option', { name: second.name }).click();
  await form.getByRole('button', { name: '保存' }).click();
  await form.getByText('观测点代码已被使用').waitFor();
  await form.getByRole('button', { name: '取消' }).click();
  await page.getByRole('button', { name: '政务大厅' }).click();
  const [one, another] = (await office.get('/people?q=bwg&limit=2')).body.items;
  await form.getByLabel('观察员').fill(another.name);
  await page.getByRole('option', { name: another.name }).first().click();
  await form.getByRole('button', { name: '保存' }).click();
  await see(page, '观察员已更新');
  expect(one.id).not.toBe(another.id);
  const { observers } = (await office.get('/observation-points?limit=1')).body.items[0];
  expect(new Set(observers.map(({ name }: { name: string }) => name))).toEqual(new Set([observer.name, another.name]));
  await form.getByRole('button', { name: '转为整改问题' }).click();
  await form.getByRole('button', { name: '转为整改问题' }).click();
  await see(page, '已登记');

  await visit(page, world.url, process('complaints'));
  await page.getByRole('link', { name: '导入投诉' }).click();
  const choose = (text: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name: '投诉.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose(`channel,reference,received,text\n12345,A1,${year}-05-06,办事难\n12345,A2,昨天,排队久\n`);
  await see(page, '有 1 处问题，没有任何改动');
  await choose(`channel,reference,received,text\n12345,A1,${year}-05-06,办事难\n`);
  await see(page, '检查通过，可以导入');
  await page.getByRole('button', { name: '正式导入' }).click();
  await page.getByLabel('统计口径').selectOption('channel');
  await page.getByRole('button', { name: '表' }).click();
  await page.getByRole('rowheader', { name: '12345' }).waitFor();
  await page.getByRole('button', { name: '办事难' }).click();
  await form.getByRole('button', { name: '指定承办单位' }).click();
  await form.getByText('请写明理由').waitFor();
  await form.getByLabel('答复或理由').fill('属窗口服务');
  await form.getByRole('button', { name: '指定承办单位' }).click();
  await form.getByText('请选择承办单位').waitFor();
  await form.getByRole('combobox', { name: '承办单位' }).fill(first.name);
  await page.getByRole('option', { name: first.name }).click();
  await form.getByRole('button', { name: '指定承办单位' }).click();
  await form.getByText('办理中').first().waitFor();
  expect(await violations(page)).toEqual([]);
  await form.getByRole('button', { name: '转为整改问题' }).click();
  await form.getByRole('button', { name: '转为整改问题' }).click();
  await see(page, '已登记');

  await visit(page, world.url, rectify('findings'));
  for (const what of ['台账缺失', '窗口排队超过一小时', '办事难']) await see(page, what);
  await page.getByLabel('来源').selectOption('complaint');
  await page.getByRole('button', { name: 'F3' }).click();
  const photo = { name: '现场.txt', mimeType: 'text/plain', buffer: Buffer.from('现场情况') };
  await form.locator('input[type=file]').setInputFiles({ ...photo, name: '现场.exe' });
  await see(page, '“现场.exe”的类型不能上传');
  await form.locator('input[type=file]').setInputFiles(photo);
  await form.getByRole('link', { name: '现场.txt' }).waitFor();
  await form.getByLabel('理由').fill('已当场解决');
  await form.getByRole('button', { name: '无需整改，关闭' }).click();
  await form.getByText('已销号').first().waitFor();
});

test('what raters wrote is sorted, merged into a goal, confirmed and issued to the units as findings', async () => {
  const taken = await office.post('/opinions', {
    cycleId: id,
    opinions: [
      { orgId: first.id, layer: '企业', text: '材料要得太多' },
      { orgId: second.id, text: '同一材料重复提交' },
      { orgId: first.id, text: '窗口很耐心' },
    ],
  });
  expect(taken.status, JSON.stringify(taken.body)).toBe(201);
  const page = await world.as('office');
  await visit(page, world.url, `/cycles/${id}`);
  await page.getByRole('link', { name: '未归类的评议意见 3' }).click();
  await page.getByRole('checkbox', { name: '窗口很耐心' }).check();
  await page.getByRole('button', { name: '归为表扬' }).click();
  await see(page, '其中表扬 1 条、未归类 2 条');
  await page.getByLabel('归类').selectOption('all');
  for (const text of ['材料要得太多', '同一材料重复提交']) await page.getByRole('checkbox', { name: text }).check();
  expect(await page.getByRole('button', { name: '合并为改进目标' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: '归为意见' }).click();
  await see(page, '未归类 0 条');
  for (const text of ['材料要得太多', '同一材料重复提交']) await page.getByRole('checkbox', { name: text }).check();
  await page.getByRole('button', { name: '合并为改进目标' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('目标名称').fill('减少重复材料');
  await dialog.getByLabel('改进要求').fill('三个月内取消重复提交');
  await dialog.getByLabel('涉及的指标代码').fill('GDP9');
  await dialog.getByRole('button', { name: '合并为改进目标' }).click();
  await dialog.getByText('没有代码为“GDP9”的指标').waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByLabel('涉及的指标代码').fill('');
  await dialog.getByRole('button', { name: '合并为改进目标' }).click();
  await page.getByRole('button', { name: '确认 减少重复材料' }).click();
  await page.getByRole('button', { name: '下达 减少重复材料' }).click();
  await dialog.getByRole('radio', { name: '较重' }).check();
  await dialog.getByRole('button', { name: '下达' }).click();
  await page.getByText('已下达').first().waitFor();
  await page.getByRole('button', { name: '显示已下达的 1 个' }).click();
  await see(page, '由 2 条意见合并');
  const found = (await office.get(`/findings?cycleId=${id}&source=survey`)).body.items;
  expect(found).toMatchObject([{ what: '减少重复材料', severity: 'major' }, { what: '减少重复材料' }]);
});

test('the overview counts what waits, and leads there', async () => {
  const { waiting } = (await office.get(`/cycles/${id}/dashboard`)).body;
  expect(waiting).toMatchObject({
    orders: 0,
    flags: 1,
    values: 0,
    adjustments: 0,
    complaints: 0,
    findings: 4,
    items: 0,
  });
  const page = await world.as('office');
  await visit(page, world.url, `/cycles/${id}`);
  await page.getByRole('link', { name: '未列入整改的问题 4' }).click();
  await see(page, '台账缺失');
  expect(page.url()).toContain('state=open');
  await page.getByRole('button', { name: '问题清单 4' }).waitFor();
});

test('the board shows what is rectified by state, narrowed to a source, and the line of one item', async () => {
  const { items } = (await office.get(`/rectification?cycleId=${over}&limit=100`)).body as {
    items: { state: string; source: string; problem: string; overdue: boolean }[];
  };
  const page = await world.as('office');
  await visit(page, world.url, `/cycles/${over}?view=rectify`);
  const column = page.getByRole('region', { name: '已销号' });
  const closed = items.filter(({ state }) => state === 'closed');
  await column.getByText(String(closed.length), { exact: true }).waitFor();
  const source = closed[0]?.source as string;
  await page.getByLabel('来源').selectOption(source);
  const same = closed.filter((one) => one.source === source);
  await expect.poll(() => column.getByRole('listitem').count()).toBe(Math.min(same.length, 30));
  await column.getByRole('link').first().click();
  await page.getByRole('heading', { name: '问题来源' }).waitFor();
  await page.getByRole('heading', { name: '办理经过' }).first().waitFor();
  await see(page, '措施');
});

test('the comparison of units, the uses of the results and the burden can be read as tables', async () => {
  const page = await world.as('office');
  const results = (await office.get(`/cycles/${over}/results`)).body.items as { org: { name: string } }[];
  const name = results[0]?.org.name as string;
  await visit(page, world.url, `/cycles/${over}?view=evaluation&part=dimensions`);
  await page.getByRole('button', { name: '表' }).first().click();
  await page.getByRole('rowheader', { name: '平均' }).first().waitFor();
  await visit(page, world.url, `/cycles/${over}?view=process&part=burden`);
  await page.getByRole('button', { name: '表' }).first().click();
  await page.getByRole('rowheader', { name }).first().waitFor();
  await visit(page, world.url, `/cycles/${over}?view=evaluation&part=interviews`);
  await page.getByRole('link', { name, exact: true }).waitFor();
  const answer = await page.request.get(
    `${world.url}${await page.getByRole('link', { name: new RegExp(`PDF ${name}`) }).getAttribute('href')}`,
  );
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf']);
});

test('nothing that axe can see is wrong, in either language, light or dark; no page is wider than a phone', async () => {
  for (const look of [
    { language: 'zh', theme: 'light', phone: true },
    { language: 'en', theme: 'dark' },
  ] as const)
    expect(await wrongOn(await world.as('office', look), world.url, PAGES), JSON.stringify(look)).toEqual({});
  const page = await world.as('office', { language: 'en', phone: true });
  for (const path of PAGES) {
    await visit(page, world.url, path);
    await settled(page);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider, path).toBe(0);
  }
});
