import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { RowTable } from '../ui/RowTable.tsx';
import { Tag } from '../ui/Tag.tsx';
import { deviceOf } from './device.ts';
import type { OpenSession } from './types.ts';

interface Props {
  sessions: OpenSession[];
  busy: boolean;
  onEnd: (session: OpenSession) => void;
}

/** Where somebody is signed in; each but the present one can be ended. */
export function SessionTable({ sessions, busy, onEnd }: Props) {
  const t = useT();
  const format = useFormat();
  if (sessions.length === 0)
    return (
      <Typography color="text.secondary" sx={{ px: 2.5, pb: 2.5 }}>
        {t('account.sessions.nowhere')}
      </Typography>
    );
  return (
    <RowTable
      rows={sessions}
      columns={[
        {
          key: 'device',
          label: t('account.sessions.device'),
          render: (one) => (
            <>
              <span title={one.agent}>{deviceOf(one.agent) ?? t('account.sessions.unknown')}</span>{' '}
              {one.current && <Tag tone="done">{t('account.sessions.current')}</Tag>}
            </>
          ),
        },
        { key: 'address', label: t('account.sessions.address'), render: (one) => one.address },
        { key: 'opened', label: t('account.sessions.opened'), render: (one) => format.dayTime(one.openedAt) },
        { key: 'used', label: t('account.sessions.used'), wide: true, render: (one) => format.ago(one.usedAt) },
        {
          key: 'end',
          label: '',
          render: (one) =>
            !one.current && (
              <Button size="small" color="error" disabled={busy} onClick={() => onEnd(one)}>
                {t('account.sessions.end')}
              </Button>
            ),
        },
      ]}
    />
  );
}
