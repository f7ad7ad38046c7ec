import { candidatesOf, type Ref } from '../../../../../workflows/template/edit/refs.ts';
import { PersonInput } from '../../../form/PersonInput.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/useT.ts';
import { idOf, useDesigning, useFindingsAt } from '../context.ts';
import { Flaws } from './Flaws.tsx';
import type { Labelled } from './SchemaInput.tsx';
import { Select } from './Select.tsx';

/** Something else of the template that is named here, or an account. */
export function RefInput({ value, path, optional, label, help, refers }: Labelled & { refers: Ref }) {
  const { content, put } = useDesigning();
  const text = useText();
  const format = useFormat();
  const findings = useFindingsAt(path);
  const known = typeof value === 'string' ? value : '';
  if (refers === 'person')
    return (
      <div data-path={idOf(path)}>
        <PersonInput id={idOf(path)} label={label} value={known} onChange={(id) => put(path, id)} />
        <Flaws findings={findings} />
      </div>
    );
  const options = candidatesOf(content, refers).map(({ value: one, name }) => ({
    value: one,
    name: `${text(name)}${format.paren(one)}`,
  }));
  return (
    <Select
      path={path}
      label={label}
      help={help}
      optional={optional}
      value={known}
      options={options}
      onChange={(next) => put(path, next)}
    />
  );
}
