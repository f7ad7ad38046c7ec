import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import type { Cycle } from '../api/types.ts';
import { useChange } from '../cycles/useChange.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Register } from '../ui/Register.tsx';
import { Tag } from '../ui/Tag.tsx';
import { GoalDialog } from './GoalDialog.tsx';
import { GoalsPanel } from './GoalsPanel.tsx';
import type { Opinion } from './types.ts';

const KINDS = ['unsorted', 'opinion', 'praise'] as const;

/** 评议意见: what raters wrote, sorted into praise and opinions; several opinions become one improvement goal of units. */
export default function Opinions({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const format = useFormat();
  const notify = useNotify();
  const [merging, setMerging] = useState<{ opinions: Opinion[]; clear: () => void }>();
  const sort = useChange(cycle.id, () => notify(t('opinions.sorted'), { type: 'success' }));
  return (
    <Stack spacing={2.5}>
      <GoalsPanel cycle={cycle} />
      <div>
        <Register<Opinion>
          cache={['cycles', cycle.id, 'opinions']}
          path="/opinions"
          query={{ cycleId: cycle.id }}
          sort="-at"
          search={t('opinions.search')}
          choices={[
            {
              key: 'kind',
              label: t('opinions.kindOf'),
              options: KINDS.map((value) => ({ value, name: t(`opinions.kind.${value}`) })),
            },
          ]}
          columns={[
            { key: 'text', label: t('opinions.text'), render: (row) => row.text },
            { key: 'org', label: t('office.unit'), render: (row) => row.org?.name ?? t('opinions.noUnit') },
            { key: 'layer', label: t('opinions.layer'), wide: true, render: (row) => row.layer },
            {
              key: 'at',
              label: t('opinions.at'),
              sort: true,
              wide: true,
              width: 150,
              render: (row) => format.day(row.at),
            },
            {
              key: 'kind',
              label: t('opinions.kindOf'),
              width: 120,
              render: (row) =>
                row.goalId ? (
                  <Tag tone="done">{t('opinions.merged')}</Tag>
                ) : (
                  <Tag tone={row.sort ? 'plain' : 'soon'}>{t(`opinions.kind.${row.sort ?? 'unsorted'}`)}</Tag>
                ),
            },
          ]}
          several={{
            can: (row) => !row.goalId,
            label: (row) => row.text,
            bar: (rows, clear) => (
              <Paper
                variant="outlined"
                sx={{ px: 2, py: 1, mb: 1.5, position: 'sticky', top: { xs: 56, md: 8 }, zIndex: 2 }}
              >
                {sort.error ? <ProblemAlert error={sort.error} /> : null}
                <Stack direction="row" useFlexGap sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
                  <Typography variant="body2" role="status" sx={{ flex: 1 }}>
                    {t('office.chosen', { smart_count: rows.length })}
                  </Typography>
                  {(['praise', 'opinion'] as const).map((kind) => (
                    <Button
                      key={kind}
                      size="small"
                      variant="outlined"
                      disabled={sort.isPending}
                      onClick={() =>
                        sort.mutate(
                          {
                            path: '/opinions/sort',
                            body: { cycleId: cycle.id, ids: rows.map(({ id }) => id), sort: kind },
                          },
                          { onSuccess: clear },
                        )
                      }
                    >
                      {t(`opinions.as.${kind}`)}
                    </Button>
                  ))}
                  <Button
                    size="small"
                    variant="contained"
                    disabled={!rows.every((row) => row.sort === 'opinion')}
                    onClick={() => setMerging({ opinions: rows, clear })}
                  >
                    {t('opinions.merge')}
                  </Button>
                </Stack>
              </Paper>
            ),
          }}
          empty={{ title: t('opinions.none'), help: t('opinions.noneHelp') }}
        />
      </div>
      {merging && (
        <GoalDialog
          cycleId={cycle.id}
          opinions={merging.opinions}
          onDone={merging.clear}
          onClose={() => setMerging(undefined)}
        />
      )}
    </Stack>
  );
}
