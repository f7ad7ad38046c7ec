import Alert from '@mui/material/Alert';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { RowError } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';

/** What is wrong in a file, by the row and column that the spreadsheet shows. */
export function RowErrors({ rows }: { rows: RowError[] }) {
  const t = useT();
  const text = useText();
  return (
    <>
      <Alert severity="error" variant="outlined" sx={{ mb: 1.5 }}>
        {t('csv.errors', { smart_count: rows.length })}
      </Alert>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell sx={{ width: 72 }}>{t('csv.errorRow')}</TableCell>
            <TableCell sx={{ width: 160 }}>{t('csv.errorColumn')}</TableCell>
            <TableCell>{t('csv.errorWhat')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.slice(0, 200).map((row) => (
            <TableRow key={`${row.row}.${row.column}.${row.id}`}>
              <TableCell>{row.row}</TableCell>
              <TableCell>{row.column}</TableCell>
              <TableCell>{text(row.message)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Typography variant="caption" color="text.secondary" component="p" sx={{ mt: 1 }}>
        {t('csv.again')}
      </Typography>
    </>
  );
}
