import Close from '@mui/icons-material/CloseOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useT } from '../i18n/useT.ts';
import { FieldInput } from './FieldInput.tsx';
import type { RowsProps } from './TableInput.tsx';
import type { Column } from './types.ts';

/** The same rows on a phone: one card each, one field under the other. */
export function TableCards({ field, id, rows, tools, isGiven, onCell, onRemove }: RowsProps) {
  const t = useT();
  return (
    <Stack spacing={1.5}>
      {rows.map((row, index) => (
        <Box
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name but its number
          key={index}
          sx={(theme) => ({
            border: `1px solid ${theme.palette.divider}`,
            borderRadius: 1,
            p: 1.5,
            backgroundColor: theme.tones.faint,
          })}
        >
          <Stack direction="row" sx={{ alignItems: 'center', mb: 0.5 }}>
            <Typography variant="caption" color="text.secondary" sx={{ flex: 1 }}>
              {t('form.table.row', { row: index + 1 })}
            </Typography>
            {!isGiven(row) && (
              <IconButton
                size="small"
                aria-label={t('form.table.remove', { row: index + 1 })}
                onClick={() => onRemove(index)}
                sx={{ mr: -1 }}
              >
                <Close sx={{ fontSize: 18 }} />
              </IconButton>
            )}
          </Stack>
          <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', gap: 1.5 }}>
            {field.columns
              .filter(({ key }) => key !== 'code' || !isGiven(row))
              .map((column) => (
                <Box
                  key={column.key}
                  sx={{
                    gridColumn: isWide(column) ? '1 / -1' : 'auto',
                    '& .MuiFormControl-root': { minWidth: 0, width: '100%' },
                  }}
                >
                  <FieldInput
                    field={column}
                    id={`${id}.${index}.${column.key}`}
                    place={`${field.key}.${index}.${column.key}`}
                    value={row[column.key]}
                    tools={tools}
                    onChange={(value) => onCell(index, column.key, value)}
                  />
                </Box>
              ))}
          </Box>
        </Box>
      ))}
    </Stack>
  );
}

/** Long words need the whole width; numbers, days, choices and short words share a line. */
const isWide = (column: Column): boolean =>
  column.type === 'person' || (column.type === 'text' && (column.maxLength ?? 1000) > 30);
