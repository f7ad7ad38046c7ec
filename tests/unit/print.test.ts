import { expect, test } from 'vitest';
import { print } from '../../server/print/press.ts';
import type { Printed } from '../../workflows/report/part.ts';

const rows = Array.from({ length: 400 }, (_, n) => ({ cells: [`第 ${n} 局`, '93.25', '按期完成，数据真实'] }));
const table: Printed = {
  kind: 'table',
  title: '得分',
  columns: [
    { name: '单位', is: 'name' },
    { name: '得分', is: 'number' },
    { name: '说明', is: 'words' },
  ],
  rows,
};
const document = { title: '年度报告', author: '绩效办', language: 'zh' as const, parts: [table, table, table] };
const at = new Date('2027-03-01T00:00:00Z');

test('while a long report is printed, the server does other things', async () => {
  let turns = 0;
  let printing = true;
  const others = (async () => {
    for (; printing; turns += 1) await new Promise((go) => setImmediate(go));
  })();
  const [pdf, page, again] = await Promise.all([
    print({ document, as: 'pdf', at }),
    print({ document, as: 'html', at }),
    print({ document, as: 'pdf', at }),
  ]);
  printing = false;
  await others;
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(again.equals(pdf)).toBe(true);
  expect(page.includes('第 399 局')).toBe(true);
  expect(turns).toBeGreaterThan(1000);
});

test('what cannot be printed fails by itself, and the next document is printed', async () => {
  const broken = { ...document, parts: [{ ...table, rows: undefined }] } as unknown as typeof document;
  await expect(print({ document: broken, as: 'pdf', at })).rejects.toThrow();
  expect((await print({ document: { ...document, parts: [] }, as: 'pdf', at })).length).toBeGreaterThan(500);
});
