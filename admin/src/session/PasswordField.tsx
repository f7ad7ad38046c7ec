import VisibilityOff from '@mui/icons-material/VisibilityOffOutlined';
import Visibility from '@mui/icons-material/VisibilityOutlined';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useT } from '../i18n/useT.ts';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoComplete: 'current-password' | 'new-password';
  help?: string | undefined;
  error?: string | undefined;
  autoFocus?: boolean;
  size?: 'small' | 'medium';
}

/** A password, hidden unless one asks to see it. */
export function PasswordField({ label, value, onChange, autoComplete, help, error, autoFocus = false, size }: Props) {
  const t = useT();
  const [shown, setShown] = useState(false);
  return (
    <TextField
      fullWidth
      {...(size && { size })}
      label={label}
      type={shown ? 'text' : 'password'}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      autoComplete={autoComplete}
      autoFocus={autoFocus}
      error={error !== undefined}
      helperText={error ?? help}
      slotProps={{
        input: {
          endAdornment: (
            <InputAdornment position="end">
              <IconButton
                aria-label={t(shown ? 'session.hidePassword' : 'session.showPassword')}
                onClick={() => setShown(!shown)}
                edge="end"
              >
                {shown ? <VisibilityOff fontSize="small" /> : <Visibility fontSize="small" />}
              </IconButton>
            </InputAdornment>
          ),
        },
      }}
    />
  );
}
