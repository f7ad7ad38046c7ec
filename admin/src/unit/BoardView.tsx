import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import type { Item, Stage } from '../rectify/types.ts';
import { Empty } from '../ui/Empty.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Tag } from '../ui/Tag.tsx';
import { useFew } from './api.ts';
import { ItemDialog } from './ItemDialog.tsx';
import type { UnitViewProps } from './UnitPage.tsx';

const STAGES: Stage[] = ['plan', 'review', 'work', 'verify', 'closed', 'carried'];
/** Shown also when nothing is there. */
const ALWAYS: Stage[] = ['plan', 'review', 'work', 'verify', 'closed'];

/** What the unit has to rectify, by how far it is: what is late is marked, each item leads to its line and its task. */
export default function BoardView({ cycle, unit }: UnitViewProps) {
  const t = useT();
  const [open, setOpen] = useState<string>();
  const { data, error, isPending, refetch } = useFew<Item>('/rectification', { cycleId: cycle.id, orgId: unit.id });
  if (isPending) return <Skeleton variant="rounded" height={320} />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return <Empty title={t('unit.noItems')} help={t('unit.noItemsHelp')} />;
  const columns = STAGES.map((stage) => ({ stage, items: data.items.filter((item) => item.stage === stage) })).filter(
    ({ stage, items }) => items.length > 0 || ALWAYS.includes(stage),
  );
  return (
    <>
      <Box
        sx={{
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: { xs: '1fr', md: `repeat(${columns.length}, minmax(0, 1fr))` },
          alignItems: 'start',
        }}
      >
        {columns.map(({ stage, items }) => (
          <Box
            component="section"
            key={stage}
            aria-label={t(`unit.stage.${stage}`)}
            sx={(theme) => ({
              backgroundColor: theme.tones.sunken,
              borderRadius: 1,
              p: 1.25,
              display: { xs: items.length === 0 ? 'none' : 'block', md: 'block' },
            })}
          >
            <Stack direction="row" sx={{ alignItems: 'baseline', mb: 1, px: 0.5 }}>
              <Typography variant="body2" component="h2" sx={{ flex: 1, fontWeight: 600 }}>
                {t(`unit.stage.${stage}`)}
              </Typography>
              <Typography variant="caption" color="text.secondary">
                {items.length}
              </Typography>
            </Stack>
            <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
              {items.map((item) => (
                <Card key={item.id} item={item} onOpen={() => setOpen(item.id)} />
              ))}
            </Box>
          </Box>
        ))}
      </Box>
      {open && <ItemDialog id={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function Card({ item, onOpen }: { item: Item; onOpen: () => void }) {
  const t = useT();
  const format = useFormat();
  return (
    <Paper component="li" variant="outlined" sx={{ p: 1.5, ...(item.overdue && { borderColor: 'error.main' }) }}>
      <Box
        component="button"
        type="button"
        onClick={onOpen}
        sx={{
          font: 'inherit',
          fontWeight: 500,
          color: 'text.primary',
          textAlign: 'start',
          background: 'none',
          border: 0,
          p: 0,
          cursor: 'pointer',
          overflowWrap: 'anywhere',
          minHeight: 24,
          '&:hover': { color: 'primary.main' },
        }}
      >
        {item.problem}
      </Box>
      <Typography variant="caption" color="text.secondary" component="div" sx={{ mt: 0.5 }}>
        {[item.code, t(`unit.source.${item.source}`), item.owner].filter(Boolean).join(' · ')}
      </Typography>
      <Stack direction="row" useFlexGap sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center', mt: 0.75 }}>
        {item.overdue && <Tag tone="late">{t('unit.overdue')}</Tag>}
        {item.due && item.stage !== 'closed' && (
          <Typography variant="caption" color={item.overdue ? 'error' : 'text.secondary'}>
            {t('unit.dueBy', { day: format.plainDay(item.due) })}
          </Typography>
        )}
        {item.stage === 'closed' && item.endedAt && (
          <Typography variant="caption" color="text.secondary">
            {t('unit.closedOn', { day: format.day(item.endedAt) })}
          </Typography>
        )}
        {item.task && (
          <Box component={Link} to={`/tasks/${item.task}`} sx={{ fontSize: '0.8125rem', ml: 'auto', fontWeight: 600 }}>
            {t('unit.toTask')}
          </Box>
        )}
      </Stack>
    </Paper>
  );
}
