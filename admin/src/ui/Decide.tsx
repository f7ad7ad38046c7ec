import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { type ReactNode, useState } from 'react';
import { ProblemAlert } from './ProblemAlert.tsx';

export interface Verb<Key extends string> {
  key: Key;
  name: string;
  /** A reason must be given. */
  reason?: boolean;
  tone?: 'good' | 'bad';
}

interface Props<Key extends string> {
  /** What the words are: a reason, an opinion. */
  label: string;
  /** Said at the field when one is missing. */
  missing: string;
  verbs: readonly Verb<Key>[];
  busy: boolean;
  error: unknown;
  onDecide: (verb: Key, reason: string) => void;
  children?: ReactNode;
}

/** Decides one of several ways, with the reason; where one is needed and missing, that stands at the field. */
export function Decide<Key extends string>(props: Props<Key>) {
  const { label, missing, verbs, busy, error, onDecide, children } = props;
  const [reason, setReason] = useState('');
  const [wanted, setWanted] = useState(false);
  if (verbs.length === 0) return null;
  const decide = (verb: Verb<Key>) => {
    const lacks = verb.reason === true && reason.trim() === '';
    setWanted(lacks);
    if (!lacks) onDecide(verb.key, reason.trim());
  };
  return (
    <Stack spacing={1.5}>
      {error ? <ProblemAlert error={error} /> : null}
      {children}
      <TextField
        fullWidth
        multiline
        minRows={2}
        label={label}
        value={reason}
        error={wanted}
        helperText={wanted ? missing : undefined}
        onChange={(event) => {
          setReason(event.target.value);
          setWanted(false);
        }}
        slotProps={{ htmlInput: { maxLength: 2000 } }}
      />
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', justifyContent: { sm: 'flex-end' } }}>
        {verbs.map((verb) => (
          <Button
            key={verb.key}
            variant={verb.tone === 'good' ? 'contained' : 'outlined'}
            color={verb.tone === 'bad' ? 'error' : 'primary'}
            disabled={busy}
            onClick={() => decide(verb)}
            sx={{ minHeight: { xs: 44, sm: 36 }, flex: { xs: 1, sm: 'none' } }}
          >
            {verb.name}
          </Button>
        ))}
      </Box>
    </Stack>
  );
}
