import type { Page } from 'playwright-core';

/** Goes to a page of the console and waits until it has drawn what it asked for. */
export const visit = async (page: Page, url: string, path: string): Promise<void> => {
  await page.goto(`${url}/#${path}`);
  await settled(page);
};

/** Waits until nothing on the page is loading. */
export const settled = async (page: Page): Promise<void> => {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .MuiSkeleton-root'));
};

/** Waits until a text is on the page. */
export const see = (page: Page, text: string | RegExp): Promise<void> =>
  page.getByText(text).first().waitFor({ timeout: 20_000 });
