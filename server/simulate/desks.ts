import { parseDay } from '../../workflows/calendar/day.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { phaseOf } from '../../workflows/machine/track.ts';
import type { HumanBlock } from '../../workflows/template/block.ts';
import { overPrisma } from '../db/sql.ts';
import { givenRows } from '../forms/given.ts';
import { indicatorHints } from '../indicators/hints.ts';
import type { Draw } from './draw.ts';
import type { OpenTask } from './habits.ts';
import { fillForm } from './values.ts';
import type { World } from './world.ts';

/** How good a unit's work is, from 0 to 1. */
export const qualityOf = (draw: Draw, orgId: string | null): number => 0.7 + 0.28 * draw('quality', orgId ?? '');

/** Who sits beside whom, and what they write into forms. */
export function makeDesks({ prisma, engine, directory, clock, calendar, template, year, draw }: World) {
  const { people } = directory.data();
  const members = new Map<string, string[]>();
  for (const { id, orgId } of people.values()) members.set(orgId, [...(members.get(orgId) ?? []), id]);
  const colleaguesOf = (person: string): string[] =>
    (members.get(people.get(person)?.orgId ?? '') ?? []).filter((id) => id !== person);
  return {
    colleaguesOf,
    fill: async (
      block: HumanBlock,
      { caseId, seat, orgId }: Pick<OpenTask, 'caseId' | 'seat' | 'orgId'>,
      person: string,
    ): Promise<JsonObject> => {
      const today = calendar.dayOf(clock.now().toISOString());
      const others = colleaguesOf(person);
      // Whoever sits alone can only name themselves.
      const colleagues = others.length > 0 ? others : [person];
      const names = [person, ...others].flatMap((id) => people.get(id)?.name ?? []);
      const elapsed = phaseOf(template, block.key) === 'execute' ? shareOf(year, today) : 1;
      const quality = qualityOf(draw, orgId);
      const writer = { caseId, seat, quality, colleagues, names, elapsed, today, draw, calendar };
      const sourced = block.fields?.some((field) => field.type === 'table' && field.source !== undefined);
      if (!sourced) return fillForm(block.fields ?? [], writer);
      const state = await engine.read(caseId);
      const { cycleId } = state;
      const hints = cycleId && orgId ? await indicatorHints(overPrisma(prisma), cycleId, orgId) : new Map();
      return fillForm(block.fields ?? [], { ...writer, hints }, await givenRows(prisma, state, block));
    },
  };
}

/** How much of a year is over on a day. */
function shareOf(year: number, day: string): number {
  const start = parseDay(`${year}-01-01`);
  return Math.min(1, (parseDay(day) - start) / (parseDay(`${year}-12-31`) - start));
}
