import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { call } from '../api/http.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useOffers } from './useOffers.ts';

/** Leads to the provider of identities, where the settings name one; nothing anywhere else. */
export function ProviderButton({ next }: { next: string }) {
  const offers = useOffers();
  const start = useMutation({
    mutationFn: () => call<{ url: string }>('/session/oidc', { method: 'POST', body: { next } }),
    onSuccess: ({ url }) => location.assign(url),
  });
  if (!offers?.oidc) return null;
  return (
    <>
      {start.error ? <ProblemAlert error={start.error} /> : null}
      <Button
        variant="outlined"
        size="large"
        disabled={start.isPending || start.isSuccess}
        onClick={() => start.mutate()}
        sx={{ minHeight: 46 }}
      >
        {offers.oidc.label}
      </Button>
    </>
  );
}
