import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import toPdf from 'svg-to-pdfkit';
import type { Column, Printed } from '../../workflows/report/part.ts';
import { drawChart, FONT } from './chart.ts';
import { type Document, NOTHING } from './document.ts';

const require = createRequire(import.meta.url);
/** Chinese and Latin in one typeface, from a package: a closed network has no other. */
const FONT_FILE = require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf');
const MARGIN = 56;

/** A letter or report as PDF (A4), with its typeface inside. The same document of the same instant is the same file. */
export function printPdf({ title, author, language, parts }: Document, at: Date): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    lang: language === 'zh' ? 'zh-CN' : 'en',
    info: { Title: title, Author: author, CreationDate: at },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  pdf.registerFont(FONT, FONT_FILE);
  pdf.font(FONT).fontSize(18).text(title, { align: 'center' }).moveDown();
  for (const part of parts) draw(pdf, part);
  pdf.end();
  return done;
}

type Pdf = InstanceType<typeof PDFDocument>;
const widthOf = (pdf: Pdf): number => pdf.page.width - 2 * MARGIN;
/** What follows goes to the next page where so much does not fit. */
const keepTogether = (pdf: Pdf, height: number): void => {
  if (pdf.y + height > pdf.page.height - MARGIN) pdf.addPage();
};

function draw(pdf: Pdf, part: Printed): void {
  pdf.font(FONT).fontSize(10.5);
  switch (part.kind) {
    case 'heading':
      keepTogether(pdf, 70);
      pdf.moveDown(0.5).fontSize(13).text(part.text, MARGIN).moveDown(0.3);
      return;
    case 'paragraph':
      pdf.text(part.text, MARGIN, undefined, { lineGap: 3 }).moveDown(0.4);
      return;
    case 'list':
      for (const item of part.items) pdf.text(`• ${item}`, MARGIN, undefined, { lineGap: 3, indent: 0 });
      pdf.moveDown(0.4);
      return;
    case 'figures':
      figures(pdf, part);
      return;
    case 'table':
      table(pdf, part);
      return;
    case 'chart':
      chart(pdf, part);
  }
}

const FIGURES = 4;

function figures(pdf: Pdf, { items }: Extract<Printed, { kind: 'figures' }>): void {
  const width = widthOf(pdf) / FIGURES;
  for (let from = 0; from < items.length; from += FIGURES) {
    keepTogether(pdf, 40);
    const top = pdf.y;
    items.slice(from, from + FIGURES).forEach(({ name, value, unit }, i) => {
      const left = MARGIN + i * width;
      pdf
        .fontSize(8.5)
        .fillColor('#555555')
        .text(name, left, top, { width: width - 6, height: 12, ellipsis: true });
      pdf.fontSize(13).fillColor('#000000');
      pdf.text(unit ? `${value} ${unit}` : value, left, top + 13, { width: width - 6, lineBreak: false });
    });
    pdf.x = MARGIN;
    pdf.y = top + 38;
  }
}

const NUMBERS = 62;
/** What words are given of the width that numbers leave, beside a name. */
const SHARES = { name: 1, words: 1.6 } as const;

/** How wide each column is: numbers as they need it, but never more than two thirds together; names and words share the rest. */
function widthsOf(columns: readonly Column<string>[], all: number): number[] {
  const numbers = columns.filter(({ is }) => is === 'number').length;
  const one = Math.min(NUMBERS, (all * 0.66) / Math.max(numbers, 1));
  const shares = columns.reduce((sum, { is }) => sum + (is === 'number' ? 0 : SHARES[is]), 0);
  return columns.map(({ is }) => (is === 'number' ? one : ((all - one * numbers) * SHARES[is]) / shares));
}

function table(pdf: Pdf, { title, columns, rows }: Extract<Printed, { kind: 'table' }>): void {
  const widths = widthsOf(columns, widthOf(pdf));
  const line = (cells: readonly (string | null)[], indent: number, retried = false): void => {
    const room = (i: number) => (widths[i] ?? 0) - 4 - (i === 0 ? indent * 12 : 0);
    const said = cells.map((cell) => cell ?? NOTHING);
    const height = Math.max(...said.map((cell, i) => pdf.heightOfString(cell, { width: room(i) })), 12) + 4;
    if (pdf.y + height > pdf.page.height - MARGIN && !retried) {
      pdf.addPage();
      if (cells !== head) line(head, 0, true);
    }
    const top = pdf.y;
    let left = MARGIN;
    said.forEach((cell, i) => {
      const own = left + (i === 0 ? indent * 12 : 0);
      pdf.text(cell, own, top, { width: room(i), align: columns[i]?.is === 'number' ? 'right' : 'left' });
      left += widths[i] ?? 0;
    });
    pdf
      .moveTo(MARGIN, top + height - 2)
      .lineTo(pdf.page.width - MARGIN, top + height - 2)
      .lineWidth(0.3)
      .stroke('#999999');
    pdf.fillColor('#000000');
    pdf.x = MARGIN;
    pdf.y = top + height;
  };
  const head = columns.map(({ name }) => name);
  if (title) {
    keepTogether(pdf, 50);
    pdf.fontSize(10.5).text(title, MARGIN).moveDown(0.2);
  }
  pdf.fontSize(9);
  line(head, 0);
  for (const { cells, indent = 0 } of rows) line(cells, indent);
  pdf.moveDown(0.5);
}

function chart(pdf: Pdf, part: Extract<Printed, { kind: 'chart' }>): void {
  const svg = drawChart(part.chart);
  const [, width = '720', height = '260'] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const most = pdf.page.height - 2 * MARGIN;
  const scale = Math.min(widthOf(pdf) / Number(width), most / Number(height));
  const room = Number(height) * scale;
  keepTogether(pdf, room);
  toPdf(pdf, svg, MARGIN, pdf.y, { width: Number(width) * scale, height: room, fontCallback: () => FONT });
  pdf.x = MARGIN;
  pdf.y += room + 8;
}
