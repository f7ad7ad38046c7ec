import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { cleanDecimal, isDecimal } from '../form/decimal.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Choice } from '../ui/Choice.tsx';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import { useChange } from '../unit/useChange.ts';
import type { IndicatorDetail } from './types.ts';

/** Asks for another target: to what, for which of the template's reasons, and why. */
export function TargetDialog({ indicator, onClose }: { indicator: IndicatorDetail; onClose: () => void }) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const band = indicator.direction === 'band';
  const [figures, setFigures] = useState({
    value: band ? '' : (indicator.target ?? ''),
    low: indicator.low ?? '',
    high: indicator.high ?? '',
  });
  const [kind, setKind] = useState('');
  const asking = useChange(() => {
    notify(t('unit.asked'), { type: 'success' });
    onClose();
  });
  const names = band ? (['low', 'high'] as const) : (['value'] as const);
  const good = names.every((name) => isDecimal(figures[name]));
  const changed = names.some((name) => figures[name] !== (name === 'value' ? indicator.target : indicator[name]));
  return (
    <ReasonDialog
      title={t('unit.askTarget')}
      help={t('unit.askTargetHelp')}
      label={t('unit.reason')}
      chosen={good && changed && kind !== ''}
      busy={asking.isPending}
      error={asking.error}
      onClose={onClose}
      onConfirm={(reason) =>
        asking.mutate({
          path: `/assigned-indicators/${indicator.id}/targets`,
          body: { ...Object.fromEntries(names.map((name) => [name, figures[name]])), reasonKind: kind, reason },
        })
      }
    >
      <Stack spacing={2} sx={{ mb: 1 }}>
        <Stack direction="row" spacing={2}>
          {names.map((name) => (
            <TextField
              key={name}
              label={`${t(name === 'value' ? 'unit.newTarget' : `unit.${name}`)} (${indicator.unit})`}
              value={figures[name]}
              error={figures[name] !== '' && !isDecimal(figures[name])}
              helperText={figures[name] !== '' && !isDecimal(figures[name]) ? t('unit.notNumber') : undefined}
              onChange={(event) => setFigures({ ...figures, [name]: event.target.value })}
              onBlur={(event) => setFigures({ ...figures, [name]: cleanDecimal(event.target.value) })}
              slotProps={{ htmlInput: { inputMode: 'decimal', autoComplete: 'off' } }}
            />
          ))}
        </Stack>
        <Choice
          id="target-reason"
          label={t('unit.kindOfReason')}
          options={(indicator.change?.reasons ?? []).map(({ value, name }) => ({ value, name: text(name) }))}
          value={kind}
          onChange={setKind}
        />
      </Stack>
    </ReasonDialog>
  );
}
