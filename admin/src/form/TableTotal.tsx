import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { Values } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Tag } from '../ui/Tag.tsx';
import { compareDecimals, subtract, sumDecimals } from './decimal.ts';
import type { TableField } from './TableInput.tsx';

/** “权重合计 99 / 100 还差 1”, exact to the last digit. */
export function TableTotal({ field, rows }: { field: TableField; rows: Values[] }) {
  const t = useT();
  const text = useText();
  if (!field.total) return null;
  const { column: key, is } = field.total;
  const column = field.columns.find((one) => one.key === key);
  const unit = column?.type === 'decimal' ? (column.unit ?? '') : '';
  const sum = sumDecimals(rows.map((row) => String(row[key] ?? '')));
  const sign = compareDecimals(sum, is);
  const rest = subtract(sign < 0 ? is : sum, sign < 0 ? sum : is);
  return (
    <Stack direction="row" spacing={1} sx={{ alignItems: 'center' }} aria-live="polite">
      <Typography variant="body2" color="text.secondary">
        {text(column?.name)} {t('form.table.total')}
      </Typography>
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {sum}
        <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400 }}>
          {' '}
          / {is}
          {unit}
        </Box>
      </Typography>
      <Tag tone={sign === 0 ? 'done' : 'late'}>
        {sign === 0
          ? t('form.table.exact')
          : t(sign < 0 ? 'form.table.short' : 'form.table.over', { rest: rest + unit })}
      </Tag>
    </Stack>
  );
}
