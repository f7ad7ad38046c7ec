import Typography from '@mui/material/Typography';
import type { Field, Values } from '../api/types.ts';
import { ReadFields } from '../form/ReadFields.tsx';
import { useT } from '../i18n/useT.ts';

/** All that was entered in a case, by the names of the template's fields. */
export function CaseData({ data, fields }: { data: Values; fields: Map<string, Field> | undefined }) {
  const t = useT();
  const items = Object.entries(data)
    .filter(([, value]) => value !== null && value !== '')
    .flatMap(([key, value]) => {
      const field = fields?.get(key) ?? { key, name: { zh: key, en: key }, type: 'text' as const };
      // What is computed may be a whole table of figures: the score and the lists have places of their own.
      return field.type === 'text' && typeof value === 'object' ? [] : [{ field, value }];
    });
  if (items.length === 0) return <Typography color="text.secondary">{t('cases.dataEmpty')}</Typography>;
  return <ReadFields items={items} />;
}
