import { type Schema, shapeOf } from '../../../../../workflows/template/edit/shape.ts';

/** Whether a list is of plain words, texts or numbers, which one writes side by side. */
export const isList = (item: Schema): boolean => ['string', 'number', 'words'].includes(shapeOf(item).kind);

const LONG = new Set(['description', 'body', 'notice', 'help', 'text', 'basis', 'standard', 'reason']);

/** Whether a text is usually longer than a line. */
export const isLong = (entry: string): boolean => LONG.has(entry);
