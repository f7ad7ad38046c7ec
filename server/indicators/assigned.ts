import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { periodOf } from '../../workflows/indicators/period.ts';
import { refuseChange } from '../../workflows/indicators/targets.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { accessible } from '../auth/accessible.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import { overPrisma } from '../db/sql.ts';
import { presentEvidence } from '../evidence/read.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, type Page, readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import { BY_HAND } from './byHand.ts';
import { milestoneState } from './milestones.ts';
import type { Note } from './note.ts';
import {
  isDecider,
  isMine,
  isReporter,
  isVerifier,
  mineBy,
  type Rights,
  relation,
  reportedBy,
  rightsOf,
  visibleIndicators,
} from './rights.ts';
import type { Assigned, assignedDetail, assignedQuery, PeriodRow, ValueRow, valueQuery } from './schema.ts';
import { FIGURES } from './score.ts';
import { earlierYears, LOOK_BACK } from './years.ts';

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

const VALUE_OF = Prisma.raw(`trim_scale(CASE v.state WHEN 'verified' THEN v.verified ELSE v.reported END)::text`);
const valuesOf = (what: Prisma.Sql, rest: Prisma.Sql) =>
  Prisma.sql`(SELECT ${what} FROM indicator_values v WHERE v.cycle_indicator_id = c.id AND ${rest})`;

/** Where an indicator stands: the last value that is there, what is due next, the light, and the line of its values. */
const standing = (today: string) => Prisma.sql`
  ${valuesOf(
    Prisma.sql`json_build_object('period', v.period, 'value', ${VALUE_OF}, 'verified', v.state = 'verified')`,
    Prisma.sql`v.state IN ('reported', 'verified') AND coalesce(v.verified, v.reported) IS NOT NULL ORDER BY v.ends_on DESC LIMIT 1`,
  )} AS latest,
  CASE WHEN c.applies AND ${Prisma.raw(BY_HAND)} THEN ${valuesOf(
    Prisma.sql`json_build_object('period', v.period, 'dueOn', v.due_on::text, 'missing', v.due_on < ${today}::date)`,
    Prisma.sql`v.state IN ('due', 'returned') ORDER BY v.ends_on LIMIT 1`,
  )} END AS next,
  ${valuesOf(
    Prisma.sql`coalesce(json_agg(json_build_object('period', v.period, 'value', ${VALUE_OF}) ORDER BY v.ends_on), '[]')`,
    Prisma.sql`v.state IN ('reported', 'verified')`,
  )} AS series,
  (SELECT json_build_object('colour', l.colour, 'period', l.period, 'because', l.because) FROM lights l
   WHERE l.cycle_indicator_id = c.id AND l.colour IS NOT NULL ORDER BY l.ends_on DESC, l.id DESC LIMIT 1) AS light`;

const COLUMNS = Prisma.sql`c.id, c.cycle_id AS "cycleId", json_build_object('id', o.id, 'name', o.name) AS org, c.code, c.name, c.name_en AS "nameEn", c.kind, c.unit,
  c.direction, c.frequency, c.aggregation, c.formula, trim_scale(c.weight)::text AS weight, trim_scale(target.value)::text AS target, target.version AS "targetVersion",
  trim_scale(coalesce(target.low, c.low))::text AS low, trim_scale(coalesce(target.high, c.high))::text AS high, trim_scale(round(actual.value, 12))::text AS actual, c.owner,
  CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END AS "monitoringUnit", c.parent_id AS "parentId", c.applies, c.due_on::text AS "dueOn",
  c.evidence_required AS "evidenceRequired", c.approves`;
const FROM = Prisma.sql`cycle_indicators c JOIN org_units o ON o.id = c.org_id LEFT JOIN org_units m ON m.id = c.monitoring_unit_id ${Prisma.raw(FIGURES)}`;

type Row = { [K in keyof Assigned]: Assigned[K] | null } & { rights: Rights };

const columnsFor = (me: Me, today: string) => Prisma.sql`${COLUMNS}, ${standing(today)}, ${relation(me)}`;

const presentAssigned = ({ rights, ...row }: Row, me: Me): Assigned =>
  some<Assigned>({ ...row, can: rightsOf(me, rights) });

/** Leaves out what there is not. */
const some = <Shape extends object>(row: object): Shape =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined)) as Shape;

export const listAssigned = async (
  db: Database,
  query: z.infer<typeof assignedQuery>,
  me: Me,
  today: string,
): Promise<Page<Assigned>> => {
  const where = [Prisma.sql`c.cycle_id = ${query.cycleId}::uuid`, visibleIndicators(me)];
  if (query.orgId) where.push(Prisma.sql`c.org_id = ${query.orgId}::uuid`);
  if (query.code) where.push(Prisma.sql`c.code = ${query.code}`);
  if (query.mine) where.push(query.mine === 'any' ? isMine(me) : Prisma.sql`(${mineBy(me)[query.mine]})`);
  if (query.group) where.push(Prisma.sql`c."group" = ${query.group}`);
  if (query.q)
    where.push(Prisma.sql`(c.code || ' ' || c.name || ' ' || coalesce(c.name_en, '')) ILIKE ${likePattern(query.q)}`);
  const sorts = {
    position: { by: Prisma.sql`(o.code || ' ' || to_char(c.position, 'FM00000')) COLLATE "C"`, type: 'text' },
    code: { by: Prisma.sql`c.code COLLATE "C"`, type: 'text' },
  } as const;
  const page = await readPage<Row>(
    db,
    { columns: columnsFor(me, today), from: FROM, where, sorts, sort: 'position', id: Prisma.sql`c.id::text` },
    query,
  );
  return { ...page, items: page.items.map((row) => presentAssigned(row, me)) };
};

const valuesBefore = Prisma.sql`(SELECT trim_scale(coalesce(b.verified, b.reported))::text FROM indicator_values b
    WHERE b.cycle_indicator_id = v.cycle_indicator_id AND b.ends_on < v.ends_on AND b.state IN ('reported', 'verified') ORDER BY b.ends_on DESC LIMIT 1)`;
const VALUE_COLUMNS = Prisma.sql`c.id, json_build_object('id', o.id, 'name', o.name) AS org, c.code, c.name, c.name_en AS "nameEn", c.unit, v.period, v.due_on::text AS "dueOn", v.state,
  trim_scale(v.reported)::text AS reported, trim_scale(v.verified)::text AS verified, v.reason, v.note, v.source,
  to_char(v.reported_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "reportedAt", v.evidence, trim_scale(c.plausible_min)::text AS min, trim_scale(c.plausible_max)::text AS max,
  c.evidence_required AS "evidenceRequired", ${valuesBefore} AS previous`;
const VALUE_FROM = Prisma.sql`indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id JOIN org_units o ON o.id = c.org_id`;
/** When it was reported, as a day in the city; the cities here all have one clock. */
const REPORTED_ON = Prisma.sql`(v.reported_at AT TIME ZONE 'Asia/Shanghai')::date`;
const late = Prisma.sql`coalesce(${REPORTED_ON} > v.due_on, false)`;
const missing = (today: string) =>
  Prisma.sql`(v.state = 'due' AND ${Prisma.raw(BY_HAND)} AND c.applies AND v.due_on < ${today}::date)`;

interface ValueRights {
  state: string;
  applies: boolean;
  byHand: boolean;
  mine: string[];
  rights: Rights;
}

/** A value with what the caller may do with it: report it (again), or verify what was reported. */
const presentValue = (row: object, me: Me): ValueRow => {
  const { applies, byHand, mine: _, rights, ...value } = row as ValueRights;
  const may_ = rightsOf(me, rights);
  return some<ValueRow>({
    ...value,
    can: [
      ...(may_.includes('report') && applies && byHand ? ['report'] : []),
      ...(may_.includes('verify') && value.state === 'reported' ? ['verify'] : []),
    ],
  });
};

/** The periods of which the caller reports values, and how far each is. */
export const listPeriods = async (db: Database, cycleId: string, me: Me, today: string): Promise<PeriodRow[]> => {
  const rows = await db.$queryRaw<PeriodRow[]>(Prisma.sql`
    SELECT v.period, v.ends_on::text AS "endsOn", min(v.due_on)::text AS "dueOn", count(*)::int AS total,
      (count(*) FILTER (WHERE v.state IN ('due', 'returned')))::int AS open, (count(*) FILTER (WHERE ${missing(today)}))::int AS missing,
      (count(*) FILTER (WHERE v.state = 'returned'))::int AS returned
    FROM indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id
    WHERE c.cycle_id = ${cycleId}::uuid AND ${reportedBy(me)} GROUP BY v.period, v.ends_on ORDER BY v.ends_on, v.period`);
  return rows.map((row) => ({ ...row, begun: (periodOf(row.period)?.start ?? row.endsOn) <= today }));
};

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
  if (query.q) where.push(Prisma.sql`(c.code || ' ' || c.name || ' ' || o.name) ILIKE ${likePattern(query.q)}`);
  if (query.mine) where.push(reportedBy(me));
  if (query.monitored) where.push(mineBy(me).monitored);
  if (query.state === 'missing') where.push(missing(today));
  else if (query.state === 'late') where.push(late);
  else if (query.state) where.push(Prisma.sql`v.state = ${query.state}`);
  const sorts = {
    position: {
      by: Prisma.sql`(o.code || ' ' || to_char(c.position, 'FM00000') || ' ' || v.period) COLLATE "C"`,
      type: 'text',
    },
    dueOn: { by: Prisma.sql`(v.due_on::text || ' ' || o.code || ' ' || c.code) COLLATE "C"`, type: 'text' },
  } as const;
  const page = await readPage<Record<string, unknown>>(
    db,
    {
      columns: Prisma.sql`${VALUE_COLUMNS}, ${late} AS late, ${missing(today)} AS missing, ${relation(me)}, c.applies`,
      from: VALUE_FROM,
      where,
      sorts,
      sort: 'dueOn',
      id: Prisma.sql`(c.id::text || v.period)`,
    },
    query,
  );
  return { ...page, items: page.items.map((row) => presentValue(row, me)) };
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
  const [row] = await db.$queryRaw<Row[]>(
    Prisma.sql`SELECT ${columnsFor(me, today)} FROM ${FROM} WHERE c.id = ${id}::uuid`,
  );
  if (!row) throw problem('indicator.unknown');
  const can = rightsOf(me, row.rights);
  const targets = await db.indicatorTarget.findMany({ where: { cycleIndicatorId: id }, orderBy: { version: 'asc' } });
  const milestones = await db.milestone.findMany({ where: { cycleIndicatorId: id }, orderBy: { position: 'asc' } });
  const values = await db.$queryRaw<object[]>(Prisma.sql`
    SELECT ${VALUE_COLUMNS}, ${late} AS late, ${missing(today)} AS missing, ${relation(me)}, c.applies FROM ${VALUE_FROM} WHERE c.id = ${id}::uuid ORDER BY v.ends_on`);
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
    ...presentAssigned(row, me),
    ...some<{ change?: Change }>({ change: can.includes('report') ? await changeOf(db, found, today) : undefined }),
    files: await filesOf(db, found, me),
    places: (
      await db.benchmark.findMany({
        where: { code: found.code },
        distinct: ['place'],
        orderBy: { place: 'asc' },
        take: 50,
      })
    ).map(({ place }) => place),
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
        can: one.state === 'proposed' && can.includes('decide') && one.askedBy !== me.id ? ['decide'] : [],
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
        can: [
          ...(can.includes('report') && !one.verifiedAt ? ['reach'] : []),
          ...(can.includes('verify') && one.doneOn && !one.verifiedAt && one.setBy !== me.id ? ['verify'] : []),
        ],
      }),
    ),
    values: values.map((one) => presentValue(one, me)),
    parts: parts.map((one) => {
      const { id: partId, org, code, weight, actual } = some<Assigned>(one);
      return { id: partId, org, code, weight, actual };
    }),
    history,
    breaks: breaks.map(({ version, madeAt, reason }) => some({ version, at: iso(madeAt), reason })),
  };
};

type Change = NonNullable<z.infer<typeof assignedDetail>['change']>;

/** For what reasons the target may change by the template, and why not now. */
const changeOf = async (
  db: Database,
  { cycle: { templateKey: key, templateVersion: version, year } }: Awaited<ReturnType<typeof findAssigned>>,
  today: string,
): Promise<Change | undefined> => {
  const template = await db.template.findUnique({ where: { key_version: { key, version } } });
  const change = (template?.content as unknown as CycleTemplate | undefined)?.indicators?.change;
  const [reason] = change?.reasons ?? [];
  if (!change || !reason) return undefined;
  const refused = refuseChange(change, { reason: reason.value, today, year });
  return { reasons: change.reasons, ...(refused && { refused: refused.message }) };
};

/** The files that were uploaded for an indicator. */
const filesOf = async (db: Database, { caseId, code }: { caseId: string | null; code: string }, me: Me) =>
  caseId === null
    ? []
    : presentEvidence(
        db,
        await db.evidence.findMany({
          where: { AND: [accessible(me, 'read', 'Evidence'), { caseId, seat: 0, field: code }] },
          orderBy: { at: 'asc' },
          take: 500,
        }),
        me,
      );

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
