import { valueName } from '../../../../../workflows/template/words/index.ts';
import { useText } from '../../../i18n/useT.ts';
import { useDesigning } from '../context.ts';
import type { Labelled } from './SchemaInput.tsx';
import { Select } from './Select.tsx';

/** One of the words that the template language offers. */
export function WordInput({
  value,
  path,
  entry,
  optional,
  around,
  label,
  help,
  values,
}: Labelled & { values: readonly string[] }) {
  const text = useText();
  const { put } = useDesigning();
  return (
    <Select
      path={path}
      label={label}
      help={help}
      optional={optional}
      value={typeof value === 'string' ? value : ''}
      options={values.map((one) => ({ value: one, name: text(valueName(entry, one, around)) }))}
      onChange={(next) => put(path, next)}
    />
  );
}
