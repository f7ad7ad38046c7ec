import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Tag, type Tone } from '../ui/Tag.tsx';
import type { Colour, PublicIndicator } from './types.ts';

const TONES: Record<Colour, Tone> = { red: 'late', orange: 'late', yellow: 'soon', blue: 'calm', green: 'done' };

/** An indicator: what it means beside what it came to, and the verified values of each period. */
export function Indicator({ indicator }: { indicator: PublicIndicator }) {
  const t = useT();
  const text = useText();
  const { unit, value, met, values } = indicator;
  return (
    <Box component="li" sx={{ borderTop: '1px solid', borderColor: 'divider', py: 1.5 }}>
      <Box
        sx={{ display: 'grid', gap: { xs: 1, md: 3 }, gridTemplateColumns: { md: 'minmax(0, 3fr) minmax(0, 2fr)' } }}
      >
        <Box>
          <Typography sx={{ fontWeight: 600 }}>
            {text(indicator.name)}{' '}
            <Typography component="span" variant="caption" color="text.secondary">
              {indicator.code}
            </Typography>
          </Typography>
          <Definition indicator={indicator} />
        </Box>
        <Stack direction="row" spacing={3} sx={{ alignItems: 'flex-start', fontVariantNumeric: 'tabular-nums' }}>
          <Figure name={t('public.target')} value={useAim(indicator)} />
          {indicator.definition && (
            <Figure name={t('public.value')} value={value === null ? t('public.noValue') : `${value} ${unit}`} />
          )}
          {met !== null && <Tag tone={met ? 'done' : 'late'}>{t(met ? 'public.met' : 'public.missed')}</Tag>}
        </Stack>
      </Box>
      {values.length > 0 && (
        <Stack
          component="ul"
          direction="row"
          useFlexGap
          sx={{ listStyle: 'none', m: 0, mt: 1, p: 0, gap: 1, flexWrap: 'wrap' }}
        >
          {values.map(({ period, value: own, colour }) => (
            <Box component="li" key={period} sx={cell}>
              <Typography variant="caption" color="text.secondary" component="div">
                {period}
              </Typography>
              <Typography variant="body2">{own ?? '—'}</Typography>
              {colour && <Tag tone={TONES[colour]}>{t(`public.colours.${colour}`)}</Tag>}
            </Box>
          ))}
        </Stack>
      )}
    </Box>
  );
}

const cell = { backgroundColor: 'action.hover', borderRadius: 1, px: 1, py: 0.5, minWidth: 72 } as const;

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <Box sx={{ flex: 1 }}>
      <Typography variant="caption" color="text.secondary" component="div">
        {name}
      </Typography>
      <Typography variant="body2">{value}</Typography>
    </Box>
  );
}

/** The target, or the band that is good. */
function useAim({ target, low, high, unit }: PublicIndicator): string {
  const t = useT();
  if (low !== null || high !== null) return `${t('public.between', { low: low ?? '…', high: high ?? '…' })} ${unit}`;
  return target === null ? t('public.noTarget') : `${target} ${unit}`;
}

function Definition({ indicator: { definition, weight } }: { indicator: PublicIndicator }) {
  const t = useT();
  const format = useFormat();
  const said = [
    ...(definition
      ? [
          t(`public.direction.${definition.direction}`),
          t(`public.frequency.${definition.frequency}`),
          t(`public.aggregation.${definition.aggregation}`),
        ]
      : []),
    ...(weight === null ? [] : [`${t('public.weight')} ${weight}`]),
    ...(definition?.formula ? [t('public.formula', { formula: definition.formula })] : []),
    ...(definition?.source ? [t('public.source', { source: definition.source })] : []),
    ...(definition?.monitoredBy ? [t('public.monitored', { unit: definition.monitoredBy })] : []),
  ];
  return (
    <Typography variant="caption" color="text.secondary" component="p" sx={{ m: 0 }}>
      {format.list(said)}
    </Typography>
  );
}
