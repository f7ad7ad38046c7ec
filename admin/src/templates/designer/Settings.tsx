import Code from '@mui/icons-material/DataObjectOutlined';
import ExpandMore from '@mui/icons-material/ExpandMoreOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { type ReactNode, useState } from 'react';
import { isJsonObject, type Json, type JsonObject } from '../../../../workflows/json.ts';
import { blockSchema } from '../../../../workflows/template/block.ts';
import { ABOUT, CONCERNS } from '../../../../workflows/template/edit/concerns.ts';
import { getAt, type Path } from '../../../../workflows/template/edit/path.ts';
import { type Entry, optionOf, schemaAt, shapeOf } from '../../../../workflows/template/edit/shape.ts';
import { cycleTemplateSchema } from '../../../../workflows/template/schema.ts';
import { nameOf, valueName } from '../../../../workflows/template/words/index.ts';
import type { Text } from '../../api/types.ts';
import { useT, useText } from '../../i18n/useT.ts';
import { Tag } from '../../ui/Tag.tsx';
import { findingsBelow, useDesigning } from './context.ts';
import { Fold } from './Fold.tsx';
import { Entries } from './inputs/Entries.tsx';
import { SchemaInput } from './inputs/SchemaInput.tsx';
import { JsonPart } from './JsonPart.tsx';

/** The settings of what is chosen: a block by its concerns, a phase, or a part of the template. */
export function Settings({ selected }: { selected: Path }) {
  const t = useT();
  const [json, setJson] = useState(false);
  const path: Path = selected[0] === 'about' ? [] : selected;
  const inner = json ? (
    <JsonPart path={path} onClose={() => setJson(false)} />
  ) : selected[0] === 'phases' ? (
    selected.length === 2 ? (
      <PhaseSettings path={selected} />
    ) : (
      <BlockSettings path={selected} />
    )
  ) : (
    <SectionSettings section={String(selected[0])} />
  );
  return (
    <Box>
      {inner}
      {!json && selected[0] !== 'about' && (
        <Button size="small" startIcon={<Code />} onClick={() => setJson(true)} sx={{ mt: 2, color: 'text.secondary' }}>
          {t('designer.asJson')}
        </Button>
      )}
    </Box>
  );
}

function BlockSettings({ path }: { path: Path }) {
  const t = useT();
  const text = useText();
  const { content } = useDesigning();
  const block = getAt(content, path);
  if (!isJsonObject(block ?? null)) return null;
  const known = block as JsonObject;
  const shape = shapeOf(blockSchema);
  const option = shape.kind === 'union' ? optionOf(shape.options, known) : undefined;
  const inner = option && shapeOf(option.schema);
  if (inner?.kind !== 'object') return <Alert severity="warning">{t('designer.unknownBlock')}</Alert>;
  const { entries } = inner;
  return (
    <>
      <Typography variant="caption" color="text.secondary" component="p" sx={{ mb: 1 }}>
        {text(valueName('type', String(known.type)))} · {String(known.key ?? '')}
      </Typography>
      {CONCERNS.map((concern, at) => {
        const own = concern.entries.flatMap((name) => entries.filter((entry) => entry.name === name));
        if (own.length === 0) return null;
        return (
          <Concern
            key={`${path.join()}${concern.key}`}
            title={text(concern.name)}
            open={at === 0 || own.some(({ name, optional }) => !optional && name !== 'name' && name !== 'key')}
            paths={own.map(({ name }) => [...path, name])}
          >
            {() => <Entries entries={own} value={known} path={path} around={[String(known.type)]} />}
          </Concern>
        );
      })}
    </>
  );
}

/** Settings that belong together, folded until one wants them; what is wrong in them shows outside. */
function Concern({
  title,
  open,
  paths,
  children,
}: {
  title: string;
  open: boolean;
  paths: Path[];
  children: () => ReactNode;
}) {
  const { findings } = useDesigning();
  const found = paths.flatMap((path) => findingsBelow(findings, path));
  return (
    <Box sx={{ '& + &': { borderTop: '1px solid', borderColor: 'divider' } }}>
      <Fold
        open={open}
        need={found.length > 0}
        summary={
          <>
            <Typography variant="h3" component="h3" sx={{ flex: 1, py: 1 }}>
              {title}
            </Typography>
            {found.length > 0 && (
              <Tag tone={found.some(({ severity }) => severity === 'error') ? 'late' : 'soon'}>{found.length}</Tag>
            )}
            <ExpandMore className="fold" fontSize="small" sx={{ color: 'text.secondary' }} />
          </>
        }
      >
        {() => (
          <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2, pt: 0.75, pb: 2 }}>
            {children()}
          </Box>
        )}
      </Fold>
    </Box>
  );
}

function PhaseSettings({ path }: { path: Path }) {
  const { content } = useDesigning();
  const value = getAt(content, path);
  return <OwnEntries path={path} value={value} around={[]} />;
}

/** The entries of an object that stands in no list, such as a phase. */
function OwnEntries({
  path,
  value,
  around,
  only,
}: {
  path: Path;
  value: Json | undefined;
  around: string[];
  only?: readonly string[];
}) {
  const { content } = useDesigning();
  const schema = schemaAt(cycleTemplateSchema, content, path);
  const shape = schema && shapeOf(schema);
  if (shape?.kind !== 'object') return null;
  const known = isJsonObject(value ?? null) ? (value as JsonObject) : {};
  const entries: readonly Entry[] = only ? shape.entries.filter(({ name }) => only.includes(name)) : shape.entries;
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Entries entries={entries} value={known} path={path} around={around} />
    </Box>
  );
}

function SectionSettings({ section }: { section: string }) {
  const text = useText();
  const { content } = useDesigning();
  if (section === 'about') return <OwnEntries path={[]} value={content} around={[]} only={ABOUT} />;
  const shape = shapeOf(cycleTemplateSchema);
  const entry = shape.kind === 'object' ? shape.entries.find(({ name }) => name === section) : undefined;
  if (!entry) return null;
  const value = isJsonObject(content) ? content[section] : undefined;
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      {value === undefined && entry.optional ? (
        <Entries entries={[entry]} value={{}} path={[]} around={[]} />
      ) : (
        <SchemaInput
          schema={entry.schema}
          value={value}
          path={[section]}
          entry={section}
          optional={entry.optional}
          around={[]}
          label={text(nameOf(section))}
        />
      )}
    </Box>
  );
}

/** What is chosen, by its name. */
export function useChosenName(selected: Path): string {
  const t = useT();
  const text = useText();
  const { content } = useDesigning();
  if (selected[0] !== 'phases') return t(`designer.section.${selected[0] as 'about'}`);
  const value = getAt(content, selected);
  const name = isJsonObject(value ?? null) ? (value as JsonObject).name : undefined;
  const said = isJsonObject(name ?? null) ? text(name as unknown as Text) : '';
  if (said) return said;
  return selected.length === 2 ? text(nameOf(String(selected[1]))) : t('designer.unnamed');
}
