import { z } from 'zod';
import { adjustmentsSchema } from '../adjustments/schema.ts';
import { assessorsSchema } from '../ballots/schema.ts';
import { gradeSchemeSchema } from '../grades/schema.ts';
import { indicatorsSchema } from '../indicators/schema.ts';
import { lightSchemeSchema } from '../lights/schema.ts';
import { warningsSchema } from '../lights/warnings.ts';
import { publishSchema } from '../publish/schema.ts';
import { textSchema } from '../text.ts';
import { resultUsesSchema } from '../uses/schema.ts';
import { type Block, blockSchema } from './block.ts';
import { keySchema } from './key.ts';
import { whenSchema } from './when.ts';

/** The five phases of the loop, in order. */
export const PHASES = ['plan', 'execute', 'evaluate', 'feedback', 'rectify'] as const;
export type PhaseKey = (typeof PHASES)[number];

const phaseSchema = z.strictObject({
  name: textSchema.optional(),
  /** When the phase is meant to run; deadlines may refer to its edges. */
  window: z.strictObject({ start: whenSchema, end: whenSchema }).optional(),
  blocks: z.array(blockSchema).max(100),
});

const documentText = z.string().min(1).max(100_000);
export const documentSchema = z.strictObject({
  key: keySchema,
  name: textSchema,
  text: z.object({ zh: documentText, en: documentText }),
});
export type CycleDocument = z.infer<typeof documentSchema>;

/**
 * 绩效周期模板: a performance cycle as data, written by administrators. A published version never changes; a cycle runs one
 * version. `roles` names who may be asked for (`scope: city` for the whole city, `unit` inside an organisation);
 * participants are ranked inside their category.
 */
export const cycleTemplateSchema = z.strictObject({
  key: keySchema,
  version: z.int().min(1),
  name: textSchema,
  description: textSchema.optional(),
  /** `year`: 1 January to 31 December of the year that the cycle is launched for. */
  period: z.strictObject({ kind: z.literal('year') }),
  roles: z.record(keySchema, z.strictObject({ name: textSchema, scope: z.enum(['city', 'unit']) })),
  categories: z.record(keySchema, z.strictObject({ name: textSchema, ranked: z.boolean() })),
  phases: z.strictObject({
    plan: phaseSchema,
    execute: phaseSchema,
    evaluate: phaseSchema,
    feedback: phaseSchema,
    rectify: phaseSchema,
  }),
  lights: lightSchemeSchema.optional(),
  warnings: warningsSchema.optional(),
  grades: gradeSchemeSchema.optional(),
  uses: resultUsesSchema.optional(),
  /** 加分、扣分、一票否决: what may be entered in the ledger. */
  adjustments: adjustmentsSchema.optional(),
  /** 评价主体: who gives ballots in the `ballots` blocks. */
  assessors: assessorsSchema.optional(),
  indicators: indicatorsSchema.optional(),
  /** 公开: what anybody may see of the cycle, and from when. */
  publish: publishSchema.optional(),
  /** 制度文件: rules that are kept as documents of the cycle. */
  documents: z
    .array(documentSchema)
    .max(50)
    .refine((list) => new Set(list.map(({ key }) => key)).size === list.length, {
      message: 'each key of a document once',
    })
    .optional(),
  /** True where numbers are examples, not a source's own. */
  sample: z.boolean().optional(),
});
export type CycleTemplate = z.infer<typeof cycleTemplateSchema>;
export type Phase = CycleTemplate['phases'][PhaseKey];

/** The block lists nested inside a block, in order. */
export function pathsOf(block: Block): { key: string; blocks: Block[] }[] {
  if (block.type === 'parallel') return block.branches;
  if (block.type === 'branch') return [...block.paths, block.otherwise];
  if (block.type === 'repeat') return [{ key: `${block.key}-body`, blocks: block.blocks }];
  return [];
}

/** Every block below a list, depth first, parents before children. */
export function* walkBlocks(blocks: readonly Block[]): Generator<Block> {
  for (const block of blocks) {
    yield block;
    for (const path of pathsOf(block)) yield* walkBlocks(path.blocks);
  }
}

/** Every block of a template with the phase it stands in. */
export function* blocksOf(template: CycleTemplate): Generator<{ phase: PhaseKey; block: Block }> {
  for (const phase of PHASES) for (const block of walkBlocks(template.phases[phase].blocks)) yield { phase, block };
}

/** Indicators whose values the cases of a template compute: nobody reports them. */
export const computedCodes = (template: CycleTemplate): ReadonlySet<string> =>
  new Set(
    [...blocksOf(template)].flatMap(({ block }) =>
      block.type === 'compute' && block.rule.kind === 'record' ? (block.rule.of ?? []) : [],
    ),
  );
