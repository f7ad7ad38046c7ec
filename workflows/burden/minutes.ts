import type { Block } from '../template/block.ts';
import type { Column, Field } from '../template/field.ts';
import { blocksOf, type CycleTemplate } from '../template/schema.ts';
import { REPORTED } from '../template/sources.ts';

/**
 * How long it takes to answer, in seconds: an estimate, stated here so that it can be argued about. `form` is opening, reading and
 * submitting a task or a ballot paper, `decision` reading what somebody else filled in and deciding, `files` finding and uploading one
 * piece of evidence, `ballot` scoring one unit by one question, `imported` what one value of a file costs. What systems push costs nobody.
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
  ballot: 30,
  imported: 10,
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
  /** What each indicator that is due adds, of tables whose rows are the indicators that are due, to the unit or to one that owns them. */
  due: { fields: number; seconds: number; owned: boolean };
}
type Share = Omit<Asked, 'block'>;
const NOTHING: Share = { fields: 0, uploads: 0, seconds: 0, due: { fields: 0, seconds: 0, owned: false } };

/** Columns of a table of what is due that the server fills in. */
const GIVEN: ReadonlySet<string> = new Set([
  'code',
  'name',
  'unit',
  'direction',
  'period',
  'target',
  'weight',
  'previous',
]);

const column = ({ type }: Column) => SECONDS[type];

function ofField(field: Field): Share {
  if (field.type === 'table' && REPORTED.has(field.source)) {
    const own = field.columns.filter(({ key }) => !GIVEN.has(key));
    const seconds = own.reduce((sum, each) => sum + column(each), 0);
    return { ...NOTHING, due: { fields: own.length, seconds, owned: field.source === 'owned' } };
  }
  if (field.type === 'table') {
    const rows = Math.max(field.minRows ?? ROWS, 1);
    const seconds = field.columns.reduce((sum, each) => sum + column(each), 0);
    return { ...NOTHING, fields: rows * field.columns.length, seconds: rows * seconds };
  }
  if (field.type === 'files') return { ...NOTHING, fields: 1, uploads: 1, seconds: SECONDS.files };
  return { ...NOTHING, fields: 1, seconds: SECONDS[field.type] };
}

/** What each human block of a template asks, by its own fields. */
export function askedBy(template: CycleTemplate): Asked[] {
  return [...blocksOf(template)].flatMap(({ block }) => ofBlock(block));
}

function ofBlock(block: Block): Asked[] {
  if (block.type !== 'task' && block.type !== 'approval') return [];
  const base: Share = { ...NOTHING, seconds: block.type === 'task' ? SECONDS.form : SECONDS.decision };
  const sum = (block.fields ?? []).map(ofField).reduce(
    (all, each) => ({
      fields: all.fields + each.fields,
      uploads: all.uploads + each.uploads,
      seconds: all.seconds + each.seconds,
      due: {
        fields: all.due.fields + each.due.fields,
        seconds: all.due.seconds + each.due.seconds,
        owned: all.due.owned || each.due.owned,
      },
    }),
    base,
  );
  return [{ block: block.key, ...sum }];
}
