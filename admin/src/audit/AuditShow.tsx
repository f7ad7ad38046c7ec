import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import { useGetOne } from 'ra-core';
import { useParams } from 'react-router-dom';
import type { Json } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { MONO } from '../theme/theme.ts';
import { Facts } from '../ui/Facts.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Tag } from '../ui/Tag.tsx';
import { type AuditRow, type Change, useActionName } from './api.ts';

/** One row of the audit, with before and after. */
export default function AuditShow() {
  const { id = '' } = useParams();
  const t = useT();
  const format = useFormat();
  const nameOf = useActionName();
  const { data: row, error, isPending, refetch } = useGetOne<AuditRow>('audit', { id });
  if (isPending) return <Waiting />;
  if (!row)
    return (
      <Page title={t('common.error.requestFailed')} back="/audit">
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </Page>
    );
  const { changes = [], changed, ...rest } = row.detail ?? {};
  return (
    <Page
      title={nameOf(row)}
      over={`${format.full(row.at)} · ${row.id}`}
      under={<Tag tone={row.ok ? 'done' : 'late'}>{t(`audit.results.${row.ok}`)}</Tag>}
      back="/audit"
      width={920}
    >
      <Stack spacing={2}>
        <Panel>
          <Facts
            items={[
              { name: t('audit.action'), value: <Mono text={row.action} /> },
              { name: t('audit.actor'), value: row.actor?.name ?? t('audit.nobody') },
              ...(row.onBehalfOf ? [{ name: t('audit.onBehalfOf'), value: row.onBehalfOf.name }] : []),
              { name: t('audit.object'), value: <Mono text={row.object ?? ''} /> },
              { name: t('audit.address'), value: row.address },
              { name: t('audit.request'), value: <Mono text={row.request ?? ''} /> },
              { name: t('audit.hash'), value: <Mono text={row.hash} /> },
            ]}
          />
        </Panel>
        {(changes as Change[]).map((change) => (
          <ChangePanel
            key={`${change.table} ${JSON.stringify(change.key)} ${Boolean(change.before)}`}
            change={change}
          />
        ))}
        {changed !== undefined && <Box>{t('audit.more', { count: Number(changed) - changes.length })}</Box>}
        {Object.keys(rest).length > 0 && (
          <Panel title={t('audit.detail')}>
            <Facts
              items={Object.entries(rest).map(([name, value]) => ({ name, value: <Mono text={shown(value)} /> }))}
            />
          </Panel>
        )}
      </Stack>
    </Page>
  );
}

const shown = (value: Json | undefined): string =>
  value === undefined || value === null ? '—' : typeof value === 'string' ? value : JSON.stringify(value);

function Mono({ text }: { text: string }) {
  return text === '' ? null : (
    <Box component="span" sx={{ fontFamily: MONO, fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
      {text}
    </Box>
  );
}

/** What became of a row of a table, column by column. */
function ChangePanel({ change: { table, key, before = {}, after = {} } }: { change: Change }) {
  const t = useT();
  const columns = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return (
    <Panel title={table} note={Object.values(key).map(shown).join(' · ')}>
      <Box sx={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={table}>
        <Box
          component="table"
          sx={{
            borderCollapse: 'collapse',
            width: '100%',
            '& th, & td': cell,
            '& th': { ...cell, whiteSpace: 'nowrap' },
          }}
        >
          <thead>
            <tr>
              <th scope="col">{t('audit.column')}</th>
              <th scope="col">{t('audit.before')}</th>
              <th scope="col">{t('audit.after')}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((name) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{shown(before[name])}</td>
                <td>{shown(after[name])}</td>
              </tr>
            ))}
          </tbody>
        </Box>
      </Box>
    </Panel>
  );
}

const cell = {
  textAlign: 'left',
  verticalAlign: 'top',
  p: 0.75,
  pr: 2,
  fontSize: '0.875rem',
  overflowWrap: 'anywhere',
} as const;
