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

/** Waits until a text is on the page; where it does not come, the error says what is there instead. */
export const see = async (page: Page, text: string | RegExp): Promise<void> => {
  try {
    await page.getByText(text).first().waitFor({ timeout: 20_000 });
  } catch (cause) {
    const shown = await page.locator('body').ariaSnapshot();
    throw new Error(`${text} is not to be seen at ${page.url()}, but:\n${shown}`, { cause });
  }
};
