import { isAdministrator } from './roles.ts';

/** What a role may do in the whole instance, beside acting on the own tasks. */
export const ABILITIES = [
  /** Cycles, cases, tasks, figures: everybody but the three administrators. Which rows, `rules.ts` says. */
  'business',
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
export const GRANTS: Record<string, readonly Ability[]> = {
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
  new Set([
    ...(roles.some(({ role }) => isAdministrator(role)) ? [] : (['business'] as const)),
    ...roles.filter(({ orgId }) => orgId === null).flatMap(({ role }) => GRANTS[role] ?? []),
  ]);
