import Add from '@mui/icons-material/AddOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { isJsonObject, type Json, type JsonObject } from '../../../../workflows/json.ts';
import type { BlockType } from '../../../../workflows/template/edit/kinds.ts';
import type { Path } from '../../../../workflows/template/edit/path.ts';
import { type ListNode, treeOf } from '../../../../workflows/template/edit/tree.ts';
import { pathText } from '../../../../workflows/template/lint/finding.ts';
import { PHASE_NAMES } from '../../../../workflows/template/phases.ts';
import type { Text } from '../../api/types.ts';
import { useT, useText } from '../../i18n/useT.ts';
import { MONO } from '../../theme/theme.ts';
import { visuallyHidden } from '../../ui/hidden.ts';
import { AddMenu } from './AddMenu.tsx';
import { BlockRow } from './BlockRow.tsx';
import { useDesigning } from './context.ts';
import type { Edits } from './useEdits.ts';

interface Props {
  selected: Path;
  edits: Edits;
}

/** The draft's phases and blocks from top to bottom, to be chosen, moved, added to. */
export const Tree = memo(function Tree({ selected, edits }: Props) {
  const t = useT();
  const text = useText();
  const { content } = useDesigning();
  const tree = useMemo(() => treeOf(content), [content]);
  const box = useRef<HTMLDivElement>(null);

  // After a move by keys the row that was moved keeps the focus.
  const row = pathText(selected);
  useEffect(() => {
    const active = document.activeElement;
    if (active === document.body || active?.matches('[data-node]'))
      box.current?.querySelector<HTMLElement>(`[data-node="${row}"]`)?.focus();
  }, [row]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const rows = [...(box.current?.querySelectorAll<HTMLElement>('[data-node]') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    if (at === -1) return;
    event.preventDefault();
    rows[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  };

  return (
    <Box ref={box} onKeyDown={onKeyDown}>
      <Typography
        variant="caption"
        color="text.secondary"
        component="p"
        sx={{ mb: 1, display: { xs: 'none', md: 'block' } }}
      >
        {t('designer.keys')}
      </Typography>
      {tree.map((list, at) => {
        const phase =
          isJsonObject(content) && isJsonObject(content.phases ?? null)
            ? (content.phases as JsonObject)[list.phase]
            : null;
        const name = text(
          textOf(isJsonObject(phase ?? null) ? (phase as JsonObject).name : undefined) ?? PHASE_NAMES[list.phase],
        );
        const path: Path = ['phases', list.phase];
        const chosen = pathText(selected) === pathText(path);
        return (
          <Box key={list.phase} component="section" sx={{ mb: 2 }}>
            <Button
              fullWidth
              data-node={pathText(path)}
              aria-current={chosen ? 'true' : undefined}
              onClick={() => edits.select(path)}
              sx={(theme) => ({
                justifyContent: 'flex-start',
                px: 1,
                color: 'text.primary',
                typography: 'h3',
                backgroundColor: chosen ? theme.tones.calmSoft : 'transparent',
              })}
            >
              <Box component="span" aria-hidden sx={{ color: 'text.secondary', width: 26, textAlign: 'left' }}>
                {at + 1}
              </Box>
              {name}
            </Button>
            <Blocks list={list} name={name} selected={selected} edits={edits} />
          </Box>
        );
      })}
    </Box>
  );
});

const textOf = (value: Json | undefined): Text | undefined =>
  isJsonObject(value ?? null) ? (value as unknown as Text) : undefined;

/** A list of blocks with places to drop between them. */
function Blocks({ list, name, selected, edits }: Props & { list: ListNode; name: string }) {
  const t = useT();
  const text = useText();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <Box>
      <Box component="ol" aria-label={name} sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {list.blocks.map((node) => (
          <Box component="li" key={String(node.block.key ?? pathText(node.path))}>
            <DropZone list={list.path} index={Number(node.path.at(-1))} edits={edits} />
            <BlockRow node={node} selected={selected} edits={edits} />
            {node.lists.length > 0 && (
              <Box sx={(theme) => ({ ml: 2.25, pl: 1.75, borderLeft: `2px solid ${theme.tones.line}` })}>
                {node.lists.map((inner) => {
                  const path =
                    text(textOf(inner.owner?.name)) || text(textOf(node.block.name)) || t('designer.unnamed');
                  return (
                    <Box key={pathText(inner.path)} sx={{ pt: 0.5 }}>
                      {inner.owner && (
                        <Typography
                          variant="caption"
                          color="text.secondary"
                          component="div"
                          sx={{ overflowWrap: 'anywhere' }}
                        >
                          {path}
                          {typeof inner.owner.if === 'string' && (
                            <Box component="code" sx={{ fontFamily: MONO, ml: 1 }}>
                              {inner.owner.if}
                            </Box>
                          )}
                        </Typography>
                      )}
                      <Blocks list={inner} name={path} selected={selected} edits={edits} />
                    </Box>
                  );
                })}
              </Box>
            )}
          </Box>
        ))}
      </Box>
      <DropZone list={list.path} index={list.blocks.length} edits={edits} />
      <Button
        size="small"
        startIcon={<Add />}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ color: 'text.secondary', fontWeight: 400 }}
      >
        {t('designer.add')}
        <Box component="span" sx={visuallyHidden}>
          {t('designer.addHere', { list: name })}
        </Box>
      </Button>
      <AddMenu
        anchor={anchor}
        onClose={() => setAnchor(null)}
        onAdd={(type: BlockType) => {
          setAnchor(null);
          edits.add(list.path, list.blocks.length, type);
        }}
      />
    </Box>
  );
}

/** The type of what is dragged: a block of the designer, by its path. */
export const DRAGGED = 'application/x-bihuan-block';

function DropZone({ list, index, edits }: { list: Path; index: number; edits: Edits }) {
  const [over, setOver] = useState(false);
  return (
    <Box
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const from = event.dataTransfer.getData(DRAGGED);
        if (from) edits.move(JSON.parse(from) as Path, list, index);
      }}
      sx={(theme) => ({
        height: 8,
        borderRadius: 1,
        backgroundColor: over ? theme.palette.primary.main : 'transparent',
      })}
    />
  );
}
