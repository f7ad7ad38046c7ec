import { Exact } from '../scoring/exact.ts';
import type { ReportData } from './data.ts';
import type { ReportPart } from './part.ts';
import { type Judged, tally } from './verdict.ts';
import { listed, nameColumn, numberColumn, paragraph, percent, say, section, shown, some, table } from './words.ts';

/** So many units fit into a picture; common indicators into a table. */
const DRAWN = 30;
const LISTED = 30;

/** Across units: what each met and missed, and common indicators. Units of a category that is not ranked stand in their order. */
export function unitParts(data: ReportData, judged: readonly Judged[]): ReportPart[] {
  if (data.unit || judged.length === 0) return [];
  const ranked = new Map(data.categories.map(({ key, ranked: is }) => [key, is]));
  const several = data.categories.length > 1;
  const names = new Map(data.categories.map(({ key, name }) => [key, name]));
  const rows = data.units.map((unit) => {
    const own = judged.filter(({ indicator }) => indicator.org === unit.id);
    const lights = (...colours: string[]) =>
      own.filter(({ indicator: { light } }) => light && colours.includes(light.colour)).length;
    return { unit, ...tally(own), all: own.length, severe: lights('red', 'orange'), warned: lights('yellow') };
  });
  const measured = rows.filter(({ all }) => all > 0);
  if (measured.length < 2 || !measured.some(({ rated, severe, warned }) => rated + severe + warned > 0)) return [];
  const best = data.categories.flatMap(({ key, name }) => {
    const inside = measured.filter(({ unit, rated }) => unit.category === key && rated > 0);
    if (!ranked.get(key) || inside.length < 2) return [];
    const share = ({ met, rated }: (typeof inside)[number]) => new Exact(met).div(rated);
    const most = Exact.max(...inside.map(share));
    const first = inside.filter((one) => share(one).eq(most));
    if (most.isZero()) return [];
    const said = listed(first.map(({ unit }) => unit.name));
    const high = percent(first[0]?.met ?? 0, first[0]?.rated ?? 0);
    return [
      say(
        `${several ? `“${name.zh}”类` : ''}达标率最高的是${said.zh}（${high}%）。`,
        `The highest share met${several ? ` in ${name.en}` : ''}: ${said.en} (${high} %).`,
      ),
    ];
  });
  const without = measured.filter(({ missed, rated }) => rated > 0 && missed === 0).length;
  return section('单位间比较', 'Across units', [
    ...paragraph(
      say(
        `${measured.length} 个单位有指标，其中 ${without} 个单位可判断的指标全部达标。`,
        `${some(measured.length, 'unit')} have indicators; at ${without} all that could be rated met their targets.`,
      ),
      ...best,
    ),
    ...(measured.length > DRAWN
      ? []
      : [
          {
            kind: 'chart' as const,
            key: 'units',
            chart: {
              form: 'bars' as const,
              stacked: true,
              title: say('各单位目标完成情况（项）', 'Targets by unit (indicators)'),
              names: measured.map(({ unit }) => unit.name),
              series: [
                { name: say('达标', 'Met'), values: measured.map(({ met }) => String(met)) },
                { name: say('未达标', 'Missed'), values: measured.map(({ missed }) => String(missed)) },
              ],
            },
          },
        ]),
    ...table(
      'units',
      say('各单位目标完成与亮灯', 'Targets and lights by unit'),
      [
        nameColumn('单位', 'Unit'),
        ...(several ? [nameColumn('类别', 'Category')] : []),
        numberColumn('指标', 'Indicators'),
        numberColumn('达标', 'Met'),
        numberColumn('未达标', 'Missed'),
        numberColumn('达标率%', 'Met %'),
        ...(data.lit ? [numberColumn('红橙灯', 'Red, orange'), numberColumn('黄灯', 'Yellow')] : []),
      ],
      measured.map(({ unit, all, met, missed, rated, severe, warned }) => [
        unit.name,
        ...(several ? [names.get(unit.category) ?? null] : []),
        String(all),
        String(met),
        String(missed),
        rated === 0 ? null : percent(met, rated),
        ...(data.lit ? [String(severe), String(warned)] : []),
      ]),
    ),
    ...commonParts(judged),
  ]);
}

/** Indicators that several units have in common: how many, the mean, and within what range. */
function commonParts(judged: readonly Judged[]): ReportPart[] {
  const byCode = new Map<string, Judged[]>();
  for (const one of judged)
    if (one.course.value !== null) byCode.set(one.indicator.code, [...(byCode.get(one.indicator.code) ?? []), one]);
  const common = [...byCode.values()].filter(
    (all) => all.length > 1 && new Set(all.map(({ indicator: { unit, name } }) => `${unit} ${name.zh}`)).size === 1,
  );
  const rows = common.slice(0, LISTED).flatMap((all) => {
    const [first] = all;
    const values = all.flatMap(({ course: { value } }) => (value === null ? [] : [new Exact(value)]));
    if (!first) return [];
    return [
      [
        first.indicator.name,
        first.indicator.unit,
        String(values.length),
        shown(Exact.min(...values).toFixed()),
        shown(
          Exact.sum(...values)
            .div(values.length)
            .toFixed(),
        ),
        shown(Exact.max(...values).toFixed()),
      ],
    ];
  });
  return table(
    'common',
    common.length > LISTED
      ? say(
          `共同指标（${common.length} 项中的前 ${LISTED} 项）`,
          `Common indicators (the first ${LISTED} of ${common.length})`,
        )
      : say('共同指标', 'Common indicators'),
    [
      nameColumn('指标', 'Indicator'),
      nameColumn('计量单位', 'In'),
      numberColumn('单位数', 'Units'),
      numberColumn('最小', 'Least'),
      numberColumn('平均', 'Mean'),
      numberColumn('最大', 'Greatest'),
    ],
    rows,
  );
}
