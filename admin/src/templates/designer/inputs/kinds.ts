import { type Schema, shapeOf } from '../../../../../workflows/template/edit/shape.ts';

const FEEL = new Set(['if', 'expression', 'where', 'formula']);
const SCORED = new Set(['choose', 'veto', 'when']);

/** Whether a text is an expression. (Of scoring rules, conditions and formulas see other names.) */
export const isFeel = (entry: string, around: readonly (string | undefined)[]): boolean =>
  FEEL.has(entry) || (entry === 'formula' && around[0] === 'feel');

/** Whether an expression sees the values of the case by their names. */
export const seesValues = (entry: string, around: readonly (string | undefined)[]): boolean =>
  (entry === 'if' && !SCORED.has(around[0] ?? '')) || entry === 'expression';

/** Whether a list is of plain words, texts or numbers, which one writes side by side. */
export const isList = (item: Schema): boolean => ['string', 'number', 'words'].includes(shapeOf(item).kind);

const LONG = new Set(['description', 'body', 'notice', 'help', 'text', 'basis', 'standard', 'reason']);

/** Whether a text is usually longer than a line. */
export const isLong = (entry: string): boolean => LONG.has(entry);
