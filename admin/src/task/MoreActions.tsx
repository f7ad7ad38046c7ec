import MoreHoriz from '@mui/icons-material/MoreHoriz';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import type { Action } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';

interface Props {
  actions: Action[];
  busy: boolean;
  onPick: (action: Action) => void;
}

/** What is done less often: a menu that opens upwards, over the bar. */
export function MoreActions({ actions, busy, onPick }: Props) {
  const t = useT();
  const text = useText();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const close = () => setAnchor(undefined);
  return (
    <>
      <Button
        disabled={busy}
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        startIcon={<MoreHoriz />}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ px: { xs: 1.5, sm: 2 }, minHeight: { xs: 44, sm: 38 } }}
      >
        {t('task.act.more')}
      </Button>
      <Menu
        open={anchor !== undefined}
        anchorEl={anchor ?? null}
        onClose={close}
        anchorOrigin={{ vertical: 'top', horizontal: 'left' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'left' }}
      >
        {actions.map((action) => (
          <MenuItem
            key={action.action}
            onClick={() => {
              close();
              onPick(action);
            }}
            sx={{ minHeight: { xs: 48, sm: 36 } }}
          >
            {text(action.name)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
