import { z } from 'zod';
import { decimalSchema } from '../decimal.ts';
import { indicatorCodeSchema } from '../indicators/schema.ts';
import { ruleSchema } from '../scoring/rule.ts';
import { textSchema } from '../text.ts';
import { extraActionSchema } from './action.ts';
import { fieldSchema } from './field.ts';
import { keySchema, nameSchema } from './key.ts';
import { rungSchema, type When, whenSchema, whoSchema } from './when.ts';

const base = {
  key: keySchema,
  name: textSchema,
  help: textSchema.optional(),
  /** `cycle`: once for the whole cycle; every participant waits for it. Only at the top level of a phase. */
  per: z.enum(['participant', 'cycle']).optional(),
  /** For a `cycle` block: opens at the latest then, whoever has not arrived. Without it, it waits for all. */
  opens: whenSchema.optional(),
};

const feel = z.string().min(1).max(2000);

/** What every block that waits for a human carries: who, until when, reminders (working days relative to the deadline), ladder. */
const human = {
  who: z.array(whoSchema).min(1).max(20),
  deadline: whenSchema.optional(),
  remind: z.array(z.int().min(-60).max(60)).max(10).optional(),
  escalate: z.array(rungSchema).max(12).optional(),
  fields: z.array(fieldSchema).max(100).optional(),
  /** Keys of fields of earlier blocks that are shown here, read only. */
  shows: z.array(nameSchema).max(100).optional(),
  /**
   * Fields of earlier blocks here, by key: `read` as in `shows`; `write` and `required` may be changed in this block's form;
   * `hidden` is kept from whoever acts here, on the case's own page as well, until the block is decided.
   */
  access: z.record(nameSchema, z.enum(['hidden', 'read', 'write', 'required'])).optional(),
  /** Earlier human blocks: whoever acted in one of them does not act here (回避). */
  recuse: z.array(keySchema).min(1).max(20).optional(),
  /** What happens by itself when the people are found. */
  auto: z
    .strictObject({
      /** Whoever approved before (`all`), or in the approval just before (`consecutive`), need not approve again. */
      sameApprover: z.enum(['all', 'consecutive', 'never']).optional(),
      /** Whoever began the case is among the approvers: decides too (`self`), is left out (`skip`), or their `superior` decides. */
      initiator: z.enum(['self', 'skip', 'superior']).optional(),
      /** Nobody is found: wait as an incident (`hold`), go on (`pass`), or ask somebody else. */
      empty: z.union([z.enum(['hold', 'pass']), z.strictObject({ who: whoSchema })]).optional(),
    })
    .optional(),
  /** Whom the decision is sent to, to be read (抄送). */
  cc: z.array(whoSchema).min(1).max(20).optional(),
  /** Actions beyond the usual ones. */
  allow: z.array(extraActionSchema).max(20).optional(),
};

/** A form to fill in; one of `who` submits it. */
export const taskSchema = z.strictObject({ ...base, type: z.literal('task'), ...human });

/**
 * A decision. `any`: the first one decides; `all`: everyone must approve; `sequential`: one after the other in order;
 * `vote`: see `vote`. A return needs a reason and goes to `returnTo`, an earlier block; a rejection (only with `onReject`)
 * ends the case or goes to that block.
 */
export const approvalSchema = z.strictObject({
  ...base,
  type: z.literal('approval'),
  ...human,
  mode: z.enum(['any', 'all', 'sequential', 'vote']).optional(),
  /** Shares are decimals between 0 and 1: `quorum` of all weight must vote, `pass` of the votes for and against must be for. */
  vote: z
    .strictObject({
      quorum: z.string().regex(/^(0(\.\d+)?|1(\.0+)?)$/),
      pass: z.string().regex(/^(0(\.\d+)?|1(\.0+)?)$/),
      /** One weight for each entry of `who`, for everyone that it stands for; 1 where there is none. */
      weights: z
        .array(z.string().regex(/^\d+(\.\d+)?$/))
        .max(20)
        .optional(),
      /** Positions in `who` whose no decides. */
      veto: z.array(z.int().min(0).max(19)).max(20).optional(),
    })
    .optional(),
  returnTo: keySchema.optional(),
  /** `earlier`: the approver may choose any earlier human block to return to; else it is `returnTo`. */
  returnChoice: z.enum(['fixed', 'earlier']).optional(),
  /** After the returned block is redone: `again` walks forward step by step, `back` goes straight to whoever returned it. */
  afterReturn: z.enum(['again', 'back']).optional(),
  onReject: z.union([z.literal('end'), keySchema]).optional(),
  /** Several of these may be approved at once. */
  batch: z.boolean().optional(),
});

/**
 * Waits for a day, or for a message sent to the case, whichever comes first if both are named.
 */
export const waitSchema = z.strictObject({
  ...base,
  type: z.literal('wait'),
  until: whenSchema.optional(),
  message: keySchema.optional(),
});

/** A dated publicity window: opens on entry, closes `until`; what it shows is `notice`. */
export const windowSchema = z.strictObject({
  ...base,
  type: z.literal('window'),
  until: whenSchema,
  notice: textSchema.optional(),
});

/**
 * Ballots of groups of assessors (`assessors` of the template): a round opens on entry and ends `until`, or as soon as every
 * expected ballot is in.
 */
export const ballotsSchema = z.strictObject({
  ...base,
  type: z.literal('ballots'),
  groups: z.array(keySchema).min(1).max(50),
  until: whenSchema,
});

/** An ex-ante gate: every condition must hold, else the case goes back to a block or ends as rejected. */
export const gateSchema = z.strictObject({
  ...base,
  type: z.literal('gate'),
  requires: z
    .array(z.strictObject({ if: feel, reason: textSchema }))
    .min(1)
    .max(20),
  onFail: z.union([z.literal('end'), keySchema]),
});

/** Tells people, by mail and in the inbox; waits for nobody. */
export const notifySchema = z.strictObject({
  ...base,
  type: z.literal('notify'),
  who: z.array(whoSchema).min(1).max(20),
  subject: textSchema,
  /** `{{name}}` is replaced by the value of that field or fact. */
  body: textSchema,
});

/**
 * Computes values, exactly. `feel`: an expression; `rule`: a scoring rule over the case's values, exact; not applicable is null.
 * The others are carried out by the server, over many rows:
 *
 * - `score` (cycle): each participant's score by a scoring rule over its values, indicators, ballots, adjustments and history, with
 *   the explanation of every line.
 * - `rank` (cycle): ranks the participants by a value inside their category, ties share a rank, and gives each participant `rank`
 *   and `rankOf` (how many were ranked) under `into`; categories and units (by code) in `except` are scored but not ranked.
 * - `survey` (cycle): what a `group` of assessors says of each participant, beside the results.
 * - `grade` (cycle): each participant's grade, by the template's `grades`. `uses` (cycle): what the results are used for;
 *   with `whom` only the uses that go by `results`, or by `items`: whose rectification is known at its end.
 * - `assign`: the rows of the approved plan become the unit's indicators. `record`: verified values go on record, with lights. With
 *   `reason`, the name of a value, the rows that have a value correct what was verified, for that reason; what was reported stays.
 *   `of` are indicators whose values the case computes, such as a list of `{code, value}` by FEEL. Without `values` nothing new goes on record:
 *   gives what there is of the period, after several reports of it.
 * - `owners`: the other units that own, alone or jointly, indicators of this one whose values are due at the end of the item's period and
 *   are not verified yet; rows `{id, name, code, start, end}`, whose days are the period's, to repeat over.
 * - `retarget`: the indicator that the item around it names by `code` is due on the day under `date`, for the `reason` under that name: a new
 *   version of its target.
 * - `surge`: where the unit's complaints of the item's period are more than `over` times those of as many days before (`least` of them at
 *   the least) there is a finding; gives `{requests, surges, text}`.
 * - `pace`: of the unit's indicators (of a `group`) at the end of the item's period, growth on the same period of the year before, progress
 *   towards the year's targets, and the index of all by weight; gives `{growth, progress, index, rows, text}`.
 * - `letter`: the feedback letter. `former`: a value of the unit in the last earlier cycle of the template that came to one. `carry`: the register of what is rectified, by the rows of the table `items`. Before the table is
 *   filled in it counts the problems that wait (`open`); behind the plan's approval it enters the items; in the case of an item it
 *   closes that item or leaves it open; with `done`, the list that the items' repeat collects, what is left goes to the next cycle.
 */
export const computeSchema = z.strictObject({
  ...base,
  type: z.literal('compute'),
  into: nameSchema,
  rule: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('feel'), expression: feel }),
    z.strictObject({ kind: z.literal('rule'), rule: ruleSchema }),
    z.strictObject({ kind: z.literal('score'), rule: ruleSchema }),
    z.strictObject({
      kind: z.literal('rank'),
      by: nameSchema,
      direction: z.enum(['up', 'down']),
      except: z.array(z.string().min(1).max(64)).max(500).optional(),
    }),
    /** `second` decides between equal ones at the edge of a quota that says so. */
    z.strictObject({ kind: z.literal('grade'), by: nameSchema, second: nameSchema.optional() }),
    z.strictObject({ kind: z.literal('uses'), whom: z.enum(['results', 'items']).optional() }),
    /** `milestones`: a table whose rows name an indicator of the plan (by code or name), with `name`, `standard`, `dueDate`. */
    z.strictObject({ kind: z.literal('assign'), plan: nameSchema, milestones: nameSchema.optional() }),
    z.strictObject({
      kind: z.literal('record'),
      values: nameSchema.optional(),
      reason: nameSchema.optional(),
      /** The case computes the values of these indicators: nobody is asked for them. */
      of: z.array(indicatorCodeSchema).min(1).max(50).optional(),
    }),
    z.strictObject({ kind: z.literal('owners') }),
    z.strictObject({ kind: z.literal('survey'), group: keySchema }),
    z.strictObject({ kind: z.literal('letter') }),
    z.strictObject({ kind: z.literal('former'), value: nameSchema }),
    z.strictObject({ kind: z.literal('retarget'), date: nameSchema, reason: nameSchema }),
    z.strictObject({
      kind: z.literal('surge'),
      over: decimalSchema,
      least: z.int().min(1).max(1_000_000).optional(),
    }),
    z.strictObject({ kind: z.literal('pace'), group: keySchema.optional() }),
    z.strictObject({
      kind: z.literal('carry'),
      items: nameSchema,
      done: nameSchema.optional(),
      /** The value that is `yes` when an item is closed; `closed` by default. */
      closed: nameSchema.optional(),
      /** The value that is published with a closed item; `publicAnswer` by default. */
      answer: nameSchema.optional(),
      /** Closed items are must-check items of the next cycle, too. */
      recheck: z.boolean().optional(),
      /** Tables of the case whose rows (`problem`, `advice`) become findings before the problems are counted. */
      found: z.array(nameSchema).max(10).optional(),
      /** So many of the indicators that missed their targets become findings, too, the worst first. */
      unmet: z.int().min(1).max(100).optional(),
    }),
  ]),
});

/** Kinds of computing that the server carries out beside the case, and then tells it the value. */
const SERVED: ReadonlySet<string> = new Set([
  'score',
  'rank',
  'grade',
  'uses',
  'survey',
  'assign',
  'record',
  'owners',
  'letter',
  'carry',
  'former',
  'surge',
  'pace',
  'retarget',
]);
/** Those of a cycle block that give each participant a value of its own. */
const HANDED: ReadonlySet<string> = new Set(['score', 'rank', 'grade', 'uses', 'survey']);

/** All branches at once; goes on when each has ended. */
export const parallelSchema = z.strictObject({
  ...base,
  type: z.literal('parallel'),
  branches: z
    .array(
      z.strictObject({
        key: keySchema,
        name: textSchema,
        get blocks() {
          return z.array(blockSchema).max(100);
        },
      }),
    )
    .min(2)
    .max(20),
});

/** The first path whose FEEL condition holds; else `otherwise` (which may be empty: go on). */
export const branchSchema = z.strictObject({
  ...base,
  type: z.literal('branch'),
  paths: z
    .array(
      z.strictObject({
        key: keySchema,
        name: textSchema,
        if: feel,
        get blocks() {
          return z.array(blockSchema).max(100);
        },
      }),
    )
    .min(1)
    .max(20),
  otherwise: z.strictObject({
    key: keySchema,
    name: textSchema,
    get blocks() {
      return z.array(blockSchema).max(100);
    },
  }),
});

/**
 * The same blocks for each item. `months`, `quarters`: of the period; `sections`: of the participant's unit; `rows`: of a
 * table field. `oneByOne` loops inside the case, `together` starts a child case for each item and waits for all.
 * Inside, FEEL sees `item`; values written stay in the child (`together`) or overwrite (`oneByOne`) unless `collect`
 * names fields whose values are gathered into a list under `into`.
 */
export const repeatSchema = z.strictObject({
  ...base,
  type: z.literal('repeat'),
  over: z.union([z.enum(['months', 'quarters', 'sections']), z.strictObject({ rows: nameSchema })]),
  mode: z.enum(['oneByOne', 'together']),
  collect: z.strictObject({ fields: z.array(nameSchema).min(1).max(50), into: nameSchema }).optional(),
  get blocks() {
    return z.array(blockSchema).min(1).max(100);
  },
});

export const blockSchema: z.ZodType<Block> = z.lazy(() =>
  z.discriminatedUnion('type', [
    taskSchema,
    approvalSchema,
    waitSchema,
    windowSchema,
    ballotsSchema,
    gateSchema,
    notifySchema,
    computeSchema,
    parallelSchema,
    branchSchema,
    repeatSchema,
  ]),
);

export type TaskBlock = z.infer<typeof taskSchema>;
export type ApprovalBlock = z.infer<typeof approvalSchema>;
export type WaitBlock = z.infer<typeof waitSchema>;
export type WindowBlock = z.infer<typeof windowSchema>;
export type BallotsBlock = z.infer<typeof ballotsSchema>;
export type GateBlock = z.infer<typeof gateSchema>;
export type NotifyBlock = z.infer<typeof notifySchema>;
export type ComputeBlock = z.infer<typeof computeSchema>;
type Base = Pick<TaskBlock, 'key' | 'name' | 'help' | 'per' | 'opens'>;
export type Path = { key: string; name: TaskBlock['name']; blocks: Block[] };
export type ParallelBlock = Base & { type: 'parallel'; branches: Path[] };
export type BranchBlock = Base & { type: 'branch'; paths: (Path & { if: string })[]; otherwise: Path };
export type RepeatBlock = Base & {
  type: 'repeat';
  over: 'months' | 'quarters' | 'sections' | { rows: string };
  mode: 'oneByOne' | 'together';
  collect?: { fields: string[]; into: string } | undefined;
  blocks: Block[];
};
export type HumanBlock = TaskBlock | ApprovalBlock;
export type Block =
  | HumanBlock
  | WaitBlock
  | WindowBlock
  | BallotsBlock
  | GateBlock
  | NotifyBlock
  | ComputeBlock
  | ParallelBlock
  | BranchBlock
  | RepeatBlock;

/** Whether the server carries a block out, and the case waits for the answer. */
export const isServed = (block: Block): boolean => block.type === 'compute' && SERVED.has(block.rule.kind);

/** Whether a cycle block gives each participant a value of its own. */
export const handsOut = (block: Block): boolean => block.type === 'compute' && HANDED.has(block.rule.kind);

/** Until when a block waits that nobody acts in. */
export const untilOf = (block: Block): When | undefined =>
  block.type === 'window' || block.type === 'wait' || block.type === 'ballots' ? block.until : undefined;
