import type { Json } from '../json.ts';
import type { Language } from '../text.ts';
import { Exact } from './exact.ts';
import type { Explanation } from './explanation.ts';
import { DECIMAL, type Said } from './kind.ts';
import { lineKind } from './kinds/index.ts';

/**
 * An explanation as lines that can be read aloud, from the result down to what it came from, indented by two spaces a level.
 * @example explainInWords(explanation, 'zh') // ['部门得分：4 项合计 = 89.92', '  实绩得分 91.5 × 60% = 54.9', …]
 */
export function explainInWords(explanation: Explanation, language: Language): string[] {
  const lines: string[] = [];
  tell(explanation, language, '', lines);
  return lines;
}

function tell(line: Explanation, language: Language, indent: string, lines: string[]): void {
  lines.push(`${indent}${sentence(line, language)}`);
  for (const child of line.children) tell(child, language, `${indent}  `, lines);
}

function sentence(line: Explanation, language: Language): string {
  const kind = lineKind(line.kind);
  const value = figure(line.value, language);
  const named = line.name?.[language] ?? line.key ?? (line.as?.startsWith('let.') ? line.as.slice(4) : undefined);
  const label = named ?? kind?.title[language] ?? line.kind;
  const words = kind?.words(saidOf(line, language)) ?? value;
  if (line.kind === 'condition') return `${label}${colon(language)}${words}`;
  const between = line.kind === 'part' && named !== undefined ? ' ' : colon(language);
  if (line.value === null && line.children.every((one) => one.value === null))
    return `${label}${colon(language)}${value}`;
  return `${label}${between}${words === value ? value : `${words} = ${value}`}`;
}

const colon = (language: Language) => (language === 'zh' ? '：' : ': ');

function saidOf(line: Explanation, language: Language): Said {
  const all = [
    ...line.inputs.map(({ name, value }) => ({ as: name, value, text: figure(value, language) })),
    ...line.children.map(({ as, value }) => ({ as, value, text: figure(value, language) })),
  ];
  return {
    language,
    line,
    of: (as) => all.find((one) => one.as === as)?.text ?? figure(null, language),
    each: (as) => all.flatMap((one) => (one.as === as && one.value !== null ? [one.text] : [])),
    told: (as) => line.inputs.find((one) => one.name === as)?.value,
    pick: (zh, en) => (language === 'zh' ? zh : en),
  };
}

/** Places that are read aloud; the value itself has more. */
const SPOKEN = 6;

function figure(value: Json, language: Language): string {
  if (value === null) return language === 'zh' ? '不适用' : 'not applicable';
  if (typeof value !== 'string' || !DECIMAL.test(value))
    return typeof value === 'string' ? value : JSON.stringify(value);
  const exact = new Exact(value);
  return exact.decimalPlaces() > SPOKEN ? `${exact.toDecimalPlaces(SPOKEN).toFixed()}…` : value;
}
