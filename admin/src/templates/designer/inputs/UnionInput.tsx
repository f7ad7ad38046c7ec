import { isJsonObject, type Json } from '../../../../../workflows/json.ts';
import { candidatesOf, refOf } from '../../../../../workflows/template/edit/refs.ts';
import { blank, type Option, optionOf, shapeOf } from '../../../../../workflows/template/edit/shape.ts';
import { nameOf, valueName } from '../../../../../workflows/template/words/index.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/useT.ts';
import { useDesigning, useFindingsAt } from '../context.ts';
import { Entries } from './Entries.tsx';
import { Flaws } from './Flaws.tsx';
import { Group } from './Group.tsx';
import { RemoveEntry } from './RemoveEntry.tsx';
import { RuleTools } from './RuleTools.tsx';
import { type Labelled, SchemaInput } from './SchemaInput.tsx';
import { Select } from './Select.tsx';
import { useOptionName } from './useOptionName.ts';

/** One of several things: which, then that. */
export function UnionInput(props: Labelled & { options: readonly Option[] }) {
  const { value, path, entry, optional, around, label, help, bare, options } = props;
  const text = useText();
  const format = useFormat();
  const { content, put } = useDesigning();
  const findings = useFindingsAt(path);
  const nameOption = useOptionName(entry, around);
  const chosen = optionOf(options, value);
  const ref = refOf(entry, around);

  // A word or the name of something else: one list of both.
  if (ref && ref !== 'person' && options.every(({ id }) => id.startsWith('=') || id === 'string'))
    return (
      <Select
        path={path}
        label={label}
        help={help}
        optional={optional}
        value={typeof value === 'string' ? value : ''}
        options={[
          ...options
            .filter(({ id }) => id.startsWith('='))
            .map(({ id }) => ({ value: id.slice(1), name: text(valueName(entry, id.slice(1), around)) })),
          ...candidatesOf(content, ref).map((one) => ({
            value: one.value,
            name: `${text(one.name)}${format.paren(one.value)}`,
          })),
        ]}
        onChange={(next) => put(path, next)}
      />
    );
  if (options.every(({ id }) => id.startsWith('=')))
    return (
      <Select
        path={path}
        label={label}
        help={help}
        optional={optional}
        value={chosen?.id ?? ''}
        options={options.map(({ id }) => ({ value: id, name: nameOption(id) }))}
        onChange={(next) => put(path, next?.slice(1))}
      />
    );

  const shape = chosen && !chosen.id.startsWith('=') ? shapeOf(chosen.schema) : undefined;
  const object = isJsonObject(value ?? null) ? (value as Record<string, Json>) : {};
  return (
    <Group
      path={path}
      label={label}
      help={help}
      bare={bare}
      action={
        <>
          <RuleTools value={value} path={path} entry={entry} />
          {optional && <RemoveEntry name={label} onClick={() => put(path, undefined)} />}
        </>
      }
    >
      <Select
        path={[...path, '*']}
        label={text(nameOf('kind'))}
        help=""
        optional={false}
        value={chosen?.id ?? ''}
        options={options.map(({ id }) => ({ value: id, name: nameOption(id) }))}
        onChange={(id) => {
          const option = options.find((one) => one.id === id);
          if (option) put(path, kept(blank(option.schema, option.id), object));
        }}
      />
      <Flaws findings={findings} />
      {shape?.kind === 'object' && (
        <Entries entries={shape.entries} value={object} path={path} around={[shape.tag?.value, entry]} />
      )}
      {shape && shape.kind !== 'object' && (
        <SchemaInput
          {...props}
          schema={(chosen as Option).schema}
          optional={false}
          bare={shape.kind === 'list' || shape.kind === 'record'}
          label={nameOption((chosen as Option).id)}
        />
      )}
    </Group>
  );
}

/** What goes over to another kind: entries of the same name keep what they were. */
function kept(made: Json, before: Record<string, Json>): Json {
  if (!isJsonObject(made)) return made;
  return Object.fromEntries(
    Object.entries(made).map(([name, value]) => [
      name,
      name !== 'kind' && name !== 'type' && before[name] !== undefined ? (before[name] as Json) : value,
    ]),
  );
}
