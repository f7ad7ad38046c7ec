import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useChange } from '../cycles/useChange.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { Empty } from '../ui/Empty.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import { Tag, type Tone } from '../ui/Tag.tsx';
import { type ScoreRun, useResults, useRuns } from './api.ts';
import { MovedTable } from './MovedTable.tsx';

const TONES: Record<ScoreRun['state'], Tone> = {
  draft: 'soon',
  accepted: 'done',
  superseded: 'plain',
  discarded: 'plain',
};

/** The computations of the scores: a new one is a draft that shows what it would change, until it is accepted or dropped. */
export function Recompute({ cycleId }: { cycleId: string }) {
  const t = useT();
  const text = useText();
  const can = useCan();
  const format = useFormat();
  const { data, error, isPending, refetch } = useRuns(cycleId);
  const { data: results } = useResults(cycleId);
  const [asked, setAsked] = useState<{ run: ScoreRun; verb: 'accept' | 'discard' }>();
  const again = useChange(cycleId, () => {});
  const decide = useChange(cycleId, () => setAsked(undefined));
  if (isPending) return <Skeleton variant="rounded" height={300} />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return <Empty title={t('cycles.resultsEmpty')} help={t('cycles.resultsEmptyHelp')} />;
  const gradeName = (key: string) => text(results?.grades.find((one) => one.key === key)?.name) || key;
  return (
    <Stack spacing={2.5}>
      {can('cases.control') && (
        <Stack direction="row" spacing={2} useFlexGap sx={{ alignItems: 'center', flexWrap: 'wrap' }}>
          <Button
            variant="contained"
            disabled={again.isPending}
            onClick={() => again.mutate({ path: `/cycles/${cycleId}/scores/recompute`, body: {} })}
          >
            {t('results.recompute')}
          </Button>
          <Typography variant="body2" color="text.secondary" sx={{ flex: 1, minWidth: 240 }}>
            {t('results.recomputeHelp')}
          </Typography>
        </Stack>
      )}
      {again.error ? <ProblemAlert error={again.error} /> : null}
      {data.items.map((run) => (
        <Panel
          key={run.id}
          title={t('results.run', { name: text(run.name), round: run.round, when: format.dayTime(run.madeAt) })}
          action={<Tag tone={TONES[run.state]}>{t(`results.state.${run.state}`)}</Tag>}
        >
          <Stack spacing={1.5}>
            <Typography variant="body2" color="text.secondary">
              {[
                run.madeBy?.name ?? t('results.bySystem'),
                run.decidedBy && t('results.decidedBy', { name: run.decidedBy.name, reason: run.reason ?? '' }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Typography>
            {run.diff &&
              (run.diff.changed.length === 0 ? (
                <Typography>{t('results.same', { smart_count: run.diff.unchanged })}</Typography>
              ) : (
                <>
                  <Typography>
                    {t('results.differs', { changed: run.diff.changed.length, unchanged: run.diff.unchanged })}
                  </Typography>
                  <MovedTable rows={run.diff.changed.map((row) => ({ ...row, id: row.case }))} gradeName={gradeName} />
                </>
              ))}
            <Stack direction="row" spacing={1} className="no-print">
              {(['accept', 'discard'] as const)
                .filter((verb) => run.can.includes(verb))
                .map((verb) => (
                  <Button
                    key={verb}
                    variant={verb === 'accept' ? 'contained' : 'outlined'}
                    onClick={() => setAsked({ run, verb })}
                  >
                    {t(`results.${verb}`)}
                  </Button>
                ))}
            </Stack>
          </Stack>
        </Panel>
      ))}
      {asked && (
        <ReasonDialog
          title={t(`results.${asked.verb}`)}
          help={t(`results.${asked.verb}Help`)}
          label={t('results.reason')}
          busy={decide.isPending}
          error={decide.error}
          onClose={() => setAsked(undefined)}
          onConfirm={(reason) => decide.mutate({ path: `/score-runs/${asked.run.id}/${asked.verb}`, body: { reason } })}
        />
      )}
    </Stack>
  );
}
