import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { call } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import type { Calendar, Redated } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

interface Props {
  year: number;
  version: number;
  body: Pick<Calendar, 'days' | 'knownUntil'>;
  onClose: () => void;
  onSaved: () => void;
}

/** Shows which open dates an edited calendar moves, before it is saved. */
export function MovesDialog({ year, version, body, onClose, onSaved }: Props) {
  const t = useT();
  const notify = useNotify();
  const preview = useQuery({
    queryKey: ['calendar', 'preview', year, version, body],
    queryFn: ({ signal }) => call<Redated>(`/calendar/${year}/preview`, { method: 'POST', body, signal }),
    gcTime: 0,
  });
  const save = useMutation({
    mutationFn: () => call<Calendar>(`/calendar/${year}`, { method: 'PUT', body, ifMatch: version }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['calendar'] });
      notify(t('calendar.preview.saved'), { type: 'success' });
      onSaved();
    },
  });
  return (
    <Dialog open onClose={save.isPending ? () => {} : onClose} fullWidth maxWidth="md" aria-labelledby="moves-title">
      <DialogTitle id="moves-title">{t('calendar.preview.title')}</DialogTitle>
      <DialogContent>
        {preview.error && <ProblemAlert error={preview.error} onRetry={() => void preview.refetch()} />}
        {save.error && <ProblemAlert error={save.error} />}
        {preview.isPending && <Waiting />}
        {preview.data && <Moves {...preview.data} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={save.isPending}>
          {t('common.cancel')}
        </Button>
        <Button variant="contained" disabled={!preview.data || save.isPending} onClick={() => save.mutate()}>
          {t('calendar.preview.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Moves({ cases, moved, settled, rows }: Redated) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  return (
    <>
      <Typography>
        {moved === 0 ? t('calendar.preview.none') : t('calendar.preview.some', { cases, moved })}
        {settled > 0 && ` ${t('calendar.preview.settled', { settled })}`}
        {moved > rows.length && ` ${t('calendar.preview.more', { n: rows.length })}`}
      </Typography>
      {rows.length > 0 && (
        <Table size="small" sx={{ mt: 2 }}>
          <TableHead>
            <TableRow>
              {(['case', 'step', 'from', 'to'] as const).map((column) => (
                <TableCell key={column}>{t(`calendar.preview.${column}`)}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={`${row.caseId} ${row.block} ${row.what} ${row.rung ?? ''}`}>
                <TableCell>{row.title}</TableCell>
                <TableCell>
                  {text(row.blockName)}
                  {row.what === 'timer' && ` · ${t('calendar.preview.timer')}`}
                </TableCell>
                <TableCell sx={{ whiteSpace: 'nowrap' }}>{format.day(row.from)}</TableCell>
                <TableCell sx={{ whiteSpace: 'nowrap' }}>{format.day(row.to)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  );
}
