import Check from '@mui/icons-material/CheckOutlined';
import UnfoldMore from '@mui/icons-material/UnfoldMoreOutlined';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Divider from '@mui/material/Divider';
import ListSubheader from '@mui/material/ListSubheader';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Typography from '@mui/material/Typography';
import { useLogout } from 'ra-core';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useLanguage } from '../i18n/LanguageProvider.tsx';
import { useT } from '../i18n/useT.ts';
import { rememberLanguage, useMe } from '../session/session.ts';
import { chooseMode, type Mode, useChosenMode } from '../theme/mode.ts';
import { visuallyHidden } from '../ui/hidden.ts';
import type { Helper } from './Helpers.tsx';

const MODES: Mode[] = ['auto', 'light', 'dark'];
const HELP = ['palette', 'sheet', 'tour'] as const;
const LANGUAGES = [
  ['zh', '中文'],
  ['en', 'English'],
] as const;

/** Who I am, and the few things that are mine to set. */
export function UserMenu({ onHelp }: { onHelp: (helper: Helper) => void }) {
  const t = useT();
  const me = useMe();
  const mode = useChosenMode();
  const { language, change } = useLanguage();
  const logout = useLogout();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (!me) return null;
  const close = () => setAnchor(null);

  return (
    <>
      <ButtonBase
        onClick={(event) => setAnchor(event.currentTarget)}
        aria-haspopup="menu"
        sx={(theme) => ({
          gap: 1.25,
          p: 1,
          width: '100%',
          borderRadius: 1,
          textAlign: 'start',
          '&:hover': { backgroundColor: theme.tones.sunken },
          '&.Mui-focusVisible': { outline: `2px solid ${theme.palette.primary.main}` },
        })}
      >
        <Initial name={me.person.name} />
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography variant="body2" noWrap sx={{ fontWeight: 600 }}>
            {me.person.name}
          </Typography>
          <Typography variant="caption" color="text.secondary" noWrap component="div">
            {me.person.org.name}
          </Typography>
        </Box>
        <Box component="span" sx={visuallyHidden}>
          {t('layout.user.open')}
        </Box>
        <UnfoldMore sx={{ fontSize: 18, color: 'text.secondary' }} />
      </ButtonBase>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close} slotProps={{ paper: { sx: { minWidth: 220 } } }}>
        <ListSubheader sx={subheader}>{t('layout.user.language')}</ListSubheader>
        {LANGUAGES.map(([key, name]) => (
          <Choice
            key={key}
            chosen={language === key}
            name={name}
            onPick={() => void change(key).then(() => rememberLanguage(key))}
          />
        ))}
        <ListSubheader sx={subheader}>{t('layout.user.theme')}</ListSubheader>
        {MODES.map((key) => (
          <Choice key={key} chosen={mode === key} name={t(`layout.user.${key}`)} onPick={() => chooseMode(key)} />
        ))}
        <Divider />
        <MenuItem component={Link} to="/account" onClick={close}>
          {t('layout.user.account')}
        </MenuItem>
        {HELP.map((helper) => (
          <MenuItem
            key={helper}
            onClick={() => {
              close();
              onHelp(helper);
            }}
          >
            {t(`layout.user.${helper}`)}
          </MenuItem>
        ))}
        <MenuItem onClick={() => void logout()}>{t('session.signOut')}</MenuItem>
      </Menu>
    </>
  );
}

const subheader = { lineHeight: '32px', fontSize: '0.8125rem', backgroundColor: 'transparent' };

function Choice({ chosen, name, onPick, ...rest }: { chosen: boolean; name: string; onPick: () => void }) {
  return (
    <MenuItem
      {...rest}
      role="menuitemradio"
      aria-checked={chosen}
      selected={chosen}
      onClick={onPick}
      sx={{ justifyContent: 'space-between' }}
    >
      {name}
      {chosen && <Check sx={{ fontSize: 18 }} />}
    </MenuItem>
  );
}

/** The family name in a circle: a person at a glance, without a picture from anywhere. */
export function Initial({ name, size = 34 }: { name: string; size?: number }) {
  return (
    <Box
      aria-hidden
      sx={(theme) => ({
        width: size,
        height: size,
        flex: 'none',
        display: 'grid',
        placeItems: 'center',
        borderRadius: '50%',
        fontSize: size * 0.42,
        fontWeight: 600,
        color: theme.tones.calm,
        backgroundColor: theme.tones.calmSoft,
      })}
    >
      {Array.from(name)[0]}
    </Box>
  );
}
