import TextField from '@mui/material/TextField';
import { useT } from '../i18n/useT.ts';

/** The document that a decision rests on. */
export function DocumentField({ value, onChange }: { value: string; onChange: (document: string) => void }) {
  const t = useT();
  return (
    <TextField
      required
      label={t('results.document')}
      helperText={t('results.documentHelp')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
