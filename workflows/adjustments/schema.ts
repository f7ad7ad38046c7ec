import { z } from 'zod';
import { FREQUENCIES } from '../indicators/schema.ts';
import { keySchema, nameSchema } from '../template/key.ts';
import { textSchema } from '../text.ts';
import { specialSchema } from './special.ts';

const points = z.string().regex(/^\d{1,9}(\.\d{1,6})?$/, { message: 'points without a sign, as text: "2" or "0.5"' });

/** What all bonuses, and all deductions, together come to at most. Points without a sign; no cap where there is none. */
const capsSchema = z.strictObject({ bonus: points.optional(), deduction: points.optional() });

export const ADJUSTMENT_KINDS = ['bonus', 'deduction', 'veto'] as const;
export type AdjustmentKind = (typeof ADJUSTMENT_KINDS)[number];

/** How bad what was found is: 一般、较重、严重. */
export const FINDING_SEVERITIES = ['minor', 'major', 'critical'] as const;

/**
 * Something that points are added or taken for, or that rules a good result out (一票否决, `veto`, which has no points: grades and
 * scoring rules say what it does). `points` is what one entry usually gives, `most` what one may give, `cap` what all entries of
 * a unit under this item come to in the year.
 */
const itemSchema = z
  .strictObject({
    key: nameSchema,
    kind: z.enum(ADJUSTMENT_KINDS),
    name: textSchema,
    /** What it rests on: the document that says so. */
    basis: textSchema.optional(),
    group: nameSchema.optional(),
    points: points.optional(),
    most: points.optional(),
    cap: points.optional(),
    /** The unit may ask for it itself (加分申报). */
    byUnit: z.boolean().optional(),
    /** A bonus of a stage (阶段奖励): an entry names the month, quarter or half that it is for. */
    stage: z.enum(FREQUENCIES).optional(),
    /** The special goal (专项目标) whose result it is. */
    goal: nameSchema.optional(),
    /** Who proposes it, instead of the scheme's `propose`. */
    propose: z.array(keySchema).min(1).max(20).optional(),
    /** Without files nothing can be proposed. */
    evidence: z.literal('required').optional(),
    /** Findings propose it from this severity on; from any where it says none. */
    severity: z.enum(FINDING_SEVERITIES).optional(),
  })
  .refine((item) => item.kind !== 'veto' || !(item.points ?? item.most ?? item.cap), {
    message: 'a veto has no points',
    path: ['points'],
  })
  .refine((item) => item.kind === 'bonus' || item.stage === undefined, {
    message: 'only a bonus is for a stage',
    path: ['stage'],
  });
export type AdjustmentItem = z.infer<typeof itemSchema>;

/**
 * 加分、扣分、一票否决: what may be entered in the ledger of a cycle, who proposes and who approves (never the same person), and
 * the caps: item, then group, then year.
 */
export const adjustmentsSchema = z.strictObject({
  items: z.array(itemSchema).min(1).max(200),
  groups: z.record(nameSchema, z.strictObject({ name: textSchema, caps: capsSchema.optional() })).optional(),
  /** Of the whole year. */
  caps: capsSchema.optional(),
  /** When the special goals that items name may give a bonus. */
  special: specialSchema.optional(),
  /** Roles beside the performance office; a role inside a unit proposes for that unit and those that it monitors. */
  propose: z.array(keySchema).max(20).optional(),
  /** Roles for the whole city; without it the performance office approves. */
  approve: z.array(keySchema).min(1).max(20).optional(),
  /** The items that deductions proposed by deadlines (`deduct` rungs) and by lights are entered under. */
  automatic: z.strictObject({ ladder: nameSchema.optional(), light: nameSchema.optional() }).optional(),
});
export type AdjustmentScheme = z.infer<typeof adjustmentsSchema>;
