import { Exact } from '../scoring/exact.ts';
import { targetMet } from '../series/target.ts';
import { type Forecast, forecast } from '../series/trend.ts';
import type { Text } from '../text.ts';
import type { ReportData } from './data.ts';
import type { ReportPart } from './part.ts';
import { aimOf } from './targets.ts';
import { type Judged, YEARS } from './verdict.ts';
import { nameColumn, numberColumn, paragraph, say, section, shown, shownOr, some, table } from './words.ts';

/** So many rows of a table, and pictures of single indicators. */
const LISTED = 20;
const PICTURES = 6;

interface Ahead {
  one: Judged;
  line: Forecast;
  meets: boolean | null;
}

/** Earlier years that compare with this one, oldest first, and this one where it is over. */
const yearsOf = ({ indicator, course, whole }: Judged): { year: number; value: string }[] => [
  ...indicator.years
    .filter(({ year, breaks }) => breaks.length === 0 && year < indicator.year && year >= indicator.year - YEARS)
    .map(({ year, value }) => ({ year, value })),
  ...(whole && course.value !== null ? [{ year: indicator.year, value: course.value }] : []),
];

/** Next year along the line through the years; a year that is missing leaves a gap. */
function nextYear(one: Judged): Ahead[] {
  const years = yearsOf(one);
  const first = years[0]?.year ?? one.indicator.year;
  const until = one.indicator.year + 1;
  const values = Array.from(
    { length: until - first },
    (_, i) => years.find(({ year }) => year === first + i)?.value ?? null,
  );
  const line = one.whole ? forecast(values, values.length + 1) : null;
  return line ? [{ one, line, meets: targetMet(one.indicator, line.value) }] : [];
}

/** The end of the period where it is still to come. */
const endOfYear = (one: Judged): Ahead[] =>
  one.course.forecast && !one.whole ? [{ one, line: one.course.forecast, meets: one.course.forecast.meets }] : [];

/** The trend beside up to five years before, and forecasts with their 95 % prediction interval. */
export function trendParts(data: ReportData, judged: readonly Judged[]): ReportPart[] {
  const compared = judged.filter(({ course }) => course.improving !== null);
  const better = compared.filter(({ course }) => course.improving === true).length;
  const broken = judged.filter(({ course }) => course.breaks.length > 0).length;
  const end = judged.flatMap(endOfYear);
  const next = judged.flatMap(nextYear);
  if (compared.length + end.length + next.length === 0) return [];
  return section('五年趋势与预测', 'Five-year trend and forecast', [
    ...paragraph(
      compared.length > 0 &&
        say(
          `可与前 ${YEARS} 年比较的指标 ${compared.length} 项：不差于历年平均的 ${better} 项，差于历年平均的 ${compared.length - better} 项。`,
          `${some(compared.length, 'indicator')} could be compared with the ${YEARS} years before: ${better} no worse than their mean, ${compared.length - better} worse.`,
        ),
      broken > 0 &&
        say(
          `${broken} 项有口径变化的年份，该年不参与比较。`,
          `${broken} have years of another definition, which are left out.`,
        ),
      aheadWords(end, say('按已核定各期外推，至年末', 'Carried on along a straight line to the end of the year')),
      aheadWords(next, say('按历年数值外推，下一年', 'Carried on along the years to the next')),
    ),
    ...aheadTable(
      data,
      'forecast',
      say('年末预测：预计不达目标的指标', 'End of the year: forecast to miss the target'),
      end,
    ),
    ...aheadTable(
      data,
      'nextYear',
      say('下一年预测：预计不达本年目标的指标', "Next year: forecast to miss this year's target"),
      next,
    ),
    ...(data.unit ? pictures(judged) : []),
  ]);
}

function aheadWords(ahead: readonly Ahead[], how: Text): Text | false {
  if (ahead.length === 0) return false;
  const [meets, misses] = [true, false].map((of) => ahead.filter((one) => one.meets === of).length);
  return say(
    `${how.zh}可预测的 ${ahead.length} 项中，预计达标 ${meets} 项、不达标 ${misses} 项${misses ? '（直线外推，95% 预测区间见表）' : ''}。`,
    `${how.en}, of ${some(ahead.length, 'indicator')} that can be forecast ${meets} would meet the target and ${misses} would miss it${misses ? ' (95 % prediction interval in the table)' : ''}.`,
  );
}

function aheadTable({ unit, units }: ReportData, key: string, title: Text, ahead: readonly Ahead[]): ReportPart[] {
  const names = new Map(units.map(({ id, name }) => [id, name]));
  const missing = ahead.filter(({ meets }) => meets === false);
  const named: Text =
    missing.length > LISTED
      ? say(
          `${title.zh}（${missing.length} 项中的前 ${LISTED} 项）`,
          `${title.en} (the first ${LISTED} of ${missing.length})`,
        )
      : title;
  return table(
    key,
    named,
    [
      ...(unit ? [] : [nameColumn('单位', 'Unit')]),
      nameColumn('指标', 'Indicator'),
      numberColumn('现值', 'Now'),
      numberColumn('预测值', 'Forecast'),
      numberColumn('下限', 'Low'),
      numberColumn('上限', 'High'),
      numberColumn('目标', 'Target'),
    ],
    missing
      .slice(0, LISTED)
      .map(({ one, line }) => [
        ...(unit ? [] : [names.get(one.indicator.org) ?? null]),
        one.indicator.name,
        shownOr(one.course.value),
        shown(line.value),
        shown(line.low),
        shown(line.high),
        aimOf(one.indicator),
      ]),
  );
}

/** The courses of single indicators over the years, with what comes next. */
function pictures(judged: readonly Judged[]): ReportPart[] {
  return judged
    .filter((one) => yearsOf(one).length > 2)
    .slice(0, PICTURES)
    .map((one): ReportPart => {
      const years = yearsOf(one);
      const [ahead] = [...nextYear(one), ...endOfYear(one)];
      const names = [
        ...years.map(({ year }) => String(year)),
        ...(ahead ? [String(one.indicator.year + (one.whole ? 1 : 0))] : []),
      ];
      const gap = years.map(() => null);
      const { zh, en } = one.indicator.name;
      const line = (name: Text, value: string | undefined) =>
        value === undefined
          ? []
          : [{ name, values: [...gap.slice(1), years.at(-1)?.value ?? null, shown(value)], dashed: true }];
      return {
        kind: 'chart',
        key: `years-${one.indicator.code}`,
        chart: {
          form: 'line',
          title: say(`${zh}（${one.indicator.unit}）`, `${en} (${one.indicator.unit})`),
          names,
          series: [
            {
              name: say('年度值', 'Year'),
              values: [...years.map(({ value }) => shown(value)), ...(ahead ? [null] : [])],
            },
            ...line(say('预测', 'Forecast'), ahead?.line.value),
            ...line(say('区间下限', 'Low'), ahead?.line.low),
            ...line(say('区间上限', 'High'), ahead?.line.high),
          ],
        },
      };
    });
}

/** By how many percent better (+) or worse (−) than the year before, by direction; a band has no better. */
const gainOf = ({ indicator: { direction }, course: { growth } }: Judged): string | null =>
  growth === null || direction === 'band' ? null : new Exact(growth).times(direction === 'up' ? 1 : -1).toFixed();

const MOVED = 5;

/** 同比: what got better and worse against the year before. Only years that are over are compared. */
export function yearOnYearParts({ unit, units }: ReportData, judged: readonly Judged[]): ReportPart[] {
  const moved = judged.flatMap((one) => {
    const gain = one.whole ? gainOf(one) : null;
    return gain === null ? [] : [{ one, gain: new Exact(gain) }];
  });
  if (moved.length === 0) return [];
  const names = new Map(units.map(({ id, name }) => [id, name]));
  const sorted = moved.toSorted((a, b) => b.gain.cmp(a.gain));
  const [better, worse] = [moved.filter(({ gain }) => gain.gt(0)), moved.filter(({ gain }) => gain.lt(0))];
  const rows = (of: typeof moved) =>
    of.map(({ one, gain }) => [
      ...(unit ? [] : [names.get(one.indicator.org) ?? null]),
      one.indicator.name,
      shownOr(one.indicator.years.find(({ year }) => year === one.indicator.year - 1)?.value ?? null),
      shownOr(one.course.value),
      `${gain.gt(0) ? '+' : ''}${shown(gain.toFixed())}`,
    ]);
  const head = [
    ...(unit ? [] : [nameColumn('单位', 'Unit')]),
    nameColumn('指标', 'Indicator'),
    numberColumn('上年', 'Last year'),
    numberColumn('本年', 'This year'),
    numberColumn('变化%', 'Change %'),
  ];
  return section('与上年比较', 'Against last year', [
    ...paragraph(
      say(
        `可与上年比较的指标 ${moved.length} 项：好于上年 ${better.length} 项，差于上年 ${worse.length} 项，持平 ${moved.length - better.length - worse.length} 项。`,
        `${some(moved.length, 'indicator')} could be compared with last year: ${better.length} better, ${worse.length} worse, ${moved.length - better.length - worse.length} the same.`,
      ),
    ),
    ...table(
      'improved',
      say('进步最大的指标（按期望方向）', 'Improved most (by the desired direction)'),
      head,
      rows(sorted.filter(({ gain }) => gain.gt(0)).slice(0, MOVED)),
    ),
    ...table(
      'worsened',
      say('退步最大的指标（按期望方向）', 'Worsened most (by the desired direction)'),
      head,
      rows(
        sorted
          .filter(({ gain }) => gain.lt(0))
          .reverse()
          .slice(0, MOVED),
      ),
    ),
  ]);
}
