import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { Tag, type Tone } from '../ui/Tag.tsx';
import type { IndicatorDetail, TargetVersion } from './types.ts';
import { goalText } from './words.ts';

const TONES: Record<TargetVersion['state'], Tone> = { approved: 'done', proposed: 'soon', rejected: 'plain' };
const SYSTEM = ['plan', 'applies', 'notApplicable'] as const;

/** The target with all that it was and is asked to be: who asked why, who decided what. */
export function Targets({ indicator }: { indicator: IndicatorDetail }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const reasonOf = (kind: string | undefined) => {
    const own = SYSTEM.find((one) => one === kind);
    if (own) return t(`unit.reasonKind.${own}`);
    return text(indicator.change?.reasons.find(({ value }) => value === kind)?.name) || kind;
  };
  return (
    <Panel title={t('unit.targets')}>
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {indicator.targets.toReversed().map((one) => (
          <Box component="li" key={one.version} sx={{ '& + &': { mt: 1.5 } }}>
            <Stack direction="row" useFlexGap sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
              <b>
                {goalText({ target: one.value, low: one.low, high: one.high }) ?? t('unit.noTarget')}{' '}
                {one.value || one.low || one.high ? indicator.unit : ''}
              </b>
              <Tag tone={TONES[one.state]}>{t(`unit.targetState.${one.state}`)}</Tag>
              {one.version === indicator.targetVersion && <Tag>{t('unit.now')}</Tag>}
            </Stack>
            <Typography variant="caption" color="text.secondary" component="div">
              {[
                t('unit.version', { version: one.version }),
                reasonOf(one.reasonKind),
                one.reason,
                one.askedBy && t('unit.by', { who: one.askedBy.name, when: format.dayTime(one.askedAt) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Typography>
            {(one.decision || one.decidedBy) && (
              <Typography variant="caption" color="text.secondary" component="div">
                {[
                  one.decision && t('unit.decision', { text: one.decision }),
                  one.decidedBy &&
                    t('unit.by', { who: one.decidedBy.name, when: format.dayTime(one.decidedAt ?? one.askedAt) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Typography>
            )}
          </Box>
        ))}
      </Box>
      {indicator.change?.refused && (
        <Typography variant="body2" color="text.secondary" sx={{ mt: 1.5 }}>
          {t('unit.notNow', { why: text(indicator.change.refused) })}
        </Typography>
      )}
    </Panel>
  );
}
