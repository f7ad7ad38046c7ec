import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router-dom';
import { useT } from '../i18n/useT.ts';
import { Facts } from '../ui/Facts.tsx';
import type { Trace } from './types.ts';

/** From a complaint to the indicator that it counts in, the value and the score, and what was found and rectified. */
export function TraceView({ trace }: { trace: Trace }) {
  const t = useT();
  return (
    <Stack component="section" spacing={1}>
      <Typography variant="body2" component="h3" sx={{ fontWeight: 600 }}>
        {t('found.trace')}
      </Typography>
      <Facts
        items={[
          { name: t('found.alike'), value: trace.alike },
          ...trace.cycles.flatMap(({ cycle, indicator, score }) => [
            {
              name: cycle.name,
              value: indicator ? (
                <>
                  {indicator.name}
                  {indicator.target && ` · ${t('found.target', { target: indicator.target, unit: indicator.unit })}`}
                  {indicator.weight && ` · ${t('found.weight', { weight: indicator.weight })}`}
                  {indicator.values.map((one) => (
                    <div key={one.period}>
                      {one.period}: {one.verified ?? one.reported ?? '—'} {indicator.unit}
                    </div>
                  ))}
                  {score?.value !== undefined && <div>{t('found.score', { value: score.value })}</div>}
                </>
              ) : (
                t('found.noIndicator')
              ),
            },
          ]),
          {
            name: t('found.findings'),
            value:
              trace.findings.length === 0
                ? t('common.none')
                : trace.findings.map((one) => (
                    <span key={one.id}>
                      {one.code}
                      {one.item && (
                        <>
                          {' '}
                          <Link component={RouterLink} to={`/rectification/${one.item}`}>
                            {t('found.toItem')}
                          </Link>
                        </>
                      )}{' '}
                    </span>
                  )),
          },
        ]}
      />
    </Stack>
  );
}
