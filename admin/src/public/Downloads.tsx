import Button from '@mui/material/Button';
import { API, queryString } from '../api/http.ts';
import { useLanguage } from '../i18n/LanguageProvider.tsx';
import { useT } from '../i18n/useT.ts';
import type { PublicCycle } from './types.ts';

/** The public data of a cycle as files. */
export function Downloads({ cycle }: { cycle: PublicCycle }) {
  const t = useT();
  const { language } = useLanguage();
  const to = (query: Record<string, string>) => `${API}/public/cycles/${cycle.id}/download${queryString(query)}`;
  const parts = [
    ...(cycle.units.some(({ indicators }) => indicators.length > 0) ? (['indicators'] as const) : []),
    ...(cycle.results ? (['results'] as const) : []),
    ...(cycle.answers.length > 0 ? (['answers'] as const) : []),
    ...(cycle.units.some(({ consultation }) => consultation?.opinions.length) ? (['opinions'] as const) : []),
  ];
  return (
    <>
      {parts.map((part) => (
        <Button key={part} size="small" variant="outlined" href={to({ format: 'csv', part, language })}>
          {t(`public.csv.${part}`)}
        </Button>
      ))}
      <Button size="small" variant="outlined" href={to({ format: 'json' })}>
        {t('public.json')}
      </Button>
    </>
  );
}
