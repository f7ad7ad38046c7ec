import Typography from '@mui/material/Typography';
import type { Field, Json, Values } from '../api/types.ts';
import { ReadFields } from '../form/ReadFields.tsx';
import { useT } from '../i18n/useT.ts';

/** All that was entered in a case, by the names of the template's fields. */
export function CaseData({ data, fields }: { data: Values; fields: Map<string, Field> | undefined }) {
  const t = useT();
  const items = Object.entries(data)
    .filter(([, value]) => value !== null && value !== '')
    .flatMap(([key, value]) => {
      const field = fields?.get(key) ?? plainField(key, value);
      return field ? [{ field, value }] : [];
    });
  if (items.length === 0) return <Typography color="text.secondary">{t('cases.dataEmpty')}</Typography>;
  return <ReadFields items={items} />;
}

/** A value that no form has (a computed one): shown under its key if it is short and simple. */
function plainField(key: string, value: Json): Field | undefined {
  if (typeof value === 'object') return undefined;
  return { key, name: { zh: key, en: key }, type: 'text' };
}
