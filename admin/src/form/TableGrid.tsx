import Close from '@mui/icons-material/CloseOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import type { Theme } from '@mui/material/styles';
import Tooltip from '@mui/material/Tooltip';
import { fromRegister } from '../../../workflows/template/sources.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { CellInput } from './CellInput.tsx';
import type { RowsProps } from './TableInput.tsx';
import type { Column } from './types.ts';

const WIDTHS: Record<Column['type'], number> = { text: 150, decimal: 76, date: 108, choice: 108, person: 220 };

/** Text takes what is left; when there is too little, the sheet scrolls rather than squeezes. */
const widthOf = (columns: readonly Column[]): number => columns.reduce((sum, column) => sum + least(column), 0) + 68;

const isShort = (column: Column): boolean =>
  column.type === 'text' && (column.key === 'code' || (column.maxLength ?? 1000) <= 30);

const least = (column: Column): number => (isShort(column) ? 76 : WIDTHS[column.type]);

/** The sheet: cells side by side, errors as a red frame with the words on hover and for screen readers. */
export function TableGrid({ field, id, rows, tools, isGiven, onCell, onRemove, onPaste }: RowsProps) {
  const t = useT();
  const format = useFormat();
  const text = useText();
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Box component="table" sx={sheet} style={{ minWidth: widthOf(field.columns) }}>
        <thead>
          <tr>
            <Box component="td" sx={{ width: 34 }} />
            {field.columns.map((column) => (
              <Box
                component="th"
                scope="col"
                key={column.key}
                sx={{
                  width: column.type === 'text' && !isShort(column) ? undefined : least(column),
                  textAlign: column.type === 'decimal' ? 'right' : 'left',
                }}
              >
                {text(column.name)}
                {column.type === 'decimal' && column.unit ? format.paren(column.unit) : ''}
                {column.required && (
                  <Box component="span" aria-label={t('form.required')} sx={{ color: 'error.main', ml: 0.25 }}>
                    *
                  </Box>
                )}
              </Box>
            ))}
            <Box component="td" sx={{ width: 34 }} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name but its number
            <tr key={index}>
              <Box component="td" sx={{ textAlign: 'center', color: 'text.secondary', fontSize: '0.8125rem' }}>
                {index + 1}
              </Box>
              {field.columns.map((column, at) => {
                const error = tools.errorAt(`${field.key}.${index}.${column.key}`);
                return (
                  <Tooltip key={column.key} title={error ?? ''} placement="top">
                    <Box
                      component="td"
                      sx={error ? { boxShadow: (theme: Theme) => `inset 0 0 0 1px ${theme.palette.error.main}` } : {}}
                    >
                      <CellInput
                        column={column}
                        id={`${id}.${index}.${column.key}`}
                        label={[t('form.table.cell', { column: text(column.name), row: index + 1 }), error]
                          .filter(Boolean)
                          .join(': ')}
                        value={row[column.key]}
                        bad={error !== undefined}
                        fixed={(column.key === 'code' && isGiven(row)) || fromRegister(field.source, column.key)}
                        onChange={(value) => onCell(index, column.key, value)}
                        onPaste={(event) => onPaste(event, index, at)}
                      />
                    </Box>
                  </Tooltip>
                );
              })}
              <td>
                {!isGiven(row) && (
                  <IconButton
                    size="small"
                    aria-label={t('form.table.remove', { row: index + 1 })}
                    onClick={() => onRemove(index)}
                    sx={{ p: 0.5, mx: 0.5 }}
                  >
                    <Close sx={{ fontSize: 16 }} />
                  </IconButton>
                )}
              </td>
            </tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <Box
                component="td"
                colSpan={field.columns.length + 2}
                sx={{ p: '16px !important', textAlign: 'center', color: 'text.secondary' }}
              >
                {t('form.table.empty')}
              </Box>
            </tr>
          )}
        </tbody>
      </Box>
    </Box>
  );
}

const sheet = (theme: Theme) => ({
  width: '100%',
  tableLayout: 'fixed' as const,
  borderCollapse: 'collapse' as const,
  fontSize: '0.875rem',
  backgroundColor: 'background.paper',
  '& th, & td': { border: `1px solid ${theme.palette.divider}`, p: 0, verticalAlign: 'middle' },
  '& thead td': { backgroundColor: theme.tones.faint },
  '& th': {
    px: 1,
    py: 0.75,
    fontSize: '0.8125rem',
    fontWeight: 500,
    color: 'text.secondary',
    backgroundColor: theme.tones.faint,
    wordBreak: 'keep-all',
  },
  '& td:focus-within': { boxShadow: `inset 0 0 0 2px ${theme.palette.primary.main}` },
});
