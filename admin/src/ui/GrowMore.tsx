import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import { useT } from '../i18n/useT.ts';

/** A list that is fetched page by page. */
interface Growing {
  items: readonly unknown[];
  total: number;
  isFetchingNextPage: boolean;
  hasNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/** The end of a list that grows by itself as one scrolls, and by a button for the keyboard. */
export function GrowMore({ list }: { list: Growing }) {
  const { total, isFetchingNextPage: busy, hasNextPage: more } = list;
  const count = list.items.length;
  const onMore = () => void list.fetchNextPage();
  const t = useT();
  const end = useRef<HTMLDivElement>(null);
  const grow = useRef(onMore);
  grow.current = onMore;

  useEffect(() => {
    if (!more || busy || !end.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && grow.current(), {
      rootMargin: '400px',
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [more, busy]);

  return (
    <Box ref={end} sx={{ textAlign: 'center', py: 2 }}>
      {more ? (
        <Button onClick={onMore} disabled={busy} size="small">
          {t(busy ? 'common.loading' : 'common.loadMore')}
        </Button>
      ) : null}
      <Typography variant="caption" color="text.secondary" component="div" role="status">
        {count < total ? t('common.shownSome', { count, total }) : t('common.shown', { total: Math.max(total, count) })}
      </Typography>
    </Box>
  );
}
