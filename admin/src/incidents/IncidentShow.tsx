import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import { useGetOne } from 'ra-core';
import { Link, useParams } from 'react-router-dom';
import type { Incident } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useKnown } from '../i18n/known.ts';
import { useT } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { MONO } from '../theme/theme.ts';
import { Facts } from '../ui/Facts.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Tag } from '../ui/Tag.tsx';
import { IncidentActions } from './IncidentActions.tsx';
import { useCause } from './useCause.ts';

export default function IncidentShow() {
  const { id = '' } = useParams();
  const t = useT();
  const causeOf = useCause();
  const known = useKnown();
  const format = useFormat();
  const { data: incident, error, isPending, refetch } = useGetOne<Incident>('incidents', { id });
  if (isPending) return <Waiting />;
  if (!incident)
    return (
      <Page title={t('common.error.requestFailed')} back="/incidents">
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </Page>
    );
  return (
    <Page
      title={known('incidents.kinds', incident.kind)}
      over={format.dayTime(incident.at)}
      under={<Tag tone={incident.state === 'open' ? 'late' : 'done'}>{t(`incidents.states.${incident.state}`)}</Tag>}
      back="/incidents"
      width={920}
      actions={<IncidentActions incident={incident} />}
    >
      <Stack spacing={2}>
        <Panel>
          <Facts
            items={[
              { name: t('incidents.cause'), value: causeOf(incident) },
              {
                name: t('incidents.case'),
                value:
                  incident.case?.title !== undefined ? (
                    <Link to={`/cases/${incident.case.id}`}>{incident.case.title}</Link>
                  ) : (
                    incident.case?.id
                  ),
              },
              { name: t('incidents.retries'), value: incident.retries },
            ]}
          />
        </Panel>
        <Panel title={t('incidents.detail')}>
          <Box
            component="pre"
            tabIndex={0}
            sx={{ m: 0, fontFamily: MONO, fontSize: '0.8125rem', overflowX: 'auto', whiteSpace: 'pre-wrap' }}
          >
            {JSON.stringify(incident.detail, null, 2)}
          </Box>
        </Panel>
      </Stack>
    </Page>
  );
}
