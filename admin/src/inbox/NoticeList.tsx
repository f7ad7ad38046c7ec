import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { call } from '../api/http.ts';
import { useNotices } from '../api/queries.ts';
import { queryClient } from '../api/queryClient.ts';
import type { Notice } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { GrowMore } from '../ui/GrowMore.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

const refresh = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: ['notices'] }),
    queryClient.invalidateQueries({ queryKey: ['tasks', 'counts'] }),
  ]);

/** 抄送: what one was told, without having to act. */
export function NoticeList({ q }: { q: string }) {
  const t = useT();
  const list = useNotices(true, q);
  const readAll = useMutation({ mutationFn: () => call('/notices/read-all', { method: 'POST' }), onSuccess: refresh });
  if (list.isError) return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return null;
  if (list.items.length === 0) return <Empty title={t('inbox.empty.told')} />;
  return (
    <>
      {list.items.some((notice) => !notice.readAt) && (
        <Stack direction="row" sx={{ justifyContent: 'flex-end', mb: 1 }}>
          <Button size="small" disabled={readAll.isPending} onClick={() => readAll.mutate()}>
            {t('inbox.notices.readAll')}
          </Button>
        </Stack>
      )}
      <Paper variant="outlined" component="ul" sx={{ listStyle: 'none', m: 0, p: 0, overflow: 'hidden' }}>
        {list.items.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} />
        ))}
      </Paper>
      <GrowMore list={list} />
    </>
  );
}

function NoticeRow({ notice }: { notice: Notice }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const read = useMutation({
    mutationFn: () => call(`/notices/${notice.id}/read`, { method: 'POST' }),
    onSuccess: refresh,
  });
  const to = pageOf(notice);
  const open = () => {
    if (!notice.readAt) read.mutate();
  };
  return (
    <Stack
      component="li"
      direction="row"
      spacing={1.5}
      sx={{ px: 2, py: 1.5, '& + &': { borderTop: '1px solid', borderColor: 'divider' } }}
    >
      <Box
        role={notice.readAt ? undefined : 'img'}
        aria-label={notice.readAt ? undefined : t('inbox.notices.unread')}
        sx={{
          mt: 1,
          width: 8,
          height: 8,
          flex: 'none',
          borderRadius: '50%',
          backgroundColor: notice.readAt ? 'transparent' : 'primary.main',
        }}
      />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography sx={{ fontWeight: notice.readAt ? 400 : 600 }}>{text(notice.subject)}</Typography>
        <Typography variant="body2" color="text.secondary" sx={{ whiteSpace: 'pre-line' }}>
          {text(notice.body)}
        </Typography>
      </Box>
      <Stack sx={{ alignItems: 'flex-end' }}>
        <Typography variant="caption" color="text.secondary" noWrap title={format.full(notice.at)}>
          {format.ago(notice.at)}
        </Typography>
        {to && (
          <Button size="small" component={Link} to={to} data-row onClick={open} sx={{ mr: -1.25 }}>
            {t('inbox.notices.open')}
          </Button>
        )}
      </Stack>
    </Stack>
  );
}

function pageOf({ kind, taskId, caseId }: Notice): string | undefined {
  if (kind === 'ballots') return '/ballots';
  if (kind === 'owner') return undefined;
  return taskId ? `/tasks/${taskId}` : caseId ? `/cases/${caseId}` : undefined;
}
