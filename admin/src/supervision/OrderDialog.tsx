import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { useGet } from '../api/queries.ts';
import type { Ref } from '../api/types.ts';
import { useChange } from '../cycles/useChange.ts';
import { useT, useText } from '../i18n/useT.ts';
import type { LightColour } from '../ui/Light.tsx';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import { UnitIndicatorFields } from '../ui/UnitIndicatorFields.tsx';
import type { Sheets } from './types.ts';

/** Opens a supervision order by hand. Orders start with the mildest colour; urgent ones may start higher, where the template says so. */
export function OrderDialog({ cycleId, onClose }: { cycleId: string; onClose: () => void }) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const [unit, setUnit] = useState<Ref | null>(null);
  const [code, setCode] = useState('');
  const [urgent, setUrgent] = useState(false);
  const [colour, setColour] = useState<LightColour | ''>('');
  const [days, setDays] = useState('');
  const { data: scheme } = useGet<Sheets>(['cycles', cycleId, 'sheets'], `/cycles/${cycleId}/warning-sheets`);
  const order = useChange(cycleId, () => {
    notify(t('supervision.ordered'), { type: 'success' });
    onClose();
  });
  const sheets = scheme?.sheets ?? [];
  const first = sheets[0];
  const daysWrong = days !== '' && !(/^\d{1,3}$/.test(days) && Number(days) >= 1 && Number(days) <= 250);
  const select = { select: { native: true }, inputLabel: { shrink: true } };
  return (
    <ReasonDialog
      title={t('supervision.order')}
      help={t('supervision.orderHelp')}
      label={t('supervision.orderReason')}
      chosen={unit !== null && !daysWrong}
      busy={order.isPending}
      error={order.error}
      onClose={onClose}
      onConfirm={(reason) =>
        order.mutate({
          path: `/cycles/${cycleId}/warnings`,
          body: {
            orgId: unit?.id,
            reason,
            ...(code && { code }),
            ...(urgent && { urgent, ...(colour && { colour }) }),
            ...(days && { reply: Number(days) }),
          },
        })
      }
    >
      <Stack spacing={2} sx={{ my: 1 }}>
        <UnitIndicatorFields
          cycleId={cycleId}
          unit={unit}
          code={code}
          label={t('supervision.aboutIndicator')}
          none={t('supervision.noIndicator')}
          onUnit={setUnit}
          onCode={setCode}
        />
        <TextField
          label={t('supervision.replyDays')}
          value={days}
          error={daysWrong}
          helperText={
            daysWrong
              ? t('supervision.daysBad')
              : t('supervision.replyHelp', { days: sheetOf(sheets, colour)?.reply ?? '—' })
          }
          onChange={(event) => setDays(event.target.value.trim())}
          slotProps={{ htmlInput: { inputMode: 'numeric' } }}
        />
        {scheme?.urgent && (
          <FormControlLabel
            control={<Checkbox checked={urgent} onChange={(_, on) => setUrgent(on)} />}
            label={t('supervision.urgentHelp')}
          />
        )}
        {urgent && (
          <TextField
            select
            label={t('office.colour')}
            value={colour || (first?.colour ?? '')}
            onChange={(event) => setColour(event.target.value as LightColour)}
            slotProps={select}
          >
            {sheets.map((sheet) => (
              <option key={sheet.colour} value={sheet.colour}>
                {text(sheet.name) || t(`common.light.${sheet.colour}`)}
              </option>
            ))}
          </TextField>
        )}
      </Stack>
    </ReasonDialog>
  );
}

const sheetOf = (sheets: Sheets['sheets'], colour: LightColour | '') =>
  sheets.find((sheet) => sheet.colour === colour) ?? sheets[0];
