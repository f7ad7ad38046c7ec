import { Prisma } from '../../prisma/client/client.ts';
import { heldTasks } from '../delegations/held.ts';
import type { Me } from './me.ts';

/** What a role may do in the whole instance, beside acting on the own tasks. */
export const ABILITIES = [
  'orgs.write',
  'people.write',
  'roles.write',
  'accounts.write',
  'tokens.write',
  'audit.read',
  'operations.read',
  'templates.write',
  'cycles.launch',
  'cycles.watch',
  'cases.control',
  'incidents.read',
  'calendar.write',
  'delegations.write',
  'findings.write',
  'complaints.write',
  'opinions.write',
  'adjustments.write',
  'results.decide',
  'indicators.write',
] as const;
export type Ability = (typeof ABILITIES)[number];

/** Roles that open the console's faces. Every other role only says who gets which task. */
const GRANTS: Record<string, readonly Ability[]> = {
  systemAdministrator: [
    'orgs.write',
    'people.write',
    'calendar.write',
    'delegations.write',
    'operations.read',
    'incidents.read',
  ],
  securityAdministrator: ['roles.write', 'accounts.write', 'tokens.write'],
  auditAdministrator: ['audit.read'],
  performanceOffice: [
    'templates.write',
    'cycles.launch',
    'cycles.watch',
    'cases.control',
    'operations.read',
    'incidents.read',
    'calendar.write',
    'delegations.write',
    'findings.write',
    'complaints.write',
    'opinions.write',
    'adjustments.write',
    'results.decide',
    'indicators.write',
    'tokens.write',
  ],
  inspector: ['findings.write'],
  hotline: ['complaints.write'],
  surveyTeam: ['opinions.write'],
};

/** Roles held inside a unit grant nothing here: only a role for the whole city does. */
export const abilitiesOf = (roles: readonly { role: string; orgId: string | null }[]): Set<Ability> =>
  new Set(roles.filter(({ orgId }) => orgId === null).flatMap(({ role }) => GRANTS[role] ?? []));

export const may = (me: Pick<Me, 'abilities'>, ability: Ability): boolean => me.abilities.has(ability);

/** Offices see every case; others what `visibleCases` says. */
export const seesAll = (me: Pick<Me, 'abilities'>): boolean => may(me, 'cycles.watch');

/** What concerns a unit, by its column: offices and whoever keeps the register see all, others their own house and what it monitors. */
export const seesUnit = (me: Me, column: Prisma.Sql, keeper: Ability): Prisma.Sql =>
  seesAll(me) || may(me, keeper) ? Prisma.sql`TRUE` : Prisma.sql`${column} = ANY(${me.sees}::uuid[])`;

/**
 * The cases that are someone's own affair, as a condition on `cases c`: those of the own house (department with its sections)
 * or of a unit that it monitors, and those where the person may act, has acted or somebody did so for them.
 */
export const ownCases = (me: Me): Prisma.Sql =>
  seesAll(me)
    ? Prisma.sql`TRUE`
    : Prisma.sql`(c.org_id = ANY(${me.sees}::uuid[])
        OR c.id IN (SELECT held.case_id FROM (${heldTasks(me)}) held)
        OR c.id IN (SELECT case_id FROM case_events WHERE actor = ${me.id}::uuid AND type = 'act')
        OR c.id IN (SELECT case_id FROM case_events WHERE on_behalf_of = ${me.id}::uuid))`;

/**
 * The cases that someone may see, as a condition on `cases c`: their own, and those that a copy or a mention lets them read.
 * What is not seen is answered as unknown.
 */
export const visibleCases = (me: Me): Prisma.Sql =>
  seesAll(me)
    ? Prisma.sql`TRUE`
    : Prisma.sql`(${ownCases(me)}
        OR c.id IN (SELECT case_id FROM copies WHERE person_id = ${me.id}::uuid)
        OR c.id IN (SELECT k.case_id FROM comment_mentions m JOIN comments k ON k.id = m.comment_id
                    WHERE m.person_id = ${me.id}::uuid AND k.withdrawn_at IS NULL))`;

/** The tasks that someone may see, as a condition on `tasks t`: offices all, others those they may act on or have closed. */
export const visibleTasks = (me: Me): Prisma.Sql =>
  seesAll(me)
    ? Prisma.sql`TRUE`
    : Prisma.sql`(t.closed_by = ${me.id}::uuid
        OR EXISTS (SELECT FROM (${heldTasks(me)}) held WHERE held.case_id = t.case_id AND held.seat = t.seat))`;

/** Whether someone leads a case, as a condition on `cases c` with its unit `o`: began it, heads its unit, or is the office. */
export const leads = (me: Me): Prisma.Sql =>
  seesAll(me)
    ? Prisma.sql`TRUE`
    : Prisma.sql`coalesce(o.head_id = ${me.id}::uuid OR c.snapshot->'context'->>'initiator' = ${me.id}, false)`;
