import type { Letter } from '../../workflows/letter/letter.ts';
import type { Language } from '../../workflows/text.ts';
import { drawChart } from './chart.ts';
import { type Part, partsInWords, titleOf } from './words.ts';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const safe = (text: string): string => text.replace(/[&<>"']/g, (one) => ESCAPES[one] ?? one);

const STYLE = `body{font-family:"Noto Sans SC",sans-serif;max-width:46em;margin:2em auto;padding:0 1em;line-height:1.6;color:#1a1a1a}
h1{font-size:1.5em;text-align:center}h2{font-size:1.1em;margin-top:1.5em}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #999;padding:.2em .5em;text-align:right}th:first-child,td:first-child{text-align:left}svg{max-width:100%;height:auto}
.i1{padding-left:1.5em}.i2{padding-left:3em}.i3{padding-left:4.5em}`;

/** A letter as a page of its own: no script, nothing from elsewhere. */
export function letterHtml(letter: Letter, language: Language): string {
  const title = safe(titleOf(letter, language));
  const body = partsInWords(letter, language)
    .map((part) => partHtml(part, letter, language))
    .join('\n');
  const lang = language === 'zh' ? 'zh-CN' : 'en';
  return `<!doctype html>\n<html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style></head>\n<body><h1>${title}</h1>\n${body}\n</body></html>\n`;
}

function partHtml(part: Part, letter: Letter, language: Language): string {
  switch (part.kind) {
    case 'heading':
      return `<h2>${safe(part.text)}</h2>`;
    case 'paragraph':
      return `<p>${safe(part.text)}</p>`;
    case 'list':
      return `<ul>${part.items.map((item) => `<li>${safe(item)}</li>`).join('')}</ul>`;
    case 'table': {
      const head = part.head.map((cell) => `<th scope="col">${safe(cell)}</th>`).join('');
      const rows = part.rows.map(({ cells, indent }) => {
        const [first = '', ...rest] = cells;
        const name = `<td class="i${Math.min(indent, 3)}">${safe(first)}</td>`;
        return `<tr>${name}${rest.map((cell) => `<td>${safe(cell)}</td>`).join('')}</tr>`;
      });
      return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
    }
    case 'chart': {
      const chart = letter.charts[part.index];
      return chart
        ? `<figure role="img" aria-label="${safe(chart.title[language])}">${drawChart(chart, language)}</figure>`
        : '';
    }
  }
}
