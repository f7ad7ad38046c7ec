import { Prisma } from '../../prisma/client/client.ts';
import type { Database } from '../http/deps.ts';
import { itemOverdue, itemsFrom } from '../rectification/read.ts';
import type { Dashboard } from './schema.ts';

/** What waits for somebody's decision or work outside the steps of the cases, counted. */
export const readWaiting = async (
  db: Database,
  cycleId: string,
  now: Date,
  today: string,
): Promise<Dashboard['waiting']> => {
  const of = (table: string, states: readonly string[]) =>
    Prisma.sql`(SELECT count(*)::int FROM ${Prisma.raw(table)} WHERE cycle_id = ${cycleId}::uuid AND state = ANY(${[...states]}::text[]))`;
  const [row] = await db.$queryRaw<Dashboard['waiting'][]>(Prisma.sql`
    SELECT ${of('warnings', ['answered'])} AS orders, ${of('abnormal_flags', ['open', 'explained'])} AS flags, ${of('adjustments', ['proposed'])} AS adjustments,
      ${of('findings', ['open'])} AS findings,
      (SELECT count(*)::int FROM indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id
       WHERE c.cycle_id = ${cycleId}::uuid AND v.state = 'reported') AS "values",
      (SELECT count(*)::int FROM complaints k JOIN cycles y ON y.id = ${cycleId}::uuid
       WHERE k.state IN ('unassigned', 'disputed') AND extract(year FROM k.received_at AT TIME ZONE 'Asia/Shanghai') = y.year) AS complaints,
      (SELECT count(*)::int FROM ballot_sheets s JOIN ballot_rounds r ON r.id = s.round_id
       WHERE r.cycle_id = ${cycleId}::uuid AND s.state = 'open' AND s.assessor_id IS NOT NULL AND NOT s.closed) AS ballots,
      (SELECT count(*)::int FROM opinions WHERE cycle_id = ${cycleId}::uuid AND sort IS NULL) AS opinions,
      (SELECT count(*)::int FROM ${itemsFrom} WHERE r.cycle_id = ${cycleId}::uuid AND ${itemOverdue(today, now)}) AS items`);
  if (!row) throw new Error('counting gave no row');
  return row;
};
