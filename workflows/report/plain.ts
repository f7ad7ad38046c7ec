import type { Language } from '../text.ts';
import type { Report } from './report.ts';

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四', '十五'];
const REST = {
  zh: '（其余内容见周期的“报告”页。）',
  en: '(The rest is in the report of the cycle.)',
} as const;

/**
 * The sentences of a report as plain text, for a form that people go on writing in; figures, tables and pictures stay in the report. What
 * is longer than `most` characters ends after a whole paragraph, and says so.
 */
export function plainText({ parts }: Report, language: Language, most: number): string {
  let sections = 0;
  const lines = parts.flatMap((part): string[] => {
    switch (part.kind) {
      case 'heading': {
        sections += 1;
        const words = part.text[language];
        return [language === 'zh' ? `${NUMERALS[sections - 1] ?? sections}、${words}` : `${sections}. ${words}`];
      }
      case 'paragraph':
        return [part.text[language]];
      case 'list':
        return part.items.map((item) => `- ${item[language]}`);
      default:
        return [];
    }
  });
  const text = lines.join('\n');
  if (text.length <= most) return text;
  const kept: string[] = [];
  let length = REST[language].length;
  for (const line of lines) {
    length += line.length + 1;
    if (length > most) break;
    kept.push(line);
  }
  return [...kept, REST[language]].join('\n');
}
