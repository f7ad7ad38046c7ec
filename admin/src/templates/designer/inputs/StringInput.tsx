import TextField from '@mui/material/TextField';
import { useNotify } from 'ra-core';
import { useEffect, useState } from 'react';
import { renameBlock } from '../../../../../workflows/template/edit/blocks.ts';
import { useT } from '../../../i18n/useT.ts';
import { idOf, useDesigning, useFindingsAt } from '../context.ts';
import { useUnder } from './Flaws.tsx';
import { isLong } from './kinds.ts';
import type { Labelled } from './SchemaInput.tsx';

/** A single text. The key of a block or the name of a value is taken over when one leaves it, and all that name it follow. */
export function StringInput({
  value,
  path,
  entry,
  optional,
  label,
  help,
  max,
}: Labelled & { max: number | undefined }) {
  const t = useT();
  const notify = useNotify();
  const { content, put, change } = useDesigning();
  const known = value === undefined || value === null ? '' : String(value);
  const inBlock = path[0] === 'phases';
  const isBlock = inBlock && entry === 'key' && path.at(-3) === 'blocks';
  const isValue = inBlock && ((entry === 'key' && path.at(-3) === 'fields') || entry === 'into');
  const isKey = isBlock || isValue;
  const [typed, setTyped] = useState(known);
  useEffect(() => setTyped(known), [known]);
  const take = async () => {
    const name = typed.trim();
    if (!isKey || name === known) return setTyped(known);
    if (isBlock) {
      const renamed = renameBlock(content, path.slice(0, -1), name);
      return renamed ? change(renamed.content) : put(path, name);
    }
    // It reads expressions, for which it is fetched only now.
    const { renameValue } = await import('../../../../../workflows/template/edit/values.ts');
    const renamed = renameValue(content, path, name);
    if (!renamed) return put(path, name);
    change(renamed.content);
    if (renamed.places > 0) notify(t('designer.followed', { smart_count: renamed.places }), { type: 'info' });
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
      onBlur={() => void take()}
      slotProps={{ htmlInput: { 'data-path': idOf(path), maxLength: max, spellCheck: false } }}
      {...useUnder(useFindingsAt(path), help)}
    />
  );
}
