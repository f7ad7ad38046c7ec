import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { Level } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { LEVELS, levelName } from './level.ts';

interface Props {
  value: Level;
  /** One's own: nobody hides a file from themselves. */
  most: Level;
  onChange: (level: Level) => void;
}

/** 密级 of the files that are handed in next. */
export function LevelSelect({ value, most, onChange }: Props) {
  const t = useT();
  return (
    <TextField
      select
      size="small"
      label={t('form.files.level')}
      value={value}
      onChange={(event) => onChange(Number(event.target.value) as Level)}
      sx={{ mt: 1, minWidth: 140 }}
    >
      {LEVELS.filter((level) => level <= most).map((level) => (
        <MenuItem key={level} value={level}>
          {t(levelName(level))}
        </MenuItem>
      ))}
    </TextField>
  );
}
