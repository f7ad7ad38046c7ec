import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { BLOCK_KINDS, type BlockType } from '../../../../workflows/template/edit/kinds.ts';
import { iconOf } from '../../flow/icons.tsx';
import { useT, useText } from '../../i18n/useT.ts';

/** What may be added, each kind with what it does. */
export function AddMenu({
  anchor,
  onClose,
  onAdd,
}: {
  anchor: HTMLElement | null;
  onClose: () => void;
  onAdd: (type: BlockType) => void;
}) {
  const t = useT();
  const text = useText();
  return (
    <Menu
      open={anchor !== null}
      anchorEl={anchor}
      onClose={onClose}
      slotProps={{ list: { 'aria-label': t('designer.addWhat') }, paper: { sx: { maxWidth: 440 } } }}
    >
      {BLOCK_KINDS.map(({ type, name, does }) => {
        const Icon = iconOf(type);
        return (
          <MenuItem key={type} onClick={() => onAdd(type)} sx={{ whiteSpace: 'normal' }}>
            <ListItemIcon>
              <Icon fontSize="small" />
            </ListItemIcon>
            <ListItemText
              primary={text(name)}
              secondary={text(does)}
              slotProps={{ primary: { variant: 'body2', fontWeight: 600 }, secondary: { variant: 'caption' } }}
            />
          </MenuItem>
        );
      })}
    </Menu>
  );
}
