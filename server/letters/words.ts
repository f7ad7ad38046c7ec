import type { Letter, LetterChart, YearOf } from '../../workflows/letter/letter.ts';
import { chartIn, type Printed } from '../../workflows/report/part.ts';
import { Exact } from '../../workflows/scoring/exact.ts';
import type { Language, Text } from '../../workflows/text.ts';
import type { Document } from '../print/document.ts';

/** So many decimal places of a figure are printed. */
const PLACES = 4;

/** A letter in one language, to be printed. */
export const letterDocument = (letter: Letter, language: Language): Document => ({
  title: language === 'zh' ? `${letter.year} 年度绩效反馈函` : `Performance feedback ${letter.year}`,
  author: letter.cycle,
  language,
  parts: partsInWords(letter, language),
});

function partsInWords(letter: Letter, language: Language): Printed[] {
  const say = (text: Text) => text[language];
  const t = (zh: string, en: string) => (language === 'zh' ? zh : en);
  const heading = (zh: string, en: string): Printed => ({ kind: 'heading', text: t(zh, en) });
  const list = (items: readonly string[]): Printed[] =>
    items.length === 0 ? [] : [{ kind: 'list', items: [...items] }];
  const section = (zh: string, en: string, parts: Printed[]): Printed[] =>
    parts.length === 0 ? [] : [heading(zh, en), ...parts];
  const { compared, result } = letter;
  const category = [
    compared.mean && t(`本类平均 ${compared.mean} 分`, `mean of the category ${compared.mean}`),
    compared.best && t(`最高 ${compared.best} 分`, `best ${compared.best}`),
  ].filter(Boolean);
  return [
    {
      kind: 'paragraph',
      text: t(`${letter.unit.name}（${say(letter.category)}）：`, `${letter.unit.name} (${say(letter.category)}):`),
    },
    {
      kind: 'paragraph',
      text: `${resultWords(result, language)}${category.length > 0 ? ` ${category.join(t('，', ', '))}${t('。', '.')}` : ''}`,
    },
    ...list(letter.because.map(say)),
    ...lastWords(letter, language),
    ...trendWords(letter, language),
    ...letter.charts.map((chart): Printed => ({ kind: 'chart', key: chart.key, chart: picture(chart, language) })),
    ...section('主要长处', 'Strengths', list(letter.strengths.map(({ words }) => say(words)))),
    ...section('主要问题', 'Problems', list(letter.problems.map(({ words }) => say(words)))),
    ...section('改进建议', 'Advice', list(letter.advice.map(say))),
    ...section('指标历年走势', 'Indicators over the years', list(indicatorWords(letter, language))),
    ...section('得分明细', 'The score in detail', tableOf(letter, language)),
    ...section(
      '加分、扣分与一票否决',
      'Bonuses, deductions, vetoes',
      list(
        letter.adjustments.map(
          ({ kind, name, points, reason }) => `${say(name)}${SIGN[kind]}${kind === 'veto' ? '' : points}（${reason}）`,
        ),
      ),
    ),
    ...section(
      '结果运用',
      'What follows',
      list(
        letter.uses.map(
          ({ name, because, withheld }) =>
            `${say(name)}：${say(because)}${withheld ? t(`（不予执行：${withheld.zh}）`, ` (withheld: ${withheld.en})`) : ''}`,
        ),
      ),
    ),
    {
      kind: 'paragraph',
      text: t(
        '请阅读后签收，并对存在问题制定整改措施。',
        'Please acknowledge this letter, and rectify what fell short.',
      ),
    },
  ];
}

const picture = ({ kind, title, names, series }: LetterChart, language: Language) =>
  chartIn({ form: kind, title, names, series, ...(kind === 'bars' && { most: 100 }) }, language);

const SIGN = { bonus: ' +', deduction: ' −', veto: '' } as const;

function resultWords({ score, rank, rankOf, grade }: YearOf, language: Language): string {
  const parts =
    language === 'zh'
      ? [
          score !== null && `得分 ${score}`,
          rank !== null && `在本类 ${rankOf} 个单位中列第 ${rank} 位`,
          grade && `等次 ${grade.zh}`,
        ]
      : [
          score !== null && `Score ${score}`,
          rank !== null && `rank ${rank} of ${rankOf} in the category`,
          grade && `grade ${grade.en}`,
        ];
  const said = parts.filter(Boolean);
  if (said.length === 0) return language === 'zh' ? '本年度没有得分。' : 'There is no score this year.';
  return `${said.join(language === 'zh' ? '，' : ', ')}${language === 'zh' ? '。' : '.'}`;
}

function lastWords({ last, change }: Letter, language: Language): Printed[] {
  if (!last) return [];
  const before = resultWords(last, language);
  const places = change?.places ?? null;
  const moved =
    places === null || places === 0
      ? ''
      : language === 'zh'
        ? `名次${places > 0 ? '上升' : '下降'} ${Math.abs(places)} 位。`
        : ` ${Math.abs(places)} place(s) ${places > 0 ? 'up' : 'down'}.`;
  return [
    {
      kind: 'paragraph',
      text:
        language === 'zh' ? `上年（${last.year}）：${before}${moved}` : `Last time (${last.year}): ${before}${moved}`,
    },
  ];
}

function trendWords({ trend }: Letter, language: Language): Printed[] {
  if (!trend) return [];
  const { years, slope, next } = trend;
  const text =
    language === 'zh'
      ? `近 ${years} 年得分平均每年变化 ${slope} 分；照此趋势，下年约 ${next.value} 分（95% 预测区间 ${next.low}～${next.high}）。`
      : `Over ${years} years the score changed by ${slope} a year; along that line next year comes to ${next.value} (95 % prediction interval ${next.low} to ${next.high}).`;
  return [{ kind: 'paragraph', text }];
}

/** So many indicators are spoken of: those that missed their targets first, then those that got worse. */
const NAMED = 10;

// A letter is kept as it was written: one from before has no indicators.
function indicatorWords({ indicators = [] }: Letter, language: Language): string[] {
  const weight = ({ met, improving }: Letter['indicators'][number]) =>
    (met === false ? 0 : 2) + (improving === false ? 0 : 1);
  return indicators
    .toSorted((a, b) => weight(a) - weight(b))
    .slice(0, NAMED)
    .map(({ name, unit, value, target, met, improving, next }) => {
      const t = (zh: string, en: string) => (language === 'zh' ? zh : en);
      const said = [
        t(`本年 ${value ?? '—'} ${unit}`, `${value ?? '—'} ${unit} this year`),
        target !== null &&
          met !== null &&
          t(`目标 ${target}，${met ? '达标' : '未达标'}`, `target ${target}, ${met ? 'met' : 'missed'}`),
        improving !== null &&
          t(
            improving ? '不差于历年平均' : '差于历年平均',
            improving ? 'no worse than the mean of earlier years' : 'worse than the mean of earlier years',
          ),
        next &&
          t(
            `照此趋势下年约 ${next.value}（${next.low}～${next.high}）`,
            `next year about ${next.value} (${next.low} to ${next.high}) along the line`,
          ),
      ].filter(Boolean);
      return `${name[language]}${t('：', ': ')}${said.join(t('，', ', '))}${t('。', '.')}`;
    });
}

function tableOf({ lines, compared }: Letter, language: Language): Printed[] {
  if (lines.length === 0) return [];
  const alone = compared.units === 0;
  const head = [
    ...(language === 'zh' ? ['项目', '得分', '满分'] : ['Part', 'Got', 'Of']),
    ...(alone
      ? [language === 'zh' ? '上年' : 'Last year']
      : language === 'zh'
        ? ['本类平均', '本类最高']
        : ['Mean', 'Best']),
  ];
  const shown = (value: string | null) => (value === null ? null : new Exact(value).toDecimalPlaces(PLACES).toFixed());
  return [
    {
      kind: 'table',
      columns: head.map((name, i) => ({ name, is: i === 0 ? 'name' : 'number' })),
      rows: lines.map(({ name, value, most, mean, best, before, level }) => ({
        cells: [name[language], ...[value, most, ...(alone ? [before] : [mean, best])].map(shown)],
        indent: level - 1,
      })),
    },
  ];
}
