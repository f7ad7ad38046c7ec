import type { Language, Text } from '../../workflows/text.ts';
import type { DOWNLOADS, PublicCycle } from './schema.ts';

export type Download = (typeof DOWNLOADS)[number];
type Cell = string | number | null;

/** Spreadsheets know UTF-8 by it. */
const BOM = '\uFEFF';
const NUMBER = /^[+-]?\d+(\.\d+)?$/;
/** What a spreadsheet would run as a formula when it opens the file. */
const FORMULA = /^[=@+\-\t\r]/;

/** One cell: quoted where it must be; a text that would be run as a formula is led by an apostrophe. */
export function csvCell(value: Cell): string {
  const raw = value === null ? '' : String(value);
  const safe = FORMULA.test(raw) && !NUMBER.test(raw) ? `'${raw}` : raw;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const csvText = (rows: readonly (readonly Cell[])[]): string =>
  `${BOM}${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;

/** A part of what is public of a cycle as a table. */
export function publicCsv(cycle: PublicCycle, part: Download, language: Language): string {
  const say = (text: Text | null) => text?.[language] ?? null;
  const t = (zh: string, en: string) => (language === 'zh' ? zh : en);
  const category = (key: string) => say(cycle.categories.find((one) => one.key === key)?.name ?? { zh: key, en: key });
  const unit = t('单位', 'unit');
  switch (part) {
    case 'indicators':
      return csvText([
        [
          unit,
          t('类别', 'category'),
          t('编号', 'code'),
          t('指标', 'indicator'),
          t('计量单位', 'measured in'),
          t('方向', 'direction'),
          t('计算公式', 'formula'),
          t('数据来源', 'source'),
          t('权重', 'weight'),
          t('目标值', 'target'),
          t('下限', 'low'),
          t('上限', 'high'),
          t('期间', 'period'),
          t('核定值', 'verified value'),
          t('亮灯', 'light'),
        ],
        ...cycle.units.flatMap(({ org, category: key, indicators }) =>
          indicators.flatMap((one) => {
            const lead = [
              org.name,
              category(key),
              one.code,
              say(one.name),
              one.unit,
              one.definition?.direction ?? null,
              one.definition?.formula ?? null,
              one.definition?.source ?? null,
              one.weight,
              one.target,
              one.low,
              one.high,
            ];
            return one.values.length > 0
              ? one.values.map(({ period, value, colour }) => [...lead, period, value, colour])
              : [[...lead, null, null, null]];
          }),
        ),
      ]);
    case 'results':
      return csvText([
        [
          unit,
          t('类别', 'category'),
          t('得分', 'score'),
          t('名次', 'rank'),
          t('参加排名单位数', 'of'),
          t('等次', 'grade'),
        ],
        ...cycle.units.flatMap(({ org, category: key, result }) =>
          result ? [[org.name, category(key), result.score, result.rank, result.rankOf, say(result.grade)]] : [],
        ),
      ]);
    case 'answers':
      return csvText([
        [unit, t('问题', 'problem'), t('公开答复', 'public answer'), t('公开时间', 'published at')],
        ...cycle.answers.map(({ org, problem, answer, publishedAt }) => [org.name, problem, answer, publishedAt]),
      ]);
    case 'opinions':
      return csvText([
        [unit, t('公众意见', 'opinion'), t('采纳情况', 'what was made of it')],
        ...cycle.units.flatMap(({ org, consultation }) =>
          (consultation?.opinions ?? []).map(({ opinion, answer }) => [org.name, opinion, answer]),
        ),
      ]);
  }
}
