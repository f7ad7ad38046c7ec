import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import { alpha } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { Link, useLocation } from 'react-router-dom';
import { useCounts } from '../api/queries.ts';
import type { MenuItem } from '../feature.ts';
import { useT } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { isHere, menuFor } from './menu.ts';

/** The main menu: on the left of a desk, in the drawer of a phone. */
export function SideMenu({ onGo }: { onGo?: () => void }) {
  const t = useT();
  const can = useCan();
  return (
    <Box component="nav" aria-label={t('layout.menu.main')} sx={{ px: 1.5 }} onClick={onGo}>
      {menuFor(can).map((group) => (
        <Box key={group.key} sx={{ mb: 2.5 }}>
          {group.label && (
            <Typography variant="overline" color="text.secondary" component="p" sx={{ px: 1.25, mb: 0.25 }}>
              {t(group.label)}
            </Typography>
          )}
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {group.items.map((item) => (
              <li key={item.to}>
                <MenuLink item={item} />
              </li>
            ))}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

function MenuLink({ item }: { item: MenuItem }) {
  const t = useT();
  const location = useLocation();
  const here = isHere(item, location.pathname);
  const Icon = item.icon;
  return (
    <Stack
      component={Link}
      to={item.to}
      direction="row"
      spacing={1.25}
      aria-current={here ? 'page' : undefined}
      sx={(theme) => ({
        alignItems: 'center',
        minHeight: 38,
        px: 1.25,
        my: 0.25,
        borderRadius: 1,
        textDecoration: 'none',
        fontSize: '0.9375rem',
        fontWeight: here ? 600 : 400,
        color: here ? 'primary.main' : 'text.primary',
        backgroundColor: here ? alpha(theme.palette.primary.main, 0.1) : 'transparent',
        '&:hover': { backgroundColor: alpha(theme.palette.primary.main, here ? 0.1 : 0.06) },
      })}
    >
      <Icon sx={{ fontSize: 20, color: here ? 'primary.main' : 'text.secondary' }} />
      <Box component="span" sx={{ flex: 1 }}>
        {t(item.label)}
      </Box>
      {item.count && <Count />}
    </Stack>
  );
}

function Count() {
  const { data } = useCounts();
  if (!data?.todo) return null;
  const late = data.overdue > 0;
  return (
    <Box
      component="span"
      sx={{ fontSize: '0.8125rem', fontWeight: 600, color: late ? 'error.main' : 'text.secondary' }}
    >
      {data.todo > 999 ? '999+' : data.todo}
    </Box>
  );
}
