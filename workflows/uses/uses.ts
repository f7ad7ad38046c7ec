import { climbs } from '../grades/rank.ts';
import { Exact } from '../scoring/exact.ts';
import type { Text } from '../text.ts';
import type { Effect, ResultUse, Whom } from './schema.ts';

/** One unit's result of a year, as final. */
export interface Result {
  id: string;
  category: string;
  score: string | null;
  rank: number | null;
  grade: string | null;
  /** What the template calls the grade. */
  gradeName?: Text;
  /** Null or left out: it had no target. */
  targetMet?: boolean | null;
  /** Its rectification items at the end of the year. */
  items?: { open: number; closed: number };
}

export interface Year {
  year: number;
  results: readonly Result[];
}

/** What is done about one unit's result, and why. */
export interface Use {
  use: string;
  id: string;
  effect: Effect;
  because: Text;
  /** Why it is not given although it would be due. */
  withheld?: Text;
}

/**
 * What this year's results are used for.
 * @param history the results of earlier years, in any order; a year that is missing ends every run
 */
export function usesOf(uses: readonly ResultUse[], now: Year, history: readonly Year[]): Use[] {
  const years = new Map([...history, now].map((each) => [each.year, each]));
  const barred = barredFromAwards(uses, now, years);
  return uses.flatMap((use) =>
    [...applies(use, now, years)].map(([id, because]): Use => {
      const withheld = use.effect.kind === 'award' || use.effect.kind === 'honour' ? barred.get(id) : undefined;
      return { use: use.key, id, effect: use.effect, because, ...(withheld && { withheld }) };
    }),
  );
}

type Years = ReadonlyMap<number, Year>;

/** Whom a use applies to in a year, with the reason. */
function applies(use: ResultUse, year: Year, years: Years): Map<string, Text> {
  const chosen = select(use.whom, year, years);
  if (!use.running) return chosen;
  const { from, to } = use.running;
  return new Map(
    [...chosen].flatMap(([id, because]): [string, Text][] => {
      let run = 1;
      for (
        let before = years.get(year.year - 1);
        before && select(use.whom, before, years).has(id);
        before = years.get(before.year - 1)
      )
        run += 1;
      if (run < from || (to !== undefined && run > to)) return [];
      return [[id, { zh: `${because.zh}，连续第 ${run} 年`, en: `${because.en}, year ${run} in a row` }]];
    }),
  );
}

/** Who gets no awards this year, because of this year or one before. */
function barredFromAwards(uses: readonly ResultUse[], now: Year, years: Years): Map<string, Text> {
  const barred = new Map<string, Text>();
  for (const use of uses) {
    if (use.effect.kind !== 'noAwards') continue;
    for (let year = now.year; year > now.year - use.effect.years; year -= 1) {
      const results = years.get(year);
      if (!results) continue;
      for (const id of applies(use, results, years).keys())
        barred.set(id, { zh: `${year} 年“${use.name.zh}”：取消评优`, en: `no awards: "${use.name.en}" of ${year}` });
    }
  }
  return barred;
}

function select(whom: Whom, year: Year, years: Years): Map<string, Text> {
  const results = year.results.filter(({ category }) => whom.categories?.includes(category) ?? true);
  switch (whom.kind) {
    case 'top':
    case 'bottom':
      return edge(whom, results);
    case 'climb':
      return climbers(whom, results, years.get(year.year - 1));
    case 'grade':
      return among(
        results,
        ({ grade }) => grade !== null && whom.grades.includes(grade),
        ({ grade, gradeName }) => ({
          zh: `等次：${gradeName?.zh ?? grade}`,
          en: `grade ${gradeName?.en ?? grade}`,
        }),
      );
    case 'score':
      return among(
        results,
        ({ score }) => inBounds(whom, score),
        ({ score }) => ({ zh: `得分 ${score}`, en: `score ${score}` }),
      );
    case 'target':
      return among(
        results,
        ({ targetMet }) => targetMet === whom.met,
        () => (whom.met ? { zh: '完成目标', en: 'target met' } : { zh: '未完成目标', en: 'target not met' }),
      );
    case 'items':
      return among(
        results,
        (result) => countItems(whom.state, result) > 0,
        (result) => {
          const n = countItems(whom.state, result);
          return { zh: `整改事项 ${n} 项`, en: `${n} rectification item(s)` };
        },
      );
  }
}

const among = (results: readonly Result[], holds: (result: Result) => boolean, why: (result: Result) => Text) =>
  new Map(results.filter(holds).map((result) => [result.id, why(result)]));

const countItems = (state: 'open' | 'closed' | 'any', { items }: Result): number =>
  items ? (state === 'closed' ? 0 : items.open) + (state === 'open' ? 0 : items.closed) : 0;

function inBounds(
  { atLeast, below }: { atLeast?: string | undefined; below?: string | undefined },
  score: string | null,
): boolean {
  if (score === null) return false;
  const exact = new Exact(score);
  return (atLeast === undefined || exact.gte(atLeast)) && (below === undefined || exact.lt(below));
}

/** The results category by category, or all as one group. */
function groups(results: readonly Result[], of: 'category' | 'all' | undefined): Result[][] {
  if (of === 'all') return [[...results]];
  return [...new Set(results.map(({ category }) => category))].map((category) =>
    results.filter((each) => each.category === category),
  );
}

/** Better scores count over all; inside a category the rank does, which knows the direction and who is outside the ranking. */
function edge(whom: Extract<Whom, { kind: 'top' | 'bottom' }>, results: readonly Result[]): Map<string, Text> {
  const top = whom.kind === 'top';
  return new Map(
    groups(results, whom.of).flatMap((group): [string, Text][] => {
      const ranked = group.flatMap((each) =>
        each.rank === null ? [] : [{ id: each.id, rank: each.rank, score: each.score }],
      );
      const ahead = (a: (typeof ranked)[number], b: (typeof ranked)[number]) =>
        whom.of === 'all' ? new Exact(a.score ?? 0).gt(b.score ?? 0) : a.rank < b.rank;
      return ranked.flatMap((unit): [string, Text][] => {
        const better = ranked.filter((other) => (top ? ahead(other, unit) : ahead(unit, other))).length;
        if (better >= whom.n) return [];
        const where = whom.of === 'all' ? { zh: '全部单位', en: 'all units' } : { zh: '本类', en: 'its category' };
        const words = top
          ? { zh: `${where.zh}前 ${whom.n} 名`, en: `among the first ${whom.n} of ${where.en}` }
          : { zh: `${where.zh}末 ${whom.n} 名`, en: `among the last ${whom.n} of ${where.en}` };
        return [[unit.id, words]];
      });
    }),
  );
}

function climbers(
  whom: Extract<Whom, { kind: 'climb' }>,
  results: readonly Result[],
  before: Year | undefined,
): Map<string, Text> {
  if (!before) return new Map();
  return new Map(
    groups(results, whom.of).flatMap((group): [string, Text][] => {
      const places = climbs(group, before.results).filter((each) => each.places > 0);
      const least = places[whom.n - 1]?.places ?? 1;
      return places
        .filter((each) => each.places >= least)
        .map((each) => [each.id, { zh: `排名上升 ${each.places} 位`, en: `climbed ${each.places} place(s)` }]);
    }),
  );
}
