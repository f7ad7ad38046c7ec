import Add from '@mui/icons-material/AddOutlined';
import Delete from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { isJsonObject, type Json } from '../../../../../workflows/json.ts';
import { type Path, renameEntry } from '../../../../../workflows/template/edit/path.ts';
import { candidatesOf, type Ref } from '../../../../../workflows/template/edit/refs.ts';
import { blank, type Schema } from '../../../../../workflows/template/edit/shape.ts';
import { freshKey } from '../../../../../workflows/template/edit/tree.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useT, useText } from '../../../i18n/useT.ts';
import { idOf, useDesigning, useFindingsAt } from '../context.ts';
import { Flaws } from './Flaws.tsx';
import { Group } from './Group.tsx';
import { type Labelled, SchemaInput } from './SchemaInput.tsx';

/** Things by their keys; keys may be chosen from what they name, or typed. */
export function RecordInput({
  value,
  path,
  entry,
  optional,
  label,
  help,
  bare,
  inner,
  refers,
}: Labelled & { inner: Schema; refers: Ref | undefined }) {
  const t = useT();
  const { content, put } = useDesigning();
  const findings = useFindingsAt(path);
  const known = isJsonObject(value ?? null) ? (value as Record<string, Json>) : {};
  const taken = new Set(Object.keys(known));
  const candidates = refers ? candidatesOf(content, refers).filter((one) => !taken.has(one.value)) : [];
  const add = () => {
    const key = candidates[0]?.value ?? freshKey(`${entry.replace(/s$/, '')}1`, taken);
    put(path, { ...known, [key]: blank(inner) });
  };
  const remove = (key: string) => {
    const { [key]: _, ...rest } = known;
    put(path, optional && Object.keys(rest).length === 0 ? undefined : rest);
  };
  return (
    <Group path={path} label={label} help={help} bare={bare}>
      <Flaws findings={findings} />
      {Object.entries(known).map(([key, one]) => (
        <Stack key={key} direction="row" sx={{ gap: 1, alignItems: 'flex-start' }}>
          <Box sx={{ flex: 1, minWidth: 0, display: 'grid', gap: 1.25, gridTemplateColumns: 'minmax(0, 1fr)' }}>
            <KeyField object={path} entryKey={key} refers={refers} />
            <SchemaInput
              schema={inner}
              value={one}
              path={[...path, key]}
              entry={entry}
              optional={false}
              around={[]}
              label={key}
              bare
            />
          </Box>
          <IconButton size="small" aria-label={t('designer.removeEntry', { name: key })} onClick={() => remove(key)}>
            <Delete fontSize="small" />
          </IconButton>
        </Stack>
      ))}
      <Button size="small" startIcon={<Add />} onClick={add} sx={{ justifySelf: 'start' }}>
        {t('designer.addItem')}
      </Button>
    </Group>
  );
}

/** The key of an entry, taken over when one leaves it. */
function KeyField({ object, entryKey, refers }: { object: Path; entryKey: string; refers: Ref | undefined }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const { content, change } = useDesigning();
  const [typed, setTyped] = useState(entryKey);
  useEffect(() => setTyped(entryKey), [entryKey]);
  const rename = (to: string) => to !== '' && change(renameEntry(content, object, entryKey, to));
  const candidates = refers ? candidatesOf(content, refers) : [];
  const id = `${idOf([...object, entryKey])}-key`;
  if (candidates.length > 0)
    return (
      <TextField
        id={id}
        select
        label={t('designer.entryKey')}
        value={entryKey}
        onChange={(event) => rename(event.target.value)}
        slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
      >
        {!candidates.some((one) => one.value === entryKey) && <option value={entryKey}>{entryKey}</option>}
        {candidates.map((one) => (
          <option key={one.value} value={one.value}>
            {text(one.name)}
            {format.paren(one.value)}
          </option>
        ))}
      </TextField>
    );
  return (
    <TextField
      id={id}
      label={t('designer.entryKey')}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => rename(typed.trim())}
      slotProps={{ htmlInput: { spellCheck: false } }}
    />
  );
}
