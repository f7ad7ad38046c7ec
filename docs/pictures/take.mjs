// Takes the pictures of every page, and writes docs/pages.md. In one terminal `npm start`, on a new `.bihuan`; in the other:
//   node docs/pictures/take.mjs http://localhost:3000
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compile } from '../../server/cli/compile.mjs';
import { launchSamples } from './samples.mjs';

const [url = 'http://localhost:3000'] = process.argv.slice(2);
const PASSWORD = 'bihuan-demo-2026';
const FOLDER = join(import.meta.dirname, 'pages');

const { launchBrowser } = await import(await compile('server/bench/browser.ts', ['server']));
const browser = await launchBrowser();

const windows = new Map();
const tokens = new Map();
const windowOf = async (who, dark) => {
  const key = `${who} ${dark}`;
  const known = windows.get(key);
  if (known) return known;
  const context = await browser.newContext({
    viewport: { width: 1200, height: 760 },
    locale: 'zh-CN',
    colorScheme: dark ? 'dark' : 'light',
  });
  await context.addInitScript((language) => localStorage.setItem('bihuan.language', language), dark ? 'en' : 'zh');
  const page = await context.newPage();
  if (who) {
    const answer = await page.request.post(`${url}/api/v1/session`, { data: { username: who, password: PASSWORD } });
    if (!answer.ok()) throw new Error(`${who}: ${await answer.text()}`);
    const { csrf } = await answer.json();
    tokens.set(who, csrf);
    await page.request.put(`${url}/api/v1/session/preferences`, {
      data: { toured: true },
      headers: { 'X-CSRF-Token': csrf },
    });
  }
  windows.set(key, page);
  return page;
};
const get = async (who, path) => {
  const answer = await (await windowOf(who, false)).request.get(`${url}/api/v1${path}`);
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
  return answer.json();
};

const post = async (who, path, data) => {
  const page = await windowOf(who, false);
  const headers = { 'X-CSRF-Token': tokens.get(who) };
  const answer = await page.request.post(`${url}/api/v1${path}`, { data, headers });
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
  return answer.status() === 204 ? undefined : answer.json();
};
const STAFF = 'mzj.staff1';
const { items: cycles } = await get('office', '/cycles?limit=20');
const over = cycles.find(({ status }) => status === 'closed').id;
const pilot = cycles.filter(({ status }) => status === 'running').at(-1).id;
const whole = cycles.find(({ status }) => status === 'running').id;
const [task] = (await get(STAFF, '/tasks?limit=1')).items;
const { items: indicators } = await get('office', `/assigned-indicators?cycleId=${pilot}&limit=1`);
const { items } = await get('office', `/rectification?cycleId=${over}&limit=1`);
const { items: letters } = await get('office', `/cycles/${over}/letters?limit=1`);
const [org] = (await get('admin', '/orgs?q=mzj&limit=1')).items;
const [person] = (await get('security', `/people?q=${STAFF}&limit=1`)).items;
const [change] = (await get('auditor', '/audit?action=templates.ship&limit=1')).items;
const TEMPLATE = '/templates/zjg-departments/versions/1';

const { sheet, survey, incident } = await launchSamples({ get, post });

/** Name of the file, title, who looks, where; `true`: dark and in English. */
const PAGES = [
  ['login', '登录 · Sign in', null, '/login'],
  ['forgotten', '忘记密码 · Forgotten password', null, '/forgotten', true],
  ['reset', '设置新密码 · A new password', null, '/reset?token=nobody'],
  ['setup', '首次设置 · First run', null, '/setup'],
  ['inbox', '待办 · To do', 'office', '/inbox', true],
  ['inbox-done', '已办 · Done', 'office', '/inbox?box=done'],
  ['inbox-told', '抄送 · Notices', 'office', '/inbox?box=told'],
  ['task', '事项 · A task', STAFF, `/tasks/${task.id}`],
  ['case', '流程 · A case', STAFF, `/cases/${task.id.split('.')[0]}`, true],
  ['unit-verify', '核验 · Verify values', 'fgw.monitor', '/unit?view=verify', true],
  ['unit-import', '导入数据 · Import values', STAFF, `/unit/import?cycle=${pilot}`],
  ['unit-indicators', '我的单位 · My unit', STAFF, `/unit?cycle=${pilot}`],
  ['unit-report', '数据报送 · Report values', STAFF, `/unit?view=report&cycle=${pilot}`],
  ['unit-orders', '督办与异常值 · Orders and suspicious values', STAFF, `/unit?view=warnings&cycle=${pilot}`, true],
  ['unit-results', '结果与反馈 · Results and feedback', STAFF, `/unit?view=results&cycle=${over}`],
  ['unit-board', '整改看板 · Rectification board', STAFF, `/unit?view=rectification&cycle=${pilot}`],
  ['unit-burden', '负担 · Burden', STAFF, `/unit?view=burden&cycle=${pilot}`, true],
  ['indicator', '指标 · An indicator', 'office', `/indicators/${indicators[0].id}`],
  ['letter', '反馈信 · A letter', 'office', `/letters/${letters[0].id}`],
  ['ballots', '我的评价 · My ballots', 'leader1', '/ballots'],
  ['ballot-sheet', '评价表 · A ballot sheet', 'leader1', `/ballots/${sheet.id}`, true],
  ['cycles', '绩效周期 · Cycles', 'office', '/cycles', true],
  ['cycle-overview', '概览 · Overview', 'office', `/cycles/${whole}`],
  ['cycle-cases', '单位 · Units of a cycle', 'office', `/cycles/${whole}?view=cases`],
  ['cycle-lights', '亮灯 · Lights', 'office', `/cycles/${pilot}?view=lights`, true],
  ['cycle-process', '过程：预警督办 · Process: warnings and orders', 'office', `/cycles/${pilot}?view=process`],
  [
    'cycle-verification',
    '过程：数据核验 · Process: verification',
    'office',
    `/cycles/${pilot}?view=process&part=values`,
  ],
  ['cycle-complaints', '过程：投诉 · Process: complaints', 'office', `/cycles/${pilot}?view=process&part=complaints`],
  ['complaints-import', '导入投诉 · Import complaints', 'office', `/complaints/import?cycle=${pilot}`, true],
  ['cycle-evaluation', '评价进度 · Ballots', 'office', `/cycles/${over}?view=evaluation`],
  ['cycle-ledger', '加减分 · Ledger', 'office', `/cycles/${over}?view=evaluation&part=ledger`, true],
  ['cycle-findings', '问题清单 · Findings', 'office', `/cycles/${over}?view=rectify&part=findings`],
  ['cycle-results', '结果 · Results', 'office', `/cycles/${over}?view=results`, true],
  ['cycle-whatif', '结果：权重试算 · Results: other weights', 'office', `/cycles/${over}?view=results&part=whatIf`],
  [
    'cycle-recompute',
    '结果：重新计分 · Results: computing again',
    'office',
    `/cycles/${over}?view=results&part=recompute`,
  ],
  ['cycle-years', '结果：年度比较 · Results: years', 'office', `/cycles/${over}?view=results&part=years`],
  ['cycle-report', '报告 · Report', 'office', `/cycles/${over}?view=report`],
  ['cycle-handling', '用时 · Handling time', 'office', `/cycles/${whole}?view=handling`, true],
  ['rectification', '整改事项 · An item of rectification', 'office', `/rectification/${items[0].id}`],
  ['calendar', '工作日历 · Calendar', 'office', '/calendar?year=2026'],
  ['delegations', '授权代理 · Delegations', 'office', '/delegations', true],
  ['templates', '模板 · Templates', 'office', '/templates'],
  ['template', '模板设计 · A template', 'office', TEMPLATE, true],
  ['template-rehearse', '演练 · Rehearse', 'office', `${TEMPLATE}?view=rehearse`],
  ['template-compare', '比较 · Compare versions', 'office', `${TEMPLATE}?view=compare`],
  ['template-json', '模板内容 · A template as JSON', 'office', `${TEMPLATE}?view=json`, true],
  ['template-simulate', '模拟 · Simulate', 'office', `${TEMPLATE}?view=simulate`],
  ['migration', '换用新版 · Move a running cycle', 'office', `/cycles/${pilot}/migration`],
  ['orgs', '单位 · Units', 'admin', '/orgs'],
  ['orgs-tree', '单位（树） · Units as a tree', 'admin', '/orgs/tree', true],
  ['org', '单位详情 · A unit', 'admin', `/orgs/${org.id}`],
  ['org-edit', '修改单位 · Edit a unit', 'admin', `/orgs/${org.id}/edit`],
  ['org-create', '新增单位 · Add a unit', 'admin', '/orgs/create', true],
  ['orgs-import', '导入单位 · Import units', 'admin', '/orgs/import'],
  ['people', '人员 · People', 'admin', '/people'],
  ['person', '人员详情 · A person', 'admin', `/people/${person.id}`],
  ['person-edit', '修改人员 · Edit a person', 'admin', `/people/${person.id}/edit`, true],
  ['person-create', '新增人员 · Add a person', 'admin', '/people/create'],
  ['people-import', '导入人员 · Import people', 'admin', '/people/import', true],
  ['roles', '授予角色 · Grant roles', 'security', `/people/${person.id}/roles`],
  ['roles-import', '导入角色 · Import roles', 'security', '/roles/import', true],
  ['accounts', '账号安全 · Accounts', 'security', '/accounts'],
  ['account-of', '账号 · An account', 'security', `/accounts/${person.id}`, true],
  ['account', '我的账号 · My account', 'office', '/account'],
  ['tokens', '令牌 · Tokens', 'office', '/tokens', true],
  ['audit', '审计日志 · Audit', 'auditor', '/audit'],
  ['audit-row', '审计记录 · A row of the audit', 'auditor', `/audit/${change.id}`, true],
  ['incidents', '异常 · Incidents', 'office', '/incidents'],
  ['incident', '异常详情 · An incident', 'office', `/incidents/${incident.id}`, true],
  ['operations', '运行状况 · Operations', 'admin', '/operations'],
  ['public-cycles', '绩效公开 · Public', null, '/public'],
  ['public-cycle', '公开的周期 · A published cycle', null, `/public/${over}`, true],
  ['survey', '公众评议 · A survey', null, survey],
];

await mkdir(FOLDER, { recursive: true });
for (const [name, , who, path, dark = false] of PAGES) {
  const page = await windowOf(who, dark);
  await page.goto(`${url}/#${path}`);
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .MuiSkeleton-root'));
  await page.mouse.move(1190, 750);
  // What is loaded when it is looked at comes a moment later.
  await page.evaluate(async () => {
    const wait = () => new Promise((go) => setTimeout(go, 700));
    for (let before = ''; before !== document.body.innerHTML; await wait()) before = document.body.innerHTML;
  });
  await page.screenshot({ path: join(FOLDER, `${name}.jpg`), type: 'jpeg', quality: 72, animations: 'disabled' });
  console.log(name);
}
await browser.close();
await writeFile(
  join(import.meta.dirname, '../pages.md'),
  `# Every page 页面一览

Of the demo city that \`npm start\` loads, taken by \`node docs/pictures/take.mjs\`; light pages in Chinese, dark ones in English. Each page
also comes the other way round, and on a phone.
${PAGES.map(([name, title]) => `\n## ${title}\n\n![${title.split(' · ')[1]}](pictures/pages/${name}.jpg)\n`).join('')}`,
);
