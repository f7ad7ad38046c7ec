import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { Json } from '../../../../workflows/json.ts';
import { call } from '../../api/http.ts';
import type { Cycle, List, TemplateRow, TemplateVersion } from '../../api/types.ts';
import { useT } from '../../i18n/useT.ts';
import { Waiting } from '../../layout/Waiting.tsx';
import { useCan } from '../../session/session.ts';
import { Panel } from '../../ui/Panel.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { Changes } from './Changes.tsx';
import { PlainSelect } from './PlainSelect.tsx';

/** What a version changes against another one, and the cycles that still run an earlier one. */
export default function Compare({ template, versions }: { template: TemplateVersion; versions: TemplateRow[] }) {
  const t = useT();
  const can = useCan();
  const others = versions.filter(({ version }) => version !== template.version);
  const usual = others.find(({ version }) => version < template.version) ?? others[0];
  const [chosen, setChosen] = useState<number>();
  const version = chosen ?? usual?.version;
  const { data, error } = useQuery({
    queryKey: ['templates', template.key, version],
    queryFn: () => call<TemplateVersion>(`/templates/${template.key}/versions/${version}`),
    enabled: version !== undefined,
  });
  if (version === undefined) return <Typography color="text.secondary">{t('designer.compare.only')}</Typography>;
  const later = version < template.version;
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { lg: 'minmax(0, 1fr) 320px' }, alignItems: 'start' }}>
      <Panel title={t('designer.compare.title')}>
        <PlainSelect
          id="compare-with"
          label={t('designer.compare.with')}
          value={String(version)}
          options={others.map((row) => ({
            value: String(row.version),
            name: `v${row.version} · ${t(`templates.status.${row.status}`)}`,
          }))}
          onChange={(next) => setChosen(Number(next))}
        />
        <Box sx={{ mt: 2 }}>
          {error && <ProblemAlert error={error} />}
          {!data && !error && <Waiting />}
          {data && (
            <Changes
              before={(later ? data : template).content as unknown as Json}
              after={(later ? template : data).content as unknown as Json}
            />
          )}
        </Box>
      </Panel>
      {template.status === 'published' && can('cases.control') && <Running template={template} />}
    </Box>
  );
}

/** The running cycles of earlier versions, which may be moved. */
function Running({ template }: { template: TemplateVersion }) {
  const t = useT();
  const { data } = useQuery({
    queryKey: ['cycles', 'of', template.key],
    queryFn: () => call<List<Cycle>>('/cycles', { query: { limit: 100 } }),
  });
  const running = (data?.items ?? []).filter(
    (cycle) =>
      cycle.template.key === template.key &&
      cycle.template.version < template.version &&
      ['running', 'launching', 'suspended'].includes(cycle.status),
  );
  return (
    <Panel title={t('designer.migrate.running')}>
      {data && running.length === 0 && (
        <Typography variant="body2" color="text.secondary">
          {t('designer.migrate.noRunning')}
        </Typography>
      )}
      <Stack spacing={1.5}>
        {running.map((cycle) => (
          <Box key={cycle.id}>
            <Typography variant="body2">
              {cycle.name} · v{cycle.template.version}
            </Typography>
            <Button size="small" component={Link} to={`/cycles/${cycle.id}/migration?to=${template.version}`}>
              {t('designer.migrate.open')}
            </Button>
          </Box>
        ))}
      </Stack>
    </Panel>
  );
}
