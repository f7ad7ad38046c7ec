import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import type { ReactNode } from 'react';
import { periodsOf } from '../../../workflows/indicators/period.ts';
import { periodName } from '../../../workflows/report/words.ts';
import { useT, useText } from '../i18n/useT.ts';
import type { Asked, Report } from './api.ts';

interface Props {
  report: Report;
  asked: Asked;
  onAsk: (asked: Asked) => void;
}

const GROUPS = [
  { label: 'reports.years', frequencies: ['half'] },
  { label: 'reports.quarters', frequencies: ['quarter'] },
  { label: 'reports.months', frequencies: ['month'] },
] as const;

/** Which period, category and unit the report is about; periods that have begun. */
export function Range({ report, asked, onAsk }: Props) {
  const t = useT();
  const text = useText();
  const { categories, units } = report.choices;
  const inside = units.filter(({ category }) => !asked.category || category === asked.category);
  return (
    <Box role="group" aria-label={t('reports.choose')} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, flex: 1 }}>
      <Pick label={t('reports.period')} value={asked.period} onPick={(period) => onAsk({ ...asked, period })}>
        <option value="">{t('reports.wholeYear')}</option>
        {GROUPS.map(({ label, frequencies }) => {
          const begun = frequencies
            .flatMap((frequency) => periodsOf(frequency, report.cycle.year))
            .filter(({ start, key }) => start <= report.on || key === asked.period);
          return begun.length === 0 ? null : (
            <optgroup key={label} label={t(label)}>
              {begun.map((period) => (
                <option key={period.key} value={period.key}>
                  {text(periodName(period))}
                </option>
              ))}
            </optgroup>
          );
        })}
      </Pick>
      {categories.length > 1 && (
        <Pick
          label={t('reports.category')}
          value={asked.category}
          onPick={(category) => onAsk({ ...asked, category, org: '' })}
        >
          <option value="">{t('reports.allCategories')}</option>
          {categories.map(({ key, name }) => (
            <option key={key} value={key}>
              {text(name)}
            </option>
          ))}
        </Pick>
      )}
      {units.length > 1 && (
        <Pick label={t('reports.unit')} value={asked.org} onPick={(org) => onAsk({ ...asked, org })}>
          <option value="">{t('reports.allUnits')}</option>
          {inside.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Pick>
      )}
    </Box>
  );
}

interface PickProps {
  label: string;
  value: string;
  onPick: (value: string) => void;
  children: ReactNode;
}

const Pick = ({ label, value, onPick, children }: PickProps) => (
  <TextField
    select
    size="small"
    label={label}
    value={value}
    onChange={(event) => onPick(event.target.value)}
    slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
    sx={{ minWidth: 160, maxWidth: { xs: '100%', sm: 280 }, flex: { xs: '1 1 40%', sm: '0 1 auto' } }}
  >
    {children}
  </TextField>
);
