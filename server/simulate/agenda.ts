import { millis } from '../../workflows/calendar/calendar.ts';

/** What people mean to do, by the instant at which they mean to do it. */
export interface Agenda<T> {
  add(at: string, plan: T): void;
  /** The next instant with a plan; undefined when nobody plans anything. */
  next(): number | undefined;
  /** Takes out everything that is planned up to an instant. */
  take(until: number): T[];
}

export function makeAgenda<T>(): Agenda<T> {
  const plans = new Map<number, T[]>();
  let first: number | undefined;
  const earliest = () => {
    let found: number | undefined;
    for (const at of plans.keys()) if (found === undefined || at < found) found = at;
    return found;
  };
  return {
    add: (instant, plan) => {
      const at = millis(instant);
      const known = plans.get(at);
      if (known) known.push(plan);
      else plans.set(at, [plan]);
      if (first === undefined || at < first) first = at;
    },
    next: () => first,
    take: (until) => {
      const taken: T[] = [];
      while (first !== undefined && first <= until) {
        taken.push(...(plans.get(first) ?? []));
        plans.delete(first);
        first = earliest();
      }
      return taken;
    },
  };
}
