import { Prisma } from '../../prisma/client/client.ts';
import type { Text } from '../../workflows/text.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import { allowed } from '../auth/sql.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';

/** `corrected`: the value was corrected before anybody decided, and is suspicious no longer. */
export const FLAG_STATES = ['open', 'explained', 'dismissed', 'confirmed', 'corrected'] as const;
export const FLAG_KINDS = ['outlier', 'jump', 'impossible', 'copied', 'gap', 'idle'] as const;

export interface FlagRow {
  id: string;
  cycle_id: string;
  org_id: string;
  org_name: string;
  code: string;
  indicator: string | null;
  period: string;
  rule: string;
  kind: (typeof FLAG_KINDS)[number];
  because: Text;
  at: Date;
  state: (typeof FLAG_STATES)[number];
  explanation: string | null;
  explained_by: string | null;
  explained_at: Date | null;
  note: string | null;
  decided_at: Date | null;
}

export const flagColumns = Prisma.sql`f.id, f.cycle_id, f.org_id, o.name AS org_name, f.code, i.name AS indicator, f.period, f.rule, f.kind, f.because, f.at, f.state, f.explanation,
  f.explained_by, f.explained_at, f.note, f.decided_at`;
export const flagFrom = Prisma.sql`abnormal_flags f JOIN org_units o ON o.id = f.org_id LEFT JOIN cycle_indicators i ON i.id = f.cycle_indicator_id`;
export const flagSeen = (me: Me): Prisma.Sql => allowed(me, 'read', 'AbnormalFlag');

export const presentFlag = (row: FlagRow, me: Me) => ({
  id: row.id,
  cycleId: row.cycle_id,
  org: { id: row.org_id, name: row.org_name },
  indicator: { code: row.code, name: row.indicator ?? row.code },
  period: row.period,
  rule: row.rule,
  kind: row.kind,
  because: row.because,
  at: row.at.toISOString(),
  state: row.state,
  ...(row.explanation !== null && { explanation: row.explanation }),
  ...(row.explained_at && { explainedAt: row.explained_at.toISOString() }),
  ...(row.note !== null && { note: row.note }),
  ...(row.decided_at && { decidedAt: row.decided_at.toISOString() }),
  can: [
    ...((row.state === 'open' || row.state === 'explained') && me.house.includes(row.org_id) ? ['explain'] : []),
    ...((row.state === 'open' || row.state === 'explained') && may(me, 'cases.control') && row.explained_by !== me.id
      ? ['decide']
      : []),
  ],
});

/** One flag that the person may see. */
export const readFlag = async (db: Database, id: string, me: Me): Promise<FlagRow> => {
  const rows = await db.$queryRaw<FlagRow[]>(
    Prisma.sql`SELECT ${flagColumns} FROM ${flagFrom} WHERE f.id = ${id}::uuid AND ${flagSeen(me)}`,
  );
  const row = rows[0];
  if (!row) throw problem('flag.unknown');
  return row;
};

const changed = (count: number, { state }: FlagRow): void => {
  if (count === 0) throw problem('flag.state', { state });
};

/** The unit says why the value is as it is. */
export const explainFlag = async (
  db: Database,
  row: FlagRow,
  explanation: string,
  me: Me,
  now: Date,
): Promise<void> => {
  if (!me.house.includes(row.org_id)) throw problem('warning.notYours');
  const { count } = await db.abnormalFlag.updateMany({
    where: { id: row.id, state: { in: ['open', 'explained'] } },
    data: { state: 'explained', explanation, explainedBy: me.id, explainedAt: now, version: { increment: 1 } },
  });
  changed(count, row);
};

/** The office finds that the value is sound after all, or that it is not. */
export const decideFlag = async (
  db: Database,
  row: FlagRow,
  { verdict, note }: { verdict: 'dismissed' | 'confirmed'; note: string },
  me: Me,
  now: Date,
): Promise<void> => {
  if (row.explained_by === me.id) throw problem('flag.own');
  const { count } = await db.abnormalFlag.updateMany({
    where: { id: row.id, state: { in: ['open', 'explained'] }, NOT: { explainedBy: me.id } },
    data: { state: verdict, note, decidedBy: me.id, decidedAt: now, version: { increment: 1 } },
  });
  changed(count, row);
};
