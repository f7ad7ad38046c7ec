import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { API } from '../api/http.ts';
import { useGet } from '../api/queries.ts';
import type { Cycle } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useLanguage } from '../i18n/LanguageProvider.tsx';
import { useT, useText } from '../i18n/useT.ts';
import { Facts } from '../ui/Facts.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { RecordDialog } from '../ui/RecordDialog.tsx';
import { Register } from '../ui/Register.tsx';
import { RowTable } from '../ui/RowTable.tsx';
import { Said } from '../ui/Said.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { Interviews as Data, LetterRow } from './types.ts';

type Talk = Data['items'][number];

/** 反馈与面谈: letters with who acknowledged them, and talks with their records and signatures. */
export default function Interviews({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const format = useFormat();
  const { language } = useLanguage();
  return (
    <Stack spacing={2.5}>
      <Talks cycleId={cycle.id} />
      <Typography variant="h3" component="h2">
        {t('afterwards.letters')}
      </Typography>
      <div>
        <Register<LetterRow>
          cache={['cycles', cycle.id, 'letters']}
          path={`/cycles/${cycle.id}/letters`}
          sort="org"
          linkTo={(row) => `/cases/${row.caseId}`}
          columns={[
            { key: 'org', label: t('office.unit'), sort: true, render: (row) => row.org.name },
            { key: 'at', label: t('afterwards.sentAt'), sort: true, render: (row) => format.dayTime(row.at) },
            {
              key: 'acknowledged',
              label: t('afterwards.acknowledged'),
              render: (row) =>
                row.acknowledged ? (
                  `${row.acknowledged.by.name} · ${format.dayTime(row.acknowledged.at)}`
                ) : (
                  <Tag tone="soon">{t('afterwards.notAcknowledged')}</Tag>
                ),
            },
            {
              key: 'file',
              label: t('afterwards.letter'),
              render: (row) => (
                <Link
                  href={`${API}/letters/${row.id}/pdf?language=${language}`}
                  target="_blank"
                  rel="noreferrer"
                  sx={{ display: 'inline-block', py: 0.5 }}
                  aria-label={`${t('afterwards.letter')} PDF ${row.org.name}`}
                >
                  PDF
                </Link>
              ),
            },
          ]}
          empty={{ title: t('afterwards.noLetters'), help: t('afterwards.noLettersHelp') }}
        />
      </div>
    </Stack>
  );
}

function Talks({ cycleId }: { cycleId: string }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const [open, setOpen] = useState<Talk>();
  const { data, error, isPending, refetch } = useGet<Data>(
    ['cycles', cycleId, 'interviews'],
    `/cycles/${cycleId}/interviews`,
  );
  if (isPending) return <Skeleton variant="rounded" height={160} aria-busy />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  return (
    <Panel title={t('afterwards.talks')} flush>
      {data.items.length === 0 ? (
        <Typography color="text.secondary" sx={{ px: 2.5, pb: 2 }}>
          {t(data.offered ? 'afterwards.noTalks' : 'afterwards.talksNotOffered')}
        </Typography>
      ) : (
        <RowTable<Talk & { id: string }>
          rows={data.items.map((one) => ({ ...one, id: one.caseId }))}
          onOpen={setOpen}
          columns={[
            { key: 'org', label: t('office.unit'), render: (row) => row.org.name },
            { key: 'date', label: t('afterwards.date'), render: (row) => row.date && format.plainDay(row.date) },
            { key: 'place', label: t('afterwards.place'), wide: true, render: (row) => row.place },
            { key: 'by', label: t('afterwards.by'), render: (row) => row.by?.name },
            {
              key: 'state',
              label: t('office.state'),
              render: (row) => {
                if (row.signed.length > 1) return <Tag tone="done">{t('afterwards.bothSigned')}</Tag>;
                if (row.record) return <Tag tone="calm">{t('afterwards.recorded')}</Tag>;
                return <Tag tone="soon">{t(row.date ? 'afterwards.arranged' : 'afterwards.toArrange')}</Tag>;
              },
            },
          ]}
        />
      )}
      {open && (
        <RecordDialog title={`${t('afterwards.talk')} · ${open.org.name}`} onClose={() => setOpen(undefined)}>
          <Facts
            items={[
              { name: t('afterwards.date'), value: open.date && format.plainDay(open.date) },
              { name: t('afterwards.place'), value: open.place },
              { name: t('afterwards.by'), value: open.by?.name },
              ...open.signed.map((one) => ({
                name: text(one.name),
                value: `${one.by.name} · ${format.dayTime(one.at)}`,
              })),
            ]}
          />
          {open.record && <Said name={t('afterwards.record')} words={open.record} />}
          {open.agreed && <Said name={t('afterwards.agreed')} words={open.agreed} />}
          <Link component={RouterLink} to={`/cases/${open.caseId}`}>
            {t('afterwards.toCase')}
          </Link>
        </RecordDialog>
      )}
    </Panel>
  );
}
