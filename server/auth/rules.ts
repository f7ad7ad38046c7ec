import { AbilityBuilder, type Ability as Rules } from '@casl/ability';
import { createPrismaAbility } from '@casl/prisma/runtime';
import type { Grant } from '../../workflows/approval/delegation.ts';
import type { Ability } from './grants.ts';
import type { Holder } from './me.ts';

/** What is done with a row. What may be done by a role alone is an ability (`grants.ts`), which routes name. */
export type Action =
  | 'read'
  /** Of a case: one's own affair, which one may show to others. */
  | 'follow'
  /** Of a case: urge, prioritise. */
  | 'lead'
  /** Of a case: know its results before they are public. */
  | 'know'
  | 'change';

export type Subject =
  | 'AbnormalFlag'
  | 'Adjustment'
  | 'Case'
  | 'Complaint'
  | 'Copy'
  | 'CycleIndicator'
  | 'Delegation'
  | 'Evidence'
  | 'Finding'
  | 'IndicatorHistory'
  | 'Inspection'
  | 'Light'
  | 'Notice'
  | 'ObservationPoint'
  | 'Phrase'
  | 'RectificationItem'
  | 'Task'
  | 'Template'
  | 'Warning';

/** Conditions in Prisma's language, on columns and on what `sql.ts` knows of a row: who holds it, acted on it, is named in it. */
export type Policy = Rules<[Action, Subject | object], Record<string, unknown>>;

/** Whose hands someone's are: the own ones, and of those whom they stand in for now, in what they do. */
export const handsOf = ({ id, standsIn }: Pick<Holder, 'id' | 'standsIn'>): Grant[] => [
  { person: id, scope: null },
  ...standsIn,
];

/**
 * Which rows someone may see and change: every rule of the product, by organisation, role, task, cycle and file. Queries take them by
 * `allowed` (SQL) and `accessible` (Prisma); what no rule allows is answered as unknown.
 */
const rulesOf = (me: Holder): Policy => {
  const { can, build } = new AbilityBuilder<Policy>(createPrismaAbility);
  const may = (ability: Ability) => me.abilities.has(ability);

  // One's own things, whoever one is.
  can(['read', 'change'], ['Notice', 'Phrase'], { personId: me.id });
  can('read', 'Delegation', { personId: me.id });
  can('read', 'Delegation', { toId: me.id });
  if (may('delegations.write')) can('read', 'Delegation');

  // 三员: no business data, whatever unit they stand in and whatever they did before.
  if (!may('business')) return build();

  can('read', 'Template', { status: { not: 'draft' } });
  if (may('templates.write')) can('read', 'Template');

  // A file up to one's own level, and what one uploaded; beside that its case has to be seen.
  can('read', 'Evidence', { level: { lte: me.clearance } });
  can(['read', 'change'], 'Evidence', { uploadedBy: me.id });

  // The office watches every cycle.
  if (may('cycles.watch')) {
    can(['read', 'follow', 'lead', 'know'], 'Case');
    can('read', [
      'Task',
      'Copy',
      'CycleIndicator',
      'IndicatorHistory',
      'Light',
      'AbnormalFlag',
      'Warning',
      'Adjustment',
    ]);
    can('read', ['Finding', 'Inspection', 'RectificationItem', 'ObservationPoint', 'Complaint']);
    return build();
  }

  // The house (department with its sections), and the units that it monitors.
  const ours = { orgId: { in: me.sees } };
  can('read', ['CycleIndicator', 'IndicatorHistory', 'Light', 'AbnormalFlag', 'Warning', 'Adjustment'], ours);
  can('read', ['Finding', 'Inspection', 'RectificationItem', 'ObservationPoint', 'Complaint'], ours);
  // Whoever keeps a register sees all of it.
  if (may('findings.write')) can('read', ['Finding', 'Inspection', 'RectificationItem', 'ObservationPoint']);
  if (may('complaints.write')) can('read', 'Complaint');

  // A case: of these units, where one may act, has acted or somebody did so for one; a copy or a mention lets one read it.
  const affair = ['read', 'follow'] satisfies Action[];
  can(affair, 'Case', ours);
  can(affair, 'Case', { heldBy: { in: handsOf(me) } });
  can(affair, 'Case', { actedBy: me.id });
  can(affair, 'Case', { actedFor: me.id });
  can('read', 'Case', { copiedTo: me.id });
  can('read', 'Case', { mentions: me.id });
  // Its results: after the evaluation.
  can('know', 'Case', { ...ours, phase: { in: ['feedback', 'rectify'] } });
  can('know', 'Case', { ...ours, endedAt: { not: null } });
  can('lead', 'Case', { headId: me.id });
  can('lead', 'Case', { initiator: me.id });

  // A task that one may act on, or has closed; a copy that one sent.
  can('read', 'Task', { closedBy: me.id });
  can('read', 'Task', { heldBy: { in: handsOf(me) } });
  can('read', 'Copy', { sentBy: me.id });

  // An indicator that the house owns, alone or with others, verifies, or that a role of the city decides on.
  const inHouse = { in: me.house };
  can('read', 'CycleIndicator', { monitoringUnitId: inHouse });
  can('read', 'CycleIndicator', { ownerId: inHouse });
  can('read', 'CycleIndicator', { jointOwnerIds: { hasSome: me.house } });
  can('read', 'CycleIndicator', { approves: { in: cityRoles(me) } });
  can('read', 'Adjustment', { proposedBy: me.id });
  can('read', 'ObservationPoint', { observedBy: me.id });
  return build();
};

export const cityRoles = ({ roles }: Pick<Holder, 'roles'>): string[] =>
  roles.filter(({ orgId }) => orgId === null).map(({ role }) => role);

const made = new WeakMap<Holder, Policy>();

/** The rules of whoever asks; made once for each request. */
export const policyOf = (me: Holder): Policy => {
  const known = made.get(me);
  if (known) return known;
  const policy = rulesOf(me);
  made.set(me, policy);
  return policy;
};
