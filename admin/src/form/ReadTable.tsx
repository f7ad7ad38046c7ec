import Box from '@mui/material/Box';
import type { Theme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { Values } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';
import { sumDecimals } from './decimal.ts';
import { ReadValue } from './ReadValue.tsx';
import type { TableField } from './TableInput.tsx';

/** A filled-in table, to be read: with its total on a desk, as short entries on a phone. */
export function ReadTable({ field, rows }: { field: TableField; rows: Values[] }) {
  const t = useT();
  const text = useText();
  const narrow = useMediaQuery('(max-width: 600px)');
  if (rows.length === 0) return <Typography color="text.secondary">{t('form.table.empty')}</Typography>;
  const total = field.total ? sumDecimals(rows.map((row) => String(row[field.total?.column ?? ''] ?? ''))) : undefined;

  if (narrow) {
    // A code says little by itself: what it stands for goes with it.
    const heads = field.columns.slice(0, field.columns[0]?.key === 'code' ? 2 : 1);
    const others = field.columns.slice(heads.length);
    return (
      <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name but its number
          <Box component="li" key={index} sx={{ py: 1, '& + &': { borderTop: '1px solid', borderColor: 'divider' } }}>
            <Typography variant="body2" sx={{ fontWeight: 600 }}>
              {heads.map((column, at) => (
                <span key={column.key}>
                  {at > 0 && ' '}
                  <ReadValue field={column} value={row[column.key]} />
                </span>
              ))}
            </Typography>
            <Typography variant="caption" color="text.secondary" component="div">
              {others.map((column, at) => (
                <span key={column.key}>
                  {at > 0 && ' · '}
                  {text(column.name)}{' '}
                  <Box component="span" sx={{ color: 'text.primary' }}>
                    <ReadValue field={column} value={row[column.key]} />
                  </Box>
                </span>
              ))}
            </Typography>
          </Box>
        ))}
      </Box>
    );
  }
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Box component="table" sx={look}>
        <thead>
          <tr>
            {field.columns.map((column) => (
              <th key={column.key} scope="col" data-number={column.type === 'decimal'}>
                {text(column.name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name but its number
            <tr key={index}>
              {field.columns.map((column) => (
                <td key={column.key} data-number={column.type === 'decimal'}>
                  <ReadValue field={column} value={row[column.key]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {total !== undefined && (
          <tfoot>
            <tr>
              {field.columns.map((column, at) => (
                <td key={column.key} data-number={column.type === 'decimal'}>
                  {column.key === field.total?.column ? total : at === 0 ? t('form.table.total') : ''}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </Box>
    </Box>
  );
}

const look = (theme: Theme) => ({
  width: '100%',
  borderCollapse: 'collapse' as const,
  fontSize: '0.875rem',
  '& th, & td': {
    py: 0.875,
    px: 1,
    textAlign: 'left',
    borderBottom: `1px solid ${theme.palette.divider}`,
    verticalAlign: 'top',
  },
  '& th:first-of-type, & td:first-of-type': { pl: 0 },
  '& th': { fontWeight: 500, fontSize: '0.8125rem', color: 'text.secondary', whiteSpace: 'nowrap' },
  '& [data-number="true"]': { textAlign: 'right', whiteSpace: 'nowrap' },
  '& tfoot td': { fontWeight: 600, borderBottom: 0 },
});
