import { isJsonObject, type Json } from '../../../../../workflows/json.ts';
import type { Entry } from '../../../../../workflows/template/edit/shape.ts';
import { useDesigning, useFindingsAt } from '../context.ts';
import { Entries } from './Entries.tsx';
import { Flaws } from './Flaws.tsx';
import { Group } from './Group.tsx';
import { RemoveEntry } from './RemoveEntry.tsx';
import type { Labelled } from './SchemaInput.tsx';

/** An object: its entries below its name. */
export function ObjectInput({
  value,
  path,
  entry,
  optional,
  label,
  help,
  bare,
  entries,
  tag,
}: Labelled & { entries: readonly Entry[]; tag: { entry: string; value: string } | undefined }) {
  const { put } = useDesigning();
  const findings = useFindingsAt(path);
  const known = isJsonObject(value ?? null) ? (value as Record<string, Json>) : {};
  return (
    <Group
      path={path}
      label={label}
      help={help}
      bare={bare}
      action={optional && <RemoveEntry name={label} onClick={() => put(path, undefined)} />}
    >
      <Flaws findings={findings} />
      <Entries entries={entries} value={known} path={path} around={[tag?.value, entry]} />
    </Group>
  );
}
