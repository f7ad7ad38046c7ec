import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { visit } from './ready.ts';

/** WCAG 2.2 A and AA, as axe knows them. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Waits until nothing fades or slides: what is half visible has too little contrast. */
const still = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const nextFrames = () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
    const moving = () =>
      document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    // What has just changed begins to move in the next frame.
    for (await nextFrames(); moving().length > 0; await nextFrames())
      await Promise.allSettled(moving().map(({ finished }) => finished));
  });

/** What axe finds wrong on a page, in short words: all of it as the page stands, and its colours in the other theme as well. */
export const violations = async (page: Page): Promise<string[]> => {
  const found = await wrongIn(page, { type: 'tag', values: TAGS });
  const theme = await page.evaluate(() => document.documentElement.dataset.theme);
  const other = theme === 'dark' ? 'light' : 'dark';
  await paint(page, other);
  const colours = await wrongIn(page, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] });
  await paint(page, theme === 'dark' ? 'dark' : 'light');
  return [...found, ...colours.map((one) => `${other}: ${one}`)];
};

/** The console follows the system's theme as long as nobody has chosen one: no reload, nothing that was typed is lost. */
const paint = async (page: Page, theme: 'light' | 'dark'): Promise<void> => {
  await page.emulateMedia({ colorScheme: theme });
  await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, theme);
};

const wrongIn = async (page: Page, only: { type: 'tag' | 'rule'; values: string[] }): Promise<string[]> => {
  await still(page);
  await page.evaluate(axe.source);
  return page.evaluate(async (runOnly) => {
    const { axe: injected } = window as unknown as { axe: typeof import('axe-core') };
    const result = await injected.run(document, { runOnly });
    return result.violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ target, failureSummary }) => `${target.join(' ')} — ${failureSummary}`)
          .join(' | ')}`,
    );
  }, only);
};

/** What axe finds wrong on each of these pages of the console; nothing, for pages without fault. */
export async function wrongOn(page: Page, url: string, paths: string[]): Promise<Record<string, string[]>> {
  const wrong: Record<string, string[]> = {};
  for (const path of paths) {
    await visit(page, url, path);
    const found = await violations(page);
    if (found.length > 0) wrong[path] = found;
  }
  return wrong;
}
