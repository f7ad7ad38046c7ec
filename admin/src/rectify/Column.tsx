import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import type { Query } from '../api/http.ts';
import { useGrowing } from '../api/queries.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { Item } from './types.ts';

interface Props {
  name: 'overdue' | 'open' | 'closed' | 'carried';
  cycleId: string;
  query: Query;
}

/** One column of the board. */
export function Column({ name, cycleId, query }: Props) {
  const t = useT();
  const list = useGrowing<Item>(['cycles', cycleId, 'rectification', query], '/rectification', {
    ...query,
    cycleId,
    limit: 30,
  });
  return (
    <Box
      component="section"
      aria-label={t(`rectify.column.${name}`)}
      sx={(theme) => ({ backgroundColor: theme.tones.sunken, borderRadius: 1, p: 1.25 })}
    >
      <Stack direction="row" sx={{ alignItems: 'baseline', mb: 1, px: 0.5 }}>
        <Typography
          variant="body2"
          component="h2"
          sx={{ flex: 1, fontWeight: 600 }}
          color={name === 'overdue' && list.total > 0 ? 'error' : 'text.primary'}
        >
          {t(`rectify.column.${name}`)}
        </Typography>
        <Typography variant="caption" color="text.secondary">
          {list.isPending ? '' : list.total}
        </Typography>
      </Stack>
      {list.isPending && <Skeleton variant="rounded" height={96} aria-busy />}
      {list.error ? <ProblemAlert error={list.error} onRetry={() => void list.refetch()} /> : null}
      {!list.isPending && list.items.length === 0 && (
        <Typography variant="body2" color="text.secondary" sx={{ px: 0.5, pb: 0.5 }}>
          {t('common.none')}
        </Typography>
      )}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
        {list.items.map((item) => (
          <Card key={item.id} item={item} />
        ))}
      </Box>
      {list.hasNextPage && (
        <Button size="small" fullWidth disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </Box>
  );
}

/** Before an item has a case of its own it is planned, or its plan is reviewed. */
const stageOf = ({ stage }: Item) => (stage === 'review' ? 'review' : stage === 'plan' ? 'plan' : 'work');

function Card({ item }: { item: Item }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  return (
    <Paper component="li" variant="outlined" sx={{ p: 1.5, ...(item.overdue && { borderColor: 'error.main' }) }}>
      <Box
        component={Link}
        to={`/rectification/${item.id}`}
        sx={{ fontWeight: 500, color: 'text.primary', overflowWrap: 'anywhere', '&:hover': { color: 'primary.main' } }}
      >
        {item.problem}
      </Box>
      <Typography variant="caption" color="text.secondary" component="div" sx={{ mt: 0.5 }}>
        {[item.org.name, item.code, t(`rectify.source.${item.source}`)].join(' · ')}
      </Typography>
      <Stack direction="row" useFlexGap sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center', mt: 0.5 }}>
        {item.state === 'open' && (
          <Tag tone="calm">
            {item.itemCase?.at.length ? format.list(item.itemCase.at.map(text)) : t(`rectify.stage.${stageOf(item)}`)}
          </Tag>
        )}
        {item.due && item.state === 'open' && (
          <Typography variant="caption" color={item.overdue ? 'error' : 'text.secondary'}>
            {t('rectify.dueBy', { day: format.plainDay(item.due) })}
          </Typography>
        )}
        {item.endedAt && (
          <Typography variant="caption" color="text.secondary">
            {format.day(item.endedAt)}
          </Typography>
        )}
        {item.carriedTo && (
          <Typography variant="caption" color="text.secondary">
            {t('rectify.carriedTo', { cycle: item.carriedTo.cycle.name })}
          </Typography>
        )}
      </Stack>
    </Paper>
  );
}
