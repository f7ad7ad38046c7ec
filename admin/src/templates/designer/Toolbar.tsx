import Add from '@mui/icons-material/AddOutlined';
import Down from '@mui/icons-material/ArrowDownwardOutlined';
import Up from '@mui/icons-material/ArrowUpwardOutlined';
import Copy from '@mui/icons-material/ContentCopyOutlined';
import Delete from '@mui/icons-material/DeleteOutlined';
import Out from '@mui/icons-material/FormatIndentDecreaseOutlined';
import In from '@mui/icons-material/FormatIndentIncreaseOutlined';
import Redo from '@mui/icons-material/RedoOutlined';
import Undo from '@mui/icons-material/UndoOutlined';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { type ReactNode, useState } from 'react';
import type { Path } from '../../../../workflows/template/edit/path.ts';
import { useT } from '../../i18n/useT.ts';
import { AddMenu } from './AddMenu.tsx';
import type { Autosave } from './useAutosave.ts';
import type { Edits } from './useEdits.ts';

interface Props {
  selected: Path;
  edits: Edits;
  save: Autosave['state'];
  onUndo: (() => void) | undefined;
  onRedo: (() => void) | undefined;
}

/** What may be done with the draft and the block that is chosen. */
export function Toolbar({ selected, edits, save, onUndo, onRedo }: Props) {
  const t = useT();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const block = selected[0] === 'phases' && typeof selected.at(-1) === 'number';
  const phase = selected[0] === 'phases' && !block;
  const on = (run: () => void) => (block ? run : undefined);
  return (
    <Stack
      direction="row"
      useFlexGap
      sx={(theme) => ({
        alignItems: 'center',
        flexWrap: 'wrap',
        gap: 0.25,
        position: 'sticky',
        top: 0,
        zIndex: 2,
        py: 0.75,
        mb: 1,
        backgroundColor: theme.palette.background.default,
      })}
    >
      <Tool label={t('designer.undo')} keys="Control+Z" onClick={onUndo}>
        <Undo fontSize="small" />
      </Tool>
      <Tool label={t('designer.redo')} keys="Control+Shift+Z" onClick={onRedo}>
        <Redo fontSize="small" />
      </Tool>
      <Divider orientation="vertical" flexItem sx={{ mx: 0.5 }} />
      <Tool
        label={t('designer.addAfter')}
        onClick={block || phase ? (event) => setAnchor(event.currentTarget) : undefined}
      >
        <Add fontSize="small" />
      </Tool>
      <Tool label={t('designer.moveUp')} keys="Alt+ArrowUp" onClick={on(() => edits.step(selected, 'up'))}>
        <Up fontSize="small" />
      </Tool>
      <Tool label={t('designer.moveDown')} keys="Alt+ArrowDown" onClick={on(() => edits.step(selected, 'down'))}>
        <Down fontSize="small" />
      </Tool>
      <Tool label={t('designer.moveOut')} keys="Alt+ArrowLeft" onClick={on(() => edits.step(selected, 'out'))}>
        <Out fontSize="small" />
      </Tool>
      <Tool label={t('designer.moveIn')} keys="Alt+ArrowRight" onClick={on(() => edits.step(selected, 'in'))}>
        <In fontSize="small" />
      </Tool>
      <Tool label={t('designer.duplicate')} onClick={on(() => edits.duplicate(selected))}>
        <Copy fontSize="small" />
      </Tool>
      <Tool label={t('designer.remove')} keys="Delete" onClick={on(() => edits.remove(selected))}>
        <Delete fontSize="small" />
      </Tool>
      <Typography
        variant="caption"
        role="status"
        sx={{ ml: 'auto', color: save === 'failed' || save === 'conflict' ? 'error.main' : 'text.secondary' }}
      >
        {save === 'conflict' ? t('designer.failed') : t(`designer.${save}`)}
      </Typography>
      <AddMenu
        anchor={anchor}
        onClose={() => setAnchor(null)}
        onAdd={(type) => {
          setAnchor(null);
          if (block) edits.add(selected.slice(0, -1), Number(selected.at(-1)) + 1, type);
          else edits.add([...selected, 'blocks'], 0, type);
        }}
      />
    </Stack>
  );
}

function Tool({
  label,
  keys,
  onClick,
  children,
}: {
  label: string;
  keys?: string;
  onClick: ((event: React.MouseEvent<HTMLElement>) => void) | undefined;
  children: ReactNode;
}) {
  return (
    <IconButton
      size="small"
      aria-label={label}
      aria-keyshortcuts={keys}
      title={keys ? `${label} (${keys.replace('Control', 'Ctrl').replace('Arrow', '')})` : label}
      disabled={!onClick}
      onClick={(event) => onClick?.(event)}
      sx={{ minWidth: { xs: 40, md: 32 }, minHeight: { xs: 40, md: 32 } }}
    >
      {children}
    </IconButton>
  );
}
