import Add from '@mui/icons-material/AddOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import type { Json } from '../../../../../workflows/json.ts';
import { IN_TREE } from '../../../../../workflows/template/edit/concerns.ts';
import type { Path } from '../../../../../workflows/template/edit/path.ts';
import { blank, type Entry, shapeOf } from '../../../../../workflows/template/edit/shape.ts';
import { nameOf } from '../../../../../workflows/template/words/index.ts';
import { useT, useText } from '../../../i18n/useT.ts';
import { useDesigning } from '../context.ts';
import { isList } from './kinds.ts';
import { SchemaInput } from './SchemaInput.tsx';

interface Props {
  entries: readonly Entry[];
  value: Record<string, Json>;
  path: Path;
  around: readonly (string | undefined)[];
}

/** What most leave out. */
const ASIDE = new Set(['key', 'name', 'help', 'basis', 'trimAbove']);

/** Small ones are always there to be filled in; what is larger and may be left out waits behind a button. */
function isLarge({ name, schema, optional }: Entry): boolean {
  if (!optional) return false;
  if (ASIDE.has(name)) return true;
  const shape = shapeOf(schema);
  if (shape.kind === 'list') return !isList(shape.item);
  if (shape.kind === 'union') return shape.options.some(({ id }) => !id.startsWith('=') && id !== 'string');
  return shape.kind === 'object' || shape.kind === 'record';
}

const isNumber = ({ schema }: Entry): boolean => shapeOf(schema).kind === 'number';
const isTick = ({ schema }: Entry): boolean => shapeOf(schema).kind === 'boolean';

/** The entries of an object: numbers and ticks beside each other, the others below each other. */
export function Entries({ entries, value, path, around }: Props) {
  const t = useT();
  const text = useText();
  const { put } = useDesigning();
  const own = entries.filter(({ name }) => !IN_TREE.has(name));
  const shown = own.filter((entry) => !isLarge(entry) || value[entry.name] !== undefined);
  const waiting = own.filter((entry) => isLarge(entry) && value[entry.name] === undefined);
  const input = (entry: Entry) => (
    <SchemaInput
      key={entry.name}
      schema={entry.schema}
      value={value[entry.name]}
      path={[...path, entry.name]}
      entry={entry.name}
      optional={entry.optional}
      around={around}
    />
  );
  const [numbers, ticks] = [shown.filter(isNumber), shown.filter(isTick)];
  return (
    <>
      {shown.filter((entry) => !isNumber(entry) && !isTick(entry)).map(input)}
      {numbers.length > 0 && (
        <Box
          sx={{
            display: 'grid',
            gap: 1.5,
            gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))',
            alignItems: 'start',
          }}
        >
          {numbers.map(input)}
        </Box>
      )}
      {ticks.length > 0 && (
        <Stack direction="row" useFlexGap sx={{ flexWrap: 'wrap', columnGap: 2 }}>
          {ticks.map(input)}
        </Stack>
      )}
      {waiting.length > 0 && (
        <Stack direction="row" useFlexGap sx={{ flexWrap: 'wrap', gap: 1 }}>
          {waiting.map((entry) => (
            <Button
              key={entry.name}
              size="small"
              variant="outlined"
              startIcon={<Add />}
              onClick={() => put([...path, entry.name], begun(entry))}
            >
              {t('designer.addEntry', { name: text(nameOf(entry.name, around)) })}
            </Button>
          ))}
        </Stack>
      )}
    </>
  );
}

/** A list that is set begins with its first item. */
function begun({ schema }: Entry): Json {
  const shape = shapeOf(schema);
  if (shape.kind !== 'list') return blank(schema);
  const made = blank(schema);
  return Array.isArray(made) && made.length === 0 ? [blank(shape.item)] : made;
}
