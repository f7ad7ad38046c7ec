import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import type { Me } from '../auth/me.ts';
import { may, seesAll } from '../auth/policy.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, type Page, readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import { BY_HAND } from './byHand.ts';
import { milestoneState } from './milestones.ts';
import type { Note } from './note.ts';
import type { Assigned, assignedDetail, assignedQuery, ValueRow, valueQuery } from './schema.ts';
import { FIGURES } from './score.ts';
import { earlierYears, LOOK_BACK } from './years.ts';

const cityRoles = ({ roles }: Me): string[] => roles.filter(({ orgId }) => orgId === null).map(({ role }) => role);

/** Whose indicators someone may see: the own house's, those it owns, verifies or decides on, and of units that it monitors. */
export const visibleIndicators = (me: Me): Prisma.Sql =>
  seesAll(me)
    ? Prisma.sql`TRUE`
    : Prisma.sql`(c.org_id = ANY(${me.sees}::uuid[]) OR c.monitoring_unit_id = ANY(${me.house}::uuid[]) OR c.owner_id = ANY(${me.house}::uuid[])
        OR c.joint_owner_ids && ${me.house}::uuid[] OR c.approves = ANY(${cityRoles(me)}))`;

/** Who reports: the unit itself, the owners; who verifies: the monitoring unit; the office may do both. */
export const isReporter = (me: Me, one: { orgId: string; ownerId: string | null; jointOwnerIds: string[] }): boolean =>
  may(me, 'indicators.write') ||
  [one.orgId, one.ownerId, ...one.jointOwnerIds].some((id) => id !== null && me.house.includes(id));
export const isVerifier = (me: Me, one: { monitoringUnitId: string | null }): boolean =>
  may(me, 'indicators.write') || (one.monitoringUnitId !== null && me.house.includes(one.monitoringUnitId));

/** Who decides on another target: the office, or of a key target the role that the template names. */
export const isDecider = (me: Me, { approves }: { approves: string | null }): boolean =>
  approves === null ? may(me, 'indicators.write') : cityRoles(me).includes(approves);

/** The indicator, if the caller may see it. @throws indicator.unknown */
export const findAssigned = async (db: Database, id: string, me: Me) => {
  const seen = await db.$queryRaw<object[]>(
    Prisma.sql`SELECT 1 FROM cycle_indicators c WHERE c.id = ${id}::uuid AND ${visibleIndicators(me)}`,
  );
  const found =
    seen.length > 0 ? await db.cycleIndicator.findUnique({ where: { id }, include: { cycle: true } }) : null;
  if (!found) throw problem('indicator.unknown');
  return found;
};

/** The same, for changes: those who may not are refused, and a cycle that is over changes no more. */
export const findOpen = async (db: Database, id: string, me: Me, right: 'report' | 'verify' | 'office' | 'decide') => {
  const found = await findAssigned(db, id, me);
  const yes =
    right === 'report'
      ? isReporter(me, found)
      : right === 'verify'
        ? isVerifier(me, found)
        : right === 'decide'
          ? isDecider(me, found)
          : may(me, 'indicators.write');
  if (!yes)
    throw problem('permission.denied', {
      ability: right === 'office' || right === 'decide' ? 'indicators.write' : `values.${right}`,
    });
  if (!['running', 'launching'].includes(found.cycle.status))
    throw problem('indicator.closed', { state: found.cycle.status });
  return found;
};

const COLUMNS = Prisma.sql`c.id, c.cycle_id AS "cycleId", json_build_object('id', o.id, 'name', o.name) AS org, c.code, c.name, c.name_en AS "nameEn", c.kind, c.unit,
  c.direction, c.frequency, c.aggregation, c.formula, trim_scale(c.weight)::text AS weight, trim_scale(target.value)::text AS target, target.version AS "targetVersion",
  trim_scale(coalesce(target.low, c.low))::text AS low, trim_scale(coalesce(target.high, c.high))::text AS high, trim_scale(round(actual.value, 12))::text AS actual, c.owner,
  CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END AS "monitoringUnit", c.parent_id AS "parentId", c.applies, c.due_on::text AS "dueOn",
  c.evidence_required AS "evidenceRequired", c.approves`;
const FROM = Prisma.sql`cycle_indicators c JOIN org_units o ON o.id = c.org_id LEFT JOIN org_units m ON m.id = c.monitoring_unit_id ${Prisma.raw(FIGURES)}`;

type Row = { [K in keyof Assigned]: Assigned[K] | null };

/** Leaves out what there is not. */
const some = <Shape extends object>(row: object): Shape =>
  Object.fromEntries(
    Object.entries(row).filter(([name, value]) => value !== null && value !== undefined && !name.startsWith('page_')),
  ) as Shape;

export const listAssigned = async (
  db: Database,
  query: z.infer<typeof assignedQuery>,
  me: Me,
): Promise<Page<Assigned>> => {
  const where = [Prisma.sql`c.cycle_id = ${query.cycleId}::uuid`, visibleIndicators(me)];
  if (query.orgId) where.push(Prisma.sql`c.org_id = ${query.orgId}::uuid`);
  if (query.code) where.push(Prisma.sql`c.code = ${query.code}`);
  if (query.group) where.push(Prisma.sql`c."group" = ${query.group}`);
  if (query.q)
    where.push(Prisma.sql`(c.code || ' ' || c.name || ' ' || coalesce(c.name_en, '')) ILIKE ${likePattern(query.q)}`);
  const sorts = {
    position: { by: Prisma.sql`(o.code || ' ' || to_char(c.position, 'FM00000')) COLLATE "C"`, type: 'text' },
    code: { by: Prisma.sql`c.code COLLATE "C"`, type: 'text' },
  } as const;
  const page = await readPage<Row>(
    db,
    { columns: COLUMNS, from: FROM, where, sorts, sort: 'position', id: Prisma.sql`c.id::text` },
    query,
  );
  return { ...page, items: page.items.map((row) => some<Assigned>(row)) };
};

const VALUE_COLUMNS = Prisma.sql`c.id, json_build_object('id', o.id, 'name', o.name) AS org, c.code, c.name, c.unit, v.period, v.due_on::text AS "dueOn", v.state,
  trim_scale(v.reported)::text AS reported, trim_scale(v.verified)::text AS verified, v.reason, v.note, v.source,
  to_char(v.reported_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "reportedAt", v.evidence`;
const VALUE_FROM = Prisma.sql`indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id JOIN org_units o ON o.id = c.org_id`;
/** When it was reported, as a day in the city; the cities here all have one clock. */
const REPORTED_ON = Prisma.sql`(v.reported_at AT TIME ZONE 'Asia/Shanghai')::date`;
const late = Prisma.sql`coalesce(${REPORTED_ON} > v.due_on, false)`;
const missing = (today: string) =>
  Prisma.sql`(v.state = 'due' AND ${Prisma.raw(BY_HAND)} AND c.applies AND v.due_on < ${today}::date)`;

/** Values that are or were due, with those that are late or missing. */
export const listValues = async (
  db: Database,
  query: z.infer<typeof valueQuery>,
  me: Me,
  today: string,
): Promise<Page<ValueRow>> => {
  const where = [Prisma.sql`c.cycle_id = ${query.cycleId}::uuid`, visibleIndicators(me)];
  if (query.orgId) where.push(Prisma.sql`c.org_id = ${query.orgId}::uuid`);
  if (query.period) where.push(Prisma.sql`v.period = ${query.period}`);
  if (query.q) where.push(Prisma.sql`(c.code || ' ' || c.name) ILIKE ${likePattern(query.q)}`);
  if (query.state === 'missing') where.push(missing(today));
  else if (query.state === 'late') where.push(late);
  else if (query.state) where.push(Prisma.sql`v.state = ${query.state}`);
  const sorts = {
    dueOn: { by: Prisma.sql`(v.due_on::text || ' ' || o.code || ' ' || c.code) COLLATE "C"`, type: 'text' },
  } as const;
  const page = await readPage<Record<string, unknown>>(
    db,
    {
      columns: Prisma.sql`${VALUE_COLUMNS}, ${late} AS late, ${missing(today)} AS missing`,
      from: VALUE_FROM,
      where,
      sorts,
      sort: 'dueOn',
      id: Prisma.sql`(c.id::text || v.period)`,
    },
    query,
  );
  return { ...page, items: page.items.map((row) => some<ValueRow>(row)) };
};

const iso = (at: Date | null): string | undefined => at?.toISOString();
const dayOf = (at: Date | null): string | undefined => at?.toISOString().slice(0, 10);

/** Everything about one assigned indicator. */
export const readAssigned = async (
  db: Database,
  id: string,
  me: Me,
  today: string,
): Promise<z.infer<typeof assignedDetail>> => {
  const found = await findAssigned(db, id, me);
  const [row] = await db.$queryRaw<Row[]>(Prisma.sql`SELECT ${COLUMNS} FROM ${FROM} WHERE c.id = ${id}::uuid`);
  const targets = await db.indicatorTarget.findMany({ where: { cycleIndicatorId: id }, orderBy: { version: 'asc' } });
  const milestones = await db.milestone.findMany({ where: { cycleIndicatorId: id }, orderBy: { position: 'asc' } });
  const values = await db.$queryRaw<object[]>(Prisma.sql`
    SELECT ${VALUE_COLUMNS}, ${late} AS late, ${missing(today)} AS missing FROM ${VALUE_FROM} WHERE c.id = ${id}::uuid ORDER BY v.ends_on`);
  const parts = await db.$queryRaw<object[]>(Prisma.sql`
    SELECT ${COLUMNS} FROM ${FROM} WHERE c.parent_id = ${id}::uuid ORDER BY o.code`);
  const history = await earlierYears(overPrisma(db), id, LOOK_BACK);
  const breaks = await db.indicatorVersion.findMany({
    where: { breaks: true, indicator: { code: found.code } },
    orderBy: { version: 'asc' },
  });
  const people = await namesOf(db, [
    ...targets.flatMap(({ askedBy, decidedBy }) => [askedBy, decidedBy]),
    ...milestones.map(({ verifiedBy }) => verifiedBy),
  ]);
  return {
    ...some<Assigned>(row ?? {}),
    targets: targets.map((one) =>
      some({
        version: one.version,
        value: one.value?.toFixed(),
        low: one.low?.toFixed(),
        high: one.high?.toFixed(),
        dueOn: dayOf(one.dueOn),
        state: one.state,
        reasonKind: one.reasonKind,
        reason: one.reason,
        askedBy: people.get(one.askedBy ?? ''),
        askedAt: iso(one.askedAt),
        decidedBy: people.get(one.decidedBy ?? ''),
        decidedAt: iso(one.decidedAt),
        decision: one.decision,
      }),
    ),
    milestones: milestones.map((one) =>
      some({
        id: one.id,
        name: one.name,
        standard: one.standard,
        dueOn: dayOf(one.dueOn),
        doneOn: dayOf(one.doneOn),
        note: one.note,
        evidence: one.evidence,
        planned: one.planned,
        state: milestoneState(one),
        verifiedBy: people.get(one.verifiedBy ?? ''),
        verifiedAt: iso(one.verifiedAt),
        reason: one.reason,
      }),
    ),
    values: values.map((one) => some<ValueRow>(one)),
    parts: parts.map((one) => {
      const { id: partId, org, code, weight, actual } = some<Assigned>(one);
      return { id: partId, org, code, weight, actual };
    }),
    history,
    breaks: breaks.map(({ version, madeAt, reason }) => some({ version, at: iso(madeAt), reason })),
  };
};

/** People by id, for those who are named. */
export const namesOf = async (db: Database, ids: readonly (string | null)[]) => {
  const known = [...new Set(ids)].filter((id): id is string => id !== null);
  const people = await db.person.findMany({ where: { id: { in: known } }, select: { id: true, name: true } });
  return new Map(people.map((person) => [person.id, person]));
};

/** Every change of the values of an indicator, oldest first. */
export const readChanges = async (db: Database, id: string, me: Me) => {
  await findAssigned(db, id, me);
  const rows = await db.indicatorValueChange.findMany({
    where: { cycleIndicatorId: id },
    orderBy: [{ period: 'asc' }, { revision: 'asc' }],
    take: 1000,
  });
  const people = await namesOf(
    db,
    rows.map(({ byId }) => byId),
  );
  const tokenIds = rows.flatMap(({ tokenId }) => tokenId ?? []);
  const tokens = await db.apiToken.findMany({ where: { id: { in: tokenIds } }, select: { id: true, name: true } });
  return {
    items: rows.map((one) => ({
      period: one.period,
      revision: one.revision,
      at: one.at.toISOString(),
      by: people.get(one.byId ?? ''),
      token: tokens.find(({ id: tokenId }) => tokenId === one.tokenId)?.name,
      action: one.action,
      reported: one.reported?.toFixed(),
      verified: one.verified?.toFixed(),
      reason: one.reason ?? undefined,
      note: (one.note ?? undefined) as Note | undefined,
      source: one.source ?? undefined,
      evidence: one.evidence as string[],
    })),
  };
};
