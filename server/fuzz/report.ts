import type { Mismatch } from '../verify/verify.ts';
import type { Complaint, FailureKind } from './check.ts';
import type { Operation } from './operations.ts';
import type { Sent } from './plan.ts';
import type { Received } from './send.ts';

/** A request that anybody can send again. */
export interface Shown {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

/** A mistake, with the first request that showed it. */
export interface Failure extends Complaint {
  operation: string;
  count: number;
  /** As whom. */
  actor: string;
  request: Shown;
  /** The smallest request that shows the same. */
  shrunk?: Shown | undefined;
  answer: string;
  /** What the server's log says. */
  log?: string | undefined;
}

export interface FuzzResult {
  ok: boolean;
  seed: number;
  requests: number;
  operations: number;
  serverErrors: number;
  schemaMismatches: number;
  leaks: number;
  /** How often each status was answered. */
  statuses: Record<string, number>;
  /** By operation: how many were sent, how many of them did what was asked, and why others were refused. */
  routes: Record<string, { requests: number; done: number; refused: Record<string, number> }>;
  slowest: { operation: string; ms: number };
  /** Longest that `/healthz` took meanwhile. */
  longestPauseMs: number;
  /** Whether the server lived on, and said that it is well. */
  healthy: boolean;
  /** What `bihuan verify` says of the database afterwards. */
  verified: boolean;
  mismatches: Mismatch[];
  failures: Failure[];
}

const COUNTERS: Record<FailureKind, 'serverErrors' | 'schemaMismatches' | 'leaks'> = {
  serverError: 'serverErrors',
  schemaMismatch: 'schemaMismatches',
  leak: 'leaks',
};
const MOST_SHOWN = 4_000;
/** Longer than this nobody else was answered: something had the whole server. */
export const LONGEST_PAUSE_MS = 10_000;

/** How a request is shown. */
export const show = ({ method, url, headers, body }: Sent): Shown => ({
  method,
  url: url.slice(0, MOST_SHOWN),
  headers,
  body: body?.toString('utf8').slice(0, MOST_SHOWN) ?? null,
});

/** The id of a refusal. */
export const problemOf = (body: string): string | undefined => /"type":"\/problems\/([^"]+)"/.exec(body)?.[1];

/** Counts what was sent and what was wrong. */
export const makeReport = (seed: number) => {
  const result: FuzzResult = {
    ok: true,
    seed,
    requests: 0,
    operations: 0,
    serverErrors: 0,
    schemaMismatches: 0,
    leaks: 0,
    statuses: {},
    routes: {},
    slowest: { operation: '', ms: 0 },
    longestPauseMs: 0,
    healthy: true,
    verified: true,
    mismatches: [],
    failures: [],
  };
  const kept = new Map<string, Failure>();
  return {
    sent: () => result.requests,
    failures: () => kept.size,
    count({ id }: Operation, { status, ms, body }: Received) {
      result.requests += 1;
      result.statuses[status] = (result.statuses[status] ?? 0) + 1;
      result.routes[id] ??= { requests: 0, done: 0, refused: {} };
      const route = result.routes[id];
      route.requests += 1;
      const why = problemOf(body) ?? String(status);
      if (status >= 200 && status < 300) route.done += 1;
      else route.refused[why] = (route.refused[why] ?? 0) + 1;
      if (ms > result.slowest.ms) result.slowest = { operation: id, ms: Math.round(ms) };
    },
    failed(
      { id }: Operation,
      complaint: Complaint,
      { actor, sent, received, log }: { actor: string; sent: Sent; received: Received; log: string | undefined },
    ): Failure {
      result[COUNTERS[complaint.kind]] += 1;
      const key = `${id} ${complaint.kind} ${complaint.what}`;
      let failure = kept.get(key);
      if (!failure) {
        const answer = `${received.status} ${received.body.slice(0, MOST_SHOWN)}`;
        failure = { operation: id, ...complaint, count: 0, actor, request: show(sent), answer, ...(log && { log }) };
        kept.set(key, failure);
      }
      failure.count += 1;
      return failure;
    },
    died(log: string | undefined) {
      result.healthy = false;
      result.serverErrors += 1;
      if (log) result.mismatches.push({ caseId: '', what: 'server', detail: log });
    },
    health({ status }: Received, pauseMs: number) {
      result.longestPauseMs = Math.max(result.longestPauseMs, pauseMs);
      if (status !== 200 || pauseMs > LONGEST_PAUSE_MS) result.healthy = false;
    },
    verified(ok: boolean, mismatches: Mismatch[]) {
      if (ok) return;
      result.verified = false;
      result.mismatches.push(...mismatches.slice(0, 20));
    },
    result(): FuzzResult {
      const { serverErrors, schemaMismatches, leaks, healthy, verified } = result;
      return {
        ...result,
        ok: serverErrors + schemaMismatches + leaks === 0 && healthy && verified,
        operations: Object.keys(result.routes).length,
        failures: [...kept.values()],
      };
    },
  };
};
