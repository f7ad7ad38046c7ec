import type pg from 'pg';
import type { z } from 'zod';
import { ranks } from '../../workflows/grades/rank.ts';
import type { ScoredUnit } from '../../workflows/letter/letter.ts';
import type { ScorePart } from '../../workflows/letter/parts.ts';
import { amount, Exact } from '../../workflows/scoring/exact.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { type FieldError, problem } from '../http/problem.ts';
import { scoredUnits } from '../letters/scored.ts';
import type { whatIfBody, whatIfSchema } from './schema.ts';
import { rankExcepted } from './values.ts';

type Weights = ReadonlyMap<string, string>;

/** 试算: the scores and ranks that other weights of the score's main parts would give; who is not ranked has no rank. Nothing is kept. */
export async function whatIf(
  pool: pg.Pool,
  cycleId: string,
  template: CycleTemplate,
  { weights }: z.infer<typeof whatIfBody>,
): Promise<z.infer<typeof whatIfSchema>> {
  const { rows } = await pool.query<{ caseId: string; id: string; name: string; code: string }>(
    `SELECT p.case_id AS "caseId", o.id, o.name, o.code FROM cycle_participants p JOIN org_units o ON o.id = p.org_id
     WHERE p.cycle_id = $1 AND p.case_id IS NOT NULL ORDER BY o.code`,
    [cycleId],
  );
  const categories = Object.entries(template.categories).flatMap(([key, { ranked }]) => (ranked ? [key] : []));
  const units: (ScoredUnit & { category: string })[] = [];
  for (const category of categories)
    for (const unit of (await scoredUnits(pool, { cycleId, template, category })).units)
      if (unit.score !== null && unit.parts.length > 0) units.push({ ...unit, category });
  const parts = units[0]?.parts.filter(isMain) ?? [];
  if (parts.length === 0) throw problem('results.none');
  const given = new Map(parts.map(({ path, most }) => [path, most ?? '0']));
  const wanted = new Map([...given, ...weights.map(({ path, weight }): [string, string] => [path, weight])]);
  check(weights, given, wanted);
  const excepted = rankExcepted(template);
  const orgs = new Map(rows.map((row) => [row.caseId, row]));
  const items = categories.flatMap((category) => {
    const inside = units.filter((unit) => unit.category === category);
    const places = Math.max(2, ...inside.map(({ score }) => new Exact(score ?? 0).decimalPlaces()));
    const scoreOf = (by: Weights) => inside.map((unit) => amount(weigh(unit.parts, by).toDecimalPlaces(places)).text);
    const [now, then] = [scoreOf(given), scoreOf(wanted)];
    const competes = inside.map(({ id }) => !excepted.has(category) && !excepted.has(orgs.get(id)?.code ?? ''));
    const among = (scores: string[]) =>
      ranks(
        scores.map((score, i) => (competes[i] ? score : null)),
        'up',
      );
    const [nowRanks, thenRanks] = [among(now), among(then)];
    return inside.flatMap((unit, i) => {
      const org = orgs.get(unit.id);
      if (!org) return [];
      return [
        {
          org: { id: org.id, name: org.name },
          category,
          given: { score: now[i] ?? '', rank: nowRanks[i] ?? null },
          wanted: { score: then[i] ?? '', rank: thenRanks[i] ?? null },
        },
      ];
    });
  });
  return {
    parts: parts.map(({ path, name }) => ({
      path,
      name,
      weight: wanted.get(path) ?? '0',
      given: given.get(path) ?? '0',
    })),
    items: items.toSorted((a, b) =>
      a.category === b.category
        ? placeOf(a.wanted.rank) - placeOf(b.wanted.rank) || placeOf(a.given.rank) - placeOf(b.given.rank)
        : 0,
    ),
  };
}

/** Behind all others who is not ranked. */
const placeOf = (rank: number | null): number => rank ?? Number.MAX_SAFE_INTEGER;

/** A weighted part of the whole. */
const isMain = ({ level, most }: ScorePart): boolean => level === 1 && most !== null && new Exact(most).gt(0);

/** Each part's share of its full marks, by other full marks; a part that does not apply leaves score and maximum. Bonus and deduction stay. */
function weigh(parts: readonly ScorePart[], by: Weights) {
  const zero = new Exact(0);
  const main = parts.filter(isMain);
  const weightOf = ({ path }: ScorePart) => new Exact(by.get(path) ?? 0);
  const all = main.reduce((sum, part) => sum.plus(weightOf(part)), zero);
  const applying = main.filter(({ value }) => value !== null);
  const weights = applying.reduce((sum, part) => sum.plus(weightOf(part)), zero);
  const points = applying.reduce(
    (sum, part) => sum.plus(new Exact(part.value ?? 0).div(part.most ?? 1).times(weightOf(part))),
    zero,
  );
  const rest = parts
    .filter(({ level, most }) => level === 1 && most === null)
    .reduce((sum, { value }) => sum.plus(value ?? 0), zero);
  return (weights.isZero() ? zero : points.times(all).div(weights)).plus(rest);
}

function check(weights: readonly { path: string; weight: string }[], given: Weights, wanted: Weights): void {
  const errors = weights.flatMap(({ path }, i): FieldError[] =>
    given.has(path) && weights.findIndex((other) => other.path === path) === i
      ? []
      : [{ path: `weights[${i}].path`, message: { zh: '没有这一部分，或重复', en: 'no such part, or twice' } }],
  );
  const sum = (all: Weights) => [...all.values()].reduce((total, one) => total.plus(one), new Exact(0));
  if (errors.length === 0 && !sum(given).eq(sum(wanted))) {
    const [is, not] = [sum(given).toFixed(), sum(wanted).toFixed()];
    errors.push({
      path: 'weights',
      message: { zh: `权重合计应为 ${is}，现为 ${not}`, en: `the weights add up to ${not}, not to ${is}` },
    });
  }
  if (errors.length > 0) throw problem('input.invalid', { errors });
}
