import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { XSS } from '../../server/fuzz/hostile.ts';
import { findPages } from './support/pages.ts';
import { see, settled, visit } from './support/ready.ts';
import { makeWorld } from './support/world.ts';

const world = await makeWorld();
const pages = await findPages(world);

afterAll(() => {
  expect(world.outside, 'requests that left the origin').toEqual([]);
  expect(world.faults, 'errors in the pages').toEqual([]);
});

/** What somebody wrote, in the demo city, is Chinese; codes, ids, days and numbers are not. */
const WRITTEN = /[\u4e00-\u9fff]/;

let next = 0;
/** An answer of the API with a script behind every text that somebody wrote. */
const infected = (answer: unknown): unknown => {
  if (typeof answer === 'string') return WRITTEN.test(answer) ? `${answer}${XSS[next++ % XSS.length]}` : answer;
  if (Array.isArray(answer)) return answer.map(infected);
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, infected(value)]));
};

const infect = async (page: Page): Promise<void> => {
  await page.route('**/api/v1/**', async (route) => {
    if (route.request().resourceType() === 'eventsource') return route.fallback();
    const response = await route.fetch();
    if (!response.headers()['content-type']?.includes('json')) return route.fulfill({ response });
    return route.fulfill({ response, json: infected(await response.json()) });
  });
};

/** Elements and addresses that only a script in a text can have made. */
const alive = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    ['script:not([src])', 'img[src="x"]', '[onload]', '[onerror]', 'iframe', 'math', 'a[href^="javascript:" i]']
      .flatMap((selector) => [...document.querySelectorAll(selector)])
      .concat(
        [...document.querySelectorAll('style')].filter(({ textContent }) => textContent?.includes('evil.example')),
      )
      .map(({ outerHTML }) => outerHTML.slice(0, 200)),
  );

const shown = (page: Page) => page.evaluate(() => document.body.textContent?.includes('alert(') ?? false);

test.each([
  ['office', pages.office],
  ['admin', pages.administrator],
  ['security', pages.security],
  ['bwg.staff1', ['/inbox', `/tasks/${pages.draft}`, '/unit', '/unit?view=grid', '/delegations']],
] as const)('S47 a script behind every text is only text on the pages of %s', async (who, paths) => {
  const page = await world.as(who);
  const said: string[] = [];
  page.on('dialog', (dialog) => {
    said.push(dialog.message());
    return dialog.dismiss();
  });
  await infect(page);
  const found: Record<string, string[]> = {};
  let texts = 0;
  for (const path of paths) {
    await visit(page, world.url, path);
    const elements = await alive(page);
    if (elements.length > 0) found[path] = elements;
    if (await shown(page)) texts += 1;
  }
  expect(found).toEqual({});
  expect(said).toEqual([]);
  // So that nothing was found because nothing was shown.
  expect(texts).toBeGreaterThan(paths.length / 2);
});

test('S47 what a chart says under the pointer is only text', async () => {
  const page = await world.as('office');
  await infect(page);
  await visit(page, world.url, `/cycles/${pages.finished}?view=report`);
  const chart = page.locator('[role="img"] svg').first();
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  if (!box) throw new Error('the chart is nowhere');
  const words = () => chart.locator('text').count();
  const before = await words();
  for (const share of [0.3, 0.5, 0.7]) await page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
  await expect.poll(words).toBeGreaterThan(before);
  expect(await alive(page)).toEqual([]);
});

test('S47 scripts that somebody writes are read as they were written', async () => {
  const staff = await world.as('bwg.staff1');
  await visit(staff, world.url, `/tasks/${pages.draft}`);
  const said = XSS.join('\n');
  const comment = staff.getByLabel(/评论|留言/).first();
  await comment.fill(said);
  await staff
    .getByRole('button', { name: /发表|发送/ })
    .first()
    .click();
  const office = await world.as('office');
  await visit(office, world.url, `/cases/${pages.caseId}`);
  await see(office, XSS[0]);
  await settled(office);
  const read = await office.evaluate(() => document.body.textContent ?? '');
  expect(XSS.filter((text) => !read.includes(text))).toEqual([]);
  expect(await alive(office)).toEqual([]);
});
