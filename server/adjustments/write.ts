import { v7 as uuid } from 'uuid';
import { Prisma } from '../../prisma/client/client.ts';
import { type AdjustmentItem, type AdjustmentScheme, FINDING_SEVERITIES } from '../../workflows/adjustments/schema.ts';
import { barOf } from '../../workflows/adjustments/withheld.ts';
import { dueIn, periodOf } from '../../workflows/indicators/period.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { Exact } from '../../workflows/scoring/exact.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import type { Holder } from '../auth/me.ts';
import { readCycleTemplate } from '../cycles/read.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { type FieldError, problem } from '../http/problem.ts';
import { readBars } from './bars.ts';
import { mayApprove, mayPropose } from './policy.ts';
import { type AdjustmentRow, actionsOn, findAdjustment, stageOf } from './read.ts';
import type { Correction, NewAdjustment } from './schema.ts';
import { checkSpecial } from './special.ts';

/** Files of a case that were uploaded for its ledger stand under this field. */
export const FILES_FIELD = 'adjustments';

interface Participant {
  caseId: string;
  monitoringUnitId: string | null;
  year: number;
}

/** What somebody rests a proposal on beside their own word; the same thing is entered once in a cycle. */
export interface Cause {
  kind: 'finding' | 'complaint';
  id: string;
}
const keyOf = ({ kind, id }: Cause): string => `${kind}/${id}`;

/** Enters a proposal in the ledger of a cycle and gives its id. `at` is where its fields stand in what was sent. */
export const proposeAdjustment = async (
  db: Database,
  cycleId: string,
  body: NewAdjustment,
  me: Holder,
  now: Date,
  { cause, at = '' }: { cause?: Cause; at?: string } = {},
): Promise<string> => {
  const template = await readCycleTemplate(db, cycleId);
  const scheme = schemeOf(template);
  const { caseId, monitoringUnitId, year } = await participantOf(db, cycleId, body.orgId);
  const item = itemOf(scheme, body.item, at);
  if (!mayPropose(me, scheme, item, { id: body.orgId, monitoringUnitId })) throw problem('adjustment.notAllowed');
  const points = pointsOf(item, body.points, at);
  const period = periodFor(item, body.period, year, at);
  await checkBars(db, { cycleId, orgId: body.orgId, kind: item.kind, period });
  const evidence = await checkEvidence(db, caseId, body.evidence ?? [], item, me);
  const entry = {
    id: uuid(),
    cycleId,
    caseId,
    orgId: body.orgId,
    kind: item.kind,
    item: item.key,
    group: item.group ?? null,
    points,
    reason: body.reason,
    document: body.document ?? null,
    evidence,
    source: { ...(cause ? { ...cause } : { kind: 'person' }), ...(period !== null && { period }) },
    sourceKey: cause ? keyOf(cause) : null,
    state: 'proposed',
    proposedBy: me.id,
    proposedAt: now,
  };
  await db.adjustment.create({ data: entry });
  await record(db, entry.id, 'proposed', { by: me.id, now, after: shown(entry) });
  return entry.id;
};

/** A deduction that whoever records a finding asks for with it. */
export interface Deduction {
  cycleId: string;
  orgId: string;
  reason: string;
  severity: (typeof FINDING_SEVERITIES)[number];
  cause: Cause;
  item: string;
  points?: string | undefined;
}

/** Proposes a deduction for what was found; once, however often the same thing is put on record. */
export const proposeDeduction = async (
  db: Database,
  { cycleId, orgId, reason, severity, cause, item: key, points }: Deduction,
  me: Holder,
  now: Date,
): Promise<void> => {
  const at = 'propose.';
  const item = itemOf(schemeOf(await readCycleTemplate(db, cycleId)), key, at);
  if (item.kind !== 'deduction') throw wrong(`${at}item`, '此项不是扣分项目', 'this item is not a deduction');
  if (item.evidence === 'required')
    throw wrong(`${at}item`, '此项须附佐证材料，请在台账中提出', 'this item needs files: propose it in the ledger');
  if (FINDING_SEVERITIES.indexOf(severity) < FINDING_SEVERITIES.indexOf(item.severity ?? 'minor'))
    throw wrong(`${at}item`, '问题的严重程度未达到此项的要求', 'the finding is less severe than this item asks for');
  const before = await db.adjustment.findFirst({ where: { cycleId, sourceKey: keyOf(cause) }, select: { id: true } });
  if (before) return;
  await proposeAdjustment(db, cycleId, { orgId, item: key, points, reason }, me, now, { cause, at });
};

/** Changes a proposal that nobody has decided: by whoever made it. One that came by itself becomes the proposal of whoever corrects it. */
export const correctAdjustment = async (
  db: Database,
  id: string,
  body: Correction,
  version: number,
  me: Holder,
  now: Date,
): Promise<void> => {
  const { row, template } = await openTo(db, id, 'correct', me);
  if (row.version !== version) throw problem('version.stale', { current: row.version });
  const item = template.adjustments?.items.find(({ key }) => key === row.item);
  const evidence = body.evidence ? await checkEvidence(db, row.case_id, body.evidence, item, me) : (row.evidence ?? []);
  const after = {
    points: body.points === undefined ? row.points : pointsOf(item ?? { kind: row.kind }, body.points),
    reason: body.reason ?? row.reason,
    document: body.document === undefined ? row.document : body.document,
    evidence,
  };
  await db.adjustment.update({
    where: { id },
    data: { ...after, proposedBy: me.id, version: { increment: 1 } },
  });
  await record(db, id, 'corrected', { by: me.id, now, before: shown(row), after: shown(after) });
};

type Verb = 'approve' | 'reject' | 'withdraw' | 'revoke';
const STATES = { approve: 'approved', reject: 'rejected', withdraw: 'withdrawn', revoke: 'revoked' } as const;

/** Decides a proposal, takes it back, or revokes an approved one; the record keeps who, when and why. */
export const decideAdjustment = async (
  db: Database,
  id: string,
  verb: Verb,
  reason: string | undefined,
  me: Holder,
  now: Date,
): Promise<void> => {
  const { row, template } = await openTo(db, id, verb, me);
  if (verb === 'approve' || verb === 'revoke') await checkSpecial(db, template.adjustments, row, verb);
  if (verb === 'approve')
    await checkBars(db, { cycleId: row.cycle_id, orgId: row.org_id, kind: row.kind, period: stageOf(row) });
  const state = STATES[verb];
  await db.adjustment.update({
    where: { id },
    data: {
      state,
      version: { increment: 1 },
      ...(verb !== 'withdraw' && { decidedBy: me.id, decidedAt: now }),
    },
  });
  await record(db, id, state, { by: me.id, now, reason, before: { state: row.state }, after: { state } });
};

/** An entry that somebody may do this with now; locked, so that two who decide at once do not both. */
async function openTo(
  db: Database,
  id: string,
  verb: Verb | 'correct',
  me: Holder,
): Promise<{ row: AdjustmentRow; template: CycleTemplate }> {
  const { row, template } = await findAdjustment(db, id, me, true);
  await checkRunning(db, row.cycle_id);
  if (actionsOn(row, template.adjustments, me).includes(verb)) return { row, template };
  const wanted = verb === 'revoke' ? 'approved' : 'proposed';
  if (row.state !== wanted) throw problem('adjustment.state', { state: row.state });
  if (verb === 'approve' || verb === 'reject' || verb === 'revoke')
    throw problem(mayApprove(me, template.adjustments) ? 'adjustment.own' : 'adjustment.notAllowed');
  throw problem('adjustment.notAllowed');
}

const schemeOf = ({ adjustments }: CycleTemplate): AdjustmentScheme => {
  if (!adjustments) throw problem('adjustment.none');
  return adjustments;
};

const wrong = (path: string, zh: string, en: string) => {
  const message: Text = { zh, en };
  const errors: FieldError[] = [{ path, message }];
  return problem('input.invalid', { errors });
};

function itemOf(scheme: AdjustmentScheme, key: string, at = ''): AdjustmentItem {
  const item = scheme.items.find((one) => one.key === key);
  if (!item) throw wrong(`${at}item`, '模板里没有这个项目', 'the template has no such item');
  return item;
}

/** What an entry is worth. @throws where the item does not allow it */
export function pointsOf(
  item: Pick<AdjustmentItem, 'kind' | 'points' | 'most'>,
  given: string | undefined,
  at = '',
): string {
  if (item.kind === 'veto') {
    if (given === undefined) return '0';
    throw wrong(`${at}points`, '一票否决没有分值', 'a veto has no points');
  }
  const points = given ?? item.points;
  if (points === undefined) throw wrong(`${at}points`, '请填写分值', 'say how many points');
  if (new Exact(points).lte(0)) throw wrong(`${at}points`, '分值须大于 0', 'the points must be more than 0');
  if (item.most !== undefined && new Exact(points).gt(item.most))
    throw wrong(`${at}points`, `单次最多 ${item.most} 分`, `one entry gives at most ${item.most}`);
  return points;
}

/** The stage that an entry is for. @throws where the item is for none, or the year has no such one */
function periodFor({ stage }: AdjustmentItem, given: string | undefined, year: number, at: string): string | null {
  if (stage === undefined) {
    if (given === undefined) return null;
    throw wrong(`${at}period`, '此项不分阶段', 'this item is for no stage');
  }
  const period = given === undefined ? undefined : periodOf(given);
  if (period?.frequency === stage && period.year === year) return period.key;
  const example = dueIn(stage, year)?.key ?? '';
  throw wrong(`${at}period`, `请写明所属阶段，如 ${example}`, `say which stage it is for, such as ${example}`);
}

/** @throws `adjustment.noBonus` where a light withholds this bonus */
async function checkBars(
  db: Database,
  {
    cycleId,
    orgId,
    kind,
    period,
  }: { cycleId: string; orgId: string; kind: AdjustmentItem['kind']; period: string | null },
): Promise<void> {
  if (kind !== 'bonus') return;
  const bar = barOf({ kind, period }, (await readBars(overPrisma(db), cycleId, orgId)).get(orgId) ?? []);
  if (bar) throw problem('adjustment.noBonus', { number: bar.number, period: bar.period ?? '' });
}

export const checkRunning = async (db: Database, cycleId: string): Promise<void> => {
  const cycle = await db.cycle.findUnique({ where: { id: cycleId }, select: { status: true } });
  if (!cycle) throw problem('cycle.unknown');
  if (cycle.status !== 'running' && cycle.status !== 'suspended') throw problem('cycle.state', { state: cycle.status });
};

/** The case of a unit that takes part. */
async function participantOf(db: Database, cycleId: string, orgId: string): Promise<Participant> {
  await checkRunning(db, cycleId);
  const [row] = await db.$queryRaw<Participant[]>(Prisma.sql`
    SELECT p.case_id AS "caseId", o.monitoring_unit_id AS "monitoringUnitId", y.year
    FROM cycle_participants p JOIN org_units o ON o.id = p.org_id JOIN cycles y ON y.id = p.cycle_id
    WHERE p.cycle_id = ${cycleId}::uuid AND p.org_id = ${orgId}::uuid AND p.case_id IS NOT NULL`);
  if (!row) throw wrong('orgId', '该单位未参加本周期', 'this unit takes no part in the cycle');
  return row;
}

/** Whether somebody may propose anything for the unit of a case, seen or not: what they propose rests on files. */
export const mayUpload = async (db: Database, caseId: string, me: Holder): Promise<boolean> => {
  const [row] = await db.$queryRaw<{ cycle: string; id: string; monitoringUnitId: string | null }[]>(Prisma.sql`
    SELECT p.cycle_id AS cycle, o.id, o.monitoring_unit_id AS "monitoringUnitId" FROM cycle_participants p JOIN org_units o ON o.id = p.org_id
    WHERE p.case_id = ${caseId}::uuid`);
  if (!row) return false;
  const { adjustments: scheme } = await readCycleTemplate(db, row.cycle);
  return scheme?.items.some((item) => mayPropose(me, scheme, item, row)) ?? false;
};

/** Files that the caller has uploaded for the ledger of this case. */
async function checkEvidence(
  db: Database,
  caseId: string,
  ids: readonly string[],
  item: Pick<AdjustmentItem, 'evidence'> | undefined,
  me: Holder,
): Promise<string[]> {
  if (item?.evidence === 'required' && ids.length === 0) throw wrong('evidence', '须附佐证材料', 'this needs evidence');
  const known = await db.evidence.findMany({
    where: { id: { in: [...ids] }, caseId, field: FILES_FIELD, uploadedBy: me.id },
    select: { id: true },
  });
  const errors = ids.flatMap((id, i): FieldError[] =>
    known.some((file) => file.id === id) && ids.indexOf(id) === i
      ? []
      : [
          {
            path: `evidence[${i}]`,
            message: { zh: '没有这个文件，或不是您为该单位上传的', en: 'no such file of yours for this unit' },
          },
        ],
  );
  if (errors.length > 0) throw problem('input.invalid', { errors });
  return [...ids];
}

const shown = ({
  points,
  reason,
  document,
  evidence,
}: {
  points: string;
  reason: string;
  document: string | null;
  evidence: string[] | null;
}): JsonObject => ({ points, reason, document, evidence: evidence ?? [] });

const record = async (
  db: Database,
  adjustmentId: string,
  what: string,
  {
    by,
    now,
    reason,
    before,
    after,
  }: { by: string; now: Date; reason?: string | undefined; before?: JsonObject; after: JsonObject },
): Promise<void> => {
  await db.adjustmentChange.create({
    data: { id: uuid(), adjustmentId, at: now, by, what, reason: reason ?? null, ...(before && { before }), after },
  });
};
