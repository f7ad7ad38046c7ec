import { Decimal } from 'decimal.js';
import { Exact } from '../scoring/exact.ts';
import type { Text } from '../text.ts';
import { unitsOf } from './amount.ts';
import { quotaName } from './quotaName.ts';
import { ranks } from './rank.ts';
import type { Amount, GradeScheme, Quota } from './schema.ts';

export interface Candidate {
  id: string;
  category: string;
  /** Null: no score, so no rank and no grade. */
  score: string | null;
  /** Decides between equal scores where the quota says so. */
  second?: string | null;
  /** Why a veto applies (一票否决). */
  veto?: Text;
}

/** A grade changed by decision after it was computed; the record keeps both. */
export interface GradeException {
  id: string;
  grade: string;
  decision: string;
}

export interface Graded {
  id: string;
  category: string;
  /** Inside the category; null outside the ranking. */
  rank: number | null;
  rankOf: number;
  /** By the rules; null without a score, or where units outside the ranking get none. */
  computed: string | null;
  /** As it stands after decisions. */
  grade: string | null;
  /** Why it is what it is, in order. */
  because: Text[];
}

export interface QuotaUse {
  quota: string;
  category: string;
  /** Units of the category that the quota counts. */
  of: number;
  least: number;
  most: number;
  used: number;
  /** More, or fewer, than it allows, because equal scores stay together or nobody is left to move. */
  kept: boolean;
}

export interface GradeResult {
  units: Graded[];
  quotas: QuotaUse[];
  /** The share of the grades watched is implausible. */
  alarm: { share: string; because: Text } | null;
}

interface Decisions {
  /** What a quota (by its key) is raised to, by decision. */
  raised?: Readonly<Record<string, Amount>>;
  exceptions?: readonly GradeException[];
}

const MODES = {
  halfUp: Decimal.ROUND_HALF_UP,
  halfEven: Decimal.ROUND_HALF_EVEN,
  ceil: Decimal.ROUND_CEIL,
  floor: Decimal.ROUND_FLOOR,
} as const;

/** A unit on its way to a grade: `at` is its place in the list of grades. */
interface Moving extends Candidate {
  score: string;
  at: number;
  because: Text[];
}

/**
 * Grades units: by score, then by the quotas of each category in the order of the template, then by decision.
 * @throws when a decision names an unknown unit, grade or quota, or raises a quota further than the template allows
 */
export function grade(scheme: GradeScheme, candidates: readonly Candidate[], decisions: Decisions = {}): GradeResult {
  checkDecisions(scheme, candidates, decisions);
  const outside = new Set(scheme.outside?.categories);
  const quotas: QuotaUse[] = [];
  const units: Graded[] = [];
  const given: string[] = [];
  for (const category of new Set(candidates.map((each) => each.category))) {
    const members = candidates.filter((each) => each.category === category);
    const apart = outside.has(category);
    const moving = members.flatMap((each) =>
      each.score === null ? [] : [byScore(scheme, { ...each, score: each.score })],
    );
    if (!apart || scheme.outside?.grade === 'byScore')
      given.push(...moving.map(({ at }) => scheme.grades[at]?.key ?? ''));
    if (!apart) for (const quota of scheme.quotas ?? []) applyQuota(scheme, quota, category, moving, decisions, quotas);
    const places = ranks(
      members.map(({ score }) => (apart ? null : score)),
      scheme.direction ?? 'up',
    );
    const rankOf = places.filter((rank) => rank !== null).length;
    const byId = new Map(moving.map((each) => [each.id, each]));
    units.push(
      ...members.map((each, i): Graded => {
        const found = byId.get(each.id);
        const none = !found || (apart && scheme.outside?.grade === 'none' && !each.veto);
        const computed = none ? null : (scheme.grades[found.at]?.key ?? null);
        const because = none ? [noGrade(apart)] : found.because;
        return { id: each.id, category, rank: places[i] ?? null, rankOf, computed, grade: computed, because };
      }),
    );
  }
  for (const unit of units) except(scheme, unit, decisions.exceptions);
  return { units, quotas, alarm: alarmOf(scheme, given) };
}

const nameOf = (scheme: GradeScheme, key: string): Text =>
  scheme.grades.find((each) => each.key === key)?.name ?? { zh: key, en: key };

const noGrade = (apart: boolean): Text =>
  apart
    ? { zh: '不参加排名，不评定等次', en: 'outside the ranking, no grade' }
    : { zh: '没有得分，不评定等次', en: 'no score, no grade' };

function byScore(scheme: GradeScheme, unit: Omit<Moving, 'at' | 'because'>): Moving {
  if (unit.veto) {
    const key = scheme.veto ?? scheme.grades.at(-1)?.key ?? '';
    const name = nameOf(scheme, key);
    const why = {
      zh: `一票否决：${unit.veto.zh}，定为${name.zh}`,
      en: `veto: ${unit.veto.en}; the grade is ${name.en}`,
    };
    return { ...unit, at: placeOf(scheme, key), because: [why] };
  }
  const exact = new Exact(unit.score);
  const score = scheme.round ? exact.toDecimalPlaces(scheme.round.places, MODES[scheme.round.mode]) : exact;
  const better = scheme.direction === 'down' ? -1 : 1;
  const at = scheme.grades.findIndex(({ atLeast, above }) => {
    if (atLeast !== undefined) return score.cmp(atLeast) * better >= 0;
    return above === undefined || score.cmp(above) * better > 0;
  });
  const reached = scheme.grades[at < 0 ? scheme.grades.length - 1 : at];
  const bound = reached?.atLeast ?? reached?.above;
  const sign = (reached?.above === undefined ? '≥≤' : '><')[better === 1 ? 0 : 1];
  const rule = bound === undefined ? { zh: '', en: '' } : { zh: `（${sign} ${bound}）`, en: ` (${sign} ${bound})` };
  return {
    ...unit,
    at: at < 0 ? scheme.grades.length - 1 : at,
    because: [
      {
        zh: `得分 ${score.toFixed()}：${reached?.name.zh ?? ''}${rule.zh}`,
        en: `score ${score.toFixed()}: ${reached?.name.en ?? ''}${rule.en}`,
      },
    ],
  };
}

const placeOf = (scheme: GradeScheme, key: string): number => scheme.grades.findIndex((each) => each.key === key);

/** A quota of grades at the bottom is one of the grades above it, the other way round: at most b below = at least n − b above. */
function applyQuota(
  scheme: GradeScheme,
  quota: Quota,
  category: string,
  moving: Moving[],
  decisions: Decisions,
  uses: QuotaUse[],
): void {
  if (quota.category !== undefined && quota.category !== category) return;
  const n = moving.length;
  const top = quota.grades.includes(scheme.grades[0]?.key ?? '');
  const edge = top ? quota.grades.length : scheme.grades.length - quota.grades.length;
  const raised = decisions.raised?.[quota.key];
  if (raised && quota.onApproval && unitsOf(raised, n) > unitsOf(quota.onApproval, n))
    throw new RangeError(`quota "${quota.key}" is raised further than the template allows on approval`);
  const limit = raised ?? quota.most;
  const most = limit ? Math.min(n, unitsOf(limit, n)) : n;
  const least = quota.least ? Math.min(n, unitsOf(quota.least, n)) : 0;
  const [allowed, needed] = top ? [most, least] : [n - least, n - most];
  const order = [...moving].sort((a, b) => compare(scheme, quota, a, b));
  move(scheme, quota, order, edge, allowed, 'down');
  move(scheme, quota, order, edge, needed, 'up');
  const used = moving.filter(({ at }) => at < edge === top).length;
  uses.push({ quota: quota.key, category, of: n, least, most, used, kept: used >= least && used <= most });
}

/** Best first; a vetoed unit is behind all others. */
function compare(scheme: GradeScheme, quota: Quota, a: Moving, b: Moving): number {
  if (Boolean(a.veto) !== Boolean(b.veto)) return a.veto ? 1 : -1;
  const better = scheme.direction === 'down' ? 1 : -1;
  const byScores = new Exact(a.score).cmp(b.score) * better;
  if (byScores !== 0 || quota.ties !== 'second') return byScores;
  if (typeof a.second !== 'string' || typeof b.second !== 'string') return 0;
  return new Exact(a.second).cmp(b.second) * better;
}

/** Lets the best `wanted` units, and no others, stand above the edge: `down` moves out who is too many, `up` moves in who is too few. */
function move(
  scheme: GradeScheme,
  quota: Quota,
  order: Moving[],
  edge: number,
  wanted: number,
  way: 'up' | 'down',
): void {
  const above = order.filter(({ at }) => at < edge).length;
  if (way === 'down' ? above <= wanted : above >= wanted) return;
  const inside = new Set(withTies(scheme, quota, order, wanted));
  const to = way === 'down' ? edge : edge - 1;
  const name = scheme.grades[to]?.name ?? { zh: '', en: '' };
  const limit = quotaName(scheme, quota);
  for (const unit of order) {
    const moves =
      way === 'down' ? unit.at < edge && !inside.has(unit) : unit.at >= edge && inside.has(unit) && !unit.veto;
    if (!moves) continue;
    unit.at = to;
    unit.because.push({
      zh: `“${limit.zh}”名额所限，调整为${name.zh}`,
      en: `moved to ${name.en} by the quota of "${limit.en}"`,
    });
  }
}

/** The first `wanted` of the order; those who are equal at the edge stand in the quota's grades together, or out of them together. */
function withTies(scheme: GradeScheme, quota: Quota, order: Moving[], wanted: number): Moving[] {
  const [last, next] = [order[wanted - 1], order[wanted]];
  if (!last || !next || compare(scheme, quota, last, next) !== 0) return order.slice(0, wanted);
  const top = quota.grades.includes(scheme.grades[0]?.key ?? '');
  // Inside the quota's grades is above the edge for grades at the top, and below it for those at the bottom.
  const together = (quota.ties === 'in') === top;
  const first = order.findIndex((each) => compare(scheme, quota, each, last) === 0);
  const after = order.findLastIndex((each) => compare(scheme, quota, each, last) === 0) + 1;
  return order.slice(0, together ? after : first);
}

function except(scheme: GradeScheme, unit: Graded, exceptions: readonly GradeException[] | undefined): void {
  for (const each of exceptions ?? []) {
    if (each.id !== unit.id) continue;
    const [from, to] = [
      unit.grade === null ? { zh: '无', en: 'none' } : nameOf(scheme, unit.grade),
      nameOf(scheme, each.grade),
    ];
    unit.because.push({
      zh: `依决定由${from.zh}改为${to.zh}：${each.decision}`,
      en: `changed from ${from.en} to ${to.en} by decision: ${each.decision}`,
    });
    unit.grade = each.grade;
  }
}

/** What the assessors gave is implausible or not; quotas and decisions, which come after, do not cover it up. */
function alarmOf(scheme: GradeScheme, given: readonly string[]): GradeResult['alarm'] {
  const watched = scheme.alarm;
  if (!watched || given.length === 0) return null;
  const held = given.filter((key) => watched.grades.includes(key)).length;
  const share = new Exact(held).div(given.length);
  if (share.lt(watched.share)) return null;
  const percent = share.times(100).toDecimalPlaces(1).toFixed();
  const limit = new Exact(watched.share).times(100).toFixed();
  const names = watched.grades.map((key) => nameOf(scheme, key));
  return {
    share: share.toDecimalPlaces(20).toFixed(),
    because: {
      zh: `${given.length} 个单位（人）中 ${held} 个评为${names.map(({ zh }) => zh).join('、')}，占 ${percent}%，达到 ${limit}%，区分度不足`,
      en: `${held} of ${given.length} are ${names.map(({ en }) => en).join(' or ')}: ${percent} %, which reaches ${limit} % and is implausible`,
    },
  };
}

function checkDecisions(
  scheme: GradeScheme,
  candidates: readonly Candidate[],
  { raised, exceptions }: Decisions,
): void {
  for (const [key, amount] of Object.entries(raised ?? {})) {
    const quota = (scheme.quotas ?? []).find((each) => each.key === key);
    if (!quota) throw new Error(`there is no quota "${key}"`);
    if (!quota.onApproval) throw new Error(`quota "${key}" cannot be raised: the template names no onApproval`);
    unitsOf(amount, 1);
  }
  for (const { id, grade: key } of exceptions ?? []) {
    if (!candidates.some((each) => each.id === id)) throw new Error(`a decision names "${id}", who is not graded here`);
    if (placeOf(scheme, key) < 0)
      throw new Error(`a decision names the grade "${key}", which the template does not have`);
  }
}
