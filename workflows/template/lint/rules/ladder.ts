import { type HumanSite, humanSites } from '../../model.ts';
import { countOf, type Rung, type When } from '../../when.ts';
import { error, type Finding, text, warning } from '../finding.ts';
import type { Rule } from './rule.ts';

/** Every human block has a deadline; reminders that come before it opened never reach anybody. */
export const deadlines: Rule = (model) =>
  humanSites(model).flatMap(({ block, path }): Finding[] => {
    if (!block.deadline)
      return [
        warning(
          'deadline.missing',
          path,
          text('这一步没有期限，可能永远等下去。', 'This block has no deadline and may wait for ever.'),
          text('加上 deadline。', 'Add a deadline.'),
        ),
        ...(block.remind?.length ? [needsDeadline(`${path}.remind`)] : []),
        ...(block.escalate?.length ? [needsDeadline(`${path}.escalate`)] : []),
      ];
    const { deadline } = block;
    // Calendar days hold at most as many working days, also when their end is moved off a holiday.
    const room = 'from' in deadline && deadline.from === 'opened' ? roomOf(deadline) : undefined;
    return (block.remind ?? []).flatMap((days, i, all): Finding[] => {
      const at = `${path}.remind[${i}]`;
      if (all.indexOf(days) < i) return [twice(at)];
      if (room === undefined || days >= 0 || -days <= room) return [];
      return [
        error(
          'remind.beforeOpening',
          at,
          text(
            '这个提醒在任务出现之前，永远不会发出。',
            'This reminder comes before the task exists and is never sent.',
          ),
          text(`提前不超过 ${room} 个工作日。`, `Remind at most ${room} working days before.`),
        ),
      ];
    });
  });

const roomOf = (deadline: Extract<When, { from: string }>): number => {
  const { days, workingDays } = countOf(deadline);
  return Math.max(0, days) + workingDays;
};

const needsDeadline = (path: string): Finding =>
  error(
    'deadline.needed',
    path,
    text('没有期限，提醒和升级都不会触发。', 'Without a deadline no reminder and no rung ever fires.'),
    text('加上 deadline。', 'Add a deadline.'),
  );

const twice = (path: string): Finding =>
  warning(
    'ladder.twice',
    path,
    text('与前面的一项重复。', 'The same as an earlier one.'),
    text('删除一个。', 'Remove one.'),
  );

/** Rungs that say what they need, in the order in which they fire. */
export const rungs: Rule = (model) =>
  humanSites(model).flatMap((site) =>
    (site.block.escalate ?? []).flatMap((rung, i, ladder) => [
      ...needs(rung, `${site.path}.escalate[${i}]`),
      ...place(rung, i, ladder, `${site.path}.escalate[${i}]`),
      ...possible(site, rung, `${site.path}.escalate[${i}]`, model.template.roles),
    ]),
  );

function needs(rung: Rung, path: string): Finding[] {
  const findings: Finding[] = [];
  const check = (wanted: boolean, given: boolean, part: string, zh: string, en: string) => {
    if (wanted && !given)
      findings.push(
        error(
          `rung.${part}`,
          path,
          text(`没有写明${zh}。`, `Does not say ${en}.`),
          text(`加上 ${part}。`, `Add \`${part}\`.`),
        ),
      );
    if (!wanted && given)
      findings.push(
        error(
          `rung.${part}.ignored`,
          `${path}.${part}`,
          text(`“${rung.do}”用不到 ${part}。`, `\`${part}\` does nothing with "${rung.do}".`),
          text('删除它，或改正 do。', 'Remove it, or correct `do`.'),
        ),
      );
  };
  check(
    rung.do === 'supervise',
    rung.colour !== undefined,
    'colour',
    '督办的颜色',
    'the colour of the supervision order',
  );
  check(rung.do === 'deduct', rung.points !== undefined, 'points', '扣几分', 'how many points are deducted');
  check(rung.do === 'transfer', rung.to !== undefined, 'to', '转给谁', 'to whom the task goes');
  if (rung.points !== undefined && Number(rung.points) === 0)
    findings.push(
      error(
        'rung.points',
        `${path}.points`,
        text('扣分为 0。', 'Deducts nothing.'),
        text('写大于 0 的分数。', 'Give more than 0.'),
      ),
    );
  return findings;
}

function place(rung: Rung, i: number, ladder: readonly Rung[], path: string): Finding[] {
  const earlier = ladder.slice(0, i);
  if (earlier.some((other) => other.after > rung.after))
    return [
      error(
        'rung.order',
        `${path}.after`,
        text('阶梯要按时间先后排列。', 'The rungs must stand in the order in which they fire.'),
        text('按 after 从小到大排列。', 'Sort them by `after`.'),
      ),
    ];
  if (earlier.some((other) => other.do === 'pass' || other.do === 'return'))
    return [
      error(
        'rung.afterEnd',
        path,
        text(
          '前一级已经自动通过或退回，这一级永远不会触发。',
          'An earlier rung has passed or returned the block, so this one never fires.',
        ),
        text('移到前面，或删除。', 'Move it before that rung, or remove it.'),
      ),
    ];
  const same = earlier.some(
    (other) => other.after === rung.after && other.do === rung.do && other.colour === rung.colour && !rung.to,
  );
  return same ? [twice(path)] : [];
}

function possible({ block, cycle }: HumanSite, rung: Rung, path: string, roles: Record<string, unknown>): Finding[] {
  const at = `${path}.do`;
  const impossible = (zh: string, en: string, hint: ReturnType<typeof text>) => [
    error('rung.impossible', at, text(zh, en), hint),
  ];
  if (rung.do === 'return' && (block.type !== 'approval' || block.returnTo === undefined))
    return impossible(
      '这一步没有可以退回的地方。',
      'This block has nothing to return to.',
      text('给审批加上 returnTo，或改用别的级。', 'Give the approval a returnTo, or use another rung.'),
    );
  const dated = block.deadline && !('from' in block.deadline && block.deadline.from === 'opened');
  if (rung.do === 'return' && dated)
    return impossible(
      '期限是固定日期，过期后每次退回重来都会立刻再退回。',
      'The deadline is a fixed day: once it has passed, each new round is returned at once.',
      text('期限从 opened 算起。', 'Count the deadline from opened.'),
    );
  if (rung.do === 'pass' && block.fields?.some((field) => field.required))
    return impossible(
      '有必填字段，不能自动通过：之后会缺值。',
      'The block has required fields, so it cannot pass by itself: their values would be missing.',
      text('改用 transfer，或不设必填。', 'Use transfer, or do not require the fields.'),
    );
  if (rung.do === 'head' && cycle)
    return impossible(
      '全周期的区块没有参评单位，也就没有负责人。',
      'A block of the whole cycle has no participant whose head could be told.',
      text('改用 office 或 superior。', 'Use office or superior.'),
    );
  if (rung.do === 'office' && !Object.hasOwn(roles, 'performanceOffice'))
    return impossible(
      '模板里没有角色 performanceOffice，无人可告知。',
      'The template has no role performanceOffice to be told.',
      text('在 roles 里加上它。', 'Add it under roles.'),
    );
  return [];
}
