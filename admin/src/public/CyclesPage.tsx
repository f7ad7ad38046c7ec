import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { call } from '../api/http.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { PublicFrame } from './PublicFrame.tsx';
import type { PublicRow } from './types.ts';

/** The cycles of which something is public, for anybody. */
export default () => (
  <PublicFrame>
    <Cycles />
  </PublicFrame>
);

function Cycles() {
  const t = useT();
  const text = useText();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['public'],
    queryFn: ({ signal }) => call<{ items: PublicRow[] }>('/public/cycles', { signal }),
  });
  return (
    <Page title={t('public.title')} under={t('public.under')} width={860}>
      {data ? (
        data.items.length === 0 ? (
          <Empty title={t('public.empty')} help={t('public.emptyHelp')} />
        ) : (
          <Panel title={t('public.cycles')} flush>
            <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
              {data.items.map(({ id, name, year, template }) => (
                <Box component="li" key={id} sx={{ borderTop: '1px solid', borderColor: 'divider' }}>
                  <Box component={Link} to={`/public/${id}`} sx={row}>
                    <Typography component="span" sx={{ fontWeight: 600, display: 'block' }}>
                      {name}
                    </Typography>
                    <Typography component="span" variant="body2" color="text.secondary" sx={{ display: 'block' }}>
                      {t('public.year', { year })} · {text(template.name)}
                    </Typography>
                    {template.description && (
                      <Typography component="span" variant="caption" color="text.secondary" sx={{ display: 'block' }}>
                        {text(template.description)}
                      </Typography>
                    )}
                  </Box>
                </Box>
              ))}
            </Box>
          </Panel>
        )
      ) : isPending ? (
        <Skeleton variant="rounded" height={240} aria-busy />
      ) : (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      )}
    </Page>
  );
}

const row = {
  display: 'block',
  px: { xs: 2, sm: 2.5 },
  py: 1.5,
  color: 'text.primary',
  textDecoration: 'none',
  '&:hover, &:focus-visible': { backgroundColor: 'action.hover' },
} as const;
