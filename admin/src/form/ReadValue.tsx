import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { usePerson } from '../api/queries.ts';
import type { Evidence, Field, Json, Values } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { FileList } from './FileList.tsx';
import { readDay } from './plainDate.ts';
import { ReadTable } from './ReadTable.tsx';
import type { Column } from './types.ts';

interface Props {
  field: Field | Column;
  value: Json | undefined;
  evidence?: Evidence[];
}

/** A field's value, to be read. */
export function ReadValue({ field, value, evidence = [] }: Props) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  if (field.type === 'table') return <ReadTable field={field} rows={(Array.isArray(value) ? value : []) as Values[]} />;
  if (field.type === 'boolean') return <>{t(value === true ? 'common.yes' : 'common.no')}</>;
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return <Missing />;
  const shown = String(value);
  switch (field.type) {
    case 'longText':
      return <Typography sx={{ whiteSpace: 'pre-line', maxWidth: '68ch' }}>{shown}</Typography>;
    case 'decimal':
      return (
        <>
          {shown}
          {field.unit ? ` ${field.unit}` : ''}
        </>
      );
    case 'date':
      return <>{readDay(shown) === shown ? format.plainDay(shown) : shown}</>;
    case 'choice':
      return <>{text(field.options.find((one) => one.value === value)?.name) || shown}</>;
    case 'person':
      return <PersonName id={shown} />;
    case 'files':
      return <FileList files={evidence.filter((one) => (value as Json[]).includes(one.id))} />;
    default:
      return <>{shown}</>;
  }
}

export function PersonName({ id }: { id: string }) {
  const { data } = usePerson(id);
  return (
    <span>
      {data?.name ?? '…'}
      {data?.org ? (
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {' '}
          · {data.org.name}
        </Box>
      ) : null}
    </span>
  );
}

export function Missing() {
  return (
    <Box component="span" sx={{ color: 'text.disabled' }}>
      —
    </Box>
  );
}
