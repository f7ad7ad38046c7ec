import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import type { Theme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { useTimeline } from '../api/queries.ts';
import type { Json, TimelineItem } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

/** Who did what, when and why; newest first. */
export function Timeline({ caseId }: { caseId: string }) {
  const t = useT();
  const list = useTimeline(caseId);
  if (list.isError) return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Skeleton variant="rounded" height={120} />;
  if (list.items.length === 0) return <Typography color="text.secondary">{t('cases.timelineEmpty')}</Typography>;
  const items = [...list.items].reverse();
  return (
    <>
      <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {items.map((item) => (
          <Entry key={item.id ?? item.seq} item={item} />
        ))}
      </Box>
      {list.hasNextPage && (
        <Button
          size="small"
          onClick={() => void list.fetchNextPage()}
          disabled={list.isFetchingNextPage}
          sx={{ mt: 1 }}
        >
          {t('common.loadMore')}
        </Button>
      )}
    </>
  );
}

function Entry({ item }: { item: TimelineItem }) {
  const text = useText();
  const format = useFormat();
  return (
    <Box component="li" sx={(theme) => entry(theme, item)}>
      <Typography variant="body2" component="div" sx={{ color: item.actor ? 'text.primary' : 'text.secondary' }}>
        {text(item.text)}
      </Typography>
      {item.reason && (
        <Typography
          variant="body2"
          component="blockquote"
          sx={(theme) => ({
            m: 0,
            mt: 0.5,
            px: 1.25,
            py: 0.75,
            borderRadius: 1,
            backgroundColor: theme.tones.sunken,
            whiteSpace: 'pre-line',
          })}
        >
          {item.reason}
        </Typography>
      )}
      {item.changes && item.changes.length > 0 && <Changes changes={item.changes} />}
      <Typography
        variant="caption"
        color="text.secondary"
        component="time"
        dateTime={item.at}
        title={format.full(item.at)}
      >
        {format.dayTime(item.at)}
      </Typography>
    </Box>
  );
}

function Changes({ changes }: { changes: NonNullable<TimelineItem['changes']> }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const known = changes.filter(({ from, to }) => isShort(from) && isShort(to)).slice(0, 6);
  if (known.length === 0) return null;
  const show = (value: Json) => (value === null || value === '' ? t('cases.emptyValue') : String(value));
  return (
    <Box component="ul" sx={{ m: 0, mt: 0.25, pl: 2, typography: 'caption', color: 'text.secondary' }}>
      {known.map(({ field, fieldName, from, to }) => (
        <li key={field}>
          {text(fieldName)}: {show(to)}
          {from !== null && from !== undefined && from !== '' ? format.paren(`${t('cases.from')} ${show(from)}`) : ''}
        </li>
      ))}
    </Box>
  );
}

const isShort = (value: Json): boolean =>
  typeof value === 'string' ? value.length <= 40 : typeof value !== 'object' || value === null;

function entry(theme: Theme, item: TimelineItem) {
  const back = item.action === 'return' || item.action === 'reject';
  const colour = back ? theme.tones.soon : item.actor ? theme.palette.primary.main : theme.tones.line;
  return {
    position: 'relative',
    pl: 2.5,
    pb: 2,
    '&:last-of-type': { pb: 0 },
    '&::before': {
      content: '""',
      position: 'absolute',
      left: 0,
      top: 7,
      width: 9,
      height: 9,
      borderRadius: '50%',
      backgroundColor: colour,
    },
    '&:not(:last-of-type)::after': {
      content: '""',
      position: 'absolute',
      left: 4,
      top: 20,
      bottom: -3,
      width: '1px',
      backgroundColor: theme.palette.divider,
    },
  };
}
