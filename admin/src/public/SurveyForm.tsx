import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMemo, useState } from 'react';
import type { Cast } from '../../../workflows/ballots/sheet.ts';
import { OpinionField } from '../ballots/OpinionField.tsx';
import { countOf, type Filled, placeOf } from '../ballots/sheet.ts';
import { UnitList } from '../ballots/UnitList.tsx';
import { useT, useText } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { errorsOf, type Survey, sheetOf, useAnswer } from './survey.ts';

/** So many units are listed at once; with more, one looks for those that one knows. */
const AT_ONCE = 12;

/** The answer of a citizen: scores of the units that they know, an opinion, handed in once. */
export function SurveyForm({ survey, token }: { survey: Survey; token: string }) {
  const t = useT();
  const text = useText();
  const sheet = useMemo(() => sheetOf(survey), [survey]);
  const [filled, setFilled] = useState<Filled>(new Map());
  const [look, setLook] = useState('');
  const [opinion, setOpinion] = useState('');
  const [about, setAbout] = useState('');
  const answer = useAnswer(token);
  const errors = errorsOf(survey, filled);
  const wrong = errors.byPlace.size + errors.all.length > 0;
  const nothing = countOf(filled) === 0 && opinion.trim() === '';
  const title = text(survey.group.name);
  const say = (participant: string, item: string) => (said: Pick<Cast, 'value' | 'option' | 'abstain'>) => {
    const next = new Map(filled);
    const place = placeOf(participant, item);
    if (Object.keys(said).length === 0) next.delete(place);
    else next.set(place, { participant, ...(survey.items.length > 0 && { item }), ...said });
    setFilled(next);
    answer.reset();
  };
  const handIn = () =>
    answer.mutate({
      ballots: [...filled.values()],
      opinions: opinion.trim() ? [{ ...(about && { participant: about }), text: opinion.trim() }] : [],
    });

  if (answer.isSuccess)
    return (
      <Page title={title} over={survey.cycle} width={760}>
        <Empty title={t('public.thanks')} help={t('public.thanksHelp')} />
      </Page>
    );
  const units = sheet.participants.filter(({ name }) => name.includes(look.trim()));
  return (
    <Page title={title} over={survey.cycle} under={t('public.surveyHelp')} width={760}>
      <Stack spacing={2}>
        <Panel title={t('ballots.units')} note={t('public.scored', { count: countOf(filled) })} flush>
          {sheet.participants.length > AT_ONCE && (
            <Box sx={{ px: { xs: 2, sm: 2.5 }, pb: 1.5 }}>
              <TextField
                fullWidth
                size="small"
                value={look}
                onChange={({ target }) => setLook(target.value)}
                placeholder={t('public.findUnit')}
                slotProps={{ htmlInput: { 'aria-label': t('public.findUnit'), type: 'search' } }}
              />
            </Box>
          )}
          <UnitList
            sheet={sheet}
            units={units}
            filled={filled}
            errors={errors.byPlace}
            missing={false}
            disabled={() => answer.isPending}
            say={say}
          />
        </Panel>
        {survey.opinions && (
          <Panel title={t('ballots.opinion')}>
            <Stack spacing={1.5}>
              <TextField
                select
                size="small"
                label={t('public.about')}
                value={about}
                onChange={({ target }) => setAbout(target.value)}
                slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
              >
                <MenuItem value="">{t('public.aboutAll')}</MenuItem>
                {sheet.participants.map(({ id, name }) => (
                  <MenuItem key={id} value={id}>
                    {name}
                  </MenuItem>
                ))}
              </TextField>
              <OpinionField value={opinion} help={t('public.opinionHelp')} onChange={setOpinion} />
            </Stack>
          </Panel>
        )}
        {answer.error ? <ProblemAlert error={answer.error} /> : null}
        {errors.all.map((why) => (
          <Alert key={why.zh} severity="warning">
            {text(why)}
          </Alert>
        ))}
        <Stack
          direction={{ xs: 'column', sm: 'row' }}
          spacing={2}
          sx={{ alignItems: { sm: 'center' }, justifyContent: 'flex-end' }}
        >
          <Typography variant="caption" color="text.secondary" sx={{ flex: 1 }}>
            {t('public.anonymous')}
          </Typography>
          <Button variant="contained" size="large" disabled={answer.isPending || wrong || nothing} onClick={handIn}>
            {t('ballots.submit')}
          </Button>
        </Stack>
      </Stack>
    </Page>
  );
}
