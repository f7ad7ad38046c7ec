import Cycle from '@mui/icons-material/DonutLargeOutlined';
import Inbox from '@mui/icons-material/InboxOutlined';
import Told from '@mui/icons-material/MarkEmailUnreadOutlined';
import Menu from '@mui/icons-material/MenuOutlined';
import Badge from '@mui/material/Badge';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router-dom';
import { useCounts } from '../api/queries.ts';
import { useT } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';

/** The thumb's row on a phone. Hidden on a task, where the actions of the task stand. */
export function PhoneBar({ onMore }: { onMore: () => void }) {
  const t = useT();
  const can = useCan();
  const { data: counts } = useCounts();
  const { pathname, search } = useLocation();
  const box = pathname === '/inbox' ? (new URLSearchParams(search).get('box') ?? 'todo') : '';
  if (pathname.startsWith('/tasks/')) return null;
  return (
    <Box component="nav" aria-label={t('layout.menu.main')} className="no-print" sx={bar}>
      <Item to="/inbox?box=todo" here={box !== '' && box !== 'told'} label={t('layout.menu.inbox')}>
        <Badge badgeContent={counts?.todo ?? 0} max={99} color={counts?.overdue ? 'error' : 'primary'}>
          <Inbox />
        </Badge>
      </Item>
      <Item to="/inbox?box=told" here={box === 'told'} label={t('layout.menu.told')}>
        <Badge badgeContent={counts?.told ?? 0} max={99} color="primary">
          <Told />
        </Badge>
      </Item>
      {can('business') && (
        <Item to="/cycles" here={pathname.startsWith('/cycles')} label={t('layout.menu.cycles')}>
          <Cycle />
        </Item>
      )}
      <Box component="button" type="button" onClick={onMore} sx={item(!box && !pathname.startsWith('/cycles'))}>
        <Menu />
        <Typography variant="caption" component="span" sx={{ fontSize: '0.75rem' }}>
          {t('layout.menu.more')}
        </Typography>
      </Box>
    </Box>
  );
}

function Item({ to, here, label, children }: { to: string; here: boolean; label: string; children: ReactNode }) {
  return (
    <Box component={Link} to={to} aria-current={here ? 'page' : undefined} sx={item(here)}>
      {children}
      <Typography variant="caption" component="span" sx={{ fontSize: '0.75rem' }}>
        {label}
      </Typography>
    </Box>
  );
}

const bar = {
  position: 'fixed',
  insetInline: 0,
  bottom: 0,
  zIndex: 'appBar',
  display: { xs: 'grid', md: 'none' },
  gridTemplateColumns: 'repeat(4, 1fr)',
  backgroundColor: 'background.paper',
  borderTop: '1px solid',
  borderColor: 'divider',
  pb: 'env(safe-area-inset-bottom)',
} as const;

const item = (here: boolean) =>
  ({
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: 0.25,
    height: 60,
    pt: 0.75,
    border: 0,
    background: 'none',
    font: 'inherit',
    textDecoration: 'none',
    color: here ? 'primary.main' : 'text.secondary',
  }) as const;
