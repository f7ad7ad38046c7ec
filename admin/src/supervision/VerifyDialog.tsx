import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { problemOf } from '../api/problem.ts';
import { useChange } from '../cycles/useChange.ts';
import { useT, useText } from '../i18n/useT.ts';
import type { Value } from '../indicators/types.ts';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import type { VerifyAction } from './Verify.tsx';

interface Props {
  cycleId: string;
  action: VerifyAction;
  rows: Value[];
  onDone: () => void;
  onClose: () => void;
}

const DECIMAL = /^-?\d{1,26}(\.\d{1,12})?$/;

/** Verifies values, all of them or none: what the server refuses stands at its value. */
export function VerifyDialog({ cycleId, action, rows, onDone, onClose }: Props) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const [values, setValues] = useState(() => rows.map((row) => row.reported ?? ''));
  const verify = useChange(cycleId, () => {
    notify(t('supervision.verified', { smart_count: rows.length }), { type: 'success' });
    onDone();
    onClose();
  });
  const refused = verify.error ? problemOf(verify.error).errors : [];
  const wrongAt = (at: number) => refused.find(({ path }) => path.startsWith(`values[${at}]`))?.message;
  const elsewhere = refused.length === 0 || refused.some(({ path }) => !/^values\[\d+\]/.test(path));
  const bad = (value: string) => action === 'correct' && !DECIMAL.test(value);
  return (
    <ReasonDialog
      title={t(`supervision.${action}Value`)}
      help={t(`supervision.${action}ValueHelp`)}
      label={t('office.reason')}
      optional={action === 'accept'}
      chosen={!values.some(bad)}
      busy={verify.isPending}
      error={elsewhere ? verify.error : undefined}
      onClose={onClose}
      onConfirm={(reason) =>
        verify.mutate({
          path: '/values/verify',
          body: {
            cycleId,
            values: rows.map(({ id, period }, at) => ({
              id,
              period,
              action,
              ...(action === 'correct' && { value: values[at] }),
              ...(reason && { reason }),
            })),
          },
        })
      }
    >
      <Box
        component="ul"
        sx={{ listStyle: 'none', m: 0, mb: 2, p: 0, display: 'grid', gap: 1.5, maxHeight: 320, overflow: 'auto' }}
      >
        {rows.map((row, at) => {
          const wrong = wrongAt(at);
          const name = `${row.org.name} · ${row.name} · ${row.period}`;
          return (
            <Box component="li" key={`${row.id} ${row.period}`}>
              {action === 'correct' ? (
                <TextField
                  fullWidth
                  label={name}
                  value={values[at]}
                  error={wrong !== undefined || bad(values[at] ?? '')}
                  helperText={
                    wrong
                      ? text(wrong)
                      : bad(values[at] ?? '')
                        ? t('supervision.valueBad')
                        : t('supervision.asReported', { value: row.reported ?? '—', unit: row.unit })
                  }
                  onChange={(event) =>
                    setValues((was) => was.map((value, i) => (i === at ? event.target.value.trim() : value)))
                  }
                  slotProps={{ htmlInput: { inputMode: 'decimal' } }}
                  sx={{ mt: 1 }}
                />
              ) : (
                <>
                  <Typography variant="body2">
                    {name}: <b>{row.reported}</b> {row.unit}
                  </Typography>
                  {wrong && (
                    <Typography variant="caption" color="error">
                      {text(wrong)}
                    </Typography>
                  )}
                </>
              )}
            </Box>
          );
        })}
      </Box>
    </ReasonDialog>
  );
}
