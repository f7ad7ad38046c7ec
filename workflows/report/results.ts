import { Exact } from '../scoring/exact.ts';
import type { Text } from '../text.ts';
import type { ReportData, ReportResult } from './data.ts';
import type { ReportPart } from './part.ts';
import { listed, nameColumn, numberColumn, paragraph, say, section, shown, shownOr, some, table } from './words.ts';

type Results = NonNullable<ReportData['results']>;

/** What the cycle came to, once it is final and the reader may know it; ranks only where units are ranked. */
export function resultParts(data: ReportData): ReportPart[] {
  const { results, unit } = data;
  if (!results || results.items.length === 0) return [];
  const own = unit && results.items.find(({ org }) => org === unit.id);
  return section('考评结果', 'Results', [
    ...(unit ? (own ? paragraph(...ownWords(data, results, own)) : []) : allParts(data, results)),
    ...dimensionParts(data, results),
  ]);
}

const gradeName = ({ grades }: Results, key: string | null): Text | null =>
  key === null ? null : (grades.find((grade) => grade.key === key)?.name ?? say(key, key));

function ownWords({ categories }: ReportData, results: Results, own: ReportResult): (Text | false)[] {
  const { score, rank, rankOf, climbed, before, category } = own;
  const grade = gradeName(results, own.grade);
  const ranked = categories.find(({ key }) => key === category)?.ranked === true;
  return [
    score !== null && say(`得分 ${shown(score)}。`, `Score ${shown(score)}.`),
    ranked &&
      rank !== null &&
      say(`在本类 ${rankOf} 个单位中列第 ${rank} 位。`, `Rank ${rank} of ${rankOf} in the category.`),
    grade !== null && say(`等次：${grade.zh}。`, `Grade: ${grade.en}.`),
    score !== null &&
      before !== null &&
      say(
        `上年得分 ${shown(before)}，变化 ${shown(new Exact(score).minus(before).toFixed())}。`,
        `Last year ${shown(before)}: a change of ${shown(new Exact(score).minus(before).toFixed())}.`,
      ),
    ranked &&
      climbed !== null &&
      climbed !== 0 &&
      say(
        `名次较上年${climbed > 0 ? '上升' : '下降'} ${Math.abs(climbed)} 位。`,
        `${some(Math.abs(climbed), 'place')} ${climbed > 0 ? 'up' : 'down'} against last year.`,
      ),
  ];
}

function allParts({ categories, units }: ReportData, results: Results): ReportPart[] {
  const names = new Map(units.map(({ id, name }) => [id, name]));
  const inside = (key: string) => results.items.filter(({ category }) => category === key);
  const graded = results.items.filter(({ grade }) => grade !== null);
  const scores = results.items.flatMap(({ score }) => (score === null ? [] : [new Exact(score)]));
  const years = results.items.flatMap(({ score, before }) =>
    score === null || before === null ? [] : [new Exact(score).minus(before)],
  );
  const perCategory = categories.flatMap(({ key, name }) => {
    const items = inside(key);
    if (items.length === 0) return [];
    const own = items.flatMap(({ score }) => (score === null ? [] : [new Exact(score)]));
    return [
      [
        name,
        String(items.length),
        own.length === 0
          ? null
          : shown(
              Exact.sum(...own)
                .div(own.length)
                .toFixed(),
            ),
        ...results.grades.map((grade) => String(items.filter((one) => one.grade === grade.key).length)),
      ],
    ];
  });
  return [
    ...paragraph(
      scores.length > 0 &&
        say(
          `${scores.length} 个单位有得分，平均 ${shown(
            Exact.sum(...scores)
              .div(scores.length)
              .toFixed(),
          )} 分。`,
          `${some(scores.length, 'unit')} have a score, ${shown(
            Exact.sum(...scores)
              .div(scores.length)
              .toFixed(),
          )} on average.`,
        ),
      graded.length > 0 &&
        say(
          `等次：${results.grades.map(({ key, name }) => `${name.zh} ${graded.filter(({ grade }) => grade === key).length} 个`).join('，')}。`,
          `Grades: ${results.grades.map(({ key, name }) => `${graded.filter(({ grade }) => grade === key).length} ${name.en}`).join(', ')}.`,
        ),
      years.length > 0 &&
        say(
          `与上年都有得分的 ${years.length} 个单位中，${years.filter((change) => change.gt(0)).length} 个提高，${years.filter((change) => change.lt(0)).length} 个下降。`,
          `Of ${some(years.length, 'unit')} with a score in both years ${years.filter((change) => change.gt(0)).length} gained and ${years.filter((change) => change.lt(0)).length} lost.`,
        ),
      ...categories.flatMap(({ key, name, ranked }): Text[] => {
        const most = ranked ? Math.max(0, ...inside(key).map(({ climbed }) => climbed ?? 0)) : 0;
        if (most === 0) return [];
        const climbers = inside(key).filter(({ climbed }) => climbed === most);
        const said = listed(climbers.map(({ org }) => names.get(org) ?? ''));
        return [
          say(
            `“${name.zh}”类名次上升最多的是${said.zh}（上升 ${most} 位）。`,
            `The biggest climb in ${name.en}: ${said.en} (${some(most, 'place')}).`,
          ),
        ];
      }),
    ),
    ...table(
      'results',
      say('各类别得分与等次', 'Scores and grades by category'),
      [
        nameColumn('类别', 'Category'),
        numberColumn('单位数', 'Units'),
        numberColumn('平均分', 'Mean'),
        ...results.grades.map(({ name }) => numberColumn(name.zh, name.en)),
      ],
      perCategory,
    ),
  ];
}

/** The parts of the scores, each category apart. */
function dimensionParts({ categories, unit }: ReportData, { dimensions }: Results): ReportPart[] {
  if (unit) return [];
  const several = categories.length > 1;
  return categories.flatMap(({ key, name }) =>
    table(
      `dimensions-${key}`,
      several ? say(`得分构成：${name.zh}`, `Parts of the score: ${name.en}`) : say('得分构成', 'Parts of the score'),
      [
        nameColumn('项目', 'Part'),
        numberColumn('满分', 'Of'),
        numberColumn('平均', 'Mean'),
        numberColumn('最高', 'Best'),
      ],
      dimensions
        .filter(({ category, level }) => category === key && level <= 2)
        .map((one) => [one.name, shownOr(one.most), shownOr(one.mean), shownOr(one.best)]),
    ),
  );
}
