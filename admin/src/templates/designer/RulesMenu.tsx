import Rule from '@mui/icons-material/LibraryAddOutlined';
import Button from '@mui/material/Button';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { isJsonObject, type JsonObject } from '../../../../workflows/json.ts';
import { PUBLISHED, withRules } from '../../../../workflows/library/rules.ts';
import type { CycleTemplate } from '../../api/types.ts';
import { useT, useText } from '../../i18n/useT.ts';
import { useDesigning } from './context.ts';

/** Takes over a published rule of a place into the draft. */
export function RulesMenu() {
  const t = useT();
  const text = useText();
  const { content, change } = useDesigning();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        size="small"
        startIcon={<Rule />}
        aria-haspopup="menu"
        disabled={!isJsonObject(content)}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ color: 'text.secondary' }}
      >
        {t('templates.rules')}
      </Button>
      <Menu
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        slotProps={{ list: { 'aria-label': t('templates.rules') }, paper: { sx: { maxWidth: 480 } } }}
      >
        {PUBLISHED.map(({ key, name, says }) => (
          <MenuItem
            key={key}
            sx={{ whiteSpace: 'normal' }}
            onClick={() => {
              setAnchor(null);
              change(withRules(content as unknown as CycleTemplate, [key]) as unknown as JsonObject);
            }}
          >
            <ListItemText
              primary={text(name)}
              secondary={text(says)}
              slotProps={{ primary: { variant: 'body2', fontWeight: 600 }, secondary: { variant: 'caption' } }}
            />
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
