import { untilOf } from '../../block.ts';
import { type HumanSite, humanSites, isHuman, type Model, type Site } from '../../model.ts';
import { PHASES } from '../../schema.ts';
import { error, type Finding, text } from '../finding.ts';
import type { Rule } from './rule.ts';

/** Timers that can never fire, whatever happens. What depends on dates and on the way is for the rehearsal to find. */
export const unfired: Rule = (model) => [
  ...humanSites(model).flatMap(remindersAfterEnd),
  ...model.sites.flatMap((site) => neverLate(model, site)),
];

/** A block that has passed or returned by itself reminds nobody any more. */
function remindersAfterEnd({ block, path }: HumanSite): Finding[] {
  const ends = (block.escalate ?? []).filter((rung) => rung.do === 'pass' || rung.do === 'return');
  const end = Math.min(...ends.map(({ after }) => after));
  return (block.remind ?? []).flatMap((days, i) =>
    days > end
      ? [
          error(
            'remind.afterEnd',
            `${path}.remind[${i}]`,
            text(
              '在这之前这一步已经自动通过或退回，这个提醒永远不会发出。',
              'By then a rung has passed or returned the block, so this reminder is never sent.',
            ),
            text(`最晚在期限后 ${end} 个工作日提醒。`, `Remind at most ${end} working days after the deadline.`),
          ),
        ]
      : [],
  );
}

/** Where participants have nothing to do before a meeting, all are there at once, and its date never matters. */
function neverLate(model: Model, site: Site): Finding[] {
  const { block, path } = site;
  if (block.opens === undefined || site.parent || !site.cycle) return [];
  const top = PHASES.flatMap((phase) => model.roots[phase]);
  const here = top.indexOf(site);
  const wall = top.slice(0, here).findLastIndex((other) => other.cycle);
  const before = top[here - 1];
  if (before?.cycle && before.phase === site.phase) return [];
  if (top.slice(wall + 1, here).some(waits)) return [];
  return [
    error(
      'opens.never',
      `${path}.opens`,
      text(
        '此前没有要等参评单位办的事，大家立刻到齐，这个日期永远用不上。',
        'The participants have nothing to wait for before this, so all arrive at once and this date never matters.',
      ),
      text('删除 opens；要等到某天，在前面加等待区块。', 'Leave opens out; to wait for a day, put a wait before it.'),
    ),
  ];
}

const waits = ({ block, paths }: Site): boolean =>
  isHuman(block) ||
  block.type === 'wait' ||
  untilOf(block) !== undefined ||
  paths.some(({ sites }) => sites.some(waits));
