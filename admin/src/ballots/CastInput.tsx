import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { Cast } from '../../../workflows/ballots/sheet.ts';
import type { Text } from '../api/types.ts';
import { cleanDecimal } from '../form/decimal.ts';
import { useT, useText } from '../i18n/useT.ts';
import type { BallotSheet } from './types.ts';

interface Props {
  sheet: BallotSheet;
  label: string;
  cast: Cast | undefined;
  error: Text | undefined;
  disabled: boolean;
  onChange: (said: Pick<Cast, 'value' | 'option' | 'abstain'>) => void;
}

const ABSTAIN = '~abstain';

/** One ballot: a score or an option, or an abstention where there may be one. */
export function CastInput({ sheet, label, cast, error, disabled, onChange }: Props) {
  const t = useT();
  const text = useText();
  const { scale, abstain } = sheet;
  const common = {
    size: 'small' as const,
    disabled,
    error: error !== undefined,
    helperText: text(error) || undefined,
  };
  if ('options' in scale)
    return (
      <TextField
        {...common}
        select
        value={cast?.abstain ? ABSTAIN : (cast?.option ?? '')}
        onChange={({ target }) =>
          onChange(target.value === ABSTAIN ? { abstain: true } : target.value ? { option: target.value } : {})
        }
        sx={{ minWidth: 132 }}
        slotProps={{ select: { displayEmpty: true, SelectDisplayProps: { 'aria-label': label } } }}
      >
        <MenuItem value="">{t('ballots.choose')}</MenuItem>
        {scale.options.map(({ key, name }) => (
          <MenuItem key={key} value={key}>
            {text(name)}
          </MenuItem>
        ))}
        {abstain && <MenuItem value={ABSTAIN}>{t('ballots.abstain')}</MenuItem>}
      </TextField>
    );
  return (
    <TextField
      {...common}
      value={cast?.abstain ? t('ballots.abstain') : (cast?.value ?? '')}
      onChange={({ target }) => onChange(target.value ? { value: target.value } : {})}
      onBlur={({ target }) => {
        if (!cast?.abstain && target.value) onChange({ value: cleanDecimal(target.value) });
      }}
      placeholder={`${scale.min}–${scale.max}`}
      sx={{ width: 132 }}
      slotProps={{
        htmlInput: {
          'aria-label': label,
          inputMode: 'decimal',
          autoComplete: 'off',
          readOnly: cast?.abstain === true,
          style: { textAlign: 'right' },
        },
      }}
    />
  );
}
