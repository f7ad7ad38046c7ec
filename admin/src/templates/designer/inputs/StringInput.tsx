import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { renameBlock } from '../../../../../workflows/template/edit/blocks.ts';
import { idOf, useDesigning, useFindingsAt } from '../context.ts';
import { useUnder } from './Flaws.tsx';
import { isLong } from './kinds.ts';
import type { Labelled } from './SchemaInput.tsx';

/** A single text. The key of a block is taken over when one leaves it, and everyone who names the block follows. */
export function StringInput({
  value,
  path,
  entry,
  optional,
  label,
  help,
  max,
}: Labelled & { max: number | undefined }) {
  const { content, put, change } = useDesigning();
  const known = value === undefined || value === null ? '' : String(value);
  const isKey = entry === 'key' && path.at(-3) === 'blocks' && path[0] === 'phases';
  const [typed, setTyped] = useState(known);
  useEffect(() => setTyped(known), [known]);
  const take = () => {
    if (!isKey || typed === known) return;
    const renamed = renameBlock(content, path.slice(0, -1), typed.trim());
    if (renamed) change(renamed.content);
    else put(path, typed.trim());
  };
  return (
    <TextField
      id={idOf(path)}
      fullWidth
      label={label}
      multiline={isLong(entry) || (max ?? 0) > 5000}
      value={isKey ? typed : known}
      onChange={(event) => {
        const { value: next } = event.target;
        if (isKey) setTyped(next);
        else put(path, next === '' && optional ? undefined : next);
      }}
      onBlur={take}
      slotProps={{ htmlInput: { 'data-path': idOf(path), maxLength: max, spellCheck: false } }}
      {...useUnder(useFindingsAt(path), help)}
    />
  );
}
