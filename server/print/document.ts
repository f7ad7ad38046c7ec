import type { Printed } from '../../workflows/report/part.ts';
import type { Language } from '../../workflows/text.ts';

/** A letter or report to be printed. */
export interface Document {
  title: string;
  /** Whose it is, as the file says. */
  author: string;
  language: Language;
  parts: Printed[];
}

/** What is written where nothing is known. */
export const NOTHING = '—';
