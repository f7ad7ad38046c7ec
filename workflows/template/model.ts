import type { Block, HumanBlock, RepeatBlock } from './block.ts';
import { type CycleTemplate, PHASES, type PhaseKey } from './schema.ts';

/** A block with where it stands: what the rules ask about. */
export interface Site {
  block: Block;
  path: string;
  phase: PhaseKey;
  /** Position in reading order. */
  order: number;
  /** Runs in the cycle's own case, not in a participant's. */
  cycle: boolean;
  /** The machine that runs it: `participant`, `cycle`, or `item/<key>` of the `together` repeat whose items run it. */
  machine: string;
  parent: Site | undefined;
  /** The sequence it stands in, and where. */
  list: readonly Site[];
  index: number;
  /** The list inside the parent (the key of a branch or path). */
  pathKey: string | undefined;
  /** The innermost repeat around it. */
  repeat: (Site & { block: RepeatBlock }) | undefined;
  /** The sequences inside it. */
  paths: { key: string; path: string; sites: Site[] }[];
}

export interface Model {
  template: CycleTemplate;
  /** In reading order, parents before children. */
  sites: readonly Site[];
  roots: Record<PhaseKey, Site[]>;
  /** The first block of each key. */
  byKey: ReadonlyMap<string, Site>;
}

export const isHuman = (block: Block): block is HumanBlock => block.type === 'task' || block.type === 'approval';

export type HumanSite = Site & { block: HumanBlock };
export const humanSites = (model: Model): HumanSite[] =>
  model.sites.filter((site): site is HumanSite => isHuman(site.block));

export type SiteOf<T extends Block['type']> = Site & { block: Extract<Block, { type: T }> };
/** The sites whose block is of a type. */
export const sitesOf = <T extends Block['type']>(model: Model, type: T): SiteOf<T>[] =>
  model.sites.filter((site): site is SiteOf<T> => site.block.type === type);

/** Lists every block of a template with its place. */
export function modelOf(template: CycleTemplate): Model {
  const sites: Site[] = [];
  const add = (
    blocks: readonly Block[],
    listPath: string,
    phase: PhaseKey,
    parent: Site | undefined,
    pathKey?: string,
  ): Site[] => {
    const list: Site[] = [];
    blocks.forEach((block, index) => {
      const site: Site = {
        block,
        path: `${listPath}[${index}]`,
        phase,
        order: sites.length,
        cycle: parent ? parent.cycle : block.per === 'cycle',
        machine: machineOf(parent, block),
        parent,
        list,
        index,
        pathKey,
        repeat: repeatAround(parent),
        paths: [],
      };
      list.push(site);
      sites.push(site);
      for (const inner of listsOf(block))
        site.paths.push({
          key: inner.key,
          path: `${site.path}.${inner.at}`,
          sites: add(inner.blocks, `${site.path}.${inner.at}`, phase, site, inner.key),
        });
    });
    return list;
  };
  const roots = Object.fromEntries(
    PHASES.map((phase) => [phase, add(template.phases[phase].blocks, `phases.${phase}.blocks`, phase, undefined)]),
  ) as Model['roots'];
  const byKey = new Map<string, Site>();
  for (const site of sites) if (!byKey.has(site.block.key)) byKey.set(site.block.key, site);
  return { template, sites, roots, byKey };
}

function machineOf(parent: Site | undefined, block: Block): string {
  if (!parent) return block.per === 'cycle' ? 'cycle' : 'participant';
  return parent.block.type === 'repeat' && parent.block.mode === 'together'
    ? `item/${parent.block.key}`
    : parent.machine;
}

function repeatAround(parent: Site | undefined): Site['repeat'] {
  if (!parent) return undefined;
  return parent.block.type === 'repeat' ? (parent as Site & { block: RepeatBlock }) : parent.repeat;
}

function listsOf(block: Block): { key: string; at: string; blocks: Block[] }[] {
  if (block.type === 'parallel')
    return block.branches.map(({ key, blocks }, i) => ({ key, at: `branches[${i}].blocks`, blocks }));
  if (block.type === 'branch')
    return [
      ...block.paths.map(({ key, blocks }, i) => ({ key, at: `paths[${i}].blocks`, blocks })),
      { key: block.otherwise.key, at: 'otherwise.blocks', blocks: block.otherwise.blocks },
    ];
  if (block.type === 'repeat') return [{ key: `${block.key}-body`, at: 'blocks', blocks: block.blocks }];
  return [];
}

/** The blocks around a block, innermost first, as far as its machine reaches. */
export function around(site: Site): Site[] {
  const chain: Site[] = [];
  for (let at = site.parent; at && at.machine === site.machine; at = at.parent) chain.push(at);
  return chain;
}

/**
 * The blocks that a case may be sent back to from here: earlier ones of the same sequence or of an enclosing one, in the
 * same machine, and never across a meeting of all participants, which has passed for good.
 */
export function earlierTargets(model: Model, site: Site): Site[] {
  const targets: Site[] = [];
  let at: Site = site;
  for (const outer of [...around(site), undefined]) {
    targets.push(...before(model, at));
    if (!outer) break;
    at = outer;
  }
  return targets;
}

function before(model: Model, site: Site): Site[] {
  if (site.parent) return site.list.slice(0, site.index);
  const top = PHASES.flatMap((phase) => model.roots[phase]);
  const here = top.indexOf(site);
  const wall = top
    .slice(0, here)
    .findLastIndex((other) => other.cycle !== site.cycle || (other.phase !== site.phase && site.cycle));
  return top.slice(wall + 1, here);
}

/** The blocks that every case passes from an earlier block to a later one. */
export function between(model: Model, target: Site, site: Site): Site[] {
  const passed: Site[] = [];
  for (let at: Site | undefined = site; at && at.machine === site.machine; at = at.parent) {
    const row: readonly Site[] = at.parent ? at.list : PHASES.flatMap((phase) => model.roots[phase]);
    const start = row.indexOf(target);
    const own = row.slice(Math.max(start, 0), row.indexOf(at));
    passed.push(...own.filter((other) => other.machine === site.machine));
    if (start >= 0) break;
  }
  return passed;
}

/** The blocks where a case comes back to after a return, rejection or failed gate: from, to, and where it is said. */
export interface Jump {
  from: Site;
  to: string;
  path: string;
}

export function jumpsOf(model: Model): Jump[] {
  return model.sites.flatMap((from) => {
    const { block, path } = from;
    const jumps: Jump[] = [];
    if (block.type === 'approval' && block.returnTo !== undefined)
      jumps.push({ from, to: block.returnTo, path: `${path}.returnTo` });
    if (block.type === 'approval' && block.onReject !== undefined && block.onReject !== 'end')
      jumps.push({ from, to: block.onReject, path: `${path}.onReject` });
    if (block.type === 'gate' && block.onFail !== 'end') jumps.push({ from, to: block.onFail, path: `${path}.onFail` });
    return jumps;
  });
}
