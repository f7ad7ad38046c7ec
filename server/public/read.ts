import type pg from 'pg';
import type { JsonObject } from '../../workflows/json.ts';
import { PUBLISHED_PARTS } from '../../workflows/publish/schema.ts';
import { isHuman } from '../../workflows/template/model.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import { overPg } from '../db/sql.ts';
import { problem } from '../http/problem.ts';
import { groupBy } from '../indicators/group.ts';
import { type FinalResult, finalResults } from '../results/history.ts';
import { type PublicCase, type PublicCycleHead, planTable, readCases, readHead } from './cases.ts';
import { consultationOf, type OpinionRow, readOpinions } from './consultation.ts';
import { type Figure, readFigures } from './figures.ts';
import { draftGoals, publicIndicator } from './indicators.ts';
import type { PublicCycle, PublicUnit } from './schema.ts';

/**
 * What the public may see of a cycle on a day in the city: of each unit the parts that its template publishes, as far as its case, or
 * the cycle's, has come.
 *
 * @throws `cycle.unknown` where nothing of it is public: a stranger cannot tell one that is not from one that is kept inside
 */
export async function readPublic(pool: pg.Pool, id: string, today: string): Promise<PublicCycle> {
  const sql = overPg(pool);
  const head = await readHead(sql, id);
  const { cases, cycle } = await readCases(sql, head, today);
  const shown = cases.filter((one) => isShown(head.content, one));
  if (shown.length === 0) throw problem('cycle.unknown');
  const withFigures = shown.filter(
    ({ published: { parts } }) => parts.has('goals') || parts.has('progress') || parts.has('lights'),
  );
  const withResults = shown.filter(({ published }) => published.parts.has('results'));
  const [figures, results, answers, opinions] = await Promise.all([
    withFigures.length > 0
      ? readFigures(
          sql,
          id,
          withFigures.map(({ org }) => org.id),
        )
      : [],
    withResults.length > 0 ? finalResults(pool, id) : [],
    readAnswers(pool, head, shown),
    readOpinions(sql, head.content, shown),
  ]);
  const byUnit = groupBy(figures, ({ org }) => org);
  const resultOf = new Map(results.map((one) => [one.caseId, one]));
  const from = head.content.publish?.results?.from;
  const live = from && 'block' in from ? cycle?.reached.live[from.block] : undefined;
  const parts = new Set(shown.flatMap(({ published }) => [...published.parts]));
  const { content, ...row } = head;
  return {
    ...row,
    shows: PUBLISHED_PARTS.filter((part) => parts.has(part)),
    categories: Object.entries(content.categories).map(([key, { name, ranked }]) => ({ key, name, ranked })),
    results: withResults.length === 0 ? null : live ? 'publicity' : 'final',
    units: shown.map((one) => unitOf(content, one, byUnit.get(one.org.id) ?? [], resultOf.get(one.caseId), opinions)),
    answers,
    texts: textsOf(content, shown, cycle?.data ?? {}),
  };
}

/** Reports in the words of those who wrote them: of a unit by its case, of the cycle by its own. */
function textsOf(content: CycleTemplate, shown: readonly PublicCase[], cycle: JsonObject): PublicCycle['texts'] {
  return (content.publish?.texts ?? []).flatMap(({ field }) => {
    const open = shown.filter(({ published }) => published.texts.includes(field));
    const [name, ofCycle] = nameOf(content, field);
    const said = ofCycle
      ? open.slice(0, 1).map(() => ({ org: null, text: cycle[field] }))
      : open.map(({ org, data }) => ({ org, text: data[field] }));
    return said.flatMap(({ org, text }) => (typeof text === 'string' && text !== '' ? [{ name, org, text }] : []));
  });
}

/** What a field is called, and whether the cycle's own case fills it in. */
function nameOf(content: CycleTemplate, key: string): [Text, boolean] {
  for (const { block } of blocksOf(content)) {
    const field = isHuman(block) ? block.fields?.find((one) => one.key === key) : undefined;
    if (field) return [field.name, block.per === 'cycle'];
  }
  return [{ zh: key, en: key }, false];
}

/** Something is public of the unit, or it asks what the public thinks. */
const isShown = ({ publish }: CycleTemplate, { published, reached }: PublicCase): boolean =>
  published.parts.size > 0 ||
  published.texts.length > 0 ||
  (publish?.consultation !== undefined && (reached.rounds[publish.consultation.during] ?? 0) > 0);

function unitOf(
  content: CycleTemplate,
  one: PublicCase,
  figures: readonly Figure[],
  result: FinalResult | undefined,
  opinions: ReadonlyMap<string, OpinionRow[]>,
): PublicUnit {
  const { org, category, published, data } = one;
  const plan = planTable(content);
  const draft = figures.length === 0 && published.parts.has('goals') && plan !== undefined;
  return {
    org,
    category,
    shows: PUBLISHED_PARTS.filter((part) => published.parts.has(part)),
    draft,
    indicators: draft ? draftGoals(data[plan]) : figures.map((figure) => publicIndicator(figure, published)),
    result:
      published.parts.has('results') && result
        ? {
            score: result.score,
            rank: result.rank,
            rankOf: result.rankOf,
            grade: content.grades?.grades.find(({ key }) => key === result.grade)?.name ?? null,
          }
        : null,
    consultation: consultationOf(content, one, opinions.get(one.caseId) ?? []),
  };
}

/** The public answers to items of rectification that were closed, of the units that publish them. */
async function readAnswers(
  pool: pg.Pool,
  { id }: PublicCycleHead,
  shown: readonly PublicCase[],
): Promise<PublicCycle['answers']> {
  const units = new Map(shown.flatMap(({ org, published }) => (published.parts.has('answers') ? [[org.id, org]] : [])));
  if (units.size === 0) return [];
  const { rows } = await pool.query<{ org_id: string; problem: string; public_answer: string; published_at: Date }>(
    `SELECT org_id, problem, public_answer, published_at FROM rectification_items
     WHERE cycle_id = $1 AND org_id = ANY($2::uuid[]) AND state = 'closed' AND public_answer IS NOT NULL AND published_at IS NOT NULL
     ORDER BY published_at DESC, id LIMIT 5000`,
    [id, [...units.keys()]],
  );
  return rows.flatMap(({ org_id, problem: asked, public_answer: answer, published_at: at }) => {
    const org = units.get(org_id);
    return org ? [{ org, problem: asked, answer, publishedAt: at.toISOString() }] : [];
  });
}
