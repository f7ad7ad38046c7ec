import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import { useT } from '../i18n/useT.ts';

interface Props {
  count: number;
  total: number;
  more: boolean;
  busy: boolean;
  onMore: () => void;
}

/** The end of a list that grows by itself as one scrolls, and by a button for the keyboard. */
export function GrowMore({ count, total, more, busy, onMore }: Props) {
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
