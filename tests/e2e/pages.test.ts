import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { violations, wrongOn } from './support/axe.ts';
import { waitForTask } from './support/cycle.ts';
import { addAtEnd, blocksIn, concern, fillNames } from './support/designer.ts';
import { findPages } from './support/pages.ts';
import { see, settled, visit } from './support/ready.ts';
import { makeWorld } from './support/world.ts';

const world = await makeWorld();
const { cycle, caseId, draft, finished, ...pages } = await findPages(world);
const office = await world.client('office');

afterAll(() => {
  expect(world.outside, 'requests that left the origin').toEqual([]);
  expect(world.faults, 'errors in the pages').toEqual([]);
});

describe('nothing that axe can see is wrong', () => {
  const check = async (page: Page, paths: string[]) => expect(await wrongOn(page, world.url, paths)).toEqual({});

  test('on the sign-in page and a task', async () => {
    const page = await world.window();
    await visit(page, world.url, '/login');
    await see(page, '演示城市');
    expect(await violations(page)).toEqual([]);
    await check(page, pages.outside);
    const staff = await world.as('bwg.staff1');
    await check(staff, ['/inbox', `/tasks/${draft}`]);
    await staff.getByRole('button', { name: '添加一行' }).first().click();
    await staff.getByRole('button', { name: '提交' }).click();
    await see(staff, '至少 5 行');
    expect(await violations(staff)).toEqual([]);
    await staff.getByRole('button', { name: '转办' }).click();
    await staff.getByRole('dialog').waitFor();
    expect(await violations(staff)).toEqual([]);
  });

  // `violations` looks at each page in both themes. ALL_LOOKS=1 does so in both languages, which takes two minutes more.
  const languages = (usual: 'zh' | 'en') => (process.env.ALL_LOOKS ? (['zh', 'en'] as const) : [usual]);
  test.each(languages('zh'))('on the pages of the office: %s', async (language) => {
    await check(await world.as('office', { language }), pages.office);
  });

  test.each(languages('en'))('on the pages of the administrators: %s', async (language) => {
    await check(await world.as('admin', { language }), pages.administrator);
    await check(await world.as('security', { language }), pages.security);
    await check(await world.as('auditor', { language }), pages.auditor);
  });

  test('on a phone', async () => {
    await check(await world.as('office', { phone: true }), [
      '/inbox',
      `/cases/${caseId}`,
      '/cycles',
      '/calendar?year=2026',
    ]);
    await check(await world.as('bwg.staff1', { phone: true, theme: 'dark', language: 'en' }), [`/tasks/${draft}`]);
  });
});

describe('on a phone', () => {
  test('no page is wider than the screen', async () => {
    const wide: string[] = [];
    const measure = async (who: string, paths: string[]) => {
      const page = await world.as(who, { phone: true });
      for (const path of paths) {
        await visit(page, world.url, path);
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (over > 0) wide.push(`${path}: ${over}px`);
      }
    };
    await measure('office', [...pages.office, `/tasks/${draft}`]);
    await measure('admin', pages.administrator);
    await measure('security', [...pages.security, ...pages.outside]);
    await measure('auditor', pages.auditor);
    expect(wide).toEqual([]);
  });

  test('the actions of a task are under the thumb, and its table is filled in as cards', async () => {
    const page = await world.as('bwg.staff1', { phone: true });
    await visit(page, world.url, '/inbox');
    await page.getByRole('link', { name: /编报年度绩效计划/ }).tap();
    await settled(page);
    const submit = page.getByRole('button', { name: '提交' });
    const box = await submit.boundingBox();
    expect(box && box.y + box.height).toBeLessThanOrEqual(844);
    expect(box?.height).toBeGreaterThanOrEqual(44);
    await page.getByRole('button', { name: '添加一行' }).first().tap();
    await page.getByLabel('权重', { exact: true }).last().fill('70');
    await see(page, '合计正好');
  });
});

test('the inbox goes by keyboard alone', async () => {
  const page = await world.as('bwg.staff1');
  await visit(page, world.url, '/inbox');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  const first = page.locator('[data-row]').first();
  expect(await first.evaluate((row) => row === document.activeElement)).toBe(true);
  await page.keyboard.press('/');
  await page.keyboard.type('没有这样的事');
  await see(page, '没有符合条件的事项');
  expect(page.url()).toContain('q=');
  await page.goBack();
});

test('the office looks into a light, tries other weights, and computes the scores again', async () => {
  const page = await world.as('office');
  await visit(page, world.url, `/cycles/${finished}?view=lights`);
  await page.locator('tbody button').first().click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByRole('img', { name: /逐期走势/ })
    .locator('svg')
    .waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: '表' }).click();
  await dialog.getByRole('columnheader', { name: '累计值' }).waitFor();
  await page.keyboard.press('Escape');

  await visit(page, world.url, `/cycles/${finished}?view=results&part=whatIf`);
  await page.getByLabel('工作实绩').fill('61');
  await page.getByRole('button', { name: '试算', exact: true }).click();
  await see(page, '权重合计应为 100，现为 101');
  await page.getByLabel('工作实绩').fill('40');
  await page.getByLabel('定性评价').fill('40');
  await page.getByRole('button', { name: '试算', exact: true }).click();
  await page
    .getByText(/家名次有变化/)
    .first()
    .waitFor();

  await page.getByText('重新计分', { exact: true }).click();
  await see(page, '按现有数据重算一遍');
  await page.getByRole('button', { name: '重新计分' }).last().click();
  await see(page, '与原结果完全相同');
  await page.getByRole('button', { name: '放弃' }).click();
  await page.getByRole('dialog').getByLabel('理由').fill('核对无误，不需要更新');
  await page.getByRole('dialog').getByRole('button', { name: '放弃' }).click();
  await see(page, '已放弃');
});

test('the office reads the report of a cycle with its pictures, narrows it, and takes it along', async () => {
  const page = await world.as('office');
  await visit(page, world.url, `/cycles/${finished}?view=report`);
  await page.getByRole('heading', { name: '考评结果', exact: true }).waitFor();
  await page.getByRole('img', { name: '各单位目标完成情况（项）' }).locator('svg').waitFor();
  const unit = page.getByLabel('单位', { exact: true });
  const name = (await unit.locator('option').nth(1).textContent()) ?? '';
  await unit.selectOption({ label: name });
  await page.getByRole('heading', { name: new RegExp(`绩效报告（${name}）`) }).waitFor();
  await see(page, /在本类 \d+ 个单位中列第 \d+ 位/);
  await page.getByLabel('截至').selectOption({ label: '2025 年第 2 季度' });
  await see(page, '截至 2025 年第 2 季度末');
  expect(page.url()).toMatch(/org=[\w-]+/);

  await page.getByRole('button', { name: '下载', exact: true }).first().click();
  const pdf = await page.getByRole('menuitem', { name: 'PDF' }).getAttribute('href');
  const answer = await page.request.get(`${world.url}${pdf}`);
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf']);
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: '全部表格 (CSV)' }).click(),
  ]);
  const text = await readFile(await csv.path(), 'utf8');
  expect(text).toContain('各项指标\r\n');
  expect(text).toContain('指标,目标,核定值,计量单位,结论');
});

test('an administrator is told that this is sample data; where nobody is yet, what to do first', async () => {
  const page = await world.as('admin');
  await visit(page, world.url, '/inbox');
  await see(page, '这里的单位和人员是示例数据');
  // As it looks before there are units; what is sent is answered by the server, which knows better.
  await page.route('**/api/v1/orgs?parentId=none**', async (route) =>
    route.fulfill({ json: { items: [], total: 0, next: null } }),
  );
  await page.reload();
  await see(page, '这里还没有单位');
  expect(await page.getByRole('link', { name: '导入单位' }).getAttribute('href')).toBe('#/orgs/import');
  await page.getByRole('button', { name: '载入示例市' }).click();
  const dialog = page.getByRole('dialog', { name: '载入示例市' });
  await dialog.getByLabel('示例账号的密码').fill('12345678');
  await page.keyboard.press('Enter');
  await see(page, '密码不符合要求');
  await dialog.getByLabel('示例账号的密码').fill('xiwang-2031-shi');
  await page.keyboard.press('Enter');
  await see(page, '已有单位或人员，不能再载入示例市');
  expect(await violations(page)).toEqual([]);
});

test('a list’s search, filter and page are its address', async () => {
  const page = await world.as('admin');
  await visit(page, world.url, '/orgs');
  await page.getByRole('button', { name: '下一页' }).click();
  await see(page, /26–50/);
  await page.reload();
  await see(page, /26–50/);
  await page.getByRole('searchbox').fill('bwg');
  await see(page, '示例市博物馆');
  await page.reload();
  expect(await page.getByRole('searchbox').inputValue()).toBe('bwg');
  await see(page, '示例市博物馆');
});

test('the units stand in a tree that goes by keyboard, and fetches what is opened', async () => {
  const page = await world.as('admin');
  await visit(page, world.url, '/orgs');
  await page.getByRole('link', { name: '树状' }).click();
  await page.getByRole('treeitem', { name: '社会事业服务系统' }).waitFor();
  const focused = () =>
    page.evaluate(() => {
      const { activeElement: item } = document;
      return [
        item?.querySelector('a')?.textContent,
        item?.getAttribute('aria-level'),
        item?.getAttribute('aria-expanded'),
      ];
    });
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await page.locator('[role="treeitem"][tabindex="0"]').focus();
  const [top] = await focused();
  await press('ArrowLeft');
  expect(await focused()).toEqual([top, '1', 'false']);
  expect(await page.getByRole('treeitem', { name: '社会事业服务系统' }).count()).toBe(0);
  await press('ArrowRight');
  const group = page.getByRole('treeitem', { name: '社会事业服务系统' });
  await group.waitFor();
  await group.focus();
  expect(await focused()).toEqual(['社会事业服务系统', '2', 'false']);
  await press('ArrowRight');
  const museum = page.getByRole('treeitem', { name: '示例市博物馆' });
  await museum.waitFor();
  expect(await museum.getAttribute('aria-level')).toBe('3');
  await press('ArrowRight');
  expect((await focused())[1]).toBe('3');
  await press('ArrowLeft');
  expect(await focused()).toEqual(['社会事业服务系统', '2', 'true']);
  await museum.focus();
  expect(await violations(page)).toEqual([]);
  // By its code, without an input method; the page's own keys (g, x …) stay silent meanwhile.
  await group.focus();
  await press('b', 'w', 'g');
  expect((await focused())[0]).toBe('示例市博物馆');
  await press('ArrowRight');
  await page.locator('[role="treeitem"][aria-level="4"]').first().waitFor();
  await press('Enter');
  await page.getByRole('heading', { level: 1, name: '示例市博物馆' }).waitFor();
});

test('on paper there is the matter and nothing else', async () => {
  const page = await world.as('office', { theme: 'dark' });
  await page.addInitScript(() => {
    window.print = () => document.body.setAttribute('data-printed', 'yes');
  });
  for (const path of [
    `/cases/${caseId}`,
    `/cycles/${finished}?view=results`,
    `/cycles/${finished}?view=report`,
    `/cycles/${cycle.id}?view=cases`,
  ]) {
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 1440, height: 900 });
    await visit(page, world.url, path);
    if (!path.includes('view=cases')) {
      await page.getByRole('button', { name: '打印' }).click();
      expect(await page.evaluate(() => document.body.dataset.printed), path).toBe('yes');
    }
    // A sheet of A4 between its margins.
    await page.setViewportSize({ width: 718, height: 1000 });
    await page.emulateMedia({ media: 'print' });
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'light');
    expect(await cutOnPaper(page), path).toEqual([]);
    for (const left of [
      page.getByRole('navigation'),
      page.getByRole('banner'),
      page.locator('main .MuiButton-outlined'),
    ])
      expect(await left.filter({ visible: true }).count(), path).toBe(0);
  }
});

/** What does not fit on the page, or is cut off by what it stands in. */
const cutOnPaper = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main *')].flatMap((part) => {
      const { overflowX, position, textOverflow } = getComputedStyle(part);
      const cuts = part === document.documentElement || (overflowX !== 'visible' && textOverflow !== 'ellipsis');
      // What is for the ear only is one pixel wide.
      return cuts && position !== 'absolute' && part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 1
        ? [`${part.tagName}.${part.className}: ${part.scrollWidth} > ${part.clientWidth}`]
        : [];
    }),
  );

test('a unit is changed with its version, and refused when it changed meanwhile', async () => {
  const museum = (await office.get('/orgs?q=bwg&limit=100')).body.items.find(
    (one: { code: string }) => one.code === 'bwg',
  );
  const page = await world.as('admin');
  await visit(page, world.url, `/orgs/${museum.id}/edit`);
  await page.getByLabel('英文名称').fill('Museum of the City');
  await page.getByRole('button', { name: '保存' }).click();
  await see(page, 'Museum of the City');

  await visit(page, world.url, `/orgs/${museum.id}/edit`);
  const admin = await world.client('admin');
  const now = (await admin.get(`/orgs/${museum.id}`)).body;
  expect((await admin.patch(`/orgs/${museum.id}`, { nameEn: 'Elsewhere' }, now.version)).status).toBe(200);
  await page.getByLabel('英文名称').fill('Too late');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByRole('alert').first().waitFor();
  expect((await admin.get(`/orgs/${museum.id}`)).body.nameEn).toBe('Elsewhere');
});

test('a CSV file is tried out first, and what is wrong in it is named', async () => {
  const page = await world.as('admin');
  await visit(page, world.url, '/orgs/import');
  const choose = (text: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name: '单位.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose('code,name,kind\nxin1,新单位,部门\nxin2,,部门\nxin3,另一个,什么\n');
  await see(page, '有 2 处问题，没有任何改动');
  await page.getByRole('cell', { name: 'kind' }).waitFor();
  await choose('code,name,kind\nxin1,新单位,部门\n');
  await see(page, '检查通过，可以导入');
  expect((await office.get('/orgs?q=xin1')).body.total).toBe(0);
  await page.getByRole('button', { name: '正式导入' }).click();
  await see(page, '导入完成：新增 1，更新 0');
  expect((await office.get('/orgs?q=xin1')).body.total).toBe(1);
});

test('a template is built from nothing, mended, moved about by keys, published, and launched', async () => {
  const page = await world.as('office');
  await visit(page, world.url, '/templates');
  await page.getByRole('button', { name: '新建模板' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '建立草稿' }).click();
  await see(page, '应以字母开头');
  await dialog.getByLabel('中文名称').fill('街道考评');
  await dialog.getByLabel('英文名称').fill('Sub-districts');
  await dialog.getByLabel('标识').fill('sub-districts');
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: '建立草稿' }).click();
  await page.getByRole('heading', { level: 1, name: '街道考评' }).waitFor();
  await see(page, '模板里没有任何步骤');

  await addAtEnd(page, '目标制定', /填报/);
  await fillNames(await concern(page, '基本'), '编报目标', 'Set the goals');
  await page.getByLabel('标识').first().fill('setGoals');
  const form = await concern(page, '表单');
  await form.getByRole('button', { name: '添加一项' }).click();
  await fillNames(form, '年度目标', 'Goals');
  await form.getByRole('button', { name: '添加一项' }).click();
  // The linter finds what is missing, leads there, and is content once it is there.
  await page
    .getByRole('button', { name: /编报目标/ })
    .getByText('2 个错误')
    .waitFor();
  await page.getByRole('button', { name: '定位' }).first().click();
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-path')?.includes('fields_1__name_zh'));
  await fillNames(form, '预期分值', 'Points expected');
  await form.getByLabel('方式').last().selectOption({ label: '数字' });
  const time = await concern(page, '期限与督办');
  await time.getByRole('button', { name: '设置逾期升级' }).click();
  await time.getByLabel('逾期工作日').fill('2');
  await time.getByLabel('动作').selectOption({ label: '报单位负责人' });
  await see(page, '1 级督办');

  await page.getByRole('button', { name: '在其后添加' }).click();
  await page.getByRole('menuitem', { name: /审批/ }).click();
  await fillNames(await concern(page, '基本'), '负责人审定', 'Approval of the head');
  await (await concern(page, '审批方式')).getByLabel('退回到').selectOption({ label: '编报目标（setGoals）' });
  await page
    .getByRole('button', { name: /编报目标/ })
    .getByText('错误')
    .waitFor({ state: 'detached' });
  await expect.poll(() => blocksIn(page)).toEqual(['编报目标', '负责人审定']);

  // By keys: up and down again, out of sight and back; the row keeps the focus.
  await page.getByRole('button', { name: /负责人审定/ }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => blocksIn(page)).toEqual(['负责人审定', '编报目标']);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('负责人审定');
  await page.keyboard.press('Control+z');
  await expect.poll(() => blocksIn(page)).toEqual(['编报目标', '负责人审定']);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => blocksIn(page)).toEqual(['负责人审定', '编报目标']);
  await page.getByRole('button', { name: /编报目标/ }).dragTo(page.locator('ol > li > div').first());
  await expect.poll(() => blocksIn(page)).toEqual(['编报目标', '负责人审定']);
  await page.keyboard.press('Control+z');
  await expect.poll(() => blocksIn(page)).toEqual(['负责人审定', '编报目标']);
  await page.getByRole('button', { name: /负责人审定/ }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Delete');
  await expect.poll(() => blocksIn(page)).toEqual(['编报目标']);
  await page.getByRole('button', { name: '撤销', exact: true }).click();
  await expect.poll(() => blocksIn(page)).toEqual(['编报目标', '负责人审定']);
  expect(await violations(page)).toEqual([]);

  // What is on the screen is what is tried out: every reminder and rung on its day, and a whole cycle.
  await page.getByRole('tab', { name: '演练' }).click();
  await page.getByLabel('年度').fill('2026');
  await page.getByRole('button', { name: '开始' }).click();
  await page.getByText('1 个时点，触发 1 个').waitFor({ timeout: 60_000 });
  await page.getByRole('listitem').filter({ hasText: '报单位负责人' }).getByText('逾期 2 个工作日').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('tab', { name: '模拟' }).click();
  await page.getByLabel('参评单位数').fill('4');
  await page.getByRole('button', { name: '开始' }).click();
  await page.getByText('4 个单位办结 4 个').waitFor({ timeout: 60_000 });
  expect(await violations(page)).toEqual([]);

  const english = await world.as('office', { language: 'en' });
  await visit(english, world.url, '/templates/sub-districts/versions/1');
  await english.getByRole('button', { name: /Set the goals/ }).click();
  await concern(english, 'Form');
  expect(await violations(english)).toEqual([]);
  for (const tab of ['Rehearse', 'Simulate', 'Compare', 'JSON']) {
    await english.getByRole('tab', { name: tab, exact: true }).click();
    await settled(english);
    expect(await violations(english), tab).toEqual([]);
  }

  await page.getByRole('button', { name: '发布', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '发布', exact: true }).click();
  await page.getByRole('button', { name: '用此版本启动周期' }).click();
  await page.getByRole('dialog').getByLabel('年度').fill('2035');
  await page.getByRole('dialog').getByRole('button', { name: '启动周期' }).click();
  await page.getByRole('heading', { level: 1, name: /2035 年度街道考评/ }).waitFor();
  const { body } = await office.get('/templates/sub-districts/versions/1');
  expect(body.content.phases.plan.blocks).toMatchObject([
    {
      key: 'setGoals',
      fields: [
        { type: 'text', name: { zh: '年度目标' } },
        { type: 'decimal', name: { zh: '预期分值' } },
      ],
      escalate: [{ after: 2, do: 'head' }],
    },
    { type: 'approval', returnTo: 'setGoals' },
  ]);
});

test('tree and JSON are faces of one draft; it saves itself, and stops where somebody was faster', async () => {
  const page = await world.as('office');
  await visit(page, world.url, '/templates/zjg-departments/versions/1');
  await page.getByRole('button', { name: '另存为新版本' }).click();
  await page.getByRole('tab', { name: 'JSON', exact: true }).click();
  const editor = page.getByRole('textbox', { name: '模板内容' });
  await editor.waitFor();
  const text = await editor.inputValue();
  await write(editor, `${text} oops`);
  await see(page, /JSON 有误/);
  await page.getByRole('tab', { name: '设计' }).click();
  await see(page, '流程显示的是改错之前的内容');
  await page.getByRole('button', { name: '去改正' }).click();
  await write(editor, text.replace('"role": "performanceOffice"', '"role": "nobody"'));
  await see(page, /\d+ 个错误/);
  await page.getByRole('button', { name: '定位' }).first().click();
  expect(
    await editor.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd)),
  ).toContain('nobody');
  await write(editor, text.replace('市级机关百分考评', '市级机关百分考评（修订）'));
  await page.getByRole('tab', { name: '设计' }).click();
  const names = page.getByRole('textbox', { name: '名称 · 中文' });
  expect(await names.inputValue()).toBe('市级机关百分考评（修订）');
  await page.getByText('已保存').waitFor();

  // A condition is read while it is typed.
  await page
    .getByRole('button', { name: /条件分支/ })
    .first()
    .click();
  const condition = (await concern(page, '路径')).getByRole('textbox', { name: '条件（FEEL）' }).first();
  if (!(await condition.isVisible())) await page.locator('details details summary').first().click();
  const before = await condition.inputValue();
  await condition.fill('1 +* 2');
  await see(page, '第 4 个字符处读不懂');
  await condition.fill('nothingLikeThis = 1');
  await see(page, '没有叫“nothingLikeThis”的字段或数值');
  await condition.fill(before);
  await page.getByText('已保存').waitFor();

  const path = page.url().split('#')[1]?.split('?')[0] as string;
  const { body } = await office.get(path);
  const content = { ...body.content, name: { zh: '市级机关百分考评（别人改的）', en: 'Theirs' } };
  const theirs = await office.put(path, { content }, { ifMatch: body.revision });
  expect(theirs.status, JSON.stringify(theirs.body)).toBe(200);
  await page.getByRole('button', { name: '名称与简介' }).click();
  await names.fill('市级机关百分考评（我改的）');
  await see(page, '刚刚被别人改过');
  await see(page, '市级机关百分考评（别人改的）');
  await page.getByRole('button', { name: '以我的为准' }).click();
  await page.getByText('已保存').waitFor();
  expect((await office.get(path)).body.content.name.zh).toBe('市级机关百分考评（我改的）');

  await page.getByRole('tab', { name: '比较' }).click();
  await see(page, '修改 1');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '发布', exact: true }).click();
  await page.getByRole('button', { name: '用此版本启动周期' }).waitFor();

  // A cycle that runs the former version is moved to it, after a dry run, and back.
  await page.locator(`a[href*="/cycles/${cycle.id}/migration"]`).click();
  await page.getByRole('heading', { level: 1, name: '迁移到新版本' }).waitFor();
  await page.getByRole('button', { name: '试算' }).click();
  await see(page, '3 个流程都可以安全迁移');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: '迁移', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '迁移', exact: true }).click();
  await see(page, '已迁移 3／3 个流程');
  expect((await office.get(`/cycles/${cycle.id}`)).body.template.version).toBe(2);
  await page.getByRole('button', { name: '撤销迁移' }).click();
  await see(page, '已撤销迁移');
  expect((await office.get(`/cycles/${cycle.id}`)).body.template.version).toBe(1);
});

test('a cycle is launched from its dialog', async () => {
  const page = await world.as('office');
  await visit(page, world.url, '/cycles');
  await page.getByRole('button', { name: '启动周期' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('模板').click();
  await page.getByRole('option', { name: /市级机关百分考评/ }).click();
  await dialog.getByLabel('年度').fill('2033');
  expect(await dialog.getByLabel('周期名称').inputValue()).toMatch(/^2033 年度/);
  await dialog.getByRole('button', { name: '启动周期' }).click();
  await page.getByRole('heading', { level: 1, name: /2033 年度/ }).waitFor();
  await see(page, '各阶段单位数');
});

test('the calendar is edited: what moves is seen before it is saved', async () => {
  const page = await world.as('office');
  await visit(page, world.url, '/calendar?year=2031');
  await page.getByRole('button', { name: '修改日历' }).click();
  await page.getByRole('button', { name: '2031-05-06' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('至（含）').fill('2031-05-07');
  await dialog.getByLabel('名称').fill('市运会');
  await dialog.getByRole('button', { name: '确定' }).click();
  await see(page, '已改 2 天');
  await page.getByRole('button', { name: '查看影响并保存' }).click();
  await see(page, '没有正在进行的期限受影响');
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/calendar-moves.png` });
  await page.getByRole('button', { name: '保存并重算期限' }).click();
  await see(page, '日历已保存');
  await see(page, '5月6日');
  await page.getByRole('button', { name: '修改日历' }).waitFor();
});

/** Launches a cycle for one department; answers the task to issue its goals, whose form takes files. */
const goalsOf = async (year: number): Promise<string> => {
  const units = (await office.get('/orgs?q=kx&limit=100')).body.items;
  const unit = units.find((one: { code: string }) => one.code === 'kx');
  const made = await office.post('/cycles', {
    templateKey: 'zjg-departments',
    version: 1,
    year,
    name: `${year} 年度考评`,
    participants: [{ orgId: unit.id, category: unit.category }],
  });
  expect(made.status, JSON.stringify(made.body)).toBe(202);
  return waitForTask(office, made.body.id, 'issueGoals');
};

test('evidence is checked before it is sent, kept, and taken back', async () => {
  const goals = await goalsOf(2034);
  const page = await world.as('office');
  await visit(page, world.url, `/tasks/${goals}`);
  const choose = (name: string, content: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
  await choose('程序.exe', 'MZ');
  await see(page, '“程序.exe”的类型不能上传');
  await choose('下达文件.txt', '全市年度目标');
  await page.getByRole('link', { name: '查看 下达文件.txt' }).waitFor();
  await see(page, /草稿已保存/);
  await page.reload();
  await page.getByRole('link', { name: '查看 下达文件.txt' }).click();
  const preview = page.getByRole('dialog', { name: '下达文件.txt' });
  await preview.getByText('全市年度目标').waitFor();
  expect(await violations(page)).toEqual([]);
  await preview.getByRole('button', { name: '关闭' }).click();
  await page.getByRole('button', { name: '删除 下达文件.txt' }).click();
  await page.getByRole('link', { name: '查看 下达文件.txt' }).waitFor({ state: 'detached' });

  // A PDF is downloaded where the browser cannot show it; where it can, it stands in a frame of the page's own.
  const { printPdf } = await import('../../server/print/pdf.ts');
  const pdf = await printPdf({ title: '实施方案', author: '', language: 'zh', parts: [] }, new Date(0));
  const files = [
    { name: '实施方案.pdf', mimeType: 'application/pdf', buffer: pdf },
    { name: '台账.csv', mimeType: 'text/csv', buffer: Buffer.from('项目,数量\n甲,1\n') },
  ];
  await page.locator('input[type=file]').setInputFiles(files);
  await page.getByRole('link', { name: '查看 台账.csv' }).waitFor();
  await page.getByRole('link', { name: '下载 实施方案.pdf' }).waitFor();
  await see(page, /下载后打开/);
  await page.addInitScript(() => Object.defineProperty(navigator, 'pdfViewerEnabled', { value: true }));
  await page.reload();
  await page.getByRole('link', { name: '查看 实施方案.pdf' }).click();
  const frame = page.getByRole('dialog', { name: '实施方案.pdf' }).locator('iframe');
  await frame.waitFor();
  expect(await frame.getAttribute('src')).toMatch(/^blob:/);
  expect(await violations(page)).toEqual([]);
});

test('the security administrator clears somebody for sensitive files, who may then hand in such ones', async () => {
  const goals = await goalsOf(2035);
  const cleared = (await office.get('/people?q=office2')).body.items[0].id as string;
  const security = await world.as('security');
  await visit(security, world.url, `/people/${cleared}/roles`);
  await security.getByLabel('密级').click();
  await security.getByRole('option', { name: '敏感' }).click();
  expect(await violations(security)).toEqual([]);
  await security.getByRole('button', { name: '保存' }).click();
  await security.waitForURL(new RegExp(`/people/${cleared}$`));
  await see(security, '敏感');

  const page = await world.as('office2');
  await visit(page, world.url, `/tasks/${goals}`);
  await page.getByLabel('密级').click();
  await page.getByRole('option', { name: '敏感' }).click();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '内部情况.txt', mimeType: 'text/plain', buffer: Buffer.from('不公开') });
  await see(page, /· 敏感/);
  await see(page, /草稿已保存/);
  expect(await violations(page)).toEqual([]);
  expect(JSON.stringify((await office.get(`/tasks/${goals}`)).body)).not.toContain('内部情况');
});

/** Puts a long text into an editor as pasting would: the browser's own typing takes a minute for it. */
const write = (editor: Locator, text: string): Promise<void> =>
  editor.evaluate((area: HTMLTextAreaElement, value) => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(area, value);
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
