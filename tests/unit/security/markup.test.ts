import { expect, test } from 'vitest';
import { XSS } from '../../../server/fuzz/hostile.ts';
import { printHtml } from '../../../server/print/html.ts';
import { printPdf } from '../../../server/print/pdf.ts';
import type { Printed } from '../../../workflows/report/part.ts';

/** A page with the text at every place that a letter or report has. */
const everywhere = (text: string): Printed[] => [
  { kind: 'heading', text },
  { kind: 'paragraph', text },
  { kind: 'list', items: [text] },
  { kind: 'figures', items: [{ key: 'x', name: text, value: text, unit: text }] },
  { kind: 'table', title: text, columns: [{ name: text, is: 'name' }], rows: [{ cells: [text] }] },
  { kind: 'chart', chart: { form: 'bars', title: text, names: [text], series: [{ name: text, values: ['1'] }] } },
];

/** Elements that a page of ours never has, and attributes that run something. */
const ACTIVE = /<(script|iframe|img|math|textarea|a|object|embed|link|base|form)\b|<[^>]*\son\w+\s*=/i;
/** Inside of quotes nothing is an element: there they are escaped. */
const unquoted = (page: string): string => page.replace(/"[^"]*"/g, '""');

test.each(XSS.map((text) => [text]))('S47 %s is only text on a printed page', (text) => {
  const parts = everywhere(text);
  const page = printHtml({ title: text, author: text, language: 'zh', parts });
  expect(unquoted(page)).not.toMatch(ACTIVE);
  expect(page.match(/<svg\b/g)).toHaveLength(1);
  expect(page.match(/<style\b/g)?.length).toBeLessThanOrEqual(2);
});

test('S47 nothing is active in a PDF', async () => {
  const parts = XSS.flatMap(everywhere);
  const pdf = await printPdf(
    { title: XSS[0], author: XSS[1], language: 'zh', parts },
    new Date('2026-03-02T01:00:00Z'),
  );
  expect(pdf.toString('latin1')).not.toMatch(/\/(JavaScript|JS|OpenAction|AA|Launch|URI|EmbeddedFile)\b/);
});
