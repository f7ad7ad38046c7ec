import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import toPdf from 'svg-to-pdfkit';
import type { Letter } from '../../workflows/letter/letter.ts';
import type { Language } from '../../workflows/text.ts';
import { drawChart, FONT } from './chart.ts';
import { type Part, partsInWords, titleOf } from './words.ts';

const require = createRequire(import.meta.url);
/** Chinese and Latin in one typeface, from a package: a closed network has no other. */
const FONT_FILE = require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf');
const MARGIN = 56;

/** A letter as PDF (A4), with its typeface inside. */
export function letterPdf(letter: Letter, language: Language, at: Date): Promise<Buffer> {
  const title = titleOf(letter, language);
  const pdf = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    lang: language === 'zh' ? 'zh-CN' : 'en',
    // The same letter is the same file.
    info: { Title: title, Author: letter.cycle, CreationDate: at },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  pdf.registerFont(FONT, FONT_FILE);
  pdf.font(FONT).fontSize(18).text(title, { align: 'center' }).moveDown();
  for (const part of partsInWords(letter, language)) draw(pdf, part, letter, language);
  pdf.end();
  return done;
}

type Pdf = InstanceType<typeof PDFDocument>;
const widthOf = (pdf: Pdf): number => pdf.page.width - 2 * MARGIN;

function draw(pdf: Pdf, part: Part, letter: Letter, language: Language): void {
  pdf.font(FONT).fontSize(10.5);
  switch (part.kind) {
    case 'heading':
      pdf.moveDown(0.5).fontSize(13).text(part.text, MARGIN).moveDown(0.3);
      return;
    case 'paragraph':
      pdf.text(part.text, MARGIN, undefined, { lineGap: 3 }).moveDown(0.4);
      return;
    case 'list':
      for (const item of part.items) pdf.text(`• ${item}`, MARGIN, undefined, { lineGap: 3, indent: 0 });
      pdf.moveDown(0.4);
      return;
    case 'table':
      table(pdf, part);
      return;
    case 'chart':
      chart(pdf, letter, part.index, language);
  }
}

const NUMBERS = 62;

function table(pdf: Pdf, { head, rows }: Extract<Part, { kind: 'table' }>): void {
  const first = widthOf(pdf) - NUMBERS * (head.length - 1);
  pdf.fontSize(9);
  const line = (cells: readonly string[], indent: number) => {
    const own = first - indent * 12;
    const height = Math.max(pdf.heightOfString(cells[0] ?? '', { width: own }), 12) + 4;
    if (pdf.y + height > pdf.page.height - MARGIN) pdf.addPage();
    const top = pdf.y;
    pdf.text(cells[0] ?? '', MARGIN + indent * 12, top, { width: own });
    cells.slice(1).forEach((cell, i) => {
      pdf.text(cell, MARGIN + first + i * NUMBERS, top, { width: NUMBERS - 4, align: 'right', lineBreak: false });
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
  line(head, 0);
  for (const { cells, indent } of rows) line(cells, indent);
  pdf.moveDown(0.5);
}

function chart(pdf: Pdf, letter: Letter, index: number, language: Language): void {
  const data = letter.charts[index];
  if (!data) return;
  const svg = drawChart(data, language);
  const [, width = '720', height = '260'] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const scale = widthOf(pdf) / Number(width);
  const room = Number(height) * scale;
  if (pdf.y + room > pdf.page.height - MARGIN) pdf.addPage();
  toPdf(pdf, svg, MARGIN, pdf.y, { width: widthOf(pdf), height: room, fontCallback: () => FONT });
  pdf.x = MARGIN;
  pdf.y += room + 8;
}
