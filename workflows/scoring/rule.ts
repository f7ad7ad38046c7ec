import { z } from 'zod';
import { pathSchema } from './data.ts';
import { decimal } from './kind.ts';
import { type Attainment, attainmentSchema } from './kinds/attainment.ts';
import { type Bands, bandsSchema } from './kinds/bands.ts';
import { type Choose, chooseSchema } from './kinds/choose.ts';
import { type Clamp, clampSchema } from './kinds/clamp.ts';
import { type Composite, compositeSchema } from './kinds/composite.ts';
import { type Const, constSchema } from './kinds/const.ts';
import { type Efficacy, efficacySchema } from './kinds/efficacy.ts';
import { type Max, type Min, maxSchema, minSchema } from './kinds/extreme.ts';
import { type Feel, feelSchema } from './kinds/feel.ts';
import { type InputRule, inputSchema } from './kinds/input.ts';
import { type Ledger, ledgerSchema } from './kinds/ledger.ts';
import { type Let, letSchema } from './kinds/let.ts';
import { type Mean, meanSchema } from './kinds/mean.ts';
import { type Met, metSchema } from './kinds/met.ts';
import { type Minus, minusSchema } from './kinds/minus.ts';
import { type PerUnit, perUnitSchema } from './kinds/perUnit.ts';
import { type Product, productSchema } from './kinds/product.ts';
import { type Rank, rankSchema } from './kinds/rank.ts';
import { type Raters, ratersSchema } from './kinds/raters.ts';
import { type Ratio, ratioSchema } from './kinds/ratio.ts';
import { type Round, roundSchema } from './kinds/round.ts';
import { type Slices, slicesSchema } from './kinds/slices.ts';
import { type Sum, sumSchema } from './kinds/sum.ts';
import { type VetoRule, vetoSchema } from './kinds/veto.ts';
import { type Votes, votesSchema } from './kinds/votes.ts';

const ruleObject = () =>
  z.discriminatedUnion('kind', [
    constSchema,
    inputSchema,
    feelSchema,
    sumSchema,
    minusSchema,
    productSchema,
    ratioSchema,
    meanSchema,
    minSchema,
    maxSchema,
    clampSchema,
    roundSchema,
    attainmentSchema,
    metSchema,
    efficacySchema,
    perUnitSchema,
    slicesSchema,
    bandsSchema,
    rankSchema,
    ratersSchema,
    votesSchema,
    compositeSchema,
    ledgerSchema,
    chooseSchema,
    vetoSchema,
    letSchema,
  ]);

export type RuleObject =
  | Attainment
  | Bands
  | Choose
  | Clamp
  | Composite
  | Const
  | Efficacy
  | Feel
  | InputRule
  | Ledger
  | Let
  | Max
  | Mean
  | Met
  | Min
  | Minus
  | PerUnit
  | Product
  | Rank
  | Raters
  | Ratio
  | Round
  | Slices
  | Sum
  | VetoRule
  | Votes;

/** A scoring rule as data. In short: a decimal as text ("60") is itself, a path ("values.results") is what stands there. */
export type Rule = string | RuleObject;

/** The shape of a rule. A function, so that files which refer to each other may be loaded in any order. */
export function rule(): z.ZodType<Rule> {
  return z.lazy(() => ruleSchema);
}

export const ruleSchema: z.ZodType<Rule> = z.lazy(() => z.union([ruleObject(), pathSchema, decimal]));
