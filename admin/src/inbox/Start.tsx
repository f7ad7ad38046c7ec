import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { call } from '../api/http.ts';
import type { List, OrgUnit } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { SampleDialog } from './SampleDialog.tsx';

/** What an administrator does first: gets units, one way or the other. Says so, too, when what is there is a sample. */
export default function Start() {
  const t = useT();
  const [loading, setLoading] = useState(false);
  // The unit that the first administrator stands in is none of the city's.
  const { data } = useQuery({
    queryKey: ['orgs', 'start'],
    queryFn: ({ signal }) => call<List<OrgUnit>>('/orgs', { query: { parentId: 'none', limit: 20 }, signal }),
    staleTime: 60_000,
  });
  if (!data) return null;
  if (data.items.some(({ demo }) => demo))
    return (
      <Alert severity="info" variant="outlined" className="no-print" sx={{ mb: 2 }}>
        {t('start.isSample')}
      </Alert>
    );
  const [only] = data.items;
  if (data.total > 1 || (only && (only.units > 0 || only.people > 1))) return null;
  return (
    <Stack sx={{ mb: 2 }}>
      <Panel title={t('start.title')}>
        <Typography variant="body2" color="text.secondary" sx={{ mb: 2, maxWidth: '68ch' }}>
          {t('start.help')}
        </Typography>
        <Stack direction="row" useFlexGap sx={{ gap: 1, flexWrap: 'wrap' }}>
          <Button component={Link} to="/orgs/import" variant="contained">
            {t('start.import')}
          </Button>
          <Button component={Link} to="/orgs/create" variant="outlined">
            {t('start.add')}
          </Button>
          <Button onClick={() => setLoading(true)}>{t('start.sample')}</Button>
        </Stack>
      </Panel>
      {loading && <SampleDialog onClose={() => setLoading(false)} />}
    </Stack>
  );
}
