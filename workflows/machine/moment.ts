import type { Calendar } from '../calendar/calendar.ts';
import { type Moment, phaseDays, resolveWhen } from '../calendar/resolve.ts';
import type { CycleTemplate } from '../template/schema.ts';
import type { When } from '../template/when.ts';
import type { Facts, Item } from './context.ts';
import { phaseOf } from './track.ts';

/** A block of a case that begins at an instant. */
export interface Beginning {
  template: CycleTemplate;
  block: string;
  period: Facts['period'];
  item?: Item | undefined;
  opened: string;
}

/** The moment that a `when` of a block names. @throws RangeError when it refers to an edge that is not known here */
export function momentOf(when: When, { template, block, period, item, opened }: Beginning, calendar: Calendar): Moment {
  const base = { opened, period };
  const phase = phaseOf(template, block);
  const days = phase && phaseDays(template.phases[phase].window, base, calendar);
  const span = item as { start?: string; end?: string } | undefined;
  return resolveWhen(when, { ...base, item: span, phase: days }, calendar);
}
