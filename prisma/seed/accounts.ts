import type { Text } from '../../workflows/text.ts';

/** The one password of every account of the demo city. Only accounts marked `demo` ever have it. */
export const DEMO_PASSWORD = 'bihuan-demo-2026';

/**
 * Accounts to try first, one for each face of the product. Where `like` names several (of a department), one with something
 * to do is shown, first of all of a department that was in earlier cycles too and has indicators and results; else `username`.
 */
export const DEMO_ACCOUNTS: readonly { username: string; like?: string; role: Text }[] = [
  { username: 'office', role: { zh: '绩效办', en: 'Performance office' } },
  { username: 'fgw.head', like: '%.head', role: { zh: '部门负责人', en: 'Head of a department' } },
  { username: 'fgw.staff1', like: '%.staff1', role: { zh: '部门联络员', en: 'Staff of a department' } },
  { username: 'fgw.section1', like: '%.section_', role: { zh: '科室负责人', en: 'Head of a section' } },
  { username: 'fgw.monitor', like: '%.monitor', role: { zh: '指标监测员', en: 'Monitoring unit' } },
  { username: 'committee', role: { zh: '绩效委', en: 'Performance committee' } },
  { username: 'standing', role: { zh: '市委常委会', en: 'Standing committee' } },
  { username: 'leader1', role: { zh: '市领导', en: 'City leader' } },
  { username: 'qinghe.rater1', role: { zh: '基层评议员', en: 'Grass-roots rater' } },
  { username: 'admin', role: { zh: '系统管理员', en: 'System administrator' } },
  { username: 'security', role: { zh: '安全管理员', en: 'Security administrator' } },
  { username: 'auditor', role: { zh: '审计管理员', en: 'Audit administrator' } },
];
