import { amount, Exact, settled } from '../scoring/exact.ts';
import type { Text } from '../text.ts';
import type { ScorePart } from './parts.ts';
import { type IndicatorTrend, type IndicatorYears, trendOf, type YearsTrend, yearsTrend } from './trends.ts';

/** A unit's score with its parts. */
export interface ScoredUnit {
  id: string;
  score: string | null;
  parts: readonly ScorePart[];
}

export interface YearOf {
  year: number;
  score: string | null;
  rank: number | null;
  rankOf: number | null;
  grade: Text | null;
}

/** What a letter is written from. */
export interface LetterData {
  cycle: string;
  year: number;
  unit: { id: string; name: string };
  category: Text;
  now: YearOf;
  /** Why the grade is what it is. */
  because: readonly Text[];
  parts: readonly ScorePart[];
  /** All units of the category that were scored, this one among them. */
  peers: readonly ScoredUnit[];
  /** Units are not ranked against each other: it is compared with itself alone. */
  alone?: boolean;
  /** The parts of its score of last year, if it had one. */
  before?: readonly ScorePart[];
  /** Its indicators over the years. */
  indicators?: readonly IndicatorYears[];
  /** Earlier years, oldest first. */
  history: readonly YearOf[];
  adjustments: readonly { kind: 'bonus' | 'deduction' | 'veto'; name: Text; points: string; reason: string }[];
  uses: readonly { name: Text; because: Text; withheld: Text | null }[];
}

/** A line of the letter's comparison: what the unit got, of how much, and how the category did. */
export interface LetterLine {
  path: string;
  name: Text;
  level: number;
  leaf: boolean;
  value: string | null;
  most: string | null;
  mean: string | null;
  best: string | null;
  /** Last year. */
  before: string | null;
}

export interface LetterPoint {
  path: string;
  name: Text;
  value: string;
  most: string;
  mean: string | null;
  best: string | null;
  before: string | null;
  words: Text;
}

/** A picture as data: lines of the same length over the same names. */
export interface LetterChart {
  key: 'parts' | 'years';
  kind: 'bars' | 'line';
  title: Text;
  names: Text[];
  series: { name: Text; values: (string | null)[] }[];
}

export interface Letter {
  cycle: string;
  year: number;
  unit: { id: string; name: string };
  category: Text;
  result: YearOf;
  because: Text[];
  /** Left out: `units` is 0 where units are not compared. */
  compared: { mean: string | null; best: string | null; units: number };
  /** Where the score has been heading, with three years or more. */
  trend: YearsTrend | null;
  /** Indicators whose earlier years are known. */
  indicators: IndicatorTrend[];
  last: YearOf | null;
  /** Against last year: what the score gained, and how many places the unit climbed. */
  change: { score: string | null; places: number | null } | null;
  lines: LetterLine[];
  strengths: LetterPoint[];
  problems: (LetterPoint & { lost: string })[];
  advice: Text[];
  adjustments: { kind: 'bonus' | 'deduction' | 'veto'; name: Text; points: string; reason: string }[];
  uses: { name: Text; because: Text; withheld: Text | null }[];
  charts: LetterChart[];
}

/** So many strengths and problems are named. */
const NAMED = 5;
const PLACES = 2;

/**
 * 绩效反馈函: what a unit is told of its result. Strengths are the parts that it did best in compared with its category, problems those
 * that lost it points, most first; each with the category's mean and best. Where units are not ranked (`alone`) it is compared with its own
 * last year instead. The same data gives the same letter.
 */
export function writeLetter(data: LetterData): Letter {
  const { cycle, year, unit, category, now } = data;
  const peers = data.alone ? [] : data.peers;
  const lines = data.parts.map((part) => lineOf(part, peers, data.before ?? []));
  const points = lines.flatMap(pointOf);
  const strengths = points
    .filter((point) => ahead(point).gt(0) || new Exact(point.value).eq(point.most))
    .toSorted((a, b) => ahead(b).cmp(ahead(a)) || byPath(a, b))
    .slice(0, NAMED);
  const problems = points
    .map((point) => ({ ...point, lost: text(new Exact(point.most).minus(point.value)) }))
    .filter(({ lost }) => new Exact(lost).gt(0))
    .toSorted((a, b) => new Exact(b.lost).cmp(a.lost) || byPath(a, b))
    .slice(0, NAMED)
    .map((point) => ({ ...point, words: lostWords(point) }));
  const last = data.history.findLast((former) => former.year < year) ?? null;
  const scores = peers.flatMap(({ score }) => (score === null ? [] : [score]));
  return {
    cycle,
    year,
    unit,
    category,
    result: now,
    because: [...data.because],
    compared: { mean: meanOf(scores), best: bestOf(scores), units: scores.length },
    trend: yearsTrend([...data.history.filter((former) => former.year < year), now]),
    indicators: (data.indicators ?? []).flatMap((one) => trendOf(one, year)),
    last,
    change: last && changeOf(now, last),
    lines,
    strengths: strengths.map((point) => ({ ...point, words: aheadWords(point) })),
    problems,
    advice: adviceOf(problems, data),
    adjustments: [...data.adjustments],
    uses: [...data.uses],
    charts: chartsOf(lines, [...data.history.filter((former) => former.year < year), now]),
  };
}

const text = (value: InstanceType<typeof Exact>): string => amount(value).text;
const short = (value: InstanceType<typeof Exact>): string => settled(value).toDecimalPlaces(PLACES).toFixed();
const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);

/** By how much of its full marks a part is ahead of what it is compared with: the mean, or last year. */
const ahead = ({ value, mean, before, most }: Omit<LetterPoint, 'words'>) => {
  const beside = mean ?? before;
  return beside === null ? new Exact(0) : new Exact(value).minus(beside).div(most);
};

function meanOf(values: readonly string[]): string | null {
  if (values.length === 0) return null;
  return short(values.reduce((sum, value) => sum.plus(value), new Exact(0)).div(values.length));
}
const bestOf = (values: readonly string[]): string | null =>
  values.length === 0 ? null : text(Exact.max(...values.map((value) => new Exact(value))));

function lineOf(part: ScorePart, units: readonly ScoredUnit[], last: readonly ScorePart[]): LetterLine {
  const others = units.flatMap(({ parts }) => {
    const value = parts.find(({ path }) => path === part.path)?.value;
    return value === null || value === undefined ? [] : [value];
  });
  const { path, name, level, leaf, value, most } = part;
  // Last year's is the part of that name, wherever it stood then.
  const before = last.find((one) => one.level === level && one.name.zh === name.zh)?.value ?? null;
  return { path, name, level, leaf, value, most, mean: meanOf(others), best: bestOf(others), before };
}

/** A line that can be a strength or a problem: a last one, with full marks, that applies. */
function pointOf({ path, name, leaf, value, most, mean, best, before }: LetterLine): Omit<LetterPoint, 'words'>[] {
  if (!leaf || value === null || most === null) return [];
  return new Exact(most).gt(0) ? [{ path, name, value, most, mean, best, before }] : [];
}

function aheadWords(point: Omit<LetterPoint, 'words'>): Text {
  const { name, value, most, mean, best } = point;
  if (mean === null || best === null) return aloneWords(point);
  const over = new Exact(value).minus(mean);
  const full = new Exact(value).eq(most);
  const first = new Exact(value).eq(best);
  const zh = full ? '得满分' : first ? '为本类最高' : `高出本类平均 ${short(over)} 分`;
  const en = full ? 'full marks' : first ? 'the best of the category' : `${short(over)} above the mean of the category`;
  return {
    zh: `${name.zh}：${short(new Exact(value))} 分（满分 ${most}，本类平均 ${mean}），${zh}。`,
    en: `${name.en}: ${short(new Exact(value))} of ${most} (mean of the category ${mean}), ${en}.`,
  };
}

/** What went well beside last year, where units are not compared. */
function aloneWords({ name, value, most, before }: Omit<LetterPoint, 'words'>): Text {
  const gained = before === null ? null : new Exact(value).minus(before);
  const full = new Exact(value).eq(most);
  const better = gained?.gt(0) ? short(gained) : null;
  const zh = [full && '得满分', better && `较上年提高 ${better} 分`].filter(Boolean).join('，');
  const en = [full && 'full marks', better && `${better} more than last year`].filter(Boolean).join(', ');
  return {
    zh: `${name.zh}：${short(new Exact(value))} 分（满分 ${most}），${zh}。`,
    en: `${name.en}: ${short(new Exact(value))} of ${most}, ${en}.`,
  };
}

function lostWords({ name, value, most, mean, before, lost }: Omit<LetterPoint, 'words'> & { lost: string }): Text {
  if (mean === null) {
    const fell = before === null ? new Exact(0) : new Exact(before).minus(value);
    return {
      zh: `${name.zh}：满分 ${most}，得 ${short(new Exact(value))} 分，失 ${short(new Exact(lost))} 分${fell.gt(0) ? `，较上年下降 ${short(fell)} 分` : ''}。`,
      en: `${name.en}: ${short(new Exact(value))} of ${most}, ${short(new Exact(lost))} lost${fell.gt(0) ? `, ${short(fell)} less than last year` : ''}.`,
    };
  }
  const under = new Exact(mean).minus(value);
  const zh = under.gt(0) ? `，低于本类平均 ${short(under)} 分` : '';
  const en = under.gt(0) ? `, ${short(under)} below the mean of the category` : '';
  return {
    zh: `${name.zh}：满分 ${most}，得 ${short(new Exact(value))} 分，失 ${short(new Exact(lost))} 分${zh}。`,
    en: `${name.en}: ${short(new Exact(value))} of ${most}, ${short(new Exact(lost))} lost${en}.`,
  };
}

function adviceOf(
  problems: readonly (Omit<LetterPoint, 'words'> & { lost: string })[],
  { adjustments, history, now, year }: LetterData,
): Text[] {
  const advice = problems.slice(0, 3).map(({ name, value, best, lost }): Text => {
    if (best === null)
      return {
        zh: `${name.zh}：对照目标查找差距（失 ${short(new Exact(lost))} 分），制定改进措施和完成时限。`,
        en: `${name.en}: see what is missing to the target (${short(new Exact(lost))} lost), and plan measures with dates.`,
      };
    const reachable = new Exact(best).minus(value);
    return reachable.gt(0)
      ? {
          zh: `${name.zh}：对照本类最高分单位查找差距（相差 ${short(reachable)} 分），制定改进措施和完成时限。`,
          en: `${name.en}: compare yourself with the best of the category (${short(reachable)} ahead), and plan measures with dates.`,
        }
      : {
          zh: `${name.zh}：已为本类最高，仍失 ${short(new Exact(lost))} 分，请对照目标分析共性原因。`,
          en: `${name.en}: the best of the category, and still ${short(new Exact(lost))} lost. Look for what holds all units back.`,
        };
  });
  const deductions = adjustments.filter(({ kind }) => kind === 'deduction');
  if (deductions.length > 0)
    advice.push({
      zh: `全年被扣分 ${deductions.length} 次（${deductions.map(({ name }) => name.zh).join('、')}），请举一反三，避免再次发生。`,
      en: `Points were deducted ${deductions.length} time(s) (${deductions.map(({ name }) => name.en).join(', ')}). See that it does not happen again.`,
    });
  const last = history.findLast((former) => former.year < year);
  if (last && last.rank !== null && now.rank !== null && now.rank > last.rank)
    advice.push({
      zh: `名次较上年下降 ${now.rank - last.rank} 位，请在整改方案中说明原因。`,
      en: `You fell by ${now.rank - last.rank} place(s) against last year. Say why in your rectification plan.`,
    });
  return advice;
}

function changeOf(now: YearOf, last: YearOf): { score: string | null; places: number | null } {
  return {
    score: now.score === null || last.score === null ? null : text(new Exact(now.score).minus(last.score)),
    places: now.rank === null || last.rank === null ? null : last.rank - now.rank,
  };
}

const OWN: Text = { zh: '本单位', en: 'this unit' };
const MEAN: Text = { zh: '本类平均', en: 'mean of the category' };
const BEST: Text = { zh: '本类最高', en: 'best of the category' };
const LAST: Text = { zh: '上年', en: 'last year' };

function chartsOf(lines: readonly LetterLine[], years: readonly YearOf[]): LetterChart[] {
  const bars = lines.filter(({ level, most }) => level === 1 && most !== null && new Exact(most).gt(0));
  const percent = (value: string | null, most: string | null) =>
    value === null || most === null ? null : short(new Exact(value).div(most).times(100));
  const charts: LetterChart[] = [];
  if (bars.length > 0)
    charts.push({
      key: 'parts',
      kind: 'bars',
      title: { zh: '各项得分率（%）', en: 'Share of the full marks (%)' },
      names: bars.map(({ name }) => name),
      series: [
        { name: OWN, values: bars.map(({ value, most }) => percent(value, most)) },
        ...(bars.some(({ mean }) => mean !== null)
          ? [
              { name: MEAN, values: bars.map(({ mean, most }) => percent(mean, most)) },
              { name: BEST, values: bars.map(({ best, most }) => percent(best, most)) },
            ]
          : bars.some(({ before }) => before !== null)
            ? [{ name: LAST, values: bars.map(({ before, most }) => percent(before, most)) }]
            : []),
      ],
    });
  if (years.length > 1)
    charts.push({
      key: 'years',
      kind: 'line',
      title: { zh: '历年得分', en: 'Scores over the years' },
      names: years.map(({ year }) => ({ zh: `${year}`, en: `${year}` })),
      series: [{ name: OWN, values: years.map(({ score }) => score) }],
    });
  return charts;
}
