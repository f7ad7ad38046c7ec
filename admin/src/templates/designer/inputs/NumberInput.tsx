import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { idOf, useDesigning, useFindingsAt } from '../context.ts';
import { useUnder } from './Flaws.tsx';
import type { Labelled } from './SchemaInput.tsx';

/** A whole number. What is no number yet (a lone minus) stays in the field only. */
export function NumberInput({
  value,
  path,
  optional,
  label,
  help,
  min,
}: Labelled & { min: number | undefined; max: number | undefined }) {
  const { put } = useDesigning();
  const known = value === undefined || value === null ? '' : String(value);
  const [typed, setTyped] = useState(known);
  useEffect(() => setTyped((now) => (now.trim() !== '' && String(Number(now)) === known ? now : known)), [known]);
  const take = (text: string) => {
    const clean = text.normalize('NFKC').replace(/^[−–—]/, '-');
    setTyped(clean);
    if (clean.trim() === '') put(path, optional ? undefined : Math.max(0, min ?? 0));
    else if (Number.isFinite(Number(clean))) put(path, Number(clean));
  };
  return (
    <TextField
      id={idOf(path)}
      label={label}
      value={typed}
      onChange={(event) => take(event.target.value)}
      onBlur={() => setTyped(known)}
      slotProps={{ htmlInput: { 'data-path': idOf(path), inputMode: (min ?? 0) < 0 ? 'text' : 'numeric' } }}
      {...useUnder(useFindingsAt(path), help)}
    />
  );
}
