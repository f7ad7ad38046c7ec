import { conditionKind } from '../condition.ts';
import type { Kind } from '../kind.ts';
import type { RuleObject } from '../rule.ts';
import { attainment } from './attainment.ts';
import { bands } from './bands.ts';
import { choose } from './choose.ts';
import { clamp } from './clamp.ts';
import { composite, part } from './composite.ts';
import { constant } from './const.ts';
import { efficacy } from './efficacy.ts';
import { max, min } from './extreme.ts';
import { feel } from './feel.ts';
import { input } from './input.ts';
import { ledger } from './ledger.ts';
import { letKind } from './let.ts';
import { mean } from './mean.ts';
import { met } from './met.ts';
import { minus } from './minus.ts';
import { perUnit } from './perUnit.ts';
import { product } from './product.ts';
import { rank } from './rank.ts';
import { raters } from './raters.ts';
import { ratio } from './ratio.ts';
import { round } from './round.ts';
import { slices } from './slices.ts';
import { sum } from './sum.ts';
import { veto } from './veto.ts';
import { votes } from './votes.ts';

/** Every rule kind. To add one: a file here, its schema in `rule.ts`, and a line here. */
const kinds = (): { [K in RuleObject['kind']]: Kind<Extract<RuleObject, { kind: K }>> } => ({
  const: constant,
  input,
  feel,
  sum,
  minus,
  product,
  ratio,
  mean,
  min,
  max,
  clamp,
  round,
  attainment,
  met,
  efficacy,
  perUnit,
  slices,
  bands,
  rank,
  raters,
  votes,
  composite,
  ledger,
  choose,
  veto,
  let: letKind,
});

/** Computes and tells a line of an explanation, whatever its rule was. */
export type LineKind = Pick<Kind<never>, 'title' | 'value' | 'words'>;

let all: Record<string, LineKind> | undefined;

/** The kind of a line: that of a rule, or of what stands in explanations only (`part`, `condition`). */
export function lineKind(kind: string): LineKind | undefined {
  all ??= { ...kinds(), part, condition: conditionKind };
  return Object.hasOwn(all, kind) ? all[kind] : undefined;
}

export const kindOf = <R extends RuleObject>(rule: R): Kind<R> => lineKind(rule.kind) as Kind<R>;
