import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { Link as RouterLink, useLocation, useNavigate } from 'react-router-dom';
import { storedLanguage, useLanguage } from '../i18n/LanguageProvider.tsx';
import { useT } from '../i18n/useT.ts';
import { LanguageButton } from '../layout/LanguageButton.tsx';
import { Mark } from '../ui/Mark.tsx';
import { useTitle } from '../ui/Page.tsx';
import { CodeForm, isExpired } from './CodeForm.tsx';
import { DemoAccounts } from './DemoAccounts.tsx';
import { Loop } from './Loop.tsx';
import { ProviderButton } from './ProviderButton.tsx';
import { SignInForm } from './SignInForm.tsx';
import { loadMe, type Step, signIn } from './session.ts';
import { useOffers } from './useOffers.ts';

export default function SignInPage() {
  const t = useT();
  const { change } = useLanguage();
  const navigate = useNavigate();
  const { state } = useLocation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [asked, setAsked] = useState(asksForCode(state));
  const offers = useOffers();
  useTitle(t('session.title'));

  const target = cameFrom(state);

  useEffect(() => {
    loadMe().then(
      () => navigate(target, { replace: true }),
      () => {},
    );
  }, [navigate, target]);

  useEffect(() => {
    if (offers?.setup) navigate('/setup', { replace: true });
  }, [navigate, offers]);

  const enter = async (step: Step) => {
    setBusy(true);
    setError(null);
    try {
      const me = await signIn(step);
      setAsked(!me);
      if (!me) {
        setBusy(false);
        return;
      }
      const { person } = me;
      if (!storedLanguage() && (person.language === 'zh' || person.language === 'en')) await change(person.language);
      navigate(target, { replace: true });
    } catch (failure) {
      if (isExpired(failure)) setAsked(false);
      setError(failure);
      setBusy(false);
    }
  };

  return (
    <Box sx={{ minHeight: '100dvh', display: 'grid', gridTemplateColumns: { md: 'minmax(0, 5fr) minmax(0, 6fr)' } }}>
      <Stack
        component="aside"
        aria-label={t('common.tagline')}
        sx={(theme) => ({
          display: { xs: 'none', md: 'flex' },
          justifyContent: 'center',
          alignItems: 'center',
          backgroundColor: theme.tones.sunken,
          borderRight: `1px solid ${theme.palette.divider}`,
          p: 6,
        })}
      >
        <Loop />
      </Stack>
      <Stack
        component="main"
        sx={{ p: { xs: 3, md: 6 }, justifyContent: 'center', backgroundColor: 'background.paper' }}
      >
        <Stack spacing={3.5} sx={{ width: '100%', maxWidth: 420, mx: 'auto' }}>
          <Stack direction="row" spacing={1.5} sx={{ alignItems: 'center' }}>
            <Mark size={36} />
            <Box sx={{ flex: 1 }}>
              <Typography variant="h1">{t('common.name')}</Typography>
              <Typography variant="caption" color="text.secondary">
                {t('common.tagline')}
              </Typography>
            </Box>
            <LanguageButton />
          </Stack>
          {asked ? (
            <>
              <CodeForm busy={busy} error={error} onSubmit={(code) => enter({ code })} />
              <Button size="small" onClick={() => setAsked(false)} sx={{ alignSelf: 'flex-start' }}>
                {t('session.other')}
              </Button>
            </>
          ) : (
            <>
              <SignInForm busy={busy} error={error} onSubmit={(username, password) => enter({ username, password })} />
              {offers?.resetByMail && (
                <Link component={RouterLink} to="/forgotten" variant="body2">
                  {t('session.forgotten')}
                </Link>
              )}
              <ProviderButton next={target} />
              <Divider />
              <DemoAccounts busy={busy} onPick={(username, password) => enter({ username, password })} />
            </>
          )}
        </Stack>
      </Stack>
    </Box>
  );
}

/** The provider of identities has vouched for somebody who has a second factor here. */
const asksForCode = (state: { secondFactor?: boolean } | null): boolean => state?.secondFactor === true;

/** Where react-admin sent the user away from, as it says it; never another site. */
function cameFrom(state: { nextPathname?: string; nextSearch?: string } | null): string {
  const path = state?.nextPathname;
  return path?.startsWith('/') && !path.startsWith('//') && path !== '/login' ? path + (state?.nextSearch ?? '') : '/';
}
