import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { inLanguage } from '../../../workflows/report/part.ts';
import { problemOf } from '../api/problem.ts';
import type { Cycle } from '../api/types.ts';
import { save } from '../chart/save.ts';
import { useFormat } from '../i18n/format.ts';
import { useLanguage } from '../i18n/LanguageProvider.tsx';
import { useT } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { type Asked, fileOf, useReport } from './api.ts';
import { Range } from './Range.tsx';
import { Sections } from './Sections.tsx';
import { Take } from './Take.tsx';
import { allTables } from './table.ts';

/** The report of a cycle, written from its figures: to be read, narrowed, printed and taken along. */
export default function ReportView({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const format = useFormat();
  const { language } = useLanguage();
  const [params, setParams] = useSearchParams();
  const asked: Asked = {
    period: params.get('period') ?? '',
    category: params.get('category') ?? '',
    org: params.get('org') ?? '',
  };
  const { data, error, isPending, refetch } = useReport(cycle.id, asked);
  const parts = useMemo(() => (data?.parts ?? []).map((part) => inLanguage(part, language)), [data, language]);
  if (isPending) return <Skeleton variant="rounded" height={480} />;
  if (!data && problemOf(error)?.id === 'report.none')
    return <Empty title={t('reports.none')} help={t('reports.noneHelp')} />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  const ask = (next: Asked) =>
    setParams(
      { view: 'report', ...Object.fromEntries(Object.entries(next).filter(([, value]) => value)) },
      { replace: true },
    );
  const file = (kind: 'pdf' | 'html' | 'json') => fileOf(cycle.id, asked, kind, language);
  const title = data.title[language];
  return (
    <Stack spacing={3}>
      <Stack
        direction={{ xs: 'column', sm: 'row' }}
        useFlexGap
        className="no-print"
        sx={{ gap: 1.5, alignItems: { sm: 'center' } }}
      >
        <Range report={data} asked={asked} onAsk={ask} />
        <Stack direction="row" spacing={1}>
          <Take
            files={{ pdf: file('pdf'), html: file('html'), json: file('json') }}
            onCsv={() => save(`${title}.csv`, 'text/csv;charset=utf-8', allTables(parts))}
          />
        </Stack>
      </Stack>
      <Stack spacing={0.5}>
        <Typography variant="h2" component="h2">
          {title}
        </Typography>
        <Typography variant="caption" color="text.secondary">
          {t('reports.writtenOn', { day: format.plainDay(data.on) })}
        </Typography>
      </Stack>
      <Sections parts={parts} />
    </Stack>
  );
}
