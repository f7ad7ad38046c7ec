import type { RepeatBlock } from './block.ts';
import type { Site } from './model.ts';
import { blocksOf, type CycleTemplate } from './schema.ts';

/** Looked up for every form. */
const known = new WeakMap<CycleTemplate, boolean>();

/** Whether a template asks other units for the values of the indicators that they own: some task has a table of what is `owned`. */
export function asksOwners(template: CycleTemplate): boolean {
  const asks =
    known.get(template) ??
    [...blocksOf(template)].some(
      ({ block }) =>
        block.type === 'task' && block.fields?.some((field) => field.type === 'table' && field.source === 'owned'),
    );
  known.set(template, asks);
  return asks;
}

/** Whether the items of a repeat are units that own indicators: an `owners` block gives its rows. */
export function isOverOwners(template: CycleTemplate, { over }: RepeatBlock): boolean {
  return (
    typeof over === 'object' &&
    [...blocksOf(template)].some(
      ({ block }) => block.type === 'compute' && block.rule.kind === 'owners' && block.into === over.rows,
    )
  );
}

/** Whether a block stands in such a repeat: its item is a unit that owns indicators. */
export const isOfOwner = (template: CycleTemplate, { repeat }: Site): boolean =>
  repeat !== undefined && isOverOwners(template, repeat.block);
