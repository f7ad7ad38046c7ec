import type { ApprovalBlock, Block, HumanBlock } from '../template/block.ts';
import { around, earlierTargets, isHuman, type Model, modelOf } from '../template/model.ts';
import { type CycleTemplate, PHASES, walkBlocks } from '../template/schema.ts';
import { blockByKey, type Stop, stopsOf, type Track } from './track.ts';

const models = new WeakMap<CycleTemplate, Model>();

function modelFor(template: CycleTemplate): Model {
  const model = models.get(template) ?? modelOf(template);
  models.set(template, model);
  return model;
}

/** The blocks that an approval may be returned to: the one that the template names, or any earlier human block it allows. */
export function returnTargets(template: CycleTemplate, block: ApprovalBlock): string[] {
  if (block.returnTo === undefined) return [];
  const model = modelFor(template);
  const site = model.byKey.get(block.key);
  if (block.returnChoice !== 'earlier' || !site) return [block.returnTo];
  const earlier = earlierTargets(model, site)
    .filter((one) => isHuman(one.block))
    .map((one) => one.block.key);
  return [...new Set([block.returnTo, ...earlier])];
}

/** The approvals that a block, once redone, goes straight back to: they returned it, and say so. */
export function returners(template: CycleTemplate, block: HumanBlock): string[] {
  return modelFor(template).sites.flatMap(({ block: other }) =>
    other.type === 'approval' && other.afterReturn === 'back' && returnTargets(template, other).includes(block.key)
      ? [other.key]
      : [],
  );
}

/** Whether going from one block straight to the other would not begin a parallel or a repeat anew. */
export function sameFrame(template: CycleTemplate, from: string, to: string): boolean {
  const { byKey } = modelFor(template);
  const frame = (key: string) => {
    const site = byKey.get(key);
    return (site ? [site, ...around(site)] : [])
      .filter((one) => one.parent?.block.type === 'parallel' || one.parent?.block.type === 'repeat')
      .map((one) => `${one.parent?.block.key}/${one.pathKey}`)
      .join();
  };
  return frame(from) === frame(to);
}

/** The blocks that come after one in its own list, with all inside them: what a decision there may have opened. */
export function followers(template: CycleTemplate, key: string): ReadonlySet<string> {
  const site = modelFor(template).byKey.get(key);
  const later: Block[] = site ? site.list.slice(site.index + 1).map((one) => one.block) : [];
  return new Set([...walkBlocks(later)].map((block) => block.key));
}

/** Where an administrator may put a case: any block at the top of its track that somebody or something waits in. */
export function jumpTargets(template: CycleTemplate, track: Track): string[] {
  const repeat = track.kind === 'item' ? blockByKey(template, track.block) : undefined;
  const stops: readonly Stop[] =
    track.kind === 'item'
      ? repeat?.type === 'repeat'
        ? repeat.blocks
        : []
      : PHASES.flatMap((phase) => stopsOf(template, phase, track.kind));
  return stops.flatMap(({ type, key }) =>
    type === 'gather' || type === 'release' || type === 'compute' || type === 'notify' ? [] : [key],
  );
}
