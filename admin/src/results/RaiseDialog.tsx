import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import type { Amount } from '../../../workflows/grades/schema.ts';
import { useT, useText } from '../i18n/useT.ts';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import type { Decisions } from './api.ts';
import { DocumentField } from './DocumentField.tsx';

interface Props {
  quotas: Pick<Decisions['quotas'][number], 'quota' | 'name'>[];
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onConfirm: (body: { quota: string; amount: Amount; reason: string; document: string }) => void;
}

/** Raises a quota, as far as the template allows on approval. */
export function RaiseDialog({ quotas, onConfirm, ...dialog }: Props) {
  const t = useT();
  const text = useText();
  const [quota, setQuota] = useState(quotas[0]?.quota ?? '');
  const [kind, setKind] = useState<'share' | 'count'>('share');
  const [number, setNumber] = useState('');
  const [document, setDocument] = useState('');
  const right = kind === 'count' ? /^\d{1,5}$/ : /^(100|\d{1,2})(\.\d{1,2})?$/;
  const amount = (): Amount =>
    kind === 'count' ? { count: Number(number) } : { share: shareOf(number), round: 'floor' };
  const select = { select: { native: true }, inputLabel: { shrink: true } };
  return (
    <ReasonDialog
      {...dialog}
      title={t('results.raise')}
      help={t('results.raiseHelp')}
      label={t('results.reason')}
      chosen={quota !== '' && right.test(number) && document.trim() !== ''}
      onConfirm={(reason) => onConfirm({ quota, amount: amount(), reason, document: document.trim() })}
    >
      <Stack spacing={2} sx={{ mb: 2 }}>
        <TextField
          select
          label={t('results.quota')}
          value={quota}
          onChange={(event) => setQuota(event.target.value)}
          slotProps={select}
        >
          {quotas.map((one) => (
            <option key={one.quota} value={one.quota}>
              {text(one.name)}
            </option>
          ))}
        </TextField>
        <Stack direction="row" spacing={2}>
          <TextField
            required
            label={t('results.amount')}
            value={number}
            error={number !== '' && !right.test(number)}
            onChange={(event) => setNumber(event.target.value.trim())}
            slotProps={{ htmlInput: { inputMode: 'decimal' } }}
          />
          <TextField
            select
            label={t('results.unit')}
            value={kind}
            onChange={(event) => setKind(event.target.value as 'share' | 'count')}
            slotProps={select}
          >
            <option value="share">{t('results.percent')}</option>
            <option value="count">{t('results.count')}</option>
          </TextField>
        </Stack>
        <DocumentField value={document} onChange={setDocument} />
      </Stack>
    </ReasonDialog>
  );
}

/** “25” percent as the decimal `0.25`, without a detour over floats. */
function shareOf(percent: string): string {
  const [whole = '', fraction = ''] = percent.split('.');
  const digits = whole.padStart(3, '0');
  return `${Number(digits.slice(0, -2))}.${digits.slice(-2)}${fraction}`;
}
