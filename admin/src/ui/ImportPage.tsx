import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { call, type Query } from '../api/http.ts';
import { problemOf } from '../api/problem.ts';
import { queryClient } from '../api/queryClient.ts';
import type { ImportReport } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { MONO } from '../theme/theme.ts';
import { Facts } from './Facts.tsx';
import { Page } from './Page.tsx';
import { Panel } from './Panel.tsx';
import { ProblemAlert } from './ProblemAlert.tsx';
import { RowErrors } from './RowErrors.tsx';

interface Props {
  /** What is imported: `POST /<resource>/import`. */
  resource: 'orgs' | 'people' | 'roles' | 'values' | 'complaints';
  title: string;
  columns: { name: string; required?: boolean }[];
  query?: Query;
  /** Where one comes from and goes afterwards; the list of the resource by default. */
  back?: string;
  /** Excel workbooks are taken, too. */
  excel?: boolean;
  onDone?: () => Promise<unknown>;
}

const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const isExcel = ({ name }: File): boolean => name.toLowerCase().endsWith('.xlsx');

/** A table taken in: checked first without writing, then for good; what is wrong is named by row and column. */
export function ImportPage({
  resource,
  title,
  columns,
  query = {},
  back = `/${resource}`,
  excel = false,
  onDone,
}: Props) {
  const t = useT();
  const format = useFormat();
  const notify = useNotify();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File>();
  const send = (dryRun: boolean) => async (chosen: File) =>
    call<ImportReport>(`/${resource}/import`, {
      method: 'POST',
      query: { ...query, dryRun },
      type: isExcel(chosen) ? EXCEL : 'text/csv',
      body: new Blob([await chosen.arrayBuffer()]),
    });
  const check = useMutation({ mutationFn: send(true) });
  const run = useMutation({
    mutationFn: send(false),
    onSuccess: async ({ created, updated }) => {
      await queryClient.invalidateQueries({ queryKey: [resource] });
      await onDone?.();
      notify(t('csv.done', { created, updated }), { type: 'success' });
      navigate(back);
    },
  });
  const error = run.error ?? check.error;
  const rows = error ? problemOf(error).rows : [];

  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    run.reset();
    check.mutate(chosen);
  };

  return (
    <Page title={title} under={t('csv.help')} back={back} width={860}>
      <Stack spacing={2}>
        <Panel
          title={t('csv.columns')}
          action={
            <Button size="small" href={emptySheet(columns)} download={`${resource}.csv`}>
              {t('csv.template')}
            </Button>
          }
        >
          <Stack direction="row" useFlexGap spacing={1} sx={{ flexWrap: 'wrap' }}>
            {columns.map((column) => (
              <Box
                key={column.name}
                component="code"
                sx={(theme) => ({
                  fontFamily: MONO,
                  fontSize: '0.8125rem',
                  px: 1,
                  py: 0.25,
                  borderRadius: 1,
                  backgroundColor: theme.tones.sunken,
                })}
              >
                {column.name}
                {column.required ? ` · ${t('csv.required')}` : ''}
              </Box>
            ))}
          </Stack>
        </Panel>
        <Panel>
          <input
            ref={input}
            type="file"
            accept={excel ? `.csv,text/csv,.xlsx,${EXCEL}` : '.csv,text/csv'}
            hidden
            onChange={(event) => {
              choose(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
          <Stack direction="row" spacing={2} sx={{ alignItems: 'center', flexWrap: 'wrap' }} useFlexGap>
            <Button
              variant={check.isSuccess ? 'outlined' : 'contained'}
              onClick={() => input.current?.click()}
              disabled={check.isPending || run.isPending}
            >
              {t(excel ? 'csv.chooseExcel' : 'csv.choose')}
            </Button>
            <Typography variant="caption" color="text.secondary">
              {file ? `${file.name} · ${format.bytes(file.size)}` : t('csv.encodings')}
            </Typography>
          </Stack>
          <Box aria-live="polite" sx={{ mt: 2 }}>
            {check.isPending && <Typography color="text.secondary">{t('csv.checking')}</Typography>}
            {error && rows.length === 0 ? <ProblemAlert error={error} /> : null}
            {rows.length > 0 && <RowErrors rows={rows} />}
            {check.isSuccess && !error && (
              <Stack spacing={2}>
                <Alert severity="success" variant="outlined">
                  {t('csv.dryOk')}
                </Alert>
                <Facts
                  items={[
                    { name: t('csv.rows'), value: check.data.rows },
                    { name: t('csv.created'), value: check.data.created },
                    { name: t('csv.updated'), value: check.data.updated },
                  ]}
                />
                <Box>
                  <Button
                    variant="contained"
                    disabled={run.isPending || !file}
                    onClick={() => file && run.mutate(file)}
                  >
                    {t(run.isPending ? 'csv.running' : 'csv.run')}
                  </Button>
                </Box>
              </Stack>
            )}
          </Box>
        </Panel>
      </Stack>
    </Page>
  );
}

/** An empty sheet with the right heads; the mark makes Excel read it as UTF-8. */
function emptySheet(columns: { name: string }[]): string {
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${columns.map(({ name }) => name).join(',')}\n`)}`;
}
