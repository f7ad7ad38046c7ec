import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type ReactNode, useState } from 'react';
import type { TemplateVersion } from '../../api/types.ts';
import { cityDay } from '../../i18n/format.ts';
import { useT } from '../../i18n/useT.ts';
import { Panel } from '../../ui/Panel.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { Rehearsal, type RehearsalResult } from './Rehearsal.tsx';
import { Simulation, type SimulationResult } from './Simulation.tsx';
import { useTrial } from './useTrial.ts';

/** More units are for the command line; the server refuses them. */
const MOST_CASES = 24;

interface Props {
  template: TemplateVersion;
  kind: 'rehearse' | 'simulate';
  /** Has what is being edited saved first. */
  onBefore: () => Promise<void>;
}

/** Tries a version out in virtual time: every reminder and rung, or a whole cycle. */
export default function Trial({ template, kind, onBefore }: Props) {
  const path = `/templates/${template.key}/versions/${template.version}/${kind}`;
  return kind === 'rehearse' ? (
    <Runner<RehearsalResult>
      key={kind}
      kind={kind}
      path={path}
      onBefore={onBefore}
      show={(result) => <Rehearsal result={result} />}
    />
  ) : (
    <Runner<SimulationResult>
      key={kind}
      kind={kind}
      path={path}
      onBefore={onBefore}
      show={(result) => <Simulation result={result} />}
    />
  );
}

function Runner<Result>({
  kind,
  path,
  onBefore,
  show,
}: Pick<Props, 'kind' | 'onBefore'> & { path: string; show: (result: Result) => ReactNode }) {
  const t = useT();
  const { state, start, stop } = useTrial<Result>(path, onBefore);
  const [year, setYear] = useState(cityDay(new Date()).slice(0, 4));
  const [cases, setCases] = useState('8');
  const yearBad = !/^\d{4}$/.test(year);
  const casesBad = kind === 'simulate' && !(Number(cases) >= 1 && Number(cases) <= MOST_CASES);
  const running = state.state === 'running';
  return (
    <Stack spacing={2}>
      <Panel title={t(`designer.trial.${kind}`)}>
        <Typography variant="body2" color="text.secondary" sx={{ mb: 2 }}>
          {t(`designer.trial.${kind}Help`)}
        </Typography>
        <Stack direction="row" useFlexGap spacing={1.5} sx={{ flexWrap: 'wrap', alignItems: 'flex-start' }}>
          <TextField
            id="trial-year"
            label={t('designer.trial.year')}
            value={year}
            error={yearBad}
            helperText={yearBad ? t('designer.trial.yearBad') : undefined}
            onChange={(event) => setYear(event.target.value.normalize('NFKC').trim())}
            slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 4 } }}
            sx={{ width: 120 }}
          />
          {kind === 'simulate' && (
            <TextField
              id="trial-cases"
              label={t('designer.trial.cases')}
              value={cases}
              error={casesBad}
              helperText={casesBad ? t('designer.trial.casesBad', { most: MOST_CASES }) : undefined}
              onChange={(event) => setCases(event.target.value.normalize('NFKC').trim())}
              slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 3 } }}
              sx={{ width: 140 }}
            />
          )}
          {running ? (
            <Button variant="outlined" onClick={stop}>
              {t('designer.trial.stop')}
            </Button>
          ) : (
            <Button
              variant="contained"
              disabled={yearBad || casesBad}
              onClick={() => void start({ year: Number(year), ...(kind === 'simulate' && { cases: Number(cases) }) })}
            >
              {t('designer.trial.start')}
            </Button>
          )}
        </Stack>
        {running && (
          <Stack spacing={0.5} sx={{ mt: 2 }}>
            <LinearProgress
              aria-label={t('designer.trial.running')}
              variant={state.share > 0 ? 'determinate' : 'indeterminate'}
              value={state.share * 100}
            />
            <Typography variant="caption" color="text.secondary" role="status">
              {t('designer.trial.running')} {Math.round(state.share * 100)} %
            </Typography>
          </Stack>
        )}
        {state.state === 'stopped' && (
          <Alert severity="info" sx={{ mt: 2 }}>
            {t('designer.trial.stopped')}
          </Alert>
        )}
      </Panel>
      {state.state === 'failed' && <ProblemAlert error={state.error} />}
      {state.state === 'done' && show(state.result)}
    </Stack>
  );
}
