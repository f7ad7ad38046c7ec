import type { Ref } from '../api/types.ts';

/** One place where somebody is signed in. */
export interface OpenSession {
  id: string;
  address: string;
  agent: string;
  secondFactor: boolean;
  openedAt: string;
  usedAt: string;
  endsAt: string;
  current: boolean;
}

export interface Factor {
  confirmedAt?: string;
  recoveryLeft: number;
}

/** An account as the security administrator sees it. */
export interface Account {
  id: string;
  username: string;
  name: string;
  org: Ref;
  roles: { role: string; org?: Ref }[];
  active: boolean;
  hasPassword: boolean;
  passwordChangedAt?: string;
  signedInAt?: string;
  lockedUntil?: string;
  secondFactorSince?: string;
  invitedUntil?: string;
  sessions: number;
  reachable: boolean;
}

/** What became of a link: mailed, or shown to be handed over. */
export interface GivenLink {
  sentTo?: string;
  path?: string;
  expiresAt?: string;
}
