import { Exact } from '../../../scoring/exact.ts';
import { error, type Finding, text } from '../finding.ts';
import type { Rule } from './rule.ts';

/** The ledger's items, groups, caps and people must fit together. */
export const adjustments: Rule = ({ template }) => {
  const scheme = template.adjustments;
  if (!scheme) return [];
  const findings: Finding[] = [];
  const find = (id: string, path: string, zh: string, en: string, hintZh: string, hintEn: string) =>
    findings.push(error(`adjustments.${id}`, `adjustments.${path}`, text(zh, en), text(hintZh, hintEn)));
  const keys = scheme.items.map((item) => item.key);
  for (const [i, item] of scheme.items.entries()) {
    const at = `items[${i}]`;
    if (keys.indexOf(item.key) < i)
      find(
        'twice',
        `${at}.key`,
        `项目“${item.key}”重复。`,
        `The item "${item.key}" occurs twice.`,
        '换一个键。',
        'Choose another key.',
      );
    if (item.group !== undefined && !Object.hasOwn(scheme.groups ?? {}, item.group))
      find(
        'group',
        `${at}.group`,
        `没有分组“${item.group}”。`,
        `There is no group "${item.group}".`,
        '在 groups 里加上它，或改正。',
        'Add it under groups, or correct it.',
      );
    if (item.goal !== undefined && !Object.hasOwn(scheme.special?.goals ?? {}, item.goal))
      find(
        'goal',
        `${at}.goal`,
        `没有专项目标“${item.goal}”。`,
        `There is no special goal "${item.goal}".`,
        '在 special.goals 里加上它，或改正。',
        'Add it under special.goals, or correct it.',
      );
    if (item.goal !== undefined && item.kind === 'bonus' && item.evidence !== 'required')
      find(
        'detail',
        `${at}.evidence`,
        '专项目标的加分须附考核明细。',
        'A bonus of a special goal rests on its detail file.',
        '写 evidence: "required"。',
        'Write evidence: "required".',
      );
    if (item.points !== undefined && item.most !== undefined && new Exact(item.points).gt(item.most))
      find(
        'points',
        `${at}.points`,
        '通常分值超过单次上限。',
        'The usual points are more than one entry may give.',
        '调低 points 或调高 most。',
        'Lower points, or raise most.',
      );
    if (item.most !== undefined && item.cap !== undefined && new Exact(item.most).gt(item.cap))
      find(
        'most',
        `${at}.most`,
        '单次上限超过全年上限，超出部分不会计分。',
        'One entry may give more than the year’s cap, and the rest never counts.',
        '调低 most 或调高 cap。',
        'Lower most, or raise cap.',
      );
  }
  for (const cause of ['ladder', 'light'] as const) {
    const key = scheme.automatic?.[cause];
    if (key !== undefined && !scheme.items.some((item) => item.key === key && item.kind === 'deduction'))
      find(
        'automatic',
        `automatic.${cause}`,
        `没有扣分项目“${key}”。`,
        `There is no item "${key}" that deducts.`,
        '在 items 里加上它，或改正。',
        'Add it under items, or correct it.',
      );
  }
  const named: [part: string, roles: readonly string[], wanted?: 'city'][] = [
    ['propose', scheme.propose ?? []],
    ['approve', scheme.approve ?? [], 'city'],
    ...scheme.items.map(({ propose = [] }, i): [string, readonly string[]] => [`items[${i}].propose`, propose]),
  ];
  for (const [part, roles, wanted] of named)
    for (const [i, role] of roles.entries()) {
      const known = Object.hasOwn(template.roles, role) ? template.roles[role] : undefined;
      if (!known)
        find(
          'role',
          `${part}[${i}]`,
          `没有角色“${role}”。`,
          `There is no role "${role}".`,
          '在 roles 里加上它，或改正。',
          'Add it under roles, or correct it.',
        );
      else if (wanted !== undefined && known.scope !== wanted)
        find(
          'role',
          `${part}[${i}]`,
          `“${role}”是单位内的角色，不能审批。`,
          `"${role}" is a role inside units, which cannot approve.`,
          '改用全市的角色。',
          'Name a role for the whole city.',
        );
    }
  return findings;
};
