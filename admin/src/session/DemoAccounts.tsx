import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/http.ts';
import type { DemoAccounts as Accounts } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';

/** One button an invented person, where the server runs the demo city; nothing anywhere else. */
export function DemoAccounts({
  busy,
  onPick,
}: {
  busy: boolean;
  onPick: (username: string, password: string) => void;
}) {
  const t = useT();
  const text = useText();
  const { data } = useQuery({
    queryKey: ['demo-accounts'],
    queryFn: () => call<Accounts>('/demo-accounts').catch(() => null),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!data) return null;
  return (
    <Box component="section" aria-label={t('session.demoTitle')}>
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {t('session.demoTitle')}
      </Typography>
      <Typography variant="caption" color="text.secondary" component="p" sx={{ mb: 1.25 }}>
        {t('session.demoHelp', { password: data.password })}
      </Typography>
      <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(190px, 1fr))', gap: 1 }}>
        {data.accounts.map((account) => (
          <ButtonBase
            key={account.username}
            disabled={busy}
            onClick={() => onPick(account.username, data.password)}
            sx={(theme) => ({
              display: 'block',
              textAlign: 'start',
              p: 1.25,
              borderRadius: 1,
              border: `1px solid ${theme.palette.divider}`,
              '&:hover': { borderColor: 'primary.main', backgroundColor: theme.tones.faint },
              '&.Mui-focusVisible': { outline: `2px solid ${theme.palette.primary.main}` },
            })}
          >
            <Typography variant="body2" sx={{ fontWeight: 600 }} component="div" noWrap>
              {text(account.role)}
            </Typography>
            <Typography variant="caption" color="text.secondary" component="div" noWrap>
              {account.name} · {account.org}
            </Typography>
          </ButtonBase>
        ))}
      </Box>
    </Box>
  );
}
