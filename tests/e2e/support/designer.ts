import type { Locator, Page } from 'playwright-core';

/** The settings of a block that belong together, opened. */
export const concern = async (page: Page, title: string): Promise<Locator> => {
  const part = page.locator('details', { has: page.locator('summary h3', { hasText: title }) });
  if (!(await part.evaluate((one: HTMLDetailsElement) => one.open))) await part.locator('summary').first().click();
  return part;
};

/** Fills in a text in both languages, the last of that name within a part of the page. */
export const fillNames = async (part: Locator | Page, zh: string, en: string): Promise<void> => {
  await part.getByRole('textbox', { name: '名称 · 中文' }).last().fill(zh);
  await part.getByRole('textbox', { name: '名称 · 英文' }).last().fill(en);
};

/** The names of the blocks in the tree, from top to bottom. */
export const blocksIn = (page: Page): Promise<string[]> =>
  page
    .locator('ol [data-node]')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).querySelector('span > span')?.textContent ?? ''));

/** Adds a block of a kind at the end of a list. */
export const addAtEnd = async (page: Page, list: string, kind: RegExp): Promise<void> => {
  await page.getByRole('button', { name: new RegExp(`在“${list}”末尾`) }).click();
  await page.getByRole('menuitem', { name: kind }).click();
};
