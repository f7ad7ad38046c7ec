import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { useChange } from '../cycles/useChange.ts';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import type { Unit } from '../ui/UnitField.tsx';
import { UnitIndicatorFields } from '../ui/UnitIndicatorFields.tsx';

const PERCENT = /^(100(\.0{1,4})?|\d{1,2}(\.\d{1,4})?)$/;
const PERIOD = /^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$/;

/** Enters how much of the money behind an indicator an audit found idle; the value is then judged anew. */
export function AuditDialog({ cycleId, onClose }: { cycleId: string; onClose: () => void }) {
  const t = useT();
  const notify = useNotify();
  const [unit, setUnit] = useState<Unit | null>(null);
  const [code, setCode] = useState('');
  const [given, setGiven] = useState({ period: '', idle: '', source: '' });
  const enter = useChange<{ flags: number }>(cycleId, ({ flags }) => {
    notify(t('supervision.auditDone', { smart_count: flags }), { type: 'success' });
    onClose();
  });
  const wrong = {
    period: given.period !== '' && !PERIOD.test(given.period) ? t('supervision.periodBad') : undefined,
    idle: given.idle !== '' && !PERCENT.test(given.idle) ? t('supervision.idleBad') : undefined,
    source: undefined,
  };
  const ready =
    unit !== null &&
    code !== '' &&
    Object.values(given).every((value) => value.trim() !== '') &&
    !wrong.period &&
    !wrong.idle;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="audit-title">
      <DialogTitle id="audit-title">{t('supervision.audit')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          <Typography variant="body2" color="text.secondary">
            {t('supervision.auditHelp')}
          </Typography>
          {enter.error ? <ProblemAlert error={enter.error} /> : null}
          <UnitIndicatorFields
            cycleId={cycleId}
            unit={unit}
            code={code}
            label={t('office.indicator')}
            onUnit={setUnit}
            onCode={setCode}
          />
          {(['period', 'idle', 'source'] as const).map((key) => (
            <TextField
              key={key}
              required
              label={t(`supervision.${key === 'source' ? 'auditSource' : key}`)}
              value={given[key]}
              error={wrong[key] !== undefined}
              helperText={wrong[key]}
              onChange={(event) => setGiven({ ...given, [key]: event.target.value })}
              slotProps={{ htmlInput: { maxLength: 500, ...(key === 'idle' && { inputMode: 'decimal' as const }) } }}
            />
          ))}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          variant="contained"
          disabled={!ready || enter.isPending}
          onClick={() =>
            enter.mutate({
              path: `/cycles/${cycleId}/audit-figures`,
              method: 'PUT',
              body: { orgId: unit?.id, code, ...given, source: given.source.trim() },
            })
          }
        >
          {t('common.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
