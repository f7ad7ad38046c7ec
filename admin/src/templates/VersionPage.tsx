import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { call } from '../api/http.ts';
import type { TemplateRow, TemplateVersion } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { Page } from '../ui/Page.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { DraftEditor } from './DraftEditor.tsx';
import { JsonEditor } from './JsonEditor.tsx';
import { TemplateStatus } from './TemplateStatus.tsx';
import { TreeView } from './TreeView.tsx';
import { VersionActions } from './VersionActions.tsx';

/** One version of a template: its flow to be read, its text to be edited while it is a draft, and what the linter says. */
export default function VersionPage() {
  const { key = '', version = '' } = useParams();
  const t = useT();
  const text = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const view = params.get('view') === 'json' ? 'json' : 'tree';
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['templates', key, Number(version)],
    queryFn: () => call<TemplateVersion>(`/templates/${key}/versions/${version}`),
  });
  const { data: versions } = useQuery({
    queryKey: ['templates', key, 'versions'],
    queryFn: () => call<{ items: TemplateRow[] }>(`/templates/${key}/versions`),
  });
  if (isPending) return <Waiting />;
  if (!data)
    return (
      <Page title={t('common.error.requestFailed')} back="/templates">
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </Page>
    );
  const draft = data.status === 'draft' && data.can.includes('edit');
  return (
    <Page
      title={text(data.name)}
      over={key}
      back="/templates"
      width={1240}
      under={
        <Stack direction="row" useFlexGap spacing={1.5} sx={{ alignItems: 'center', flexWrap: 'wrap' }}>
          <TemplateStatus status={data.status} />
          <span>
            {data.publishedAt
              ? t('templates.publishedAt', { day: format.day(data.publishedAt) })
              : t('templates.changedAt', { day: format.dayTime(data.updatedAt) })}
          </span>
        </Stack>
      }
      actions={
        <>
          <TextField
            select
            label={t('templates.version')}
            value={data.version}
            onChange={(event) => navigate(`/templates/${key}/versions/${event.target.value}`)}
            sx={{ minWidth: 150 }}
          >
            {(versions?.items ?? [data]).map((row) => (
              <MenuItem key={row.version} value={row.version}>
                v{row.version} · {t(`templates.status.${row.status}`)}
              </MenuItem>
            ))}
          </TextField>
          <VersionActions template={data} />
        </>
      }
    >
      <Tabs
        value={view}
        onChange={(_, next: string) => setParams({ view: next }, { replace: true })}
        sx={{ borderBottom: '1px solid', borderColor: 'divider', mb: 2 }}
      >
        <Tab value="tree" id="template-tab-tree" aria-controls="template-panel" label={t('templates.tab.tree')} />
        <Tab
          value="json"
          id="template-tab-json"
          aria-controls="template-panel"
          label={t(draft ? 'templates.tab.json' : 'templates.tab.source')}
        />
      </Tabs>
      <Box role="tabpanel" id="template-panel" aria-labelledby={`template-tab-${view}`}>
        {view === 'tree' ? (
          <TreeView template={data} />
        ) : draft ? (
          <DraftEditor key={`${key}.${version}`} template={data} />
        ) : (
          <JsonEditor text={JSON.stringify(data.content, null, 2)} label={t('templates.editor')} readOnly />
        )}
      </Box>
    </Page>
  );
}
