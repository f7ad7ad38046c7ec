import Box from '@mui/material/Box';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import type { RowsProps } from './TableInput.tsx';

const SHOWN = 6;

/** What is wrong in the cells of a sheet, in words under it: a red frame alone says nothing. */
export function CellErrors({ field, rows, tools }: Pick<RowsProps, 'field' | 'rows' | 'tools'>) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const errors = rows.flatMap((_, row) =>
    field.columns.flatMap((column) => {
      const error = tools.errorAt(`${field.key}.${row}.${column.key}`);
      return error
        ? [
            {
              key: `${row}.${column.key}`,
              place: t('form.table.row', { row: row + 1 }) + format.paren(text(column.name)),
              error,
            },
          ]
        : [];
    }),
  );
  if (errors.length === 0) return null;
  return (
    <Box component="ul" sx={{ m: 0, mt: 1, pl: 2.5, typography: 'caption', color: 'error.main' }}>
      {errors.slice(0, SHOWN).map(({ key, place, error }) => (
        <li key={key}>
          {place} {error}
        </li>
      ))}
      {errors.length > SHOWN && <li>{t('form.table.moreErrors', { count: errors.length - SHOWN })}</li>}
    </Box>
  );
}
