import { subject } from '@casl/ability';
import type pg from 'pg';
import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { capAdjustments } from '../../workflows/adjustments/caps.ts';
import type { AdjustmentScheme } from '../../workflows/adjustments/schema.ts';
import { type Bar, barInWords, barOf } from '../../workflows/adjustments/withheld.ts';
import type { AdjustmentData } from '../../workflows/scoring/data.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Holder, Me } from '../auth/me.ts';
import { policyOf } from '../auth/rules.ts';
import { allowed } from '../auth/sql.ts';
import { readCycleTemplate } from '../cycles/read.ts';
import { overPg, overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, type Page, readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import { readBars } from './bars.ts';
import { mayApprove, mayPropose, seesLedger } from './policy.ts';
import type { AdjustmentView, adjustmentDetail, adjustmentQuery, schemeSchema, totalsSchema } from './schema.ts';
import { readGoals } from './special.ts';
import { groupName, itemName } from './words.ts';

export interface AdjustmentRow {
  id: string;
  cycle_id: string;
  case_id: string;
  org_id: string;
  org_name: string;
  kind: AdjustmentView['kind'];
  item: string;
  item_group: string | null;
  points: string;
  reason: string;
  document: string | null;
  evidence: string[];
  files: AdjustmentView['evidence'];
  source: AdjustmentView['source'];
  state: AdjustmentView['state'];
  proposed_by: string | null;
  proposer: string | null;
  proposed_at: Date;
  decided_by: string | null;
  decider: string | null;
  decided_at: Date | null;
  version: number;
}

const columns = (
  me: Holder,
) => Prisma.sql`a.id, a.cycle_id, a.case_id, a.org_id, o.name AS org_name, a.kind, a.item, a.item_group, trim_scale(a.points)::text AS points,
  a.reason, a.document, a.evidence, a.source, a.state, a.proposed_by, p.name AS proposer, a.proposed_at, a.decided_by, d.name AS decider, a.decided_at, a.version,
  coalesce((SELECT json_agg(json_build_object('id', e.id, 'name', e.name, 'size', e.size, 'mime', e.mime) ORDER BY e.at, e.id)
            FROM evidence e WHERE e.id = ANY(a.evidence) AND ${allowed(me, 'read', 'Evidence')}), '[]') AS files`;
const from = Prisma.sql`adjustments a JOIN org_units o ON o.id = a.org_id LEFT JOIN people p ON p.id = a.proposed_by LEFT JOIN people d ON d.id = a.decided_by`;

const visible = (me: Me, scheme: AdjustmentScheme | undefined): Prisma.Sql =>
  seesLedger(me, scheme) ? Prisma.sql`TRUE` : allowed(me, 'read', 'Adjustment');

/** The ledger of a cycle, the latest entry first. */
export const listAdjustments = async (
  db: Database,
  cycleId: string,
  query: z.infer<typeof adjustmentQuery>,
  me: Me,
): Promise<Page<AdjustmentView>> => {
  const template = await readCycleTemplate(db, cycleId);
  const where = [Prisma.sql`a.cycle_id = ${cycleId}::uuid`, visible(me, template.adjustments)];
  if (query.state) where.push(Prisma.sql`a.state = ${query.state}`);
  if (query.kind) where.push(Prisma.sql`a.kind = ${query.kind}`);
  if (query.item) where.push(Prisma.sql`a.item = ${query.item}`);
  if (query.orgId) where.push(Prisma.sql`a.org_id = ${query.orgId}::uuid`);
  if (query.q) where.push(Prisma.sql`(a.reason ILIKE ${likePattern(query.q)} OR o.name ILIKE ${likePattern(query.q)})`);
  const page = await readPage<AdjustmentRow>(
    db,
    {
      columns: columns(me),
      from,
      where,
      sorts: {
        proposedAt: { by: Prisma.sql`a.proposed_at`, type: 'timestamptz' },
        points: { by: Prisma.sql`a.points`, type: 'numeric' },
        org: { by: Prisma.sql`o.code`, type: 'text' },
      },
      sort: '-proposedAt',
      id: Prisma.sql`a.id::text`,
    },
    query,
  );
  const bars = await readBars(overPrisma(db), cycleId);
  return { ...page, items: page.items.map((row) => presentAdjustment(row, template, me, bars.get(row.org_id))) };
};

/** One entry with its template, or `adjustment.unknown`. @param lock keeps it from changing until the transaction ends */
export const findAdjustment = async (
  db: Database,
  id: string,
  me: Holder,
  lock = false,
): Promise<{ row: AdjustmentRow; template: CycleTemplate }> => {
  if (lock) await db.$executeRaw(Prisma.sql`SELECT 1 FROM adjustments WHERE id = ${id}::uuid FOR UPDATE`);
  const [row] = await db.$queryRaw<AdjustmentRow[]>(
    Prisma.sql`SELECT ${columns(me)} FROM ${from} WHERE a.id = ${id}::uuid`,
  );
  if (!row) throw problem('adjustment.unknown');
  const template = await readCycleTemplate(db, row.cycle_id);
  const entry = subject('Adjustment', { orgId: row.org_id, proposedBy: row.proposed_by });
  if (!seesLedger(me, template.adjustments) && !policyOf(me).can('read', entry)) throw problem('adjustment.unknown');
  return { row, template };
};

/** One entry with everything that happened to it. */
export const readAdjustment = async (db: Database, id: string, me: Me): Promise<z.infer<typeof adjustmentDetail>> => {
  const { row, template } = await findAdjustment(db, id, me);
  const changes = await db.$queryRaw<
    {
      at: Date;
      by: string | null;
      name: string | null;
      what: z.infer<typeof adjustmentDetail>['changes'][number]['what'];
      reason: string | null;
      before: AdjustmentView['source'] | null;
      after: AdjustmentView['source'];
    }[]
  >(Prisma.sql`
    SELECT c.at, c.by, p.name, c.what, c.reason, c.before, c.after FROM adjustment_changes c LEFT JOIN people p ON p.id = c.by
    WHERE c.adjustment_id = ${id}::uuid ORDER BY c.id`);
  const bars = await readBars(overPrisma(db), row.cycle_id, row.org_id);
  return {
    ...presentAdjustment(row, template, me, bars.get(row.org_id)),
    changes: changes.map(({ at, by, name, ...change }) => ({
      ...change,
      at: at.toISOString(),
      by: by === null ? null : { id: by, name: name ?? '' },
    })),
  };
};

/** The stage that an entry is for, or the period of the light that it came from. */
export const stageOf = ({ source }: Pick<AdjustmentRow, 'source'>): string | null =>
  typeof source.period === 'string' ? source.period : null;

/** Why an entry counts for nothing, or would if it were approved. */
const withheldOf = (row: Pick<AdjustmentRow, 'kind' | 'source'>, bars: readonly Bar[] = []) => {
  const bar = barOf({ kind: row.kind, period: stageOf(row) }, bars);
  return bar ? barInWords(bar) : null;
};

const presentAdjustment = (
  row: AdjustmentRow,
  template: CycleTemplate,
  me: Me,
  bars?: readonly Bar[],
): AdjustmentView => ({
  id: row.id,
  org: { id: row.org_id, name: row.org_name },
  caseId: row.case_id,
  kind: row.kind,
  item: { key: row.item, name: itemName(template, row.item) },
  group: row.item_group === null ? null : { key: row.item_group, name: groupName(template, row.item_group) },
  points: row.points,
  reason: row.reason,
  document: row.document,
  evidence: row.files,
  source: row.source,
  period: stageOf(row),
  withheld: withheldOf(row, bars),
  state: row.state,
  proposedBy: row.proposed_by === null ? null : { id: row.proposed_by, name: row.proposer ?? '' },
  proposedAt: row.proposed_at.toISOString(),
  decidedBy: row.decided_by === null ? null : { id: row.decided_by, name: row.decider ?? '' },
  decidedAt: row.decided_at?.toISOString() ?? null,
  version: row.version,
  can: actionsOn(row, template.adjustments, me),
});

/** What somebody may do with an entry now. */
export const actionsOn = (row: AdjustmentRow, scheme: AdjustmentScheme | undefined, me: Holder): string[] => {
  const approver = mayApprove(me, scheme) && !me.house.includes(row.org_id);
  const mine = row.proposed_by === me.id;
  if (row.state === 'approved') return approver ? ['revoke'] : [];
  if (row.state !== 'proposed') return [];
  return [
    ...(mine || (row.proposed_by === null && approver) ? ['correct'] : []),
    ...(mine ? ['withdraw'] : []),
    ...(approver && !mine ? ['approve', 'reject'] : []),
  ];
};

/** What may be entered, and what of it the caller may. */
export const readScheme = async (db: Database, cycleId: string, me: Me): Promise<z.infer<typeof schemeSchema>> => {
  const { adjustments: scheme } = await readCycleTemplate(db, cycleId);
  if (!scheme) throw problem('adjustment.none');
  const some = scheme.items.some((item) =>
    mayPropose(me, scheme, item, { id: me.house[0] ?? me.org.id, monitoringUnitId: null }),
  );
  const proposers = [...(scheme.propose ?? []), ...scheme.items.flatMap(({ propose }) => propose ?? [])];
  const role = me.roles.some((held) => proposers.includes(held.role));
  return {
    items: scheme.items.map((item) => ({
      key: item.key,
      kind: item.kind,
      name: item.name,
      basis: item.basis ?? null,
      group: item.group ?? null,
      points: item.points ?? null,
      most: item.most ?? null,
      cap: item.cap ?? null,
      stage: item.stage ?? null,
      goal: item.goal ?? null,
      evidence: item.evidence === 'required',
    })),
    goals: seesLedger(me, scheme) || role ? await readGoals(db, cycleId, scheme) : [],
    can: [...(some || role ? ['propose'] : []), ...(mayApprove(me, scheme) ? ['approve'] : [])],
  };
};

/** What the approved entries of each unit come to, before and after the caps. */
export const readTotals = async (db: Database, cycleId: string, me: Me): Promise<z.infer<typeof totalsSchema>> => {
  const template = await readCycleTemplate(db, cycleId);
  const rows = await db.$queryRaw<AdjustmentRow[]>(Prisma.sql`
    SELECT ${columns(me)} FROM ${from} WHERE a.cycle_id = ${cycleId}::uuid AND a.state IN ('approved', 'proposed') AND ${visible(me, template.adjustments)}
    ORDER BY o.code, a.id`);
  const bars = await readBars(overPrisma(db), cycleId);
  const units = new Map<string, AdjustmentRow[]>();
  for (const row of rows) units.set(row.case_id, [...(units.get(row.case_id) ?? []), row]);
  return {
    items: [...units].map(([caseId, own]) => {
      const totals = capAdjustments(
        template.adjustments,
        own.filter((row) => row.state === 'approved' && withheldOf(row, bars.get(row.org_id)) === null),
      );
      const named = (name: (key: string) => { zh: string; en: string }) => (one: (typeof totals.items)[number]) => ({
        ...one,
        name: name(one.key),
      });
      return {
        org: { id: own[0]?.org_id ?? '', name: own[0]?.org_name ?? '' },
        caseId,
        items: totals.items.map(named((key) => itemName(template, key))),
        groups: totals.groups.map(named((key) => groupName(template, key))),
        year: totals.year.map(named(() => ({ zh: '全年', en: 'the year' }))),
        sum: totals.sum,
        vetoes: totals.vetoes.map((key) => ({ key, name: itemName(template, key) })),
        proposed: own.filter(({ state }) => state === 'proposed').length,
        withheld: own.filter((row) => row.state === 'approved' && withheldOf(row, bars.get(row.org_id)) !== null)
          .length,
      };
    }),
  };
};

/** The approved entries of the ledger of these participants, for scoring rules, by case. */
export async function readAdjustments(
  db: Pick<pg.Pool, 'query'>,
  cycleId: string,
  caseIds: readonly string[],
): Promise<Map<string, AdjustmentData[]>> {
  const { rows } = await db.query<AdjustmentData & { caseId: string; orgId: string; period: string | null }>(
    `SELECT case_id AS "caseId", org_id AS "orgId", source->>'period' AS period, id, kind, item, coalesce(item_group, '') AS "group", trim_scale(points)::text AS points, reason,
       json_build_object('adjustment', id) AS source
     FROM adjustments WHERE cycle_id = $1 AND state = 'approved' AND case_id = ANY($2::uuid[]) ORDER BY case_id, id`,
    [cycleId, caseIds],
  );
  const bars = rows.some(({ kind }) => kind === 'bonus')
    ? await readBars(overPg(db), cycleId)
    : new Map<string, Bar[]>();
  const all = new Map<string, AdjustmentData[]>();
  for (const { caseId, orgId, period, ...entry } of rows) {
    const bar = barOf({ kind: entry.kind, period }, bars.get(orgId) ?? []);
    all.set(caseId, [...(all.get(caseId) ?? []), bar ? { ...entry, withheld: barInWords(bar) } : entry]);
  }
  return all;
}
