import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { PhaseKey } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import type { RehearsalCity } from './city.ts';
import type { Firing, SetTimer } from './look.ts';
import type { Played } from './play.ts';
import type { Scenario } from './stage.ts';
import type { Expected, Timed } from './targets.ts';

/** A timer of a block: when it is due, whether it fired in virtual time, and who heard of it. */
export interface RehearsalRow {
  block: string;
  name: Text;
  phase: PhaseKey;
  track: 'participant' | 'cycle';
  /** The month, quarter or other item of a repeat. */
  item: string | null;
  rung: number;
  do: Expected['do'];
  /** Working days after the deadline. */
  offset: number | null;
  colour?: Expected['colour'];
  points?: string;
  due: string | null;
  day: string | null;
  /** The day lies beyond the last year whose holidays are known. */
  provisional: boolean;
  fired: boolean;
  firedAt: string | null;
  /** Who was told or took over; nobody where the rung decides by itself. */
  who: Text[];
  /** Why it did not fire, or reached nobody. */
  remark?: Text;
}

/** What was seen of one target: a timed block, for one item. */
export interface Watch {
  timed: Timed;
  item: string | null;
  scenario: Scenario | null;
  played: Played | null;
}

/** Acts that tell somebody; the others decide or go on by themselves. */
const TELLING = new Set(['remind', 'head', 'superior', 'office', 'supervise', 'deduct', 'transfer']);

/** The rows of a target, each expected timer one. */
export function rowsOf(watch: Watch, calendar: Calendar, city: RehearsalCity): RehearsalRow[] {
  const { timed, item, scenario, played } = watch;
  const { block, phase, cycle } = timed.site;
  const mine = (timer: SetTimer) =>
    timer.cycleId === scenario?.id && timer.block === timed.live && (item === null || timer.item === item);
  const timers = played?.timers.filter(mine) ?? [];
  const first = timers[0];
  return timed.expected.map((expected): RehearsalRow => {
    const timer = timers.find(
      (one) => one.rung === expected.rung && one.caseId === first?.caseId && one.round === first.round,
    );
    const firing = timer && played?.firings.find((one) => isOf(one, timer));
    const who = firing && played ? heard(firing, played, city) : [];
    const nobody = firing !== undefined && TELLING.has(expected.do) && who.length === 0;
    const remark = nobody ? NOBODY : firing ? undefined : timer ? GONE : first ? BEFORE : ELSEWHERE;
    return {
      block: block.key,
      name: block.name,
      phase,
      track: cycle ? 'cycle' : 'participant',
      item,
      ...expected,
      due: timer?.dueAt.toISOString() ?? null,
      day: timer ? calendar.dayOf(timer.dueAt.toISOString()) : null,
      provisional: timer?.provisional ?? false,
      fired: firing !== undefined,
      firedAt: firing?.at.toISOString() ?? null,
      who,
      ...(remark && { remark }),
    };
  });
}

const NOBODY: Text = { zh: '触发了，但没有可以通知的人', en: 'fired, but there was nobody to tell' };
const GONE: Text = { zh: '到期之前，这一步已经离开', en: 'the block was left before it came due' };
const BEFORE: Text = { zh: '任务出现时这一天已过', en: 'the day had passed when the task appeared' };
const ELSEWHERE: Text = { zh: '演练没有走到这一步', en: 'the rehearsal did not come by' };

const isOf = (firing: Firing, { caseId, block, round, rung }: SetTimer) =>
  firing.caseId === caseId && firing.block === block && firing.round === round && firing.rung === rung;

function heard(firing: Firing, played: Played, city: RehearsalCity): Text[] {
  const people = firing.to ?? played.told.get(`${firing.caseId}/${firing.revision}`) ?? [];
  const labels = people.map((person) => city.labels.get(person) ?? { zh: person, en: person });
  return [...new Map(labels.map((label) => [label.zh, label])).values()];
}
