import { readItems, readTimers, type SetTimer } from './look.ts';
import type { Stage } from './stage.ts';

/** Live blocks that the watched unit or the cycle came by, with the items they were for: by scenario. */
export type Visits = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string | null>>>;

const placeOf = ({ caseId, block, round, rung }: Pick<SetTimer, 'caseId' | 'block' | 'round' | 'rung'>) =>
  `${caseId}/${block}#${round}/${rung}`;

/** Keeps what was ever seen of the timers of the watched units and of the cycles. */
export function makeWatcher({ pool, city }: Pick<Stage, 'pool' | 'city'>) {
  const seen = new Map<string, SetTimer>();
  const visits = new Map<string, Map<string, Set<string | null>>>();
  const units = [...city.units.values()];

  const visit = (cycleId: string, block: string, item: string | null): void => {
    const blocks = visits.get(cycleId) ?? new Map<string, Set<string | null>>();
    visits.set(cycleId, blocks);
    blocks.set(block, (blocks.get(block) ?? new Set()).add(item));
  };
  return {
    visits: visits as Visits,
    visit,
    timers: () => [...seen.values()],
    /** What is set now. To be asked before anything fires, for what is due at once goes at once. */
    look: async (): Promise<SetTimer[]> => {
      const now = await readTimers(pool, units);
      const fresh = now.filter((timer) => !seen.has(placeOf(timer)));
      const items = await readItems(pool, fresh);
      return now.map((timer) => {
        const item = items.get(`${timer.caseId}/${timer.block}`) ?? null;
        const known = seen.get(placeOf(timer)) ?? { ...timer, item };
        seen.set(placeOf(timer), known);
        visit(known.cycleId, known.block, known.item);
        return known;
      });
    },
  };
}
