import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { problemOf } from '../api/problem.ts';
import { Bullet } from '../chart/Bullet.tsx';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useChange } from '../cycles/useChange.ts';
import { useFormat } from '../i18n/format.ts';
import { useKnown } from '../i18n/known.ts';
import { useT, useText } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { Empty } from '../ui/Empty.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import { Tag } from '../ui/Tag.tsx';
import { type Decisions as Data, useDecisions, useResults } from './api.ts';
import { ExceptionDialog } from './ExceptionDialog.tsx';
import { RaiseDialog } from './RaiseDialog.tsx';

type Asked = { kind: 'exception' } | { kind: 'raise' } | { kind: 'revoke'; path: string };

/** Grades by quota, and what was decided otherwise: both grades on record, each decision with reason and document. */
export function Decisions({ cycleId }: { cycleId: string }) {
  const t = useT();
  const text = useText();
  const can = useCan();
  const { data, error, isPending, refetch } = useDecisions(cycleId);
  const { data: results } = useResults(cycleId);
  const [asked, setAsked] = useState<Asked>();
  const change = useChange(cycleId, () => setAsked(undefined));
  if (isPending) return <Skeleton variant="rounded" height={300} />;
  if (error && problemOf(error).id === 'grade.none') return <Empty title={t('results.noGrades')} />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  const ask = (next: Asked) => {
    change.reset();
    setAsked(next);
  };
  const close = () => setAsked(undefined);
  const decides = can('results.decide') && data.open;
  const gradeName = (key: string | null) => text(results?.grades.find((one) => one.key === key)?.name) || (key ?? '—');
  const dialog = { busy: change.isPending, error: change.error, onClose: close };
  return (
    <Stack spacing={2.5}>
      {data.alarm && <Tag tone="late">{text(data.alarm.because)}</Tag>}
      {decides && (
        <Stack direction="row" useFlexGap sx={{ gap: 1, flexWrap: 'wrap' }}>
          <Button variant="contained" onClick={() => ask({ kind: 'exception' })}>
            {t('results.except')}
          </Button>
          {data.quotas.length > 0 && (
            <Button variant="outlined" onClick={() => ask({ kind: 'raise' })}>
              {t('results.raise')}
            </Button>
          )}
        </Stack>
      )}
      {can('results.decide') && !data.open && (
        <Typography color="text.secondary">{t('results.decisionsOver')}</Typography>
      )}
      <Quotas quotas={data.quotas} />
      <Exceptions
        data={data}
        gradeName={gradeName}
        {...(decides && { onRevoke: (path: string) => ask({ kind: 'revoke', path }) })}
      />
      {asked?.kind === 'exception' && results && (
        <ExceptionDialog
          {...dialog}
          results={results}
          onConfirm={(body) => change.mutate({ path: `/cycles/${cycleId}/grade-exceptions`, body })}
        />
      )}
      {asked?.kind === 'raise' && (
        <RaiseDialog
          {...dialog}
          quotas={data.quotas.filter(({ quota }, at) => data.quotas.findIndex((one) => one.quota === quota) === at)}
          onConfirm={(body) => change.mutate({ path: `/cycles/${cycleId}/quota-raises`, body })}
        />
      )}
      {asked?.kind === 'revoke' && (
        <ReasonDialog
          {...dialog}
          danger
          title={t('results.revoke')}
          help={t('results.revokeHelp')}
          label={t('results.reason')}
          onConfirm={(reason) => change.mutate({ path: asked.path, body: { reason } })}
        />
      )}
    </Stack>
  );
}

function Quotas({ quotas }: { quotas: Data['quotas'] }) {
  const t = useT();
  const text = useText();
  const known = useKnown();
  if (quotas.length === 0) return null;
  const table = {
    columns: [t('results.quota'), t('results.units'), t('results.most'), t('results.used'), t('results.left')],
    rows: quotas.map((one) => [
      `${text(one.name)} · ${known('orgs.categories', one.category)}`,
      one.of,
      one.most,
      one.used,
      one.left,
    ]),
  };
  return (
    <ChartPanel title={t('results.quotas')} table={table}>
      <Stack component="ul" sx={{ listStyle: 'none', m: 0, p: 0, gap: 1 }}>
        {quotas.map((one) => (
          <Stack
            key={`${one.quota} ${one.category}`}
            component="li"
            direction="row"
            useFlexGap
            sx={{ gap: 2, alignItems: 'center', flexWrap: 'wrap' }}
          >
            <Typography variant="body2" sx={{ width: 220 }}>
              {text(one.name)} · {known('orgs.categories', one.category)}
            </Typography>
            <Bullet
              label={t('results.quotaLabel', { used: one.used, most: one.most })}
              value={one.used}
              target={one.most}
              max={Math.max(one.most, one.used, 1) * 1.05}
              tone={one.kept ? 'done' : 'late'}
              width={200}
            />
            <Typography variant="body2" sx={{ fontVariantNumeric: 'tabular-nums' }}>
              {t('results.quotaLabel', { used: one.used, most: one.most })}
            </Typography>
          </Stack>
        ))}
      </Stack>
    </ChartPanel>
  );
}

interface ExceptionsProps {
  data: Data;
  gradeName: (key: string | null) => string;
  onRevoke?: (path: string) => void;
}

function Exceptions({ data, gradeName, onRevoke }: ExceptionsProps) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const rows = [
    ...data.exceptions.map((one) => ({
      ...one,
      path: `/grade-exceptions/${one.id}/revoke`,
      title: `${one.org.name}: ${gradeName(one.computedGrade)} → ${gradeName(one.grade)}`,
    })),
    ...data.raises.map((one) => ({
      ...one,
      path: `/quota-raises/${one.id}/revoke`,
      title: t('results.raised', { quota: text(one.name) }),
    })),
  ];
  if (rows.length === 0) return <Typography color="text.secondary">{t('results.noDecisions')}</Typography>;
  return rows.map((row) => (
    <Panel
      key={row.id}
      title={row.title}
      note={format.dayTime(row.at)}
      action={
        row.revoked ? (
          <Tag>{t('results.revoked')}</Tag>
        ) : (
          onRevoke && (
            <Button size="small" onClick={() => onRevoke(row.path)}>
              {t('results.revoke')}
            </Button>
          )
        )
      }
    >
      <Facts
        items={[
          { name: t('results.reason'), value: row.reason },
          { name: t('results.document'), value: row.document },
          { name: t('results.by'), value: row.decidedBy.name },
          ...(row.revoked
            ? [{ name: t('results.revoked'), value: `${row.revoked.by.name}: ${row.revoked.reason}` }]
            : []),
        ]}
      />
    </Panel>
  ));
}
