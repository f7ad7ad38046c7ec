import type { HumanBlock } from '../../workflows/template/block.ts';
import { untilOf } from '../../workflows/template/block.ts';
import { isHuman, type Model, modelOf, type Site } from '../../workflows/template/model.ts';
import { type CycleTemplate, PHASES } from '../../workflows/template/schema.ts';
import type { Rung } from '../../workflows/template/when.ts';

/** A timer that a template asks for. Reminders have negative numbers, rungs count from 0, as in `ladderOf`. */
export interface Expected {
  rung: number;
  do: Rung['do'] | 'until' | 'opens';
  /** Working days after the deadline; null where there is none. */
  offset: number | null;
  colour?: Rung['colour'];
  points?: string;
}

/** A block with timers, and who is silent to let them fire. */
export interface Timed {
  site: Site;
  /** As the engine calls it while it is live. */
  live: string;
  expected: Expected[];
  /** Nobody acts in these blocks of the unit that is watched; none for a wait, which comes due by itself. */
  silent: readonly string[];
}

/** Every block of a template that has timers, in reading order. */
export function timedBlocks(template: CycleTemplate): Timed[] {
  const model = modelOf(template);
  return model.sites.flatMap((site): Timed[] => {
    const { block } = site;
    const timed: Timed[] = [];
    const { key } = block;
    if (block.opens) {
      const opens: Expected = { rung: 0, do: 'opens', offset: null };
      timed.push({ site, live: `${key}~gather`, expected: [opens], silent: since(model, site) });
    }
    if (isHuman(block) && block.deadline) {
      const expected = ladderExpected(block);
      if (expected.length > 0) timed.push({ site, live: key, expected, silent: [key] });
    }
    if (untilOf(block)) timed.push({ site, live: key, expected: [{ rung: 0, do: 'until', offset: null }], silent: [] });
    return timed;
  });
}

function ladderExpected({ remind = [], escalate = [] }: HumanBlock): Expected[] {
  const offsets = [...new Set(remind)].sort((a, b) => a - b);
  return [
    ...offsets.map((offset, i): Expected => ({ rung: i - offsets.length, do: 'remind', offset })),
    ...escalate.map((rung, i): Expected => {
      const { after: offset, do: act, colour, points } = rung;
      return { rung: i, do: act, offset, ...(colour && { colour }), ...(points !== undefined && { points }) };
    }),
  ];
}

/** The human blocks of the participants since the meeting before this one: who is silent there keeps everyone waiting. */
function since(model: Model, meeting: Site): string[] {
  const top = PHASES.flatMap((phase) => model.roots[phase]);
  const here = top.indexOf(meeting);
  const wall = top.slice(0, here).findLastIndex((site) => site.cycle);
  const between = new Set(top.slice(wall + 1, here));
  const outermost = (site: Site): Site => (site.parent ? outermost(site.parent) : site);
  return model.sites
    .filter((site) => isHuman(site.block) && between.has(outermost(site)))
    .map(({ block }) => block.key);
}
