import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { API } from '../api/http.ts';
import { useGet } from '../api/queries.ts';
import { useChange } from '../cycles/useChange.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Decide, type Verb } from '../ui/Decide.tsx';
import { Facts } from '../ui/Facts.tsx';
import { History } from '../ui/History.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { RecordDialog } from '../ui/RecordDialog.tsx';
import { Tag } from '../ui/Tag.tsx';
import { CorrectDialog } from './CorrectDialog.tsx';
import { signed, TONES } from './Ledger.tsx';
import type { EntryDetail, Scheme } from './types.ts';

interface Props {
  cycleId: string;
  id: string;
  scheme: Scheme;
  onClose: () => void;
}

type Way = 'approve' | 'reject' | 'withdraw' | 'revoke';

/** One entry of the ledger: evidence, caps, what happened to it, and the decision. */
export function EntryDialog({ cycleId, id, scheme, onClose }: Props) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const notify = useNotify();
  const [correcting, setCorrecting] = useState(false);
  const { data, error } = useGet<EntryDetail>(['cycles', cycleId, 'adjustments', 'one', id], `/adjustments/${id}`);
  const change = useChange(cycleId, () => notify(t('office.done'), { type: 'success' }));
  if (!data)
    return (
      <RecordDialog title={t('ledger.entry')} onClose={onClose}>
        {error ? <ProblemAlert error={error} /> : <Skeleton variant="rounded" height={200} aria-busy />}
      </RecordDialog>
    );
  if (correcting) return <CorrectDialog cycleId={cycleId} entry={data} onClose={() => setCorrecting(false)} />;
  const item = scheme.items.find(({ key }) => key === data.item.key);
  const all: Verb<Way>[] = [
    { key: 'withdraw', name: t('ledger.withdraw') },
    { key: 'revoke', name: t('ledger.revoke'), reason: true, tone: 'bad' },
    { key: 'reject', name: t('ledger.reject'), reason: true },
    { key: 'approve', name: t('ledger.approve'), tone: 'good' },
  ];
  return (
    <RecordDialog
      title={`${text(data.item.name)} ${signed(data)} · ${data.org.name}`}
      tags={
        <>
          <Tag>{t(`ledger.kind.${data.kind}`)}</Tag>
          <Tag tone={TONES[data.state]}>{t(`ledger.state.${data.state}`)}</Tag>
        </>
      }
      actions={
        data.can.includes('correct') && (
          <Button variant="outlined" onClick={() => setCorrecting(true)}>
            {t('ledger.correct')}
          </Button>
        )
      }
      onClose={onClose}
    >
      {data.withheld && <Tag tone="late">{text(data.withheld)}</Tag>}
      <Typography sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{data.reason}</Typography>
      <Facts
        items={[
          ...(data.document ? [{ name: t('ledger.document'), value: data.document }] : []),
          ...(data.period ? [{ name: t('ledger.period'), value: data.period }] : []),
          ...(item?.basis ? [{ name: t('ledger.basis'), value: text(item.basis) }] : []),
          ...(item?.most ? [{ name: t('ledger.most'), value: item.most }] : []),
          ...(item?.cap ? [{ name: t('ledger.cap'), value: item.cap }] : []),
          {
            name: t('ledger.proposedBy'),
            value: `${data.proposedBy?.name ?? t('ledger.bySystem')} · ${format.dayTime(data.proposedAt)}`,
          },
          {
            name: t('ledger.case'),
            value: (
              <Link component={RouterLink} to={`/cases/${data.caseId}`}>
                {data.org.name}
              </Link>
            ),
          },
          ...(data.evidence.length > 0
            ? [
                {
                  name: t('ledger.evidence'),
                  value: data.evidence.map((file) => (
                    <div key={file.id}>
                      <Link href={`${API}/evidence/${file.id}/content`} download={file.name}>
                        {file.name}
                      </Link>{' '}
                      {format.bytes(file.size)}
                    </div>
                  )),
                },
              ]
            : []),
        ]}
      />
      <History
        title={t('office.history')}
        items={data.changes.map((one) => ({
          at: one.at,
          what: t(`ledger.change.${one.what}`),
          by: one.by?.name,
          text: one.what === 'proposed' ? undefined : (one.reason ?? undefined),
        }))}
      />
      <Decide
        key={data.state}
        label={t('office.opinion')}
        missing={t('office.reasonMissing')}
        verbs={all.filter(({ key }) => data.can.includes(key))}
        busy={change.isPending}
        error={change.error}
        onDecide={(way, reason) => change.mutate({ path: `/adjustments/${id}/${way}`, body: reason ? { reason } : {} })}
      />
    </RecordDialog>
  );
}
