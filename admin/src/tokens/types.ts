import type { Ref } from '../api/types.ts';

export type Scope = 'values' | 'complaints';

/** What a business system signs in with; its text is never told again. */
export interface Token {
  id: string;
  name: string;
  scope: Scope;
  codes: string[];
  orgs: Ref[];
  channels: string[];
  state: 'live' | 'expired' | 'revoked';
  madeAt: string;
  madeBy?: Ref;
  expiresAt: string;
  usedAt?: string;
}

export interface TokenPage {
  items: Token[];
  mostDays: number;
}
