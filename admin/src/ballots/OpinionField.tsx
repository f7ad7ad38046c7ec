import TextField from '@mui/material/TextField';
import { useT } from '../i18n/useT.ts';

interface Props {
  value: string;
  /** What is asked for, while it is empty. */
  help: string;
  onChange: (opinion: string) => void;
}

/** What somebody says in words beside the scores. */
export function OpinionField({ value, help, onChange }: Props) {
  const t = useT();
  return (
    <TextField
      fullWidth
      multiline
      minRows={3}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      placeholder={help}
      slotProps={{ htmlInput: { 'aria-label': t('ballots.opinion'), maxLength: 2000 } }}
    />
  );
}
