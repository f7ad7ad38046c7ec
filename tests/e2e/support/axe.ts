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

/** What axe finds wrong on a page, in short words. */
export const violations = async (page: Page): Promise<string[]> => {
  await still(page);
  await page.evaluate(axe.source);
  return page.evaluate(async (tags) => {
    const { axe: injected } = window as unknown as { axe: typeof import('axe-core') };
    const result = await injected.run(document, { runOnly: { type: 'tag', values: tags } });
    return result.violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ target, failureSummary }) => `${target.join(' ')} — ${failureSummary}`)
          .join(' | ')}`,
    );
  }, TAGS);
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
