import { isJsonObject } from '../../workflows/json.ts';
import type { Given } from './given.ts';

/** The rows of a table that the case has filled in before, numbered from 1 where they have no `code` of their own. */
export const earlierRows: Given = async ({ block, field, context }) => {
  const table = block.fields?.find(({ key }) => key === field);
  const rows = table?.type === 'table' && table.of !== undefined ? context.data[table.of] : undefined;
  if (!Array.isArray(rows)) return [];
  return rows.filter(isJsonObject).map((row, i) => ({ ...row, code: row.code ?? String(i + 1) }));
};
