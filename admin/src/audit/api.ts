import { useMutation } from '@tanstack/react-query';
import { call } from '../api/http.ts';
import { useGet } from '../api/queries.ts';
import type { Json, Ref, Text } from '../api/types.ts';
import { useText } from '../i18n/useT.ts';

/** One row that was changed: what it was, and is. */
export interface Change {
  table: string;
  key: Record<string, Json>;
  before?: Record<string, Json>;
  after?: Record<string, Json>;
}

export interface AuditRow {
  id: string;
  at: string;
  actor: Ref | null;
  onBehalfOf: Ref | null;
  action: string;
  name?: Text;
  object: string | null;
  ok: boolean;
  detail: (Record<string, Json> & { changes?: Change[] & Json; changed?: number }) | null;
  request: string | null;
  address: string | null;
  hash: string;
}

/** Names the action of a row, as a heading. */
export const useActionName = () => {
  const say = useText();
  return ({ name, action }: AuditRow): string => {
    const text = name ? say(name) : action;
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
};

export interface AuditState {
  rows: number;
  archived: number;
  checkpoint: { n: number; at: string; hash: string; rows: number } | null;
  sinceCheckpoint: number;
  restricted: boolean;
  publicKey: string | null;
}

export interface Verification {
  ok: boolean;
  rows: number;
  events: number;
  broken: { stripe: number | null; seq: number | null; what: string; detail: string }[];
  more: number;
  checkpoints: number;
  anchor: { n: number; at: string } | null;
  unanchored: number;
}

export const useAuditState = () => useGet<AuditState>(['audit', 'state'], '/audit/state');

/** Has the whole chain verified. */
export const useVerify = () =>
  useMutation({ mutationFn: () => call<Verification>('/audit/verification', { method: 'POST' }) });
