import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import { Bullet } from '../chart/Bullet.tsx';
import { Spark } from '../chart/Spark.tsx';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Light } from '../ui/Light.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { Indicator } from './types.ts';
import { goalText, numberOf, toneOf, useIndicatorName } from './words.ts';

/** One indicator on a line (on a phone, a card): light, value against target, the trend, and what is due next. */
export function IndicatorRow({ indicator, withUnit }: { indicator: Indicator; withUnit: boolean }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const nameOf = useIndicatorName();
  const name = nameOf(indicator);
  return (
    <Box
      component="li"
      sx={{
        position: 'relative',
        display: 'grid',
        gridTemplateColumns: {
          xs: '1fr auto',
          md: 'minmax(0, 1.3fr) 84px minmax(190px, 1fr) 104px minmax(210px, 0.9fr)',
        },
        columnGap: 3,
        rowGap: 1,
        alignItems: 'center',
        px: { xs: 2, sm: 2.5 },
        py: 1.5,
        '& + &': { borderTop: '1px solid', borderColor: 'divider' },
        '&:hover': { backgroundColor: 'action.hover' },
      }}
    >
      <Box sx={{ minWidth: 0 }}>
        <Box
          component={Link}
          to={`/indicators/${indicator.id}`}
          data-row
          sx={{ fontWeight: 600, color: 'text.primary', '&::after': { content: '""', position: 'absolute', inset: 0 } }}
        >
          {name}
        </Box>
        <Typography variant="caption" color="text.secondary" component="div">
          {[
            withUnit ? indicator.org.name : undefined,
            indicator.code,
            indicator.weight && t('unit.weight', { weight: indicator.weight }),
            t(`unit.frequency.${indicator.frequency}`),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Typography>
      </Box>
      <Box title={indicator.light && text(indicator.light.because)}>
        {indicator.light ? <Light colour={indicator.light.colour} /> : null}
      </Box>
      <Standing indicator={indicator} />
      <Spark
        label={t('unit.trend', {
          values: format.list(indicator.series.map(({ period, value }) => `${period} ${value ?? '—'}`)),
        })}
        values={indicator.series.map(({ value }) => numberOf(value))}
      />
      <Box sx={{ gridColumn: { xs: '1 / -1', md: 'auto' } }}>
        <Next indicator={indicator} />
      </Box>
    </Box>
  );
}

/** Where it stands: the value as figures and as a bar against the target. */
export function Standing({ indicator }: { indicator: Indicator }) {
  const t = useT();
  const goal = goalText(indicator);
  const value = indicator.actual ?? indicator.latest?.value;
  return (
    <Box sx={{ gridColumn: { xs: '1 / 2', md: 'auto' }, minWidth: 0 }}>
      <Typography variant="body2" component="div" sx={{ mb: 0.5 }}>
        {value === undefined ? (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {t('unit.noValue')}
          </Box>
        ) : (
          <b>
            {value} {indicator.unit}
          </b>
        )}
        <Box component="span" sx={{ color: 'text.secondary', ml: 1 }}>
          {goal === undefined ? t('unit.noTarget') : t('unit.target', { target: goal })}
        </Box>
      </Typography>
      <Bullet
        label={t('unit.bullet', { value: value ?? '—', target: goal ?? '—' })}
        value={numberOf(value)}
        target={numberOf(indicator.target)}
        tone={toneOf(indicator.light)}
        width="100%"
      />
    </Box>
  );
}

function Next({ indicator: { next, byHand, applies, latest } }: { indicator: Indicator }) {
  const t = useT();
  const format = useFormat();
  if (!applies) return <Tag>{t('unit.notApplying')}</Tag>;
  if (!byHand) return <Tag>{t('unit.computed')}</Tag>;
  const told = next && { period: next.period, day: format.plainDay(next.dueOn) };
  return (
    <Typography variant="caption" component="div" color="text.secondary">
      {told && next?.missing ? (
        <Tag tone="late">{t('unit.nextMissing', told)}</Tag>
      ) : told ? (
        t('unit.next', told)
      ) : (
        t('unit.allReported')
      )}
      {latest && !latest.verified && (
        <Box component="span" sx={{ ml: 1 }}>
          <Tag tone="soon">{`${latest.period} ${t('unit.unverified')}`}</Tag>
        </Box>
      )}
    </Typography>
  );
}
