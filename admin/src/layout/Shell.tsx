import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { Link, Navigate, useLocation } from 'react-router-dom';
import { onDuty } from '../api/http.ts';
import { useLive } from '../api/live.ts';
import { useT } from '../i18n/useT.ts';
import { SignInAgain } from '../session/SignInAgain.tsx';
import { reloadMe, useMe } from '../session/session.ts';
import { Mark } from '../ui/Mark.tsx';
import { Tag } from '../ui/Tag.tsx';
import { Failed } from './Failed.tsx';
import { useHelpers } from './Helpers.tsx';
import { Notifications } from './Notifications.tsx';
import { PhoneBar } from './PhoneBar.tsx';
import { SideMenu } from './SideMenu.tsx';
import { UserMenu } from './UserMenu.tsx';
import { Waiting } from './Waiting.tsx';

const WIDTH = 232;

/** What stands around every page: the menu and who I am on the left, the page on the right. */
export function Shell({ children }: { children?: ReactNode }) {
  const t = useT();
  const location = useLocation();
  const [drawer, setDrawer] = useState(false);
  const { helpers, show } = useHelpers();
  useLive();
  const busy = useDuty();

  return (
    <Box sx={{ minHeight: '100dvh' }}>
      <SkipLink label={t('common.skip')} />
      <Stack component="header" className="no-print" sx={rail}>
        <Brand />
        <Box sx={{ flex: 1, overflowY: 'auto', mt: 1 }}>
          <SideMenu />
        </Box>
        <Box sx={{ p: 1.5, borderTop: '1px solid', borderColor: 'divider' }}>
          <UserMenu onHelp={show} />
        </Box>
      </Stack>
      <Drawer
        anchor="right"
        open={drawer}
        onClose={() => setDrawer(false)}
        slotProps={{ paper: { sx: { width: 280 } } }}
      >
        <Box sx={{ p: 1.5 }}>
          <UserMenu onHelp={show} />
        </Box>
        <SideMenu onGo={() => setDrawer(false)} />
      </Drawer>
      <Box
        component="main"
        id="main"
        tabIndex={-1}
        sx={{
          ml: { md: `${WIDTH}px` },
          pb: { xs: location.pathname.startsWith('/tasks/') ? 0 : '64px', md: 0 },
          outline: 'none',
          '@media print': { ml: 0 },
        }}
      >
        <ErrorBoundary FallbackComponent={Failed} resetKeys={[location.pathname]}>
          <Suspense fallback={<Waiting />}>{busy ? <Navigate to="/account" replace /> : children}</Suspense>
        </ErrorBoundary>
      </Box>
      <PhoneBar onMore={() => setDrawer(true)} />
      {helpers}
      <SignInAgain />
      <Notifications />
    </Box>
  );
}

/** Whether another page must wait until an expired password or a missing second factor is seen to. */
function useDuty(): boolean {
  const me = useMe();
  const { pathname } = useLocation();
  useEffect(() => onDuty(() => void reloadMe()), []);
  return me?.duty !== undefined && pathname !== '/account';
}

function Brand() {
  const t = useT();
  const me = useMe();
  return (
    <Stack
      component={Link}
      to="/inbox"
      direction="row"
      spacing={1.25}
      sx={{
        alignItems: 'center',
        px: 2.5,
        pt: 2.5,
        pb: 1.5,
        color: 'text.primary',
        '&, &:hover': { textDecoration: 'none' },
      }}
    >
      <Mark size={26} />
      <Typography component="span" sx={{ fontSize: '1.125rem', fontWeight: 700, letterSpacing: '0.04em', flex: 1 }}>
        {t('common.name')}
      </Typography>
      {me?.demo && <Tag tone="soon">{t('common.demo')}</Tag>}
    </Stack>
  );
}

function SkipLink({ label }: { label: string }) {
  return (
    <Box
      component="a"
      href="#main"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}
      sx={{
        position: 'absolute',
        left: -9999,
        '&:focus': { left: 8, top: 8, zIndex: 2000, p: 1, backgroundColor: 'background.paper' },
      }}
    >
      {label}
    </Box>
  );
}

const rail = {
  position: 'fixed',
  insetBlock: 0,
  left: 0,
  width: WIDTH,
  display: { xs: 'none', md: 'flex' },
  backgroundColor: 'background.paper',
  borderRight: '1px solid',
  borderColor: 'divider',
} as const;
