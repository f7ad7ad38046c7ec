import { createHash } from 'node:crypto';

/** A row of the audit, as it is exported and verified. Hashes are hex. */
export interface AuditRow {
  stripe: number;
  seq: number;
  /** UTC instant. */
  at: string;
  actor: string | null;
  onBehalfOf: string | null;
  action: string;
  object: string | null;
  ok: boolean;
  /** JSON, byte for byte as it was hashed. */
  detail: string | null;
  request: string | null;
  address: string | null;
  prev: string;
  hash: string;
  alg: string;
}

/** Where a stripe stands: its last row. */
export interface Head {
  stripe: number;
  seq: number;
  hash: string;
}

export const STRIPES = 16;
export const GENESIS = '00'.repeat(32);

/** What is hashed of a row, after the hash of the row before it: the array that the database writes, put together here anew. */
export const bytesOf = (row: Omit<AuditRow, 'prev' | 'hash' | 'alg'>): string =>
  `[${[
    row.stripe,
    row.seq,
    Date.parse(row.at),
    row.actor,
    row.onBehalfOf,
    row.action,
    row.object,
    row.ok,
    row.detail,
    row.request,
    row.address,
  ]
    .map((value) => JSON.stringify(value))
    .join(', ')}]`;

/** The hash that a row must have. */
export const hashOf = (row: AuditRow): string =>
  createHash('sha256').update(Buffer.from(row.prev, 'hex')).update(bytesOf(row)).digest('hex');
