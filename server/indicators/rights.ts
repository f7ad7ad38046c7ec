import { Prisma } from '../../prisma/client/client.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import { cityRoles } from '../auth/rules.ts';
import { allowed } from '../auth/sql.ts';
import { BY_HAND } from './byHand.ts';
import type { MINE } from './schema.ts';

/** Whose indicators someone may see: the own house's, those it owns, verifies or decides on, and of units that it monitors. */
export const visibleIndicators = (me: Me): Prisma.Sql => allowed(me, 'read', 'CycleIndicator');

/** Who reports: the unit itself, the owners; who verifies: the monitoring unit; the office may do both. */
export const isReporter = (me: Me, one: { orgId: string; ownerId: string | null; jointOwnerIds: string[] }): boolean =>
  may(me, 'indicators.write') ||
  [one.orgId, one.ownerId, ...one.jointOwnerIds].some((id) => id !== null && me.house.includes(id));
export const isVerifier = (me: Me, one: { monitoringUnitId: string | null }): boolean =>
  may(me, 'indicators.write') || (one.monitoringUnitId !== null && me.house.includes(one.monitoringUnitId));

/** Who decides on another target: the office, or of a key target the role that the template names. */
export const isDecider = (me: Me, { approves }: { approves: string | null }): boolean =>
  approves === null ? may(me, 'indicators.write') : cityRoles(me).includes(approves);

/** How an indicator is the caller's: of the own house, owned with others for another unit, or verified for one. */
export const mineBy = (me: Me): Record<(typeof MINE)[number], Prisma.Sql> => {
  const own = Prisma.sql`c.org_id = ANY(${me.house}::uuid[])`;
  return {
    own,
    joint: Prisma.sql`NOT ${own} AND (coalesce(c.owner_id = ANY(${me.house}::uuid[]), false) OR c.joint_owner_ids && ${me.house}::uuid[])`,
    monitored: Prisma.sql`coalesce(c.monitoring_unit_id = ANY(${me.house}::uuid[]), false)`,
  };
};

/** An indicator that is the caller's in any way. */
export const isMine = (me: Me): Prisma.Sql =>
  Prisma.sql`(${Prisma.join(
    Object.values(mineBy(me)).map((one) => Prisma.sql`(${one})`),
    ' OR ',
  )})`;

/** Those of which the caller reports values: theirs, by hand, and in force. */
export const reportedBy = (me: Me): Prisma.Sql => {
  const { own, joint } = mineBy(me);
  return Prisma.sql`((${own}) OR (${joint})) AND c.applies AND ${Prisma.raw(BY_HAND)}`;
};

/** What the rights and the caller's relation to an indicator are told from. */
export const relation = (me: Me) => Prisma.sql`${Prisma.raw(BY_HAND)} AS "byHand",
  array_remove(ARRAY[${Prisma.join(
    Object.entries(mineBy(me)).map(([name, is]) => Prisma.sql`CASE WHEN ${is} THEN ${name} END`),
  )}], NULL) AS mine,
  json_build_object('orgId', c.org_id, 'ownerId', c.owner_id, 'jointOwnerIds', c.joint_owner_ids, 'monitoringUnitId', c.monitoring_unit_id,
    'approves', c.approves, 'open', (SELECT y.status IN ('running', 'launching') FROM cycles y WHERE y.id = c.cycle_id)) AS rights`;

export interface Rights {
  orgId: string;
  ownerId: string | null;
  jointOwnerIds: string[];
  monitoringUnitId: string | null;
  approves: string | null;
  open: boolean;
}

/** What the caller may do with an indicator of a cycle that runs. */
export const rightsOf = (me: Me, rights: Rights): ('report' | 'verify' | 'decide')[] =>
  rights.open
    ? [
        ...(isReporter(me, rights) ? (['report'] as const) : []),
        ...(isVerifier(me, rights) ? (['verify'] as const) : []),
        ...(isDecider(me, rights) ? (['decide'] as const) : []),
      ]
    : [];
