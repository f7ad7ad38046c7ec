import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Light } from '../ui/Light.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useRead } from '../unit/api.ts';
import { Around } from './Around.tsx';
import { Course } from './Course.tsx';
import { Files } from './Files.tsx';
import { Standing } from './IndicatorRow.tsx';
import { Milestones } from './Milestones.tsx';
import { PartsDialog } from './PartsDialog.tsx';
import { TargetDialog } from './TargetDialog.tsx';
import { Targets } from './Targets.tsx';
import type { IndicatorDetail } from './types.ts';
import { Values } from './Values.tsx';
import { useIndicatorName } from './words.ts';

/** Everything about one indicator of a unit: where it stands, its values, target, milestones, parts and evidence. */
export default function IndicatorPage() {
  const { id = '' } = useParams();
  const t = useT();
  const text = useText();
  const nameOf = useIndicatorName();
  const [asking, setAsking] = useState(false);
  const [dividing, setDividing] = useState(false);
  const { data, error, isPending, refetch } = useRead<IndicatorDetail>(`/assigned-indicators/${id}`);
  if (isPending) return <Waiting />;
  if (!data)
    return (
      <Page title={t('unit.notFound')} back="/unit">
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </Page>
    );
  const reports = data.can.includes('report');
  return (
    <Page
      title={nameOf(data)}
      over={data.org.name}
      back={`/unit?view=indicators&cycle=${data.cycleId}`}
      under={
        <>
          {data.code} · {t(`unit.kind.${data.kind}`)} · {t(`unit.direction.${data.direction}`)}
        </>
      }
      actions={
        <>
          {reports && !data.formula && <Button onClick={() => setDividing(true)}>{t('unit.addParts')}</Button>}
          {reports && data.change && !data.change.refused && (
            <Button variant="outlined" onClick={() => setAsking(true)}>
              {t('unit.askTarget')}
            </Button>
          )}
          {reports && data.next && (
            <Button
              variant="contained"
              component={Link}
              to={`/unit?view=report&cycle=${data.cycleId}&period=${data.next.period}`}
            >
              {t('unit.goReport')}
            </Button>
          )}
        </>
      }
    >
      <Stack spacing={2.5}>
        <Panel title={t('unit.now')} note={data.light?.period}>
          <Stack spacing={1.5}>
            <Standing indicator={data} />
            {data.light && (
              <Stack direction="row" useFlexGap sx={{ gap: 1.5, flexWrap: 'wrap', alignItems: 'center' }}>
                <Light colour={data.light.colour} />
                <Typography variant="body2" color="text.secondary">
                  {text(data.light.because)}
                </Typography>
              </Stack>
            )}
          </Stack>
        </Panel>
        <Course indicator={data} />
        <Values indicator={data} />
        <Targets indicator={data} />
        <Milestones indicator={data} />
        {data.parts.length + data.places.length + data.history.length > 0 && <Around indicator={data} />}
        <About indicator={data} />
        <Panel title={t('unit.files')} note={t('unit.filesHelp')}>
          <Files indicatorId={data.id} files={data.files} mayUpload={reports} />
        </Panel>
      </Stack>
      {dividing && <PartsDialog indicator={data} onClose={() => setDividing(false)} />}
      {asking && <TargetDialog indicator={data} onClose={() => setAsking(false)} />}
    </Page>
  );
}

function About({ indicator }: { indicator: IndicatorDetail }) {
  const t = useT();
  const format = useFormat();
  return (
    <Panel title={t('unit.about')}>
      <Facts
        items={[
          {
            name: t('unit.counted'),
            value: format.list([
              t(`unit.frequency.${indicator.frequency}`),
              t(`unit.aggregation.${indicator.aggregation}`),
            ]),
          },
          ...(indicator.formula ? [{ name: t('unit.formula'), value: indicator.formula }] : []),
          { name: t('unit.weightName'), value: indicator.weight },
          { name: t('unit.due'), value: indicator.dueOn && format.plainDay(indicator.dueOn) },
          { name: t('unit.owner'), value: indicator.owner },
          { name: t('unit.verifier'), value: indicator.monitoringUnit?.name },
          ...indicator.breaks.map(({ version, at, reason }) => ({
            name: t('unit.breaks'),
            value: `${t('unit.version', { version })} · ${format.day(at)}${reason ? ` · ${reason}` : ''}`,
          })),
        ]}
      />
    </Panel>
  );
}
