import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useMemo, useState } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';
import type { Json } from '../../../../workflows/json.ts';
import { diffTemplates } from '../../../../workflows/template/diff.ts';
import { candidatesOf } from '../../../../workflows/template/edit/refs.ts';
import { call } from '../../api/http.ts';
import { useCycle } from '../../api/queries.ts';
import { queryClient } from '../../api/queryClient.ts';
import type { Cycle, TemplateRow, TemplateVersion } from '../../api/types.ts';
import { useFormat } from '../../i18n/format.ts';
import { useT, useText } from '../../i18n/useT.ts';
import { Waiting } from '../../layout/Waiting.tsx';
import { Page } from '../../ui/Page.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { Changes } from './Changes.tsx';
import { MigrationCases } from './MigrationCases.tsx';
import { PlainSelect } from './PlainSelect.tsx';

export interface Migration {
  from: number;
  to: number;
  state: 'planned' | 'running' | 'done' | 'undone';
  safe: boolean;
  moved: number;
  total: number;
  cases: {
    caseId: string;
    title: string;
    status: string;
    from: string[];
    to: string[];
    tasks: { seat: number; from: string; to: string }[];
    dates: {
      what: 'deadline' | 'timer';
      block: string;
      do?: string;
      from: string | null;
      to: string | null;
      provisional: boolean;
    }[];
    unsafe: { reason: string; block: string; text: { zh: string; en: string } }[];
  }[];
}

/** Moves a running cycle to a newer version of its template: what differs, what corresponds, what would happen, and then it. */
export default function MigrationPage() {
  const { id = '' } = useParams();
  const t = useT();
  const { data: cycle, error, isPending } = useCycle(id);
  if (isPending) return <Waiting />;
  if (!cycle)
    return (
      <Page title={t('common.error.requestFailed')} back="/cycles">
        <ProblemAlert error={error} />
      </Page>
    );
  return (
    <Page
      title={t('designer.migrate.title')}
      over={cycle.name}
      under={t('designer.migrate.help')}
      back={`/cycles/${id}`}
    >
      <Move cycle={cycle} />
    </Page>
  );
}

const contentOf = (key: string, version: number | undefined) => ({
  queryKey: ['templates', key, version],
  queryFn: () => call<TemplateVersion>(`/templates/${key}/versions/${version}`),
  enabled: version !== undefined,
});

function Move({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const [mapping, setMapping] = useState<Record<string, string>>({});
  const [asking, setAsking] = useState(false);
  const notify = useNotify();
  const { key, version: current } = cycle.template;
  const { data: versions } = useQuery({
    queryKey: ['templates', key, 'versions'],
    queryFn: () => call<{ items: TemplateRow[] }>(`/templates/${key}/versions`),
  });
  const newer = (versions?.items ?? []).filter((row) => row.status === 'published' && row.version > current);
  const to = newer.find(({ version }) => version === Number(params.get('to')))?.version ?? newer[0]?.version;
  const { data: old } = useQuery(contentOf(key, current));
  const { data: next } = useQuery(contentOf(key, to));

  const ask = useMutation({
    mutationFn: (dryRun: boolean) =>
      call<Migration>(`/cycles/${cycle.id}/migration`, { method: 'POST', body: { version: to, mapping, dryRun } }),
    onSuccess: async (result, dryRun) => {
      setAsking(false);
      if (dryRun) return;
      await queryClient.invalidateQueries({ queryKey: ['cycles'] });
      notify(t('designer.migrate.moved', { moved: result.moved, total: result.total }), { type: 'success' });
    },
    onError: () => setAsking(false),
  });
  const undo = useMutation({
    mutationFn: () => call<Migration>(`/cycles/${cycle.id}/migration/undo`, { method: 'POST' }),
    onSuccess: async () => {
      ask.reset();
      await queryClient.invalidateQueries({ queryKey: ['cycles'] });
      notify(t('designer.migrate.undone'), { type: 'success' });
    },
  });
  const result = ask.data;
  const moved = result?.state === 'done';
  const unsafe = result?.cases.filter((one) => one.unsafe.length > 0).length ?? 0;

  return (
    <Stack spacing={2}>
      {versions && newer.length === 0 && !moved && <Alert severity="info">{t('designer.migrate.none')}</Alert>}
      {to !== undefined && (
        <Panel title={t('designer.migrate.changes')}>
          <PlainSelect
            id="migrate-to"
            label={t('designer.migrate.to')}
            value={String(to)}
            options={newer.map(({ version }) => ({ value: String(version), name: `v${current} → v${version}` }))}
            onChange={(version) => {
              setMapping({});
              ask.reset();
              setParams({ to: version }, { replace: true });
            }}
          />
          {old && next && (
            <Box
              sx={{ mt: 2, maxHeight: 320, overflowY: 'auto' }}
              tabIndex={0}
              role="region"
              aria-label={t('designer.migrate.changes')}
            >
              <Changes before={old.content as unknown as Json} after={next.content as unknown as Json} />
            </Box>
          )}
        </Panel>
      )}
      {old && next && (
        <Mapping
          before={old.content as unknown as Json}
          after={next.content as unknown as Json}
          mapping={mapping}
          onChange={(changed) => {
            setMapping(changed);
            ask.reset();
          }}
        />
      )}
      {ask.isError && <ProblemAlert error={ask.error} />}
      {undo.isError && <ProblemAlert error={undo.error} />}
      {result && (
        <Panel title={t('designer.migrate.result')}>
          {moved ? (
            <Alert severity="success">
              {t('designer.migrate.moved', { moved: result.moved, total: result.total })}
            </Alert>
          ) : unsafe > 0 ? (
            <Alert severity="warning">{t('designer.migrate.unsafe', { n: unsafe })}</Alert>
          ) : (
            <Alert severity="success">{t('designer.migrate.safe', { total: result.total })}</Alert>
          )}
          <MigrationCases migration={result} before={old?.content} after={next?.content} />
        </Panel>
      )}
      <Stack direction="row" useFlexGap spacing={1} sx={{ flexWrap: 'wrap' }}>
        {to !== undefined && !moved && (
          <>
            <Button
              variant={result ? 'outlined' : 'contained'}
              disabled={ask.isPending}
              onClick={() => ask.mutate(true)}
            >
              {t('designer.migrate.dry')}
            </Button>
            <Button
              variant="contained"
              disabled={!result || unsafe > 0 || ask.isPending}
              onClick={() => setAsking(true)}
            >
              {t('designer.migrate.go')}
            </Button>
          </>
        )}
        {current > 1 && (
          <Button disabled={undo.isPending} onClick={() => undo.mutate()}>
            {t('designer.migrate.undo')}
          </Button>
        )}
      </Stack>
      {current > 1 && (
        <Typography variant="caption" color="text.secondary">
          {t('designer.migrate.undoHelp')}
        </Typography>
      )}
      <Dialog open={asking} onClose={() => setAsking(false)} aria-labelledby="migrate-confirm">
        <DialogTitle id="migrate-confirm">{t('designer.migrate.confirm', { total: result?.total ?? 0 })}</DialogTitle>
        <DialogContent>{t('designer.migrate.confirmHelp')}</DialogContent>
        <DialogActions>
          <Button onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
          <Button variant="contained" disabled={ask.isPending} onClick={() => ask.mutate(false)}>
            {t('designer.migrate.go')}
          </Button>
        </DialogActions>
      </Dialog>
    </Stack>
  );
}

/** The blocks that the newer version has no key for, each with what corresponds to it. */
function Mapping({
  before,
  after,
  mapping,
  onChange,
}: {
  before: Json;
  after: Json;
  mapping: Record<string, string>;
  onChange: (mapping: Record<string, string>) => void;
}) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const { gone, choices } = useMemo(() => {
    const differences = diffTemplates(before, after).filter(({ what }) => what === 'block');
    const fresh = new Set(differences.filter(({ kind }) => kind === 'added').map(({ key }) => key));
    return {
      gone: differences.filter(({ kind }) => kind === 'removed'),
      choices: candidatesOf(after, 'block').toSorted((a, b) => Number(fresh.has(b.value)) - Number(fresh.has(a.value))),
    };
  }, [before, after]);
  if (gone.length === 0) return null;
  return (
    <Panel title={t('designer.migrate.mapping')}>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 2 }}>
        {t('designer.migrate.mappingHelp')}
      </Typography>
      <Stack spacing={2}>
        {gone.map(({ key, name }) => (
          <PlainSelect
            key={key}
            id={`map-${key}`}
            label={`${text(name)}${format.paren(key)}`}
            width={420}
            value={mapping[key] ?? ''}
            options={[
              { value: '', name: t('designer.migrate.noMatch') },
              ...choices.map((one) => ({ value: one.value, name: `${text(one.name)}${format.paren(one.value)}` })),
            ]}
            onChange={(to) => {
              const { [key]: _, ...rest } = mapping;
              onChange(to === '' ? rest : { ...rest, [key]: to });
            }}
          />
        ))}
      </Stack>
    </Panel>
  );
}
