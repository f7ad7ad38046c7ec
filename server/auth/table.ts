import type { Text } from '../../workflows/text.ts';
import type { Route } from '../http/route.ts';
import { type Ability, abilitiesOf } from './grants.ts';

/** Who may call: nobody signed in, and people by the role they hold. Roles that are not here open nothing: such people are `none`. */
export const CALLERS = [
  'nobody',
  'none',
  'head',
  'staff',
  'leaders',
  'committee',
  'inspector',
  'hotline',
  'surveyTeam',
  'performanceOffice',
  'systemAdministrator',
  'securityAdministrator',
  'auditAdministrator',
] as const;
export type Caller = (typeof CALLERS)[number];

/** Roles that are held inside a unit. */
export const INSIDE: readonly Caller[] = ['head', 'staff'];

/** `yes`: the route is open, to the rows that the rules let the caller see; 401, 403: refused. */
export type Verdict = 'yes' | '401' | '403';

/** What a route answers a caller. */
export const verdict = ({ can, bearer }: Pick<Route, 'can' | 'bearer'>, caller: Caller): Verdict => {
  if (can === 'public') return bearer ? '401' : 'yes';
  if (caller === 'nobody') return '401';
  if (can === 'signedIn') return 'yes';
  const orgId = INSIDE.includes(caller) ? 'a unit' : null;
  return abilitiesOf(caller === 'none' ? [] : [{ role: caller, orgId }]).has(can as Ability) ? 'yes' : '403';
};

const HEADS: Record<Caller, Text> = {
  nobody: { zh: '未登录', en: 'nobody' },
  none: { zh: '其他人员', en: 'others' },
  head: { zh: '负责人', en: 'head' },
  staff: { zh: '联络员', en: 'staff' },
  leaders: { zh: '市领导', en: 'leader' },
  committee: { zh: '绩效委', en: 'committee' },
  inspector: { zh: '督查', en: 'inspector' },
  hotline: { zh: '热线', en: 'hotline' },
  surveyTeam: { zh: '调查队', en: 'survey' },
  performanceOffice: { zh: '绩效办', en: 'office' },
  systemAdministrator: { zh: '系统', en: 'system' },
  securityAdministrator: { zh: '安全', en: 'security' },
  auditAdministrator: { zh: '审计', en: 'audit' },
};

/** Every route against every caller, as the documentation shows it. */
export const accessTable = (routes: readonly Route[]): string => {
  const sorted = [...routes].sort((a, b) => (a.id < b.id ? -1 : 1));
  const head = ['route', 'needs', ...CALLERS.map((caller) => `${HEADS[caller].zh} ${HEADS[caller].en}`)];
  const rows = sorted.map((route) => [
    `\`${route.id}\``,
    route.can === 'public' && route.bearer ? 'token' : route.can,
    ...CALLERS.map((caller) => ({ yes: '✓', '401': '401', '403': '–' })[verdict(route, caller)]),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
};
