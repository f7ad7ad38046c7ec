import type { Json } from '../../../../../workflows/json.ts';
import { isFeel } from '../../../../../workflows/template/edit/expressions.ts';
import type { Path } from '../../../../../workflows/template/edit/path.ts';
import { refOf } from '../../../../../workflows/template/edit/refs.ts';
import { type Schema, shapeOf } from '../../../../../workflows/template/edit/shape.ts';
import { helpOf, nameOf } from '../../../../../workflows/template/words/index.ts';
import { useText } from '../../../i18n/useT.ts';
import { BooleanInput } from './BooleanInput.tsx';
import { FeelInput } from './FeelInput.tsx';
import { isList } from './kinds.ts';
import { ListInput } from './ListInput.tsx';
import { NumberInput } from './NumberInput.tsx';
import { ObjectInput } from './ObjectInput.tsx';
import { RecordInput } from './RecordInput.tsx';
import { RefInput } from './RefInput.tsx';
import { StringInput } from './StringInput.tsx';
import { TextPair } from './TextPair.tsx';
import { UnionInput } from './UnionInput.tsx';
import { WordInput } from './WordInput.tsx';
import { WordsInput } from './WordsInput.tsx';

export interface InputProps {
  schema: Schema;
  value: Json | undefined;
  path: Path;
  /** The entry that it is. */
  entry: string;
  optional: boolean;
  /** The kind of the object around, and the entry that this stands under, nearest first. */
  around: readonly (string | undefined)[];
  /** Instead of the entry's name. */
  label?: string;
  /** Stands in a frame that says what it is: no heading of its own. */
  bare?: boolean;
}

/** The input of any place of the template language, by its schema. */
export function SchemaInput(props: InputProps) {
  const { schema, entry, around } = props;
  const text = useText();
  const shape = shapeOf(schema);
  const label = props.label ?? text(nameOf(entry, around));
  const help = text(helpOf(entry, around));
  const common = { ...props, label, help };
  const ref = refOf(entry, around);
  switch (shape.kind) {
    case 'text':
      return <TextPair {...common} />;
    case 'string':
      if (ref) return <RefInput {...common} refers={ref} />;
      return isFeel(entry, around) ? <FeelInput {...common} /> : <StringInput {...common} max={shape.max} />;
    case 'number':
      return <NumberInput {...common} min={shape.min} max={shape.max} />;
    case 'boolean':
      return <BooleanInput {...common} />;
    case 'words':
      return <WordInput {...common} values={shape.values} />;
    case 'constant':
      return <WordInput {...common} values={[shape.value]} />;
    case 'list':
      return isList(shape.item) ? (
        <WordsInput {...common} item={shape.item} refers={ref} />
      ) : (
        <ListInput {...common} item={shape.item} min={shape.min} />
      );
    case 'record':
      return <RecordInput {...common} inner={shape.value} refers={ref} />;
    case 'union':
      return <UnionInput {...common} options={shape.options} />;
    case 'object':
      return <ObjectInput {...common} entries={shape.entries} tag={shape.tag} />;
  }
}

export type Labelled = InputProps & { label: string; help: string };
