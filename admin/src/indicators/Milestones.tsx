import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { FileList } from '../form/FileList.tsx';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { Tag, type Tone } from '../ui/Tag.tsx';
import { AddMilestone } from './AddMilestone.tsx';
import { MilestoneDialog } from './MilestoneDialog.tsx';
import type { IndicatorDetail, Milestone } from './types.ts';
import { VerifyMilestone } from './VerifyMilestone.tsx';

const TONES: Record<Milestone['state'], Tone> = { due: 'plain', reached: 'soon', returned: 'late', verified: 'done' };

/** The steps that the unit promised, and which of them are reached and verified. */
export function Milestones({ indicator }: { indicator: IndicatorDetail }) {
  const t = useT();
  const format = useFormat();
  const [open, setOpen] = useState<string>();
  const [judged, setJudged] = useState<{ milestone: Milestone; accept: boolean }>();
  const [adding, setAdding] = useState(false);
  const chosen = indicator.milestones.find(({ id }) => id === open);
  return (
    <Panel
      title={t('unit.milestones')}
      note={
        indicator.can.includes('report') && (
          <Button size="small" onClick={() => setAdding(true)}>
            {t('unit.addMilestone')}
          </Button>
        )
      }
    >
      {indicator.milestones.length === 0 && (
        <Typography variant="body2" color="text.secondary">
          {t('unit.noMilestones')}
        </Typography>
      )}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {indicator.milestones.map((one) => (
          <Box component="li" key={one.id} sx={{ '& + &': { mt: 2 } }}>
            <Stack direction="row" useFlexGap sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
              <b>{one.name}</b>
              <Tag tone={TONES[one.state]}>{t(`unit.milestoneState.${one.state}`)}</Tag>
              {one.can.includes('reach') && one.state !== 'reached' && (
                <Button size="small" variant="outlined" onClick={() => setOpen(one.id)}>
                  {t('unit.reach')}
                </Button>
              )}
              {one.can.includes('verify') &&
                [true, false].map((accept) => (
                  <Button
                    key={String(accept)}
                    size="small"
                    variant="outlined"
                    onClick={() => setJudged({ milestone: one, accept })}
                  >
                    {t(accept ? 'unit.acceptMilestone' : 'unit.returnMilestone')}
                  </Button>
                ))}
            </Stack>
            <Typography variant="caption" color="text.secondary" component="div">
              {[
                t('unit.milestoneDue', { day: format.plainDay(one.dueOn) }),
                one.doneOn && t('unit.milestoneDone', { day: format.plainDay(one.doneOn) }),
                one.standard && t('unit.standard', { text: one.standard }),
                one.note,
                one.verifiedBy &&
                  t('unit.by', { who: one.verifiedBy.name, when: format.day(one.verifiedAt ?? one.dueOn) }),
                one.reason && t('unit.why', { text: one.reason }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Typography>
            <FileList files={indicator.files.filter(({ id }) => one.evidence.includes(id))} />
          </Box>
        ))}
      </Box>
      {chosen && <MilestoneDialog indicator={indicator} milestone={chosen} onClose={() => setOpen(undefined)} />}
      {judged && <VerifyMilestone {...judged} onClose={() => setJudged(undefined)} />}
      {adding && <AddMilestone indicatorId={indicator.id} onClose={() => setAdding(false)} />}
    </Panel>
  );
}
