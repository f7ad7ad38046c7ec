import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { Cycle } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import type { Value } from '../indicators/types.ts';
import { Register } from '../ui/Register.tsx';
import { Tag } from '../ui/Tag.tsx';
import { VerifyDialog } from './VerifyDialog.tsx';

type Row = Omit<Value, 'id'> & { id: string; indicator: string };
export type VerifyAction = 'accept' | 'return' | 'correct';

const STATES = ['reported', 'missing', 'late', 'returned', 'verified', 'due'] as const;

interface Props {
  cycle: Pick<Cycle, 'id'>;
  /** Only what the own unit verifies for others. */
  monitored?: boolean;
}

/** 数据核验: values that wait to be accepted, sent back or corrected, one by one or several at once. */
export default function Verify({ cycle, monitored = false }: Props) {
  const t = useT();
  const format = useFormat();
  const [asked, setAsked] = useState<{ action: VerifyAction; rows: Value[]; clear: () => void }>();
  return (
    <>
      <Register<Value, Row>
        cache={['cycles', cycle.id, 'values']}
        path="/values"
        query={{ cycleId: cycle.id, ...(monitored && { monitored }) }}
        sort="dueOn"
        search={t('supervision.valueSearch')}
        prepare={(value) => ({ ...value, indicator: value.id, id: `${value.id} ${value.period}` })}
        choices={[
          {
            key: 'state',
            label: t('office.state'),
            preset: 'reported',
            options: STATES.map((value) => ({ value, name: t(`supervision.valueState.${value}`) })),
          },
        ]}
        columns={[
          { key: 'name', label: t('office.indicator'), render: (row) => row.name },
          { key: 'org', label: t('office.unit'), render: (row) => row.org.name },
          { key: 'period', label: t('supervision.period'), width: 100, render: (row) => row.period },
          {
            key: 'value',
            label: t('supervision.value'),
            number: true,
            render: (row) => [row.verified ?? row.reported ?? '—', row.unit].join(' '),
          },
          {
            key: 'previous',
            label: t('supervision.previous'),
            number: true,
            wide: true,
            render: (row) => row.previous,
          },
          {
            key: 'reportedAt',
            label: t('supervision.reportedAt'),
            wide: true,
            render: (row) => row.reportedAt && format.dayTime(row.reportedAt),
          },
          {
            key: 'dueOn',
            label: t('office.due'),
            sort: true,
            wide: true,
            render: (row) => format.plainDay(row.dueOn),
          },
          {
            key: 'state',
            label: t('office.state'),
            render: (row) => (
              <Stack direction="row" useFlexGap component="span" sx={{ gap: 0.5, flexWrap: 'wrap' }}>
                <Tag tone={row.missing ? 'late' : row.state === 'reported' ? 'calm' : 'plain'}>
                  {t(`supervision.valueState.${row.missing ? 'missing' : row.state}`)}
                </Tag>
                {row.late && <Tag tone="soon">{t('supervision.valueState.late')}</Tag>}
              </Stack>
            ),
          },
        ]}
        several={{
          can: (row) => row.can.includes('verify'),
          label: (row) => `${row.org.name} ${row.name} ${row.period}`,
          bar: (rows, clear) => (
            <Paper
              variant="outlined"
              sx={{ px: 2, py: 1, mb: 1.5, position: 'sticky', top: { xs: 56, md: 8 }, zIndex: 2 }}
            >
              <Stack direction="row" useFlexGap sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
                <Typography variant="body2" role="status" sx={{ flex: 1 }}>
                  {t('office.chosen', { smart_count: rows.length })}
                </Typography>
                {(['return', 'correct', 'accept'] as const).map((action) => (
                  <Button
                    key={action}
                    size="small"
                    variant={action === 'accept' ? 'contained' : 'outlined'}
                    onClick={() =>
                      setAsked({ action, clear, rows: rows.map((row) => ({ ...row, id: row.indicator })) })
                    }
                  >
                    {t(`supervision.${action}Value`)}
                  </Button>
                ))}
              </Stack>
            </Paper>
          ),
        }}
        empty={{ title: t('supervision.noValues'), help: t('supervision.noValuesHelp') }}
      />
      {asked && (
        <VerifyDialog
          cycleId={cycle.id}
          action={asked.action}
          rows={asked.rows}
          onDone={asked.clear}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
