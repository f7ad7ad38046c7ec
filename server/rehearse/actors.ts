import type { JsonObject } from '../../workflows/json.ts';
import type { Block, HumanBlock, WaitBlock } from '../../workflows/template/block.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import { makePrisma } from '../db/prisma.ts';
import { givenRows } from '../forms/given.ts';
import type { OpenTask } from './look.ts';
import type { Scenario, Stage } from './stage.ts';
import { type Choice, completed, fillIn } from './values.ts';

/** The people of a rehearsal: approve everything, fill in forms by the scenario's choice. */
export function makeActors({ pool, engine, template, city, year, scenarios }: Stage) {
  let prisma: ReturnType<typeof makePrisma> | undefined;
  const blocks = new Map([...blocksOf(template)].map(({ block }) => [block.key, block]));
  const acted = new Map<string, Set<string>>();
  const up = direction(template) === 'up';
  const unitOf = (cycleId: string, orgId: string): number => {
    const choice = (scenarios.get(cycleId) as Scenario).choice;
    return city.units.get(choice.category)?.indexOf(orgId) ?? -1;
  };
  /** The unit's own values; the others do better or worse, so that it ranks where it is meant to. */
  const valuesOf = (block: HumanBlock, choice: Choice, unit: number) => {
    const around = { year, person: city.staff[0] ?? '' };
    if (unit <= 0) return fillIn(block.fields ?? [], choice.values, around);
    const better = unit < choice.rank;
    return fillIn(block.fields ?? [], choice.values, around, better === up ? 1 : 0.2);
  };
  /** Tables whose rows the server gives, completed. */
  const givenValues = async (caseId: string, block: HumanBlock): Promise<JsonObject> => {
    const tables = (block.fields ?? []).flatMap((field) =>
      field.type === 'table' && field.source !== undefined ? [field] : [],
    );
    if (tables.length === 0) return {};
    prisma ??= makePrisma(pool);
    const given = await givenRows(prisma, await engine.read(caseId), block);
    return completed(tables, given, { year, person: city.staff[0] ?? '' });
  };
  return {
    /** The cycle's own cases, and those of the unit that is silent. */
    isWatched: (cycleId: string, orgId: string | null): boolean => orgId === null || unitOf(cycleId, orgId) === 0,
    act: async ({ caseId, cycleId, orgId, seat, block: key, people }: OpenTask): Promise<void> => {
      const block = blocks.get(key) as HumanBlock;
      const { choice } = scenarios.get(cycleId) as Scenario;
      const before = acted.get(caseId) ?? new Set<string>();
      // Whoever has not acted yet: rules about people who approve twice are not what is rehearsed.
      const actor = people.find((person) => !before.has(person)) ?? people[0];
      if (actor === undefined) throw new Error(`nobody acts in "${key}"`);
      acted.set(caseId, before.add(actor));
      const values = {
        ...valuesOf(block, choice, orgId === null ? 0 : unitOf(cycleId, orgId)),
        ...(await givenValues(caseId, block)),
      };
      const action = block.type === 'task' ? 'submit' : 'approve';
      const given = Object.keys(values).length > 0 ? { values } : {};
      await engine.apply({ caseId, event: { type: 'act', seat, action, actor, ...given } });
    },
    /** Whether anybody waits for messages. */
    sends: [...blocks.values()].some(waitsForMessage),
    /** Whoever waits for a message and for no day gets it. Returns how many were sent. */
    sendMessages: async (moved: readonly { id: string; blocks: string[] }[]): Promise<number> => {
      let sent = 0;
      for (const { id, blocks: live } of moved)
        for (const key of live) {
          const block = blocks.get(key);
          if (!block || !waitsForMessage(block)) continue;
          await engine.apply({ caseId: id, event: { type: 'message', message: block.message } });
          sent += 1;
        }
      return sent;
    },
  };
}

function direction(template: CycleTemplate): 'up' | 'down' {
  for (const { block } of blocksOf(template))
    if (block.type === 'compute' && block.rule.kind === 'rank') return block.rule.direction;
  return 'up';
}

const waitsForMessage = (block: Block): block is WaitBlock & { message: string } =>
  block.type === 'wait' && block.message !== undefined && !block.until;
