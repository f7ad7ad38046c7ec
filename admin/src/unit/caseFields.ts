import type { Block } from '../../../workflows/template/block.ts';
import type { CycleTemplate, Field } from '../api/types.ts';

/** An appeal as a template has it: the block where the unit makes it, and the fields that tell how it went. */
export interface Appeal {
  block: string;
  ground: Field;
  /** What the review says: the decision, the findings. */
  outcome: Field[];
}

function* walk(blocks: readonly Block[]): Generator<Block> {
  for (const block of blocks) {
    yield block;
    if (block.type === 'parallel') for (const path of block.branches) yield* walk(path.blocks);
    if (block.type === 'branch') for (const path of [...block.paths, block.otherwise]) yield* walk(path.blocks);
    if (block.type === 'repeat') yield* walk(block.blocks);
  }
}

const fieldsOf = (block: Block): Field[] =>
  block.type === 'task' || block.type === 'approval' ? (block.fields ?? []) : [];

/** The appeals of a template: a block `x` that asks for `xGround`, and a later one that gives `xDecision` and `xFindings`. */
export function appealsOf(template: CycleTemplate): Appeal[] {
  const blocks = Object.values(template.phases).flatMap((phase) => [...walk(phase.blocks)]);
  const fields = blocks.flatMap(fieldsOf);
  return blocks.flatMap((block) => {
    const ground = fieldsOf(block).find(({ key }) => key === `${block.key}Ground`);
    if (!ground) return [];
    const outcome = [`${block.key}Decision`, `${block.key}Findings`].flatMap(
      (name) => fields.find(({ key }) => key === name) ?? [],
    );
    return [{ block: block.key, ground, outcome }];
  });
}

/** What people fill in while results are fed back: what the unit thinks of the letter, and the record of a talk. */
export const feedbackFields = (template: CycleTemplate): Field[] => [
  ...new Map(
    [...walk(template.phases.feedback.blocks)]
      .filter(({ key }) => !appealsOf(template).some(({ block }) => key.startsWith(block)))
      .flatMap(fieldsOf)
      .map((field) => [field.key, field]),
  ).values(),
];
