import type { ReportData } from './data.ts';
import type { ReportPart } from './part.ts';
import { countOf, type Judged, tally, type Verdict } from './verdict.ts';
import {
  nameColumn,
  numberColumn,
  paragraph,
  percent,
  say,
  section,
  shownOr,
  some,
  table,
  wordsColumn,
} from './words.ts';

export const VERDICT_WORDS = {
  met: say('达标', 'Met'),
  missed: say('未达标', 'Missed'),
  open: say('待期末判断', 'Open'),
  noValue: say('尚无核定值', 'No value'),
  noTarget: say('未设目标', 'No target'),
} as const satisfies Record<Verdict, unknown>;

/** So many indicators of a unit are listed one by one. */
const LISTED = 100;

/** Targets met and missed, by direction; what cannot be judged is told apart, and counts for neither. */
export function targetParts(data: ReportData, judged: readonly Judged[]): ReportPart[] {
  if (judged.length === 0) return [];
  const { met, missed, rated } = tally(judged);
  const [open, noValue, noTarget] = [countOf(judged, 'open'), countOf(judged, 'noValue'), countOf(judged, 'noTarget')];
  return section('目标完成情况', 'Targets', [
    {
      kind: 'figures',
      items: [
        { key: 'rated', name: say('可判断的指标', 'Rated'), value: String(rated) },
        { key: 'met', name: VERDICT_WORDS.met, value: String(met) },
        { key: 'missed', name: VERDICT_WORDS.missed, value: String(missed) },
        { key: 'metShare', name: say('达标率', 'Share met'), value: percent(met, rated), unit: say('%', '%') },
        { key: 'open', name: VERDICT_WORDS.open, value: String(open) },
        { key: 'noValue', name: VERDICT_WORDS.noValue, value: String(noValue) },
        { key: 'noTarget', name: VERDICT_WORDS.noTarget, value: String(noTarget) },
      ],
    },
    ...paragraph(
      rated > 0
        ? say(
            `有目标且有核定值、可以判断的指标 ${rated} 项：按期望方向达标 ${met} 项（${percent(met, rated)}%），未达标 ${missed} 项（${percent(missed, rated)}%）。`,
            `${some(rated, 'indicator')} with a target and a verified value could be rated by the desired direction: ${met} met the target (${percent(met, rated)} %), ${missed} missed it (${percent(missed, rated)} %).`,
          )
        : say('还没有可以判断的指标。', 'No indicator can be rated yet.'),
      open > 0 &&
        say(`${open} 项为全年累计，须待期末判断。`, `${open} add up over the year and are decided at its end.`),
      noValue > 0 && say(`${noValue} 项有目标，尚无核定值。`, `${noValue} have a target and no verified value yet.`),
      noTarget > 0 && say(`${noTarget} 项未设目标，不作判断。`, `${noTarget} have no target and are not rated.`),
    ),
    ...byPart(data, judged),
    ...(data.unit ? oneByOne(judged) : []),
  ]);
}

const head = (first: [string, string]) => [
  nameColumn(...first),
  numberColumn('指标', 'Indicators'),
  numberColumn('达标', 'Met'),
  numberColumn('未达标', 'Missed'),
  numberColumn('达标率%', 'Met %'),
];

/** By category where there are several, and by dimension. */
function byPart({ categories, units, groups, unit }: ReportData, judged: readonly Judged[]): ReportPart[] {
  const categoryOf = new Map(units.map(({ id, category }) => [id, category]));
  const row = (name: ReportData['categories'][number]['name'], inside: readonly Judged[]) => {
    const { met, missed, rated } = tally(inside);
    return [name, String(inside.length), String(met), String(missed), rated === 0 ? null : percent(met, rated)];
  };
  const perCategory = categories.map(({ key, name }) =>
    row(
      name,
      judged.filter(({ indicator }) => categoryOf.get(indicator.org) === key),
    ),
  );
  const perGroup = groups.flatMap(({ key, name }) => {
    const inside = judged.filter(({ indicator }) => indicator.group === key);
    return inside.length === 0 ? [] : [row(name, inside)];
  });
  return [
    ...(unit || perCategory.length < 2
      ? []
      : table(
          'targetsByCategory',
          say('各类别达标情况', 'Targets by category'),
          head(['类别', 'Category']),
          perCategory,
        )),
    ...(perGroup.length < 2
      ? []
      : table(
          'targetsByDimension',
          say('各维度达标情况', 'Targets by dimension'),
          head(['维度', 'Dimension']),
          perGroup,
        )),
  ];
}

const oneByOne = (judged: readonly Judged[]): ReportPart[] =>
  table(
    'indicators',
    say('各项指标', 'The indicators'),
    [
      nameColumn('指标', 'Indicator'),
      numberColumn('目标', 'Target'),
      numberColumn('核定值', 'Value'),
      wordsColumn('计量单位', 'In'),
      wordsColumn('结论', 'Verdict'),
    ],
    judged
      .slice(0, LISTED)
      .map(({ indicator, course, verdict }) => [
        indicator.name,
        aimOf(indicator),
        shownOr(course.value),
        indicator.unit,
        VERDICT_WORDS[verdict],
      ]),
  );

/** What is aimed at: a target, or a band. */
export const aimOf = ({ direction, target, low, high }: Judged['indicator']): string | null =>
  direction === 'band' ? `${shownOr(low) ?? '…'}～${shownOr(high) ?? '…'}` : shownOr(target);
