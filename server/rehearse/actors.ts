import type { JsonObject } from '../../workflows/json.ts';
import type { Block, HumanBlock, WaitBlock } from '../../workflows/template/block.ts';
import { blocksOf } from '../../workflows/template/schema.ts';
import { makePrisma } from '../db/prisma.ts';
import { givenRows } from '../forms/given.ts';
import type { OpenTask } from './look.ts';
import type { Scenario, Stage } from './stage.ts';
import { completed, fillIn } from './values.ts';

/** The people of a rehearsal: approve everything, fill in forms by the scenario's choice. */
export function makeActors({ pool, engine, template, city, year, scenarios }: Stage) {
  let prisma: ReturnType<typeof makePrisma> | undefined;
  const blocks = new Map([...blocksOf(template)].map(({ block }) => [block.key, block]));
  const acted = new Map<string, Set<string>>();
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
    act: async ({ caseId, cycleId, seat, block: key, people }: OpenTask): Promise<void> => {
      const block = blocks.get(key) as HumanBlock;
      const { choice } = scenarios.get(cycleId) as Scenario;
      const before = acted.get(caseId) ?? new Set<string>();
      // Whoever has not acted yet: rules about people who approve twice are not what is rehearsed.
      const actor = people.find((person) => !before.has(person)) ?? people[0];
      if (actor === undefined) throw new Error(`nobody acts in "${key}"`);
      acted.set(caseId, before.add(actor));
      const values = {
        ...fillIn(block.fields ?? [], choice.values, { year, person: city.staff[0] ?? '' }),
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

const waitsForMessage = (block: Block): block is WaitBlock & { message: string } =>
  block.type === 'wait' && block.message !== undefined && !block.until;
