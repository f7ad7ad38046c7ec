import { COLOURS, type Colour } from '../lights/schema.ts';
import { Exact } from '../scoring/exact.ts';
import type { Text } from '../text.ts';
import type { ReportData } from './data.ts';
import type { ReportPart } from './part.ts';
import { aimOf } from './targets.ts';
import type { Judged } from './verdict.ts';
import {
  nameColumn,
  numberColumn,
  paragraph,
  say,
  section,
  shown,
  shownOr,
  some,
  table,
  wordsColumn,
} from './words.ts';

export const COLOUR_WORDS: Readonly<Record<Colour, Text>> = {
  red: say('红灯', 'red'),
  orange: say('橙灯', 'orange'),
  yellow: say('黄灯', 'yellow'),
  blue: say('蓝灯', 'blue'),
  green: say('绿灯', 'green'),
};

/** Lights by colour: the last of each indicator in the period. */
export function lightParts({ lit }: ReportData, judged: readonly Judged[]): ReportPart[] {
  if (!lit || judged.length === 0) return [];
  const counts = COLOURS.map((colour) => ({
    colour,
    count: judged.filter(({ indicator }) => indicator.light?.colour === colour).length,
  }));
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const given = counts.filter(({ count }) => count > 0);
  return section('亮灯情况', 'Lights', [
    ...paragraph(
      all === 0
        ? say('尚未亮灯。', 'There are no lights yet.')
        : say(
            `${all} 项指标已亮灯：${given.map(({ colour, count }) => `${COLOUR_WORDS[colour].zh} ${count} 项`).join('，')}${all < judged.length ? `；另有 ${judged.length - all} 项没有亮灯` : ''}。`,
            `${some(all, 'indicator')} had a light: ${given.map(({ colour, count }) => `${count} ${COLOUR_WORDS[colour].en}`).join(', ')}${all < judged.length ? `; ${judged.length - all} had none` : ''}.`,
          ),
    ),
    ...(all === 0
      ? []
      : [
          {
            kind: 'chart' as const,
            key: 'lights',
            chart: {
              form: 'columns' as const,
              title: say('亮灯（项）', 'Lights (indicators)'),
              names: given.map(({ colour }) => COLOUR_WORDS[colour]),
              series: [{ name: say('指标数', 'Indicators'), values: given.map(({ count }) => String(count)) }],
            },
          },
        ]),
  ]);
}

/** So many lagging indicators are listed. */
const LISTED = 30;
const LAGGING: readonly Colour[] = ['red', 'orange', 'yellow'];

/** How far a value is from its target, in percent of it; what has none to measure by comes last. */
const gapOf = ({ indicator, course }: Judged) => {
  const aim = indicator.direction === 'band' ? (indicator.high ?? indicator.low) : indicator.target;
  if (aim === null || course.value === null || new Exact(aim).isZero()) return new Exact(0);
  return new Exact(course.value).minus(aim).abs().div(new Exact(aim).abs());
};
const severity = ({ indicator: { light } }: Judged) => (light ? COLOURS.indexOf(light.colour) : COLOURS.length);

/** Indicators that lag behind: targets missed, and red, orange and yellow lights; the most severe first, each with why. */
export const laggingOf = (judged: readonly Judged[]): Judged[] =>
  judged
    .filter(
      ({ verdict, indicator: { light } }) => verdict === 'missed' || (light !== null && LAGGING.includes(light.colour)),
    )
    .toSorted((a, b) => severity(a) - severity(b) || gapOf(b).cmp(gapOf(a)));

export function laggingParts({ unit, units }: ReportData, judged: readonly Judged[]): ReportPart[] {
  if (!judged.some(({ course, indicator }) => course.value !== null || indicator.light)) return [];
  const lagging = laggingOf(judged);
  const names = new Map(units.map(({ id, name }) => [id, name]));
  const at = new Set(lagging.map(({ indicator }) => indicator.org)).size;
  const rows = lagging
    .slice(0, LISTED)
    .map((one) => [
      ...(unit ? [] : [names.get(one.indicator.org) ?? null]),
      one.indicator.name,
      aimOf(one.indicator),
      shownOr(one.course.value),
      one.indicator.light ? COLOUR_WORDS[one.indicator.light.colour] : null,
      whyOf(one),
    ]);
  return section('滞后指标', 'Lagging indicators', [
    ...paragraph(
      lagging.length === 0
        ? say('没有滞后指标。', 'No indicator lags behind.')
        : say(
            `滞后指标（未达标，或亮红、橙、黄灯）共 ${lagging.length} 项${unit ? '' : `，涉及 ${at} 个单位`}${lagging.length > LISTED ? `，下表列出其中较重的 ${LISTED} 项` : ''}。`,
            `${some(lagging.length, 'indicator')} lagged behind (target missed, or a red, orange or yellow light)${unit ? '' : `, at ${some(at, 'unit')}`}${lagging.length > LISTED ? `; the ${LISTED} most severe are listed` : ''}.`,
          ),
    ),
    ...table(
      'lagging',
      say('滞后指标及原因', 'Lagging indicators, and why'),
      [
        ...(unit ? [] : [nameColumn('单位', 'Unit')]),
        nameColumn('指标', 'Indicator'),
        numberColumn('目标', 'Target'),
        numberColumn('核定值', 'Value'),
        wordsColumn('亮灯', 'Light'),
        wordsColumn('原因', 'Why'),
      ],
      rows,
    ),
  ]);
}

const DIRECTIONS = {
  up: say('越高越好', 'higher is better'),
  down: say('越低越好', 'lower is better'),
  band: say('区间内为好', 'within the band'),
} as const;

/** The reason of the light, where it is why; else the value beside its target. */
function whyOf({ indicator, course, verdict }: Judged): Text {
  const { light, direction } = indicator;
  if (light && LAGGING.includes(light.colour)) return light.because;
  const value = course.value === null ? '—' : shown(course.value);
  const aim = aimOf(indicator) ?? '—';
  const words = DIRECTIONS[direction];
  return verdict === 'missed'
    ? say(`核定值 ${value}，目标 ${aim}（${words.zh}）`, `${value} against the target ${aim} (${words.en})`)
    : say(`核定值 ${value}`, `${value}`);
}
