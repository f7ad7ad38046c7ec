import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router-dom';
import { API, queryString } from '../api/http.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { ListPage } from '../ui/ListPage.tsx';
import { Tag } from '../ui/Tag.tsx';
import { type AuditRow, useActionName } from './api.ts';
import { Chain } from './Chain.tsx';

const DAYS = ['1', '7', '30', '180'] as const;
/** What actions begin with. */
const KINDS = ['session.', 'case.', 'people.', 'roles.', 'orgs.', 'templates.', 'cycles.', 'audit.'] as const;

/** The audit: who did what, when, from where; filters stand in the address. */
export default function AuditList() {
  const t = useT();
  const format = useFormat();
  return (
    <ListPage<AuditRow>
      resource="audit"
      title={t('layout.menu.audit')}
      under={t('audit.under')}
      sort={{ field: 'at', order: 'DESC' }}
      search={t('audit.search')}
      actions={<Exports />}
      head={<Chain />}
      choices={[
        {
          key: 'action',
          label: t('audit.kind'),
          options: KINDS.map((value) => ({ value, name: t(`audit.kinds.${value.slice(0, -1) as Kind}`) })),
        },
        {
          key: 'ok',
          label: t('audit.result'),
          options: (['true', 'false'] as const).map((value) => ({ value, name: t(`audit.results.${value}`) })),
        },
        {
          key: 'days',
          label: t('audit.period'),
          options: DAYS.map((value) => ({ value, name: t('audit.days', { n: value }) })),
        },
      ]}
      linkTo={(row) => `/audit/${row.id}`}
      columns={[
        { key: 'action', label: t('audit.action'), render: (row) => <Action row={row} /> },
        { key: 'at', label: t('audit.at'), render: (row) => <Line>{format.dayTime(row.at)}</Line> },
        { key: 'actor', label: t('audit.actor'), render: (row) => <Who row={row} /> },
        { key: 'object', label: t('audit.object'), wide: true, render: (row) => <Code text={row.object ?? ''} /> },
        {
          key: 'ok',
          label: t('audit.result'),
          render: (row) => <Tag tone={row.ok ? 'done' : 'late'}>{t(`audit.results.${row.ok}`)}</Tag>,
        },
        { key: 'address', label: t('audit.address'), wide: true, render: (row) => row.address ?? '' },
      ]}
      empty={{ title: t('audit.empty') }}
    />
  );
}

type Kind = 'session' | 'case' | 'people' | 'roles' | 'orgs' | 'templates' | 'cycles' | 'audit';

function Who({ row }: { row: AuditRow }) {
  const t = useT();
  if (!row.actor) return <>{t('audit.nobody')}</>;
  return (
    <Line>{row.onBehalfOf ? t('audit.for', { who: row.actor.name, whom: row.onBehalfOf.name }) : row.actor.name}</Line>
  );
}

function Line({ children }: { children: ReactNode }) {
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
      {children}
    </Box>
  );
}

function Action({ row }: { row: AuditRow }) {
  const nameOf = useActionName();
  return <span title={row.action}>{nameOf(row)}</span>;
}

function Code({ text }: { text: string }) {
  return (
    <Box component="span" sx={{ display: 'block', maxWidth: 420, overflowWrap: 'anywhere' }}>
      {text}
    </Box>
  );
}

/** What is shown, as files. */
function Exports() {
  const t = useT();
  const [params] = useSearchParams();
  const filter = JSON.parse(params.get('filter') ?? '{}') as Record<string, string>;
  return (
    <>
      {(['csv', 'jsonl'] as const).map((format) => (
        <Button
          key={format}
          href={`${API}/audit/export${queryString({ ...filter, format })}`}
          download={`audit.${format}`}
        >
          {t(`audit.export.${format}`)}
        </Button>
      ))}
    </>
  );
}
