import { v7 as uuidv7 } from 'uuid';
import { Prisma } from '../../prisma/client/client.ts';
import type { FINDING_SEVERITIES } from '../../workflows/adjustments/schema.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { inTurn } from '../talk/tell.ts';

export const FINDING_SOURCES = ['inspection', 'observation', 'complaint', 'survey', 'result'] as const;

/** What fell short at a unit, and where that was seen. */
export interface NewFinding {
  orgId: string;
  source: (typeof FINDING_SOURCES)[number];
  /** The inspection, observation, complaint or improvement goal that it comes from. */
  sourceId?: string | undefined;
  indicator?: string | undefined;
  severity: (typeof FINDING_SEVERITIES)[number];
  what: string;
  advice?: string | undefined;
}

/** Under what a finding stands in tables and in plans. */
export const codeOf = (number: number): string => `F${number}`;

/**
 * Puts findings of a cycle that runs on record, open, numbered in the order given. Gives their ids.
 *
 * @example await recordFindings(db, { cycleId, by: me.id, at: now }, [{ orgId, source: 'inspection', severity: 'major', what: '台账缺失' }])
 */
export const recordFindings = async (
  db: Database,
  { cycleId, by, at }: { cycleId: string; by: string; at: Date },
  findings: readonly NewFinding[],
): Promise<string[]> => {
  await checkParticipants(
    db,
    cycleId,
    findings.map(({ orgId }) => orgId),
  );
  await inTurn(db, `findings/${cycleId}`);
  const [last] = await db.$queryRaw<{ n: number }[]>(
    Prisma.sql`SELECT coalesce(max(number), 0)::int AS n FROM findings WHERE cycle_id = ${cycleId}::uuid`,
  );
  const rows = findings.map(({ indicator, sourceId, advice, ...finding }, i) => ({
    ...finding,
    id: uuidv7(),
    cycleId,
    number: (last?.n ?? 0) + i + 1,
    indicatorCode: indicator ?? null,
    sourceId: sourceId ?? null,
    advice: advice ?? null,
    state: 'open',
    foundBy: by,
    foundAt: at,
  }));
  await db.finding.createMany({ data: rows });
  return rows.map(({ id }) => id);
};

/** Refuses a cycle that does not run, and units that take no part in it. */
export const checkParticipants = async (db: Database, cycleId: string, orgIds: readonly string[]): Promise<void> => {
  const cycle = await db.cycle.findUnique({ where: { id: cycleId }, select: { status: true } });
  if (!cycle) throw problem('cycle.unknown');
  if (!['launching', 'running', 'suspended'].includes(cycle.status))
    throw problem('cycle.state', { state: cycle.status });
  const wanted = [...new Set(orgIds)];
  const found = await db.cycleParticipant.findMany({
    where: { cycleId, orgId: { in: wanted } },
    select: { orgId: true },
  });
  const missing = wanted.filter((id) => !found.some(({ orgId }) => orgId === id));
  if (missing.length > 0) throw problem('finding.unit', { units: missing });
};
