import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import { useGet } from '../api/queries.ts';
import type { Cycle } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Said } from '../ui/Said.tsx';
import { Tag, type Tone } from '../ui/Tag.tsx';
import type { Appeals as Data } from './types.ts';

const TONES: Record<string, Tone> = { upheld: 'late', partly: 'soon', rejected: 'plain' };
const DECISIONS = ['upheld', 'partly', 'rejected'] as const;

/** 申诉台账: who appealed against the result, why, and what the review decided. The review itself is a step of the case. */
export default function Appeals({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const { data, error, isPending, refetch } = useGet<Data>(
    ['cycles', cycle.id, 'appeals'],
    `/cycles/${cycle.id}/appeals`,
  );
  if (isPending) return <Skeleton variant="rounded" height={240} aria-busy />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0)
    return data.offered ? (
      <Empty title={t('afterwards.noAppeals')} help={t('afterwards.noAppealsHelp')} />
    ) : (
      <Empty title={t('afterwards.appealsNotOffered')} />
    );
  return (
    <Stack spacing={2}>
      {data.items.map((one) => {
        const decision = DECISIONS.find((word) => word === one.decision);
        return (
          <Panel
            key={one.caseId}
            title={one.org.name}
            action={
              <Tag tone={TONES[one.decision ?? ''] ?? 'calm'}>
                {decision ? t(`afterwards.decision.${decision}`) : (one.decision ?? t('afterwards.undecided'))}
              </Tag>
            }
          >
            <Stack spacing={1.5}>
              {one.ground && <Said name={t('afterwards.ground')} words={one.ground} />}
              {one.findings && <Said name={t('afterwards.findings')} words={one.findings} />}
              <Typography variant="body2" color="text.secondary">
                {one.decision === null && one.at.length > 0 && `${t('cycles.at')}: ${format.list(one.at.map(text))} · `}
                <Link to={`/cases/${one.caseId}`}>{t('afterwards.toCase')}</Link>
              </Typography>
            </Stack>
          </Panel>
        );
      })}
    </Stack>
  );
}
