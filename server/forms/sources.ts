import type { Source } from '../../workflows/template/field.ts';
import type { Given } from './given.ts';

/** Where the rows of tables come from. */
export const sources: Readonly<Partial<Record<Source, Given>>> = {};
