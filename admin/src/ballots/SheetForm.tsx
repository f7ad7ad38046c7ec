import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { Cast } from '../../../workflows/ballots/sheet.ts';
import { Anchors } from '../form/Anchors.tsx';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { OpinionField } from './OpinionField.tsx';
import { RecuseDialog } from './RecuseDialog.tsx';
import { SheetTag } from './SheetTag.tsx';
import { countOf, errorsOf, filledOf, placeOf } from './sheet.ts';
import type { BallotSheet } from './types.ts';
import { UnitList } from './UnitList.tsx';
import { useBallots } from './useBallots.ts';

/** Scores all units of a sheet; what is filled in is saved by itself and counts once the whole sheet is handed in. */
export function SheetForm({ sheet }: { sheet: BallotSheet }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const [filled, setFilled] = useState(() => filledOf(sheet.ballots));
  const [opinion, setOpinion] = useState('');
  const [whole, setWhole] = useState(false);
  const [recusing, setRecusing] = useState(false);
  const { saved, save, submit } = useBallots(sheet);
  const writes = sheet.can.includes('submit');
  const errors = errorsOf(sheet, filled, whole);
  const say = (participant: string, item: string) => (said: Pick<Cast, 'value' | 'option' | 'abstain'>) => {
    const next = new Map(filled);
    const place = placeOf(participant, item);
    if (Object.keys(said).length === 0) next.delete(place);
    else next.set(place, { participant, ...(sheet.items.length > 0 && { item }), ...said });
    setFilled(next);
    submit.reset();
    if (errorsOf(sheet, next, false).byPlace.size === 0) save([...next.values()]);
  };
  const handIn = () => {
    setWhole(true);
    const found = errorsOf(sheet, filled, true);
    if (found.byPlace.size + found.all.length + found.missing === 0)
      submit.mutate({ ballots: [...filled.values()], opinion });
  };
  return (
    <Page
      title={text(sheet.group.name)}
      over={sheet.cycle.name}
      back="/ballots"
      width={860}
      under={
        <Stack direction="row" spacing={1.5} useFlexGap sx={{ alignItems: 'center', flexWrap: 'wrap' }}>
          <SheetTag state={sheet.state} />
          {sheet.closesAt && <span>{t('ballots.closes', { when: format.dayTime(sheet.closesAt) })}</span>}
          <span role="status">{writes ? saved : ''}</span>
        </Stack>
      }
      actions={
        sheet.can.includes('recuse') && (
          <Button variant="outlined" onClick={() => setRecusing(true)}>
            {t('ballots.recuse')}
          </Button>
        )
      }
    >
      <Stack spacing={2}>
        {!writes && sheet.state === 'submitted' && <Alert severity="success">{t('ballots.handedIn')}</Alert>}
        {!sheet.open && <Alert severity="info">{t('ballots.closed')}</Alert>}
        {sheet.spoilt.map((why) => (
          <Alert key={why.zh} severity="warning">
            {t('ballots.spoilt', { why: text(why) })}
          </Alert>
        ))}
        <Panel
          title={t('ballots.units')}
          note={t('ballots.filled', { filled: countOf(filled), expected: sheet.expected })}
          flush
        >
          {!('options' in sheet.scale) && sheet.scale.anchors && (
            <Box sx={{ px: 2, pb: 1 }}>
              <Anchors anchors={sheet.scale.anchors} />
            </Box>
          )}
          <UnitList
            sheet={sheet}
            units={sheet.participants}
            filled={filled}
            errors={errors.byPlace}
            missing={whole}
            disabled={({ state }) => !writes || state !== 'due'}
            say={say}
          />
        </Panel>
        {sheet.opinions && writes && (
          <Panel title={t('ballots.opinion')}>
            <OpinionField value={opinion} help={t('ballots.opinionHelp')} onChange={setOpinion} />
          </Panel>
        )}
        {writes && (
          <Box className="no-print" sx={bar}>
            <Stack spacing={1}>
              {submit.error ? <ProblemAlert error={submit.error} /> : null}
              {whole && errors.missing > 0 && (
                <Alert severity="warning">{t('ballots.missing', { smart_count: errors.missing })}</Alert>
              )}
              {errors.all.map((why) => (
                <Alert key={why.zh} severity="warning">
                  {text(why)}
                </Alert>
              ))}
              <Stack direction="row" spacing={2} sx={{ alignItems: 'center', justifyContent: 'flex-end' }}>
                <Typography variant="caption" color="text.secondary" sx={{ flex: 1 }}>
                  {t('ballots.secret')}
                </Typography>
                <Button variant="contained" disabled={submit.isPending} onClick={handIn}>
                  {t(sheet.state === 'submitted' ? 'ballots.submitAgain' : 'ballots.submit')}
                </Button>
              </Stack>
            </Stack>
          </Box>
        )}
      </Stack>
      {recusing && <RecuseDialog sheet={sheet} onClose={() => setRecusing(false)} />}
    </Page>
  );
}

const bar = {
  position: 'sticky',
  bottom: { xs: 58, md: 0 },
  zIndex: 1,
  backgroundColor: 'background.default',
  borderTop: '1px solid',
  borderColor: 'divider',
  py: 1.5,
} as const;
