import { error, type Finding, text, warning } from '../finding.ts';
import type { Rule } from './rule.ts';

/** Lights, flags, quotas and uses name sheets, categories and grades that the template has. */
export const judging: Rule = ({ template }) => {
  const { lights, warnings, grades, uses } = template;
  const findings: Finding[] = [];
  const sheets = (warnings?.sheets ?? []).map(({ colour }) => colour);
  const needsSheet = (path: string, colour?: (typeof sheets)[number]) => {
    if (colour === undefined ? sheets.length > 0 : sheets.includes(colour)) return;
    findings.push(
      error(
        'light.sheet',
        path,
        text(
          `模板没有${colour === undefined ? '' : `颜色为 ${colour} 的`}督办单。`,
          `The template has no${colour === undefined ? '' : ` ${colour}`} supervision sheet.`,
        ),
        text(
          '在 warnings.sheets 中写明督办单的颜色和答复期限。',
          'Name its colour and reply deadline in warnings.sheets.',
        ),
      ),
    );
  };
  for (const list of ['rules', 'repeated'] as const)
    for (const [i, rule] of (lights?.[list] ?? []).entries())
      for (const [j, consequence] of (rule.consequences ?? []).entries()) {
        const path = `lights.${list}[${i}].consequences[${j}]`;
        if (consequence.kind === 'supervise') needsSheet(`${path}.sheet`, consequence.sheet);
        const items = template.adjustments?.items.filter(({ kind }) => kind === 'bonus') ?? [];
        if (consequence.kind === 'noBonus' && !items.some(({ stage }) => consequence.of === 'year' || stage))
          findings.push(
            warning(
              'light.noBonus',
              path,
              text('没有可以取消的奖励，此后果不起作用。', 'There is no such bonus, so nothing is withheld.'),
              text(
                '在 adjustments.items 中写加分项目；阶段奖励写明 stage。',
                'Name the bonus in adjustments.items, one of a stage with its stage.',
              ),
            ),
          );
      }
  for (const [i, flag] of (warnings?.flags ?? []).entries())
    if (flag.supervise) needsSheet(`warnings.flags[${i}].supervise`);

  const category = (path: string, key: string | undefined) => {
    if (key === undefined || template.categories[key]) return;
    findings.push(
      error(
        'category.unknown',
        path,
        text(`没有类别“${key}”。`, `There is no category "${key}".`),
        text('写 categories 中的一个键。', 'Name a key of categories.'),
      ),
    );
  };
  for (const [i, quota] of (grades?.quotas ?? []).entries()) category(`grades.quotas[${i}].category`, quota.category);
  for (const [i, key] of (grades?.outside?.categories ?? []).entries())
    category(`grades.outside.categories[${i}]`, key);
  for (const [i, { whom }] of (uses ?? []).entries()) {
    for (const [j, key] of (whom.categories ?? []).entries()) category(`uses[${i}].whom.categories[${j}]`, key);
    if (whom.kind !== 'grade') continue;
    for (const [j, key] of whom.grades.entries()) {
      if (grades?.grades.some((grade) => grade.key === key)) continue;
      findings.push(
        error(
          'use.grade',
          `uses[${i}].whom.grades[${j}]`,
          text(`没有等次“${key}”。`, `There is no grade "${key}".`),
          text('写 grades 中的一个等次。', 'Name one of the grades.'),
        ),
      );
    }
  }
  return findings;
};
