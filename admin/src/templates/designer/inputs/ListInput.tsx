import Add from '@mui/icons-material/AddOutlined';
import Down from '@mui/icons-material/ArrowDownwardOutlined';
import Up from '@mui/icons-material/ArrowUpwardOutlined';
import Delete from '@mui/icons-material/DeleteOutlined';
import ExpandMore from '@mui/icons-material/ExpandMoreOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { isJsonObject, type Json } from '../../../../../workflows/json.ts';
import { type Path, reorder } from '../../../../../workflows/template/edit/path.ts';
import { blank, type Schema } from '../../../../../workflows/template/edit/shape.ts';
import { freshKey } from '../../../../../workflows/template/edit/tree.ts';
import { useT } from '../../../i18n/useT.ts';
import { Tag } from '../../../ui/Tag.tsx';
import { findingsBelow, useDesigning, useFindingsAt } from '../context.ts';
import { Fold } from '../Fold.tsx';
import { useSummary } from '../useSummary.ts';
import { Flaws } from './Flaws.tsx';
import { Group } from './Group.tsx';
import { type Labelled, SchemaInput } from './SchemaInput.tsx';
import { WeightSum } from './WeightSum.tsx';

/** A list of things that have entries of their own: each folds away, moves and goes. */
export function ListInput(props: Labelled & { item: Schema; min: number }) {
  const { value, path, entry, optional, label, help, bare, item, min } = props;
  const t = useT();
  const { put } = useDesigning();
  const findings = useFindingsAt(path);
  const known = Array.isArray(value) ? value : [];
  const [added, setAdded] = useState<number>();
  const add = () => {
    setAdded(known.length);
    put(path, [...known, withKey(blank(item), entry, known)]);
  };
  const remove = (at: number) => {
    const rest = known.filter((_, n) => n !== at);
    put(path, rest.length === 0 && optional ? undefined : rest);
  };
  return (
    <Group path={path} label={label} help={help} bare={bare}>
      <Flaws findings={findings} />
      {known.map((one, at) => (
        <Item
          // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity of their own; what is open stays open by place
          key={at}
          {...props}
          value={one}
          path={[...path, at]}
          at={at}
          list={path}
          last={at === known.length - 1}
          open={at === added || known.length === 1}
          {...(known.length > min && { onRemove: () => remove(at) })}
        />
      ))}
      <WeightSum items={known} path={path} entry={entry} />
      <Button size="small" startIcon={<Add />} onClick={add} sx={{ justifySelf: 'start' }}>
        {t('designer.addItem')}
      </Button>
    </Group>
  );
}

/** What is added gets a key of its own where it has one. */
function withKey(made: Json, entry: string, known: readonly Json[]): Json {
  if (!isJsonObject(made)) return made;
  const name = ['key', 'code', 'value'].find((one) => made[one] === '');
  if (!name) return made;
  const taken = new Set(known.map((one) => (isJsonObject(one) ? String(one[name]) : '')));
  return { ...made, [name]: freshKey(`${entry.replace(/s$/, '')}${known.length + 1}`, taken) };
}

function Item({
  schema: _,
  item,
  value,
  path,
  at,
  list,
  entry,
  last,
  open,
  onRemove,
}: Labelled & { item: Schema; at: number; list: Path; last: boolean; open: boolean; onRemove?: () => void }) {
  const t = useT();
  const { content, findings, change } = useDesigning();
  const summary = useSummary();
  const below = findingsBelow(findings, path);
  const errors = below.filter(({ severity }) => severity === 'error').length;
  const n = at + 1;
  const move = (to: number) => change(reorder(content, list, at, to));
  const tool = (label: string, icon: React.ReactNode, onClick: (() => void) | undefined) => (
    <IconButton
      size="small"
      aria-label={label}
      disabled={!onClick}
      onClick={(event) => {
        event.preventDefault();
        onClick?.();
      }}
    >
      {icon}
    </IconButton>
  );
  return (
    <Box sx={(theme) => ({ border: `1px solid ${theme.palette.divider}`, borderRadius: 1, position: 'relative' })}>
      <Fold
        open={open}
        need={below.length > 0}
        summary={
          <>
            <ExpandMore
              className="fold"
              fontSize="small"
              sx={{ ml: 1, color: 'text.secondary', transition: 'transform 120ms' }}
            />
            <Typography variant="body2" noWrap sx={{ flex: 1 }}>
              {summary(value ?? null, entry) || t('designer.item', { n })}
            </Typography>
            {below.length > 0 && <Tag tone={errors ? 'late' : 'soon'}>{below.length}</Tag>}
            <Box sx={{ width: 104, flex: 'none' }} />
          </>
        }
      >
        {() => (
          <Box sx={{ px: 1.5, pb: 1.5, pt: 0.5, display: 'grid', gap: 1.75, gridTemplateColumns: 'minmax(0, 1fr)' }}>
            <SchemaInput
              schema={item}
              value={value}
              path={path}
              entry={entry}
              optional={false}
              around={[]}
              label={t('designer.item', { n })}
              bare
            />
          </Box>
        )}
      </Fold>
      <Stack direction="row" sx={{ position: 'absolute', top: 3, right: 4 }}>
        {tool(t('designer.upItem', { n }), <Up fontSize="small" />, at > 0 ? () => move(at - 1) : undefined)}
        {tool(t('designer.downItem', { n }), <Down fontSize="small" />, last ? undefined : () => move(at + 1))}
        {tool(t('designer.removeItem', { n }), <Delete fontSize="small" />, onRemove)}
      </Stack>
    </Box>
  );
}
