import type { JsonObject } from '../../workflows/json.ts';
import { checkGate, compute } from '../../workflows/machine/assign.ts';
import type { CaseContext, Item } from '../../workflows/machine/context.ts';
import { handedOver } from '../../workflows/machine/handOver.ts';
import { itemsOf } from '../../workflows/machine/items.ts';
import { stopsOf } from '../../workflows/machine/track.ts';
import type { Block, RepeatBlock } from '../../workflows/template/block.ts';
import { isServed } from '../../workflows/template/block.ts';
import { decimalNames, feelScope, holds } from '../../workflows/template/feel.ts';
import { type CycleTemplate, PHASES } from '../../workflows/template/schema.ts';
import { handedIn, heard } from './served.ts';
import { type Choice, fillIn, type Surroundings } from './values.ts';

/** Where a cycle goes if everyone fills in forms by a choice and nobody sends anything back. */
export interface Way {
  /** Keys of the blocks that it comes by. */
  visited: ReadonlySet<string>;
  /** By path of a branch and by gate, how much of its condition held: from 0 to 1. */
  near: ReadonlyMap<string, number>;
  /** A gate that does not let it through, or a formula that fails. */
  stopped?: { block: string; why: string };
}

class Stopped extends Error {
  constructor(
    readonly block: string,
    readonly why: string,
  ) {
    super(why);
  }
}

/** A look ahead without engine or time, to find values that lead to a block. What it says is then tried for real. */
export function wayOf(template: CycleTemplate, choice: Choice, around: Surroundings, sections: Item[]): Way {
  const visited = new Set<string>();
  const near = new Map<string, number>();
  const decimals = decimalNames(template);

  const come = (place: string, condition: string, scope: JsonObject) => {
    near.set(place, Math.max(near.get(place) ?? 0, shareThatHolds(condition, scope)));
  };

  const walk = (blocks: readonly Block[], context: CaseContext, item: Item | undefined): CaseContext =>
    blocks.reduce((now, block) => enter(block, now, item), context);

  const enter = (block: Block, context: CaseContext, item: Item | undefined): CaseContext => {
    visited.add(block.key);
    const scope = () => feelScope(context, item, decimals);
    switch (block.type) {
      case 'task':
      case 'approval':
        return { ...context, data: { ...context.data, ...fillIn(block.fields ?? [], choice.values, around) } };
      case 'compute':
        if (isServed(block)) return { ...context, data: { ...context.data, [block.into]: heard(block, choice) } };
        return attempt(block.key, () => compute(context, block, scope()));
      case 'gate': {
        const live = { ...context, live: { [block.key]: { round: 1 } } };
        come(block.key, block.requires.map((one) => one.if).join(' and '), scope());
        const failed = checkGate(live, block, scope()).live[block.key]?.failed ?? [];
        const unmet = block.requires[failed[0] ?? -1];
        if (unmet) throw new Stopped(block.key, unmet.if);
        return context;
      }
      case 'branch': {
        for (const path of block.paths) come(`${block.key}/${path.key}`, path.if, scope());
        const path = block.paths.find((one) => holds(one.if, scope())) ?? block.otherwise;
        return walk(path.blocks, context, item);
      }
      case 'parallel':
        return block.branches.reduce((now, branch) => walk(branch.blocks, now, item), context);
      case 'repeat':
        return repeat(block, context);
      default:
        return context;
    }
  };

  const repeat = (block: RepeatBlock, context: CaseContext): CaseContext => {
    let now = context;
    const rows: JsonObject[] = [];
    for (const [index, item] of itemsOf(block, context).entries()) {
      const after = walk(block.blocks, now, item);
      const fields = block.collect?.fields ?? [];
      rows.push({
        index,
        item: item.key,
        ...Object.fromEntries(fields.map((name) => [name, after.data[name] ?? null])),
      });
      if (block.mode === 'oneByOne') now = after;
    }
    return block.collect ? { ...now, data: { ...now.data, [block.collect.into]: rows } } : now;
  };

  const period = { year: around.year, start: `${around.year}-01-01`, end: `${around.year}-12-31` };
  // Only what forms and formulas see; nobody is seated here.
  const empty = { data: {}, live: {}, done: {}, rounds: {}, loops: {}, nextSeat: 1 } as unknown as CaseContext;
  let cycle: CaseContext = { ...empty, facts: { kind: 'cycle', period } };
  let unit: CaseContext = {
    ...empty,
    facts: { kind: 'participant', period, participant: { id: '', name: '', category: choice.category }, sections },
  };
  try {
    for (const phase of PHASES) {
      for (const stop of stopsOf(template, phase, 'participant')) {
        if (stop.type === 'gather' || stop.type === 'release') continue;
        if (stop.type !== 'await') {
          unit = enter(stop, unit, undefined);
          continue;
        }
        cycle = walk(stop.blocks, cycle, undefined);
        const own = Object.fromEntries(handedIn(template, stop.blocks, choice));
        const handed = { ...handedOver(template, stop.key, cycle).data, ...own };
        unit = { ...unit, data: { ...unit.data, ...handed } };
      }
    }
    return { visited, near };
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    return { visited, near, stopped: { block: error.block, why: error.why } };
  }
}

/** How many of the conditions that are joined by `and` hold. What does not stand alone counts as not. */
function shareThatHolds(condition: string, scope: JsonObject): number {
  const parts = condition.split(/\band\b/);
  const held = parts.filter((part) => {
    try {
      return holds(part, scope);
    } catch {
      return false;
    }
  });
  return held.length / parts.length;
}

function attempt<T>(block: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Stopped(block, error instanceof Error ? error.message : String(error));
  }
}
