import type { Block } from '../template/block.ts';
import type { Column, Field } from '../template/field.ts';
import { blocksOf, type CycleTemplate } from '../template/schema.ts';

/**
 * How long it takes to answer, in seconds: an estimate, stated here so that it can be argued about. `form` is opening, reading and
 * submitting a task, `decision` reading what somebody else filled in and deciding, `files` finding and uploading one piece of evidence.
 */
export const SECONDS = {
  form: 120,
  decision: 180,
  text: 60,
  longText: 900,
  decimal: 120,
  date: 20,
  choice: 30,
  boolean: 15,
  person: 30,
  files: 300,
} as const;
/** Rows of a table that says no least number. */
const ROWS = 3;

/** What one task of a block asks of whoever does it. */
export interface Asked {
  block: string;
  /** Fields to fill in; those of a table count once a row. */
  fields: number;
  uploads: number;
  seconds: number;
}

const column = ({ type }: Column) => SECONDS[type];

function ofField(field: Field): Omit<Asked, 'block'> {
  if (field.type === 'table') {
    const rows = Math.max(field.minRows ?? ROWS, 1);
    const seconds = field.columns.reduce((sum, each) => sum + column(each), 0);
    return { fields: rows * field.columns.length, uploads: 0, seconds: rows * seconds };
  }
  if (field.type === 'files') return { fields: 1, uploads: 1, seconds: SECONDS.files };
  return { fields: 1, uploads: 0, seconds: SECONDS[field.type] };
}

/** What each human block of a template asks, by its own fields. */
export function askedBy(template: CycleTemplate): Asked[] {
  return [...blocksOf(template)].flatMap(({ block }) => ofBlock(block));
}

function ofBlock(block: Block): Asked[] {
  if (block.type !== 'task' && block.type !== 'approval') return [];
  const base = { fields: 0, uploads: 0, seconds: block.type === 'task' ? SECONDS.form : SECONDS.decision };
  const sum = (block.fields ?? []).map(ofField).reduce(
    (all, each) => ({
      fields: all.fields + each.fields,
      uploads: all.uploads + each.uploads,
      seconds: all.seconds + each.seconds,
    }),
    base,
  );
  return [{ block: block.key, ...sum }];
}
