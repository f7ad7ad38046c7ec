import { untilOf } from '../../block.ts';
import { isHuman, type Model, type Site } from '../../model.ts';
import { isOfOwner } from '../../owners.ts';
import { PHASES, type PhaseKey } from '../../schema.ts';
import { countOf, type When } from '../../when.ts';
import { daysOf, type Edges, isRealDay, namedDaysOf } from '../days.ts';
import { error, type Finding, text, warning } from '../finding.ts';
import type { Rule } from './rule.ts';

/** A date that a block waits for, or must be done by. */
interface Dated {
  site: Site;
  when: When;
  path: string;
  what: 'deadline' | 'until' | 'opens';
}

function datesOf(model: Model): Dated[] {
  return model.sites.flatMap((site): Dated[] => {
    const { block, path } = site;
    const dates: Dated[] = [];
    if (isHuman(block) && block.deadline)
      dates.push({ site, when: block.deadline, path: `${path}.deadline`, what: 'deadline' });
    const until = untilOf(block);
    if (until) dates.push({ site, when: until, path: `${path}.until`, what: 'until' });
    if (block.opens) dates.push({ site, when: block.opens, path: `${path}.opens`, what: 'opens' });
    return dates;
  });
}

/** The days that a block's `When` may refer to. */
export function edgesAt(model: Model, site: Site): Edges {
  return { phase: phaseEdges(model, site.phase), item: spanAt(model, site) };
}

/** What the item of a block's repeat spans; a unit that owns indicators has the period that it reports. */
function spanAt(model: Model, site: Site): Edges['item'] {
  const over = site.repeat?.block.over;
  if (over === 'months' || over === 'quarters') return over;
  return site.repeat && isOfOwner(model.template, site) ? (spanAt(model, site.repeat) ?? 'year') : undefined;
}

function phaseEdges(model: Model, phase: PhaseKey): Edges['phase'] {
  const window = model.template.phases[phase].window;
  const start = window && namedDaysOf(window.start, {});
  const end = window && namedDaysOf(window.end, {});
  return start && end && { start, end };
}

/** Dates of the calendar, and edges that exist where they are named. */
export const dates: Rule = (model) => [
  ...datesOf(model).flatMap(({ site, when, path }) => anchor(model, site, when, path)),
  ...PHASES.flatMap((phase) => {
    const window = model.template.phases[phase].window;
    if (!window) return [];
    return (['start', 'end'] as const).flatMap((side) => phaseAnchor(window[side], `phases.${phase}.window.${side}`));
  }),
];

const notReal = (path: string, date: string): Finding =>
  error(
    'date.notReal',
    path,
    text(`没有 ${date} 这一天。`, `There is no ${date}.`),
    text('改正日期；2 月末写 02-29。', 'Correct the date; 02-29 means the end of February.'),
  );

function anchor(model: Model, site: Site, when: When, path: string): Finding[] {
  if ('date' in when) return isRealDay(when.date) ? [] : [notReal(`${path}.date`, when.date)];
  const at = `${path}.from`;
  const edges = edgesAt(model, site);
  if (when.from.startsWith('item') && !edges.item)
    return [
      error(
        'date.item',
        at,
        text(
          '只有在按月或按季重复的区块里才有起止日期。',
          'Only items of a repeat over months or quarters have a start and an end.',
        ),
        text('从 opened、phaseEnd 或 periodEnd 算起。', 'Count from opened, phaseEnd or periodEnd.'),
      ),
    ];
  if (when.from.startsWith('phase') && !model.template.phases[site.phase].window)
    return [
      error(
        'date.phase',
        at,
        text('这个阶段没有写起止日期（window）。', 'This phase has no window.'),
        text('给阶段加上 window，或从别处算起。', 'Give the phase a window, or count from something else.'),
      ),
    ];
  return [];
}

function phaseAnchor(when: When, path: string): Finding[] {
  if ('date' in when) return isRealDay(when.date) ? [] : [notReal(`${path}.date`, when.date)];
  if (when.from === 'periodStart' || when.from === 'periodEnd') return [];
  return [
    error(
      'date.window',
      `${path}.from`,
      text(
        '阶段的起止只能用日期，或从周期的起止算起。',
        "A phase's window is dated, or counted from the period's start or end.",
      ),
      text('改用 date、periodStart 或 periodEnd。', 'Use date, periodStart or periodEnd.'),
    ),
  ];
}

/** Phases that end after they start, in their order. */
export const phaseWindows: Rule = (model) => {
  const spans = PHASES.map((phase) => ({ phase, edges: phaseEdges(model, phase) }));
  return spans.flatMap(({ phase, edges }, i): Finding[] => {
    if (!edges) return [];
    const at = `phases.${phase}.window`;
    if (edges.end.max < edges.start.min)
      return [
        error(
          'phase.window',
          `${at}.end`,
          text('阶段的结束在开始之前。', 'The phase ends before it starts.'),
          text('改正日期；跨年时写 year: next。', 'Correct the dates; a day of the next year has year: next.'),
        ),
      ];
    const earlier = spans.slice(0, i).find((other) => other.edges && edges.end.max < other.edges.start.min);
    return earlier
      ? [
          error(
            'phase.order',
            at,
            text('这个阶段在前面的阶段开始之前就结束了。', 'This phase ends before an earlier one starts.'),
            text('改正日期；跨年时写 year: next。', 'Correct the dates; a day of the next year has year: next.'),
          ),
        ]
      : [];
  });
};

/** Dates that have passed when their block opens. */
export const passedDates: Rule = (model) =>
  datesOf(model).flatMap(({ site, when, path, what }): Finding[] => {
    if ('from' in when && when.from === 'opened') return fromOpened(when, path, what);
    const edges = edgesAt(model, site);
    const days = daysOf(when, edges);
    if (!days || !edges.phase) return [];
    if (days.max < edges.phase.start.min)
      return [
        error(
          `${what}.beforePhase`,
          path,
          text('这个日期在阶段开始之前。', 'This day lies before the phase starts.'),
          text('改正日期；跨年时写 year: next。', 'Correct the day; one of the next year has year: next.'),
        ),
      ];
    if (days.min > edges.phase.end.max)
      return [
        warning(
          `${what}.afterPhase`,
          path,
          text('这个日期在阶段结束之后。', 'This day lies after the phase ends.'),
          text('改正日期，或延长阶段。', 'Correct the day, or lengthen the phase.'),
        ),
      ];
    return [];
  });

function fromOpened(when: Extract<When, { from: string }>, path: string, what: Dated['what']): Finding[] {
  const { days, workingDays } = countOf(when);
  const late = days + workingDays < 0 || (days < 0 && workingDays * 2 + 12 + days < 0);
  if (late)
    return [
      error(
        `${what}.beforeOpening`,
        path,
        text(
          '这个日期在区块开始之前，一开始就已过期。',
          'This day lies before the block opens, so it has always passed.',
        ),
        text('从 opened 往后数，用正数。', 'Count forward from opened, by positive numbers.'),
      ),
    ];
  if (what === 'opens')
    return [
      error(
        'opens.opened',
        `${path}.from`,
        text('opens 不能从区块自己的开始算起。', 'opens cannot count from the opening of the block itself.'),
        text('改用日期或阶段、周期的起止。', 'Use a date, or an edge of the phase or period.'),
      ),
    ];
  if (what === 'until' && Math.abs(days) + Math.abs(workingDays) <= (when.countFirst ? 1 : 0))
    return [
      error(
        'until.atOnce',
        path,
        text('当天就结束，等于没有等待。', 'It ends on the day it begins: it does not wait.'),
        text('写明天数。', 'Say how many days.'),
      ),
    ];
  return [];
}
