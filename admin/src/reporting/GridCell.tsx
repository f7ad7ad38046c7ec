import InputBase from '@mui/material/InputBase';
import { cleanDecimal } from '../form/decimal.ts';
import type { Cell } from './entries.ts';

interface Props {
  row: number;
  cell: Cell;
  label: string;
  value: string;
  error: string | undefined;
  disabled: boolean;
  onChange: (value: string) => void;
  onPaste: (text: string) => void;
}

/** Goes to the same column of another row, if there is one. */
function goTo(row: number, cell: Cell): void {
  const next = document.querySelector<HTMLInputElement>(`[data-cell="${row}.${cell}"]`);
  next?.focus();
  next?.select();
}

/** One cell that is typed in. Enter and the arrows move in its column; a range from a spreadsheet fills the grid from here. */
export function GridCell({ row, cell, label, value, error, disabled, onChange, onPaste }: Props) {
  const move = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const down = event.key === 'ArrowDown' || (event.key === 'Enter' && !event.shiftKey);
    const up = event.key === 'ArrowUp' || (event.key === 'Enter' && event.shiftKey);
    if (!down && !up) return;
    event.preventDefault();
    goTo(row + (down ? 1 : -1), cell);
  };
  return (
    <InputBase
      fullWidth
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => cell === 'value' && cleanDecimal(value) !== value && onChange(cleanDecimal(value))}
      onKeyDown={move}
      onPaste={(event) => {
        const text = event.clipboardData.getData('text/plain');
        if (!/[\t\n\r]/.test(text.trim())) return;
        event.preventDefault();
        onPaste(text);
      }}
      inputProps={{
        'data-cell': `${row}.${cell}`,
        'aria-label': error ? `${label}: ${error}` : label,
        'aria-invalid': error !== undefined,
        inputMode: cell === 'value' ? 'decimal' : 'text',
        autoComplete: 'off',
        style: cell === 'value' ? { textAlign: 'right' } : {},
      }}
      sx={{ fontSize: '0.875rem', px: 1.25, minHeight: 40 }}
    />
  );
}
