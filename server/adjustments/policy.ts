import type { AdjustmentItem, AdjustmentScheme } from '../../workflows/adjustments/schema.ts';
import type { Holder } from '../auth/me.ts';
import { may, seesAll } from '../auth/policy.ts';

/** The unit that an entry is about, and who monitors it. */
export interface About {
  id: string;
  monitoringUnitId: string | null;
}

/** The office proposes; beside it the template's roles, for the whole city or their unit, and the unit itself what the item lets it ask for. */
export const mayPropose = (
  me: Holder,
  scheme: AdjustmentScheme,
  item: Pick<AdjustmentItem, 'byUnit' | 'kind' | 'propose'>,
  org: About,
): boolean =>
  may(me, 'adjustments.write') ||
  me.roles.some(
    ({ role, orgId }) =>
      (item.propose ?? scheme.propose ?? []).includes(role) &&
      (orgId === null || orgId === org.id || orgId === org.monitoringUnitId),
  ) ||
  (item.byUnit === true && me.house.includes(org.id));

/** The template's roles for the whole city approve, or the office where it names none. */
export const mayApprove = (me: Holder, scheme: AdjustmentScheme | undefined): boolean =>
  scheme?.approve
    ? me.roles.some(({ role, orgId }) => orgId === null && scheme.approve?.includes(role))
    : may(me, 'adjustments.write');

/** Whoever approves sees the whole ledger; others what concerns units that they see, and what they proposed. */
export const seesLedger = (me: Holder, scheme: AdjustmentScheme | undefined): boolean =>
  seesAll(me) || mayApprove(me, scheme);
