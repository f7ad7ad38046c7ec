import type { HumanBlock } from './block.ts';
import type { Field } from './field.ts';
import { blocksOf, type CycleTemplate } from './schema.ts';

/** What a block may do with a field of an earlier block. */
export type Access = NonNullable<HumanBlock['access']>[string];

const namesWith = (block: HumanBlock, ...wanted: Access[]): string[] =>
  Object.entries(block.access ?? {}).flatMap(([name, access]) => (wanted.includes(access) ? [name] : []));

/** The names of earlier values that a block shows, read only. */
export const shownNames = (block: HumanBlock): string[] => [...(block.shows ?? []), ...namesWith(block, 'read')];

/** The names of earlier values that whoever acts in a block does not get to see. */
export const hiddenNames = (block: HumanBlock): string[] => namesWith(block, 'hidden');

/** The names of earlier fields that may be changed in a block. */
export const editedNames = (block: HumanBlock): string[] => namesWith(block, 'write', 'required');

/** The fields that a block's form has: those of earlier blocks that may be changed here, then its own. */
export function formFields(template: CycleTemplate, block: HumanBlock): Field[] {
  const edited = editedNames(block).flatMap((name): Field[] => {
    const field = fieldNamed(template, name);
    return field ? [{ ...field, required: block.access?.[name] === 'required' }] : [];
  });
  return [...edited, ...(block.fields ?? [])];
}

/** The field that the first block to have it defines under a name; computed and collected values have none. */
export function fieldNamed(template: CycleTemplate, name: string): Field | undefined {
  for (const { block } of blocksOf(template)) {
    if (block.type !== 'task' && block.type !== 'approval') continue;
    const field = block.fields?.find(({ key }) => key === name);
    if (field) return field;
  }
  return undefined;
}
