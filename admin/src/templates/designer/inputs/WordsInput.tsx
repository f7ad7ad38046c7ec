import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { candidatesOf, type Ref } from '../../../../../workflows/template/edit/refs.ts';
import { type Schema, shapeOf } from '../../../../../workflows/template/edit/shape.ts';
import { valueName } from '../../../../../workflows/template/words/index.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useT, useText } from '../../../i18n/useT.ts';
import { findingsBelow, idOf, useDesigning } from '../context.ts';
import { useUnder } from './Flaws.tsx';
import type { Labelled } from './SchemaInput.tsx';

/** Several words, names or numbers, each as a chip. */
export function WordsInput({
  value,
  path,
  entry,
  optional,
  around,
  label,
  help,
  item,
  refers,
}: Labelled & { item: Schema; refers: Ref | undefined }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const { content, findings, put } = useDesigning();
  const shape = shapeOf(item);
  const numbers = shape.kind === 'number';
  const known = (Array.isArray(value) ? value : []).map(String);
  const names = new Map(
    shape.kind === 'words'
      ? shape.values.map((one) => [one, text(valueName(entry, one, around))])
      : refers
        ? candidatesOf(content, refers).map((one) => [one.value, `${text(one.name)}${format.paren(one.value)}`])
        : [],
  );
  const free = names.size === 0;
  const set = (next: string[]) => {
    const values = numbers
      ? next.flatMap((one) => {
          const number = Number(one.normalize('NFKC').replace(/^[−–—]/, '-'));
          return one.trim() !== '' && Number.isFinite(number) ? [number] : [];
        })
      : next.map((one) => one.trim()).filter(Boolean);
    put(path, values.length === 0 && optional ? undefined : [...new Set<string | number>(values)]);
  };
  const under = useUnder(
    findingsBelow(findings, path),
    [help, free ? t('designer.listHint') : ''].filter(Boolean).join(' · '),
  );
  return (
    <Autocomplete<string, true, false, boolean>
      multiple
      freeSolo={free}
      autoSelect={free}
      id={idOf(path)}
      options={[...names.keys()]}
      value={known}
      onChange={(_, next) => set(next)}
      getOptionLabel={(one) => names.get(one) ?? one}
      filterSelectedOptions
      disableCloseOnSelect={!free}
      data-path={idOf(path)}
      noOptionsText={t('designer.absent')}
      renderInput={(params) => <TextField {...params} label={label} {...under} />}
    />
  );
}
