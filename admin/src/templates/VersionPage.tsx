import Download from '@mui/icons-material/FileDownloadOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { type ComponentProps, Suspense, useCallback, useRef } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { call } from '../api/http.ts';
import type { TemplateRow, TemplateVersion } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { page } from '../page.ts';
import { useCan } from '../session/session.ts';
import { Page } from '../ui/Page.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { download } from './download.ts';
import { JsonEditor } from './JsonEditor.tsx';
import { TemplateStatus } from './TemplateStatus.tsx';
import { TreeView } from './TreeView.tsx';
import { VersionActions } from './VersionActions.tsx';

const Workbench = page<ComponentProps<typeof import('./designer/Workbench.tsx').default>>(
  () => import('./designer/Workbench.tsx'),
);
const Compare = page<ComponentProps<typeof import('./designer/Compare.tsx').default>>(
  () => import('./designer/Compare.tsx'),
);
const Trial = page<ComponentProps<typeof import('./designer/Trial.tsx').default>>(
  () => import('./designer/Trial.tsx'),
  'chart',
);

const VIEWS = ['design', 'json', 'rehearse', 'simulate', 'compare'] as const;
type View = (typeof VIEWS)[number];

/** One version of a template: a draft to be designed, a published one to be read; tried out, compared, taken along. */
export default function VersionPage() {
  const { key = '', version = '' } = useParams();
  const t = useT();
  const text = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const view: View = VIEWS.find((one) => one === params.get('view')) ?? 'design';
  const flush = useRef<() => Promise<void>>(async () => {});
  const before = useCallback(() => flush.current(), []);
  const mayTry = useCan()('templates.write');
  const onFlush = useCallback((run: () => Promise<void>) => {
    flush.current = run;
  }, []);
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
  const show = (next: View) => setParams({ view: next }, { replace: true });
  const words = {
    design: t(draft ? 'designer.tab.design' : 'templates.tab.tree'),
    json: t(draft ? 'designer.tab.json' : 'templates.tab.source'),
    rehearse: t('designer.tab.rehearse'),
    simulate: t('designer.tab.simulate'),
    compare: t('designer.tab.compare'),
  };
  return (
    <Page
      title={text(data.name)}
      over={key}
      back="/templates"
      width={draft ? 1500 : 1240}
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
          <Button
            variant="outlined"
            startIcon={<Download />}
            onClick={async () => {
              await flush.current();
              download((await refetch()).data ?? data);
            }}
          >
            {t('designer.download')}
          </Button>
          <VersionActions template={data} onBefore={before} />
        </>
      }
    >
      <Tabs
        value={view}
        onChange={(_, next: View) => show(next)}
        variant="scrollable"
        allowScrollButtonsMobile
        sx={{ borderBottom: '1px solid', borderColor: 'divider', mb: 2 }}
      >
        {VIEWS.filter((one) => mayTry || (one !== 'rehearse' && one !== 'simulate')).map((one) => (
          <Tab key={one} value={one} id={`template-tab-${one}`} aria-controls="template-panel" label={words[one]} />
        ))}
      </Tabs>
      <Box role="tabpanel" id="template-panel" aria-labelledby={`template-tab-${view}`}>
        <Suspense fallback={<Waiting />}>
          {draft && (
            <Box hidden={view !== 'design' && view !== 'json'}>
              <Workbench
                key={`${key}.${version}`}
                template={data}
                view={view === 'json' ? 'json' : 'design'}
                onView={show}
                onFlush={onFlush}
              />
            </Box>
          )}
          {!draft && view === 'design' && <TreeView template={data} />}
          {!draft && view === 'json' && (
            <JsonEditor text={JSON.stringify(data.content, null, 2)} label={t('templates.editor')} readOnly />
          )}
          {(view === 'rehearse' || view === 'simulate') && (
            <Trial key={view} kind={view} template={data} onBefore={before} />
          )}
          {view === 'compare' && <Compare template={data} versions={versions?.items ?? []} />}
        </Suspense>
      </Box>
    </Page>
  );
}
