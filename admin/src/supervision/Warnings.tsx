import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import type { Cycle } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { Light } from '../ui/Light.tsx';
import { Register } from '../ui/Register.tsx';
import { Tag, type Tone } from '../ui/Tag.tsx';
import { OrderDialog } from './OrderDialog.tsx';
import { WARNING_KINDS, WARNING_STATES, type Warning } from './types.ts';
import { WarningDialog } from './WarningDialog.tsx';

export const TONES: Record<Warning['state'], Tone> = {
  noted: 'plain',
  open: 'soon',
  answered: 'calm',
  returned: 'soon',
  lapsed: 'late',
  accepted: 'done',
  withdrawn: 'plain',
};

/** 预警与督办台账: what followed from lights and what the office ordered, with deadlines and answers. */
export default function Warnings({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const can = useCan();
  const [ordering, setOrdering] = useState(false);
  return (
    <>
      <Register<Warning>
        cache={['cycles', cycle.id, 'warnings']}
        path={`/cycles/${cycle.id}/warnings`}
        sort="-number"
        search={t('supervision.search')}
        choices={[
          {
            key: 'state',
            label: t('office.state'),
            options: WARNING_STATES.map((value) => ({ value, name: t(`supervision.warningState.${value}`) })),
          },
          {
            key: 'kind',
            label: t('office.kind'),
            options: WARNING_KINDS.map((value) => ({ value, name: t(`supervision.warningKind.${value}`) })),
          },
          {
            key: 'colour',
            label: t('office.colour'),
            options: (['red', 'orange', 'yellow', 'blue'] as const).map((value) => ({
              value,
              name: t(`common.light.${value}`),
            })),
          },
        ]}
        actions={
          can('cases.control') &&
          cycle.status === 'running' && (
            <Button variant="contained" onClick={() => setOrdering(true)}>
              {t('supervision.order')}
            </Button>
          )
        }
        columns={[
          {
            key: 'number',
            label: t('supervision.number'),
            sort: true,
            width: 150,
            render: (row) => (
              <>
                {t(`supervision.warningKind.${row.kind}`)} {t('supervision.no', { number: row.number })}
              </>
            ),
          },
          { key: 'org', label: t('office.unit'), render: (row) => row.org.name },
          {
            key: 'about',
            label: t('supervision.about'),
            render: (row) => (
              <>
                {row.indicator && (
                  <div>
                    {row.indicator.name} {row.period && `· ${row.period}`}
                  </div>
                )}
                {text(row.because)}
              </>
            ),
          },
          {
            key: 'colour',
            label: t('office.colour'),
            width: 92,
            render: (row) => row.colour && <Light colour={row.colour} />,
          },
          {
            key: 'dueAt',
            label: t('office.due'),
            sort: true,
            width: 130,
            render: (row) => row.dueAt && format.dayTime(row.dueAt),
          },
          {
            key: 'state',
            label: t('office.state'),
            width: 120,
            render: (row) => (
              <Stack direction="row" useFlexGap component="span" sx={{ gap: 0.5, flexWrap: 'wrap' }}>
                <Tag tone={TONES[row.state]}>{t(`supervision.warningState.${row.state}`)}</Tag>
                {row.overdue && <Tag tone="late">{t('office.overdue')}</Tag>}
              </Stack>
            ),
          },
        ]}
        dialog={(row, close) => <WarningDialog cycleId={cycle.id} id={row.id} onClose={close} />}
        empty={{ title: t('supervision.noWarnings'), help: t('supervision.noWarningsHelp') }}
      />
      {ordering && <OrderDialog cycleId={cycle.id} onClose={() => setOrdering(false)} />}
    </>
  );
}
