export interface Column {
  name: string;
  type: string;
}

/** Columns from `name type, name type …`. */
export const columnsOf = (definition: string): Column[] =>
  definition.split(', ').map((pair) => {
    const [name = '', type = ''] = pair.split(' ');
    return { name, type };
  });

type Row = readonly unknown[];

/**
 * Adds rows to a statement's values: a lone row value by value, more as an array for each column, from column `skip` on.
 * @returns what `relationOf` has to know of them: rows of the same shape need the same SQL
 */
export function give(columns: readonly Column[], skip: number, rows: readonly Row[], values: unknown[]): string {
  const lone = rows.length === 1 ? rows[0] : undefined;
  if (lone) {
    for (let i = skip; i < columns.length; i += 1) values.push(lone[i]);
    return '1';
  }
  let shape = 'n';
  for (let i = skip; i < columns.length; i += 1) {
    const texts = rows.map((row) => row[i] as string | null | undefined);
    const type = columns[i]?.type;
    if (type === 'json' || (type === 'text' && !texts.some(hasSeparator)))
      values.push(texts.map((text) => text ?? NULL).join(NEXT));
    else if (type === 'text') {
      values.push(`{${texts.map((text) => (text == null ? 'NULL' : quoted(text))).join()}}`);
      shape += `q${i}`;
    } else values.push(`{${texts.map((text) => text ?? 'NULL').join()}}`);
  }
  return shape;
}

/**
 * Between and for missing texts of an array. Texts are handed over joined, because quoting each for PostgreSQL's array form
 * would take longer than all else that a step does; JSON never has these characters, and a text that has one is quoted.
 */
const NEXT = '\x1f';
const NULL = '\x1e';
const hasSeparator = (text: string | null | undefined) => text != null && (text.includes(NEXT) || text.includes(NULL));
const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** How a statement refers to rows that it was given. */
export interface Relation {
  /** What to read them from; empty for a lone row, whose values are parameters. */
  from: string;
  /** All columns under their own names. */
  all: string;
  ref(column: string): string;
}

/** The relation of rows given from parameter `first` on; columns before `skip` are the statement's first parameters. */
export function relationOf(columns: readonly Column[], skip: number, shape: string, first: number): Relation {
  const parameter = (i: number) => (i < skip ? `$${i + 1}` : `$${first + i - skip}`);
  const quotedOnes = shape.split('q').slice(1).map(Number);
  const ref = (name: string): string => {
    const i = columns.findIndex((column) => column.name === name);
    const type = columns[i]?.type;
    if (shape === '1' || i < skip) return `${parameter(i)}::${type}`;
    return type === 'json' ? `k.${name}::json` : `k.${name}`;
  };
  const array = ({ type }: Column, i: number) =>
    type === 'json' || (type === 'text' && !quotedOnes.includes(i))
      ? `string_to_array(${parameter(i)}::text, E'\\x1f', E'\\x1e')`
      : `${parameter(i)}::${type}[]`;
  const arrays = columns.map(array).slice(skip).join(', ');
  const names = columns
    .slice(skip)
    .map(({ name }) => name)
    .join(', ');
  return {
    ref,
    from: shape === '1' ? '' : `unnest(${arrays}) AS k(${names})`,
    all: columns.map(({ name }) => `${ref(name)} AS ${name}`).join(', '),
  };
}
