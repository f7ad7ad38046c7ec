import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Bullet } from '../chart/Bullet.tsx';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Tag } from '../ui/Tag.tsx';
import { LinksDialog } from './LinksDialog.tsx';
import { PendingList } from './PendingList.tsx';
import { Stats } from './Stats.tsx';
import type { Round } from './types.ts';

/** One round: how far each group is, who is missing, the public’s links, and what it came to once it is over. */
export function RoundPanel({ cycleId, round }: { cycleId: string; round: Round }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const [linking, setLinking] = useState(false);
  const [pending, setPending] = useState(false);
  const waiting = round.progress.reduce((all, one) => all + one.assessors - one.submitted - one.recused, 0);
  const nameOf = (group: string) =>
    text(
      round.progress.find((one) => one.group === group)?.name ?? round.surveys.find((one) => one.group === group)?.name,
    ) || group;
  const layerOf = (group: string, layer: string | null) =>
    layer === null
      ? ''
      : text(round.surveys.find((one) => one.group === group)?.layers.find(({ key }) => key === layer)?.name) || layer;
  const label = (one: { group: string; layer: string | null }) =>
    [nameOf(one.group), layerOf(one.group, one.layer)].filter(Boolean).join(' · ');
  return (
    <Stack spacing={2}>
      <ChartPanel
        title={t('rounds.title', { name: text(round.block.name), round: round.round })}
        note={
          <>
            <Tag tone={round.open ? 'calm' : 'plain'}>{t(round.open ? 'rounds.open' : 'rounds.over')}</Tag>{' '}
            {round.closesAt && t('rounds.closes', { when: format.dayTime(round.closesAt) })}
          </>
        }
        table={{
          columns: [
            t('rounds.group'),
            t('rounds.assessors'),
            t('rounds.submitted'),
            t('rounds.recused'),
            t('rounds.spoilt'),
            t('rounds.expected'),
            t('rounds.cast'),
          ],
          rows: round.progress.map((one) => [
            label(one),
            one.assessors,
            one.submitted,
            one.recused,
            one.spoilt,
            one.expected,
            one.cast,
          ]),
        }}
      >
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.25 }}>
          {round.progress.map((one) => {
            const due = one.assessors - one.recused;
            const said = t('rounds.handedIn', { submitted: one.submitted, of: due });
            return (
              <Stack
                component="li"
                key={`${one.group} ${one.layer}`}
                direction="row"
                useFlexGap
                sx={{ gap: { xs: 0.5, sm: 2 }, alignItems: 'center', flexWrap: 'wrap' }}
              >
                <Typography variant="body2" sx={{ width: { xs: '100%', sm: 240 } }}>
                  {label(one)}
                </Typography>
                <Bullet
                  label={said}
                  value={one.submitted}
                  target={null}
                  max={Math.max(due, 1)}
                  tone={one.submitted >= due ? 'done' : 'calm'}
                  width={200}
                />
                <Typography variant="body2" sx={{ fontVariantNumeric: 'tabular-nums' }}>
                  {said}
                </Typography>
                {one.recused > 0 && <Tag>{t('rounds.recusedCount', { smart_count: one.recused })}</Tag>}
                {one.spoilt > 0 && <Tag tone="soon">{t('rounds.spoiltCount', { smart_count: one.spoilt })}</Tag>}
              </Stack>
            );
          })}
          {round.links.map((one) => (
            <Typography component="li" variant="body2" key={`links ${one.group} ${one.layer}`}>
              {label(one)}: {t('rounds.linksUsed', { used: one.used, issued: one.issued })}
            </Typography>
          ))}
        </Box>
      </ChartPanel>
      <Stack direction="row" useFlexGap className="no-print" sx={{ gap: 1, flexWrap: 'wrap' }}>
        <Button variant="outlined" aria-expanded={pending} onClick={() => setPending(!pending)}>
          {t('rounds.pending', { smart_count: waiting })}
        </Button>
        {round.can.includes('issueLinks') && (
          <Button variant="outlined" onClick={() => setLinking(true)}>
            {t('rounds.issue')}
          </Button>
        )}
      </Stack>
      {pending && <PendingList cycleId={cycleId} round={round} label={label} />}
      {!round.open && <Stats round={round} nameOf={nameOf} />}
      {linking && <LinksDialog cycleId={cycleId} round={round} onClose={() => setLinking(false)} />}
    </Stack>
  );
}
