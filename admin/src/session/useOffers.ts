import { useQuery } from '@tanstack/react-query';
import { call } from '../api/http.ts';

/** What the server offers to whoever is not signed in. */
export interface Offers {
  resetByMail: boolean;
  /** There is a provider of identities. */
  oidc?: { label: string };
  /** Nobody has an account yet. */
  setup: boolean;
}

export const useOffers = (): Offers | undefined =>
  useQuery({ queryKey: ['sign-in'], queryFn: () => call<Offers>('/sign-in'), staleTime: 300_000 }).data;
