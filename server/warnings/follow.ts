import { v7 as uuidv7 } from 'uuid';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { Colour, Consequence } from '../../workflows/lights/schema.ts';
import { startSheet } from '../../workflows/lights/sheets.ts';
import { Exact } from '../../workflows/scoring/exact.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import { automaticEntry } from '../adjustments/automatic.ts';
import type { Sql } from '../db/sql.ts';
import { insertWarnings, type NewWarning } from './open.ts';

/** What is to follow from a light or a flag. */
export interface Followed {
  cycleIndicatorId: string;
  code: string;
  indicator: Text;
  period: string;
  caseId: string | null;
  source: 'light' | 'flag';
  /** The same cause is followed once. */
  sourceKey: string;
  because: Text;
  consequence: Consequence;
}

interface Where {
  cycleId: string;
  orgId: string;
  template: Pick<CycleTemplate, 'warnings' | 'adjustments'>;
  calendar: Calendar;
  at: string;
}

/**
 * Puts on record what follows: warnings, letters, talks, reports; supervision orders, unless one about the same indicator is under way or
 * the template's own blocks carry them through; points as proposals in the ledger.
 */
export async function followLights(sql: Sql, where: Where, followed: readonly Followed[]): Promise<void> {
  if (followed.length === 0) return;
  const { warnings: scheme } = where.template;
  const orders = followed.some(({ consequence }) => consequence.kind === 'supervise')
    ? await ordersUnderWay(sql, where)
    : new Set<string>();
  const rows = followed.flatMap((each): NewWarning[] => {
    const { consequence, because, code, period, cycleIndicatorId, caseId, source, sourceKey, indicator } = each;
    const row = { cycleIndicatorId, code, period, caseId, indicator, source, sourceKey, because, consequence };
    if (consequence.kind !== 'supervise')
      return [{ ...row, reply: 'reply' in consequence ? consequence.reply : undefined }];
    if (!scheme || orders.has(cycleIndicatorId)) return [];
    orders.add(cycleIndicatorId);
    const sheet = startSheet({ ...scheme, urgent: true }, consequence.sheet, true);
    const colour: Colour = sheet.colour;
    return [{ ...row, colour, reply: scheme.by === 'case' ? undefined : (consequence.reply ?? sheet.reply) }];
  });
  await insertWarnings(sql, where, rows);
  for (const each of followed)
    if (each.consequence.kind === 'points') await proposePoints(sql, where, each, each.consequence.points);
}

async function ordersUnderWay(sql: Sql, { cycleId, orgId }: Where): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>(
    `SELECT DISTINCT cycle_indicator_id::text AS id FROM warnings
     WHERE cycle_id = $1::uuid AND org_id = $2::uuid AND kind = 'supervise' AND state IN ('open', 'answered', 'returned') AND cycle_indicator_id IS NOT NULL`,
    [cycleId, orgId],
  );
  return new Set(rows.map(({ id }) => id));
}

/** A line in the ledger of the cycle that waits for approval. */
async function proposePoints(
  sql: Sql,
  { cycleId, orgId, template, at }: Where,
  { code, period, indicator, because, sourceKey }: Followed,
  points: string,
): Promise<void> {
  const amount = new Exact(points);
  const { text, values } = automaticEntry(template, {
    id: uuidv7(),
    changeId: uuidv7(),
    cycleId,
    orgId,
    cause: 'light',
    kind: amount.lt(0) ? 'deduction' : 'bonus',
    points: amount.abs().toFixed(),
    reason: `${indicator.zh} ${period}：${because.zh}`,
    source: { kind: 'light', code, period },
    key: sourceKey,
    at,
  });
  await sql.query(text, values);
}
