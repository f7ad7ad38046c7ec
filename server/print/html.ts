import type { Printed } from '../../workflows/report/part.ts';
import { drawChart } from './chart.ts';
import { type Document, NOTHING } from './document.ts';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const safe = (text: string): string => text.replace(/[&<>"']/g, (one) => ESCAPES[one] ?? one);

const STYLE = `body{font-family:"Noto Sans SC",sans-serif;max-width:46em;margin:2em auto;padding:0 1em;line-height:1.6;color:#1a1a1a}
h1{font-size:1.5em;text-align:center}h2{font-size:1.1em;margin-top:1.5em}table{border-collapse:collapse;width:100%;margin:.8em 0}
caption{text-align:left;font-weight:bold;padding:.3em 0}thead{display:table-header-group}tr,figure{break-inside:avoid}h2{break-after:avoid}
th,td{border:1px solid #999;padding:.2em .5em;text-align:right}.w{text-align:left;min-width:2.6em}figure{margin:1em 0}svg{max-width:100%;height:auto}
dl{display:flex;flex-wrap:wrap;gap:.5em 1.5em;margin:.8em 0}dl div{min-width:6em}dt{font-size:.85em;color:#555}dd{margin:0;font-size:1.3em}
.i1{padding-left:1.5em}.i2{padding-left:3em}.i3{padding-left:4.5em}@media print{body{margin:0;max-width:none}}`;

/** A letter or report as a page of its own: no script, nothing from elsewhere. */
export function printHtml({ title, language, parts }: Document): string {
  const lang = language === 'zh' ? 'zh-CN' : 'en';
  return `<!doctype html>\n<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(title)}</title><style>${STYLE}</style></head>\n<body><h1>${safe(title)}</h1>\n${parts.map(partHtml).join('\n')}\n</body></html>\n`;
}

function partHtml(part: Printed): string {
  switch (part.kind) {
    case 'heading':
      return `<h2>${safe(part.text)}</h2>`;
    case 'paragraph':
      return `<p>${safe(part.text)}</p>`;
    case 'list':
      return `<ul>${part.items.map((item) => `<li>${safe(item)}</li>`).join('')}</ul>`;
    case 'figures':
      return `<dl>${part.items.map(({ name, value, unit }) => `<div><dt>${safe(name)}</dt><dd>${safe(value)}${unit ? ` <small>${safe(unit)}</small>` : ''}</dd></div>`).join('')}</dl>`;
    case 'table':
      return tableHtml(part);
    case 'chart':
      return `<figure role="img" aria-label="${safe(part.chart.title)}">${drawChart(part.chart)}</figure>`;
  }
}

function tableHtml({ title, columns, rows }: Extract<Printed, { kind: 'table' }>): string {
  const sides = columns.map(({ is }) => (is === 'number' ? '' : 'w'));
  const classed = (...names: (string | undefined)[]) => {
    const all = names.filter(Boolean).join(' ');
    return all === '' ? '' : ` class="${all}"`;
  };
  const head = columns.map(({ name }, i) => `<th scope="col"${classed(sides[i])}>${safe(name)}</th>`).join('');
  const body = rows.map(({ cells, indent = 0 }) => {
    const inside = cells.map((cell, i) => {
      const step = i === 0 ? `i${Math.min(indent, 3)}` : undefined;
      return `<td${classed(step, sides[i])}>${safe(cell ?? NOTHING)}</td>`;
    });
    return `<tr>${inside.join('')}</tr>`;
  });
  return `<table>${title ? `<caption>${safe(title)}</caption>` : ''}<thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}
