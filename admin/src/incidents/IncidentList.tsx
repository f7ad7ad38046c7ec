import Box from '@mui/material/Box';
import type { Incident } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useKnown } from '../i18n/known.ts';
import { useT } from '../i18n/useT.ts';
import { ListPage } from '../ui/ListPage.tsx';
import { Tag } from '../ui/Tag.tsx';
import { IncidentActions } from './IncidentActions.tsx';
import { useCause } from './useCause.ts';

const STATES = ['open', 'resolved'] as const;

export default function IncidentList() {
  const t = useT();
  const causeOf = useCause();
  const known = useKnown();
  const format = useFormat();
  return (
    <ListPage<Incident>
      resource="incidents"
      title={t('incidents.title')}
      under={t('incidents.under')}
      sort={{ field: 'at', order: 'DESC' }}
      search={t('incidents.search')}
      choices={[
        {
          key: 'state',
          label: t('incidents.state'),
          options: STATES.map((value) => ({ value, name: t(`incidents.states.${value}`) })),
        },
      ]}
      linkTo={(incident) => `/incidents/${incident.id}`}
      columns={[
        {
          key: 'cause',
          label: t('incidents.cause'),
          render: (incident) => (
            <Box
              component="span"
              sx={{
                display: 'block',
                maxWidth: 420,
                overflow: 'hidden',
                textOverflow: 'ellipsis',
                whiteSpace: { md: 'nowrap' },
              }}
            >
              {causeOf(incident)}
            </Box>
          ),
        },
        { key: 'kind', label: t('incidents.kind'), render: (incident) => known('incidents.kinds', incident.kind) },
        { key: 'case', label: t('incidents.case'), wide: true, render: (incident) => incident.case?.title ?? '' },
        {
          key: 'state',
          label: t('incidents.state'),
          render: (incident) => (
            <Tag tone={incident.state === 'open' ? 'late' : 'done'}>{t(`incidents.states.${incident.state}`)}</Tag>
          ),
        },
        { key: 'at', label: t('incidents.at'), sort: true, render: (incident) => format.dayTime(incident.at) },
        {
          key: 'retries',
          label: t('incidents.retries'),
          number: true,
          wide: true,
          render: (incident) => incident.retries,
        },
        { key: 'actions', label: '', number: true, render: (incident) => <IncidentActions incident={incident} /> },
      ]}
      empty={{ title: t('incidents.empty'), help: t('incidents.emptyHelp') }}
    />
  );
}
