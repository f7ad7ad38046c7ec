import type { CaseContext } from '../machine/context.ts';
import { type Model, modelOf } from '../template/model.ts';
import type { CycleTemplate } from '../template/schema.ts';
import { PUBLISHED_PARTS, type PublishedPart, type PublishFrom } from './schema.ts';

/** How far a case has come, as far as publishing asks. */
export type Reached = Pick<CaseContext, 'rounds' | 'loops' | 'live'>;

/** What is public of one unit: the parts, the fields whose words are, and of values by period up to which day their periods end (null: all). */
export interface Published {
  parts: ReadonlySet<PublishedPart>;
  texts: readonly string[];
  /** The last day of the last period whose values, or lights, are public. */
  until: Readonly<Partial<Record<PublishedPart, string>>>;
}

/** Says of a template's cases what is public of them on a day. */
export interface Publishing {
  /** @param today the day in the city, `YYYY-MM-DD`; @param cycle the cycle's own case, if it has one */
  of(unit: Reached, cycle: Reached | null, today: string): Published;
}

/** Reads the section `publish` of a template for a year. */
export function publishingOf(template: CycleTemplate, year: number): Publishing {
  const { publish = {} } = template;
  const model = modelOf(template);
  const hasCome = (from: PublishFrom, unit: Reached, cycle: Reached | null, today: string): boolean | string =>
    'date' in from ? dayOf(from, year) <= today : reachedOf(model, from.block, unit, cycle);
  return {
    of: (unit, cycle, today) => {
      const parts = new Set<PublishedPart>();
      const until: Partial<Record<PublishedPart, string>> = {};
      for (const part of PUBLISHED_PARTS) {
        const from = publish[part]?.from;
        if (!from) continue;
        const reached = hasCome(from, unit, cycle, today);
        if (reached === false) continue;
        parts.add(part);
        if (typeof reached === 'string') until[part] = reached;
      }
      const texts = (publish.texts ?? []).flatMap(({ field, from }) =>
        hasCome(from, unit, cycle, today) === false ? [] : [field],
      );
      return { parts, until, texts };
    },
  };
}

const dayOf = ({ date, year: which }: Extract<PublishFrom, { date: string }>, year: number): string =>
  `${which === 'next' ? year + 1 : year}-${date}`;

/** Whether a block was reached; of a block in a repeat over periods, the end of the last period in which it was. */
function reachedOf(model: Model, key: string, unit: Reached, cycle: Reached | null): boolean | string {
  const site = model.byKey.get(key);
  const own = site?.cycle ? cycle : unit;
  if (!site || !own || (own.rounds[key] ?? 0) === 0) return false;
  const repeat = site.repeat?.block;
  if (!repeat || (repeat.over !== 'months' && repeat.over !== 'quarters')) return true;
  const loop = own.loops[repeat.key];
  if (!loop) return true;
  // What is before the current item has passed the block; of the current one, it is passed while it is live.
  const passed = loop.index + (own.live[key] && loop.index < loop.items.length ? 1 : 0);
  if (passed >= loop.items.length) return true;
  const end = loop.items[passed - 1]?.end;
  return typeof end === 'string' ? end : false;
}

/** The blocks that a template's publishing waits for. */
export function publishBlocks(template: CycleTemplate): string[] {
  const { consultation, texts = [], ...parts } = template.publish ?? {};
  const blocks = [...Object.values(parts), ...texts].flatMap((part) =>
    part && 'block' in part.from ? [part.from.block] : [],
  );
  return [...new Set(consultation ? [...blocks, consultation.during] : blocks)];
}
