import type { Block } from '../template/block.ts';
import { blocksOf, type CycleTemplate, type PhaseKey } from '../template/schema.ts';

/** Which of a template's machines a case runs: a participant's, the cycle's own, or one item of a `together` repeat. */
export type Track = { kind: 'participant' } | { kind: 'cycle' } | { kind: 'item'; block: string };

/** A step of a track: an ordinary block, or where the two tracks meet, named by the first block of a run of cycle blocks. */
export type Stop =
  | Block
  | { type: 'await'; key: string; blocks: Block[] }
  | { type: 'gather'; key: string; first: Block }
  | { type: 'release'; key: string; first: Block };

const indexes = new WeakMap<CycleTemplate, ReadonlyMap<string, { block: Block; phase: PhaseKey }>>();

/** A template's blocks by key, with the phase each stands in. */
export function blockIndex(template: CycleTemplate): ReadonlyMap<string, { block: Block; phase: PhaseKey }> {
  const known = indexes.get(template);
  if (known) return known;
  const index = new Map([...blocksOf(template)].map((entry) => [entry.block.key, entry]));
  indexes.set(template, index);
  return index;
}

/** The block that a template has under this key. */
export const blockByKey = (template: CycleTemplate, key: string): Block | undefined =>
  blockIndex(template).get(key)?.block;

/** The phase that a block stands in. */
export const phaseOf = (template: CycleTemplate, key: string): PhaseKey | undefined =>
  blockIndex(template).get(key)?.phase;

/**
 * A phase's stops on one track. A run of neighbouring cycle blocks is one meeting: participants await it under the first
 * block's key; the cycle's case gathers them, runs the blocks, and releases them.
 */
export function stopsOf(template: CycleTemplate, phase: PhaseKey, track: 'participant' | 'cycle'): Stop[] {
  const stops: Stop[] = [];
  let run: Block[] = [];
  const flush = () => {
    const first = run[0];
    if (!first) return;
    if (track === 'participant') stops.push({ type: 'await', key: first.key, blocks: run });
    else stops.push({ type: 'gather', key: first.key, first }, ...run, { type: 'release', key: first.key, first });
    run = [];
  };
  for (const block of template.phases[phase].blocks) {
    if (block.per === 'cycle') {
      run.push(block);
      continue;
    }
    flush();
    if (track === 'participant') stops.push(block);
  }
  flush();
  return stops;
}
