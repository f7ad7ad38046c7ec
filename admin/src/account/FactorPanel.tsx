import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useGet } from '../api/queries.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { EnrolDialog } from './EnrolDialog.tsx';
import { ProofDialog } from './ProofDialog.tsx';
import type { Factor } from './types.ts';

/** The own second factor: setting it up, new recovery codes, removing it. */
export function FactorPanel() {
  const t = useT();
  const format = useFormat();
  const { data: factor } = useGet<Factor>(['second-factor'], '/second-factor');
  const [open, setOpen] = useState<'enrol' | 'renew' | 'remove'>();
  const close = () => setOpen(undefined);
  return (
    <Panel title={t('account.factor.title')}>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 2 }}>
        {factor?.confirmedAt
          ? `${t('account.factor.on', { when: format.dayTime(factor.confirmedAt) })} ${t('account.factor.left', { smart_count: factor.recoveryLeft })}`
          : t('account.factor.off')}
      </Typography>
      {factor && !factor.confirmedAt && (
        <Button variant="contained" onClick={() => setOpen('enrol')} sx={{ minHeight: 44 }}>
          {t('account.factor.begin')}
        </Button>
      )}
      {factor?.confirmedAt && (
        <Stack direction="row" useFlexGap spacing={1} sx={{ flexWrap: 'wrap' }}>
          <Button variant="outlined" onClick={() => setOpen('renew')}>
            {t('account.factor.renew')}
          </Button>
          <Button color="error" onClick={() => setOpen('remove')}>
            {t('account.factor.remove')}
          </Button>
        </Stack>
      )}
      {open === 'enrol' && <EnrolDialog onClose={close} />}
      {(open === 'renew' || open === 'remove') && <ProofDialog kind={open} onClose={close} />}
    </Panel>
  );
}
