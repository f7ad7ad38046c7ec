import { type Model, modelOf, type Site } from '../template/model.ts';
import { PHASE_NAMES } from '../template/phases.ts';
import { type CycleTemplate, PHASES, type PhaseKey } from '../template/schema.ts';
import type { Text } from '../text.ts';
import type { CaseContext } from './context.ts';
import type { Track } from './track.ts';

export type FlowState = 'passed' | 'current' | 'ahead' | 'skipped';

export interface FlowNode {
  key: string;
  type: Site['block']['type'];
  name: Text;
  phase: PhaseKey;
  /** The block around it, drawn as a box. */
  parent?: string;
  state: FlowState;
  per: 'participant' | 'cycle';
}

/** From a block to the next, or from a box to the first block of each of its paths; `back` where work is returned. */
export interface FlowEdge {
  from: string;
  to: string;
  label?: Text;
  back?: true;
}

/** The picture of a case. */
export interface Flow {
  nodes: FlowNode[];
  edges: FlowEdge[];
  phases: { key: PhaseKey; name: Text }[];
}

/** What other cases know: the cycle's own, and those of the items of each `together` repeat. */
export interface OtherCases {
  cycle?: CaseContext | undefined;
  items?: Readonly<Record<string, readonly CaseContext[]>> | undefined;
}

const models = new WeakMap<CycleTemplate, Model>();

function modelFor(template: CycleTemplate): Model {
  const model = models.get(template) ?? modelOf(template);
  models.set(template, model);
  return model;
}

/**
 * Where a case stands in its template, as nodes and edges to draw. A participant's picture has the blocks of the whole
 * cycle, too; the cycle's own has only those; an item's has the body of its repeat.
 *
 * @param others contexts of other cases, which say more about the blocks that those run
 */
export function flowOf(template: CycleTemplate, track: Track, context: CaseContext, others: OtherCases = {}): Flow {
  const model = modelFor(template);
  const top = topOf(model, track);
  const states = statesOf(top, context, others);
  if (track.kind === 'participant' && others.cycle)
    for (const [site, state] of statesOf(topOf(model, { kind: 'cycle' }), others.cycle, {})) states.set(site, state);

  const shown = top.flatMap(withInner);
  const nodes = shown.map(
    (site): FlowNode => ({
      key: site.block.key,
      type: site.block.type,
      name: site.block.name,
      phase: site.phase,
      ...(site.parent && shown.includes(site.parent) && { parent: site.parent.block.key }),
      state: states.get(site) ?? 'ahead',
      per: site.cycle ? 'cycle' : 'participant',
    }),
  );
  const phases = PHASES.filter((phase) => shown.some((site) => site.phase === phase));
  return {
    nodes,
    edges: [...chain(top), ...shown.flatMap(innerEdges), ...shown.flatMap((site) => backEdges(site, shown))],
    phases: phases.map((key) => ({ key, name: template.phases[key].name ?? PHASE_NAMES[key] })),
  };
}

/** The blocks at the top of a track, those of the whole cycle among a participant's. */
export function topOf(model: Model, track: Track): Site[] {
  if (track.kind === 'item') return model.byKey.get(track.block)?.paths[0]?.sites ?? [];
  const all = PHASES.flatMap((phase) => model.roots[phase]);
  return track.kind === 'cycle' ? all.filter((site) => site.cycle) : all;
}

const withInner = (site: Site): Site[] => [site, ...site.paths.flatMap((path) => path.sites.flatMap(withInner))];

function statesOf(top: readonly Site[], context: CaseContext, others: OtherCases): Map<Site, FlowState> {
  const states = new Map<Site, FlowState>();

  /** A sequence stands at one block at a time: what is before it has passed, what is behind it is ahead. */
  const paint = (sites: readonly Site[], otherwise: FlowState) => {
    const at = sites.findIndex((site) => isCurrent(site, context));
    sites.forEach((site, i) => {
      if (at < 0) one(site, otherwise);
      else one(site, i < at ? 'passed' : i === at ? 'current' : 'ahead');
    });
  };
  const one = (site: Site, state: FlowState) => {
    states.set(site, state);
    for (const path of site.paths) inside(site, path.sites, state);
  };
  const inside = (site: Site, sites: readonly Site[], state: FlowState) => {
    const { block } = site;
    if (block.type === 'repeat' && block.mode === 'together' && state !== 'skipped') {
      const items = others.items?.[block.key];
      if (items) return merge(sites, items);
      return paint(sites, state === 'passed' ? 'passed' : 'ahead');
    }
    if (state === 'current') {
      // A parallel branch with nothing live has ended; a path of a branch with nothing live was not taken.
      return paint(sites, block.type === 'branch' ? 'skipped' : 'passed');
    }
    if (state === 'passed' && (block.type === 'branch' || block.type === 'repeat'))
      return paint(sites, sites.some((inner) => wasEntered(inner, context)) ? 'passed' : 'skipped');
    return paint(sites, state);
  };
  const merge = (sites: readonly Site[], items: readonly CaseContext[]) => {
    const each = items.map((item) => statesOf(sites, item, others));
    for (const site of sites.flatMap(withInner))
      states.set(site, together(each.map((map) => map.get(site) ?? 'ahead')));
  };

  if (context.outcome === undefined) paint(top, 'ahead');
  else if (context.outcome === 'completed') for (const site of top) one(site, 'passed');
  else for (const site of top.flatMap(withInner)) states.set(site, wasEntered(site, context) ? 'passed' : 'skipped');
  return states;
}

/** Several items' states of one block as one. */
function together(states: readonly FlowState[]): FlowState {
  if (states.every((state) => state === 'skipped')) return 'skipped';
  if (states.every((state) => state === 'passed' || state === 'skipped')) return 'passed';
  return states.every((state) => state === 'ahead' || state === 'skipped') ? 'ahead' : 'current';
}

/** Whether a case stands at a block, or inside it. */
export const isCurrent = (site: Site, context: CaseContext): boolean =>
  context.live[site.block.key] !== undefined ||
  context.live[`${site.block.key}~gather`] !== undefined ||
  site.paths.some((path) => path.sites.some((inner) => inner.machine === site.machine && isCurrent(inner, context)));

/** Blocks that nobody waits in leave less behind: a computed value, or nothing. */
const wasEntered = (site: Site, context: CaseContext): boolean =>
  context.rounds[site.block.key] !== undefined ||
  (site.block.type === 'compute' && context.data[site.block.into] !== undefined) ||
  site.paths.some((path) => path.sites.some((inner) => wasEntered(inner, context)));

const chain = (sites: readonly Site[]): FlowEdge[] =>
  sites.slice(1).map((site, i) => ({ from: (sites[i] as Site).block.key, to: site.block.key }));

function innerEdges(site: Site): FlowEdge[] {
  const { block } = site;
  const labels: (Text | undefined)[] =
    block.type === 'parallel'
      ? block.branches.map((branch) => branch.name)
      : block.type === 'branch'
        ? [...block.paths, block.otherwise].map((path) => path.name)
        : [];
  return site.paths.flatMap(({ sites }, i) => {
    const first = sites[0];
    const label = labels[i];
    return first ? [{ from: block.key, to: first.block.key, ...(label && { label }) }, ...chain(sites)] : [];
  });
}

const RETURN: Text = { zh: '退回', en: 'Return' };
const REJECT: Text = { zh: '否决', en: 'Reject' };
const FAIL: Text = { zh: '不符合', en: 'Not met' };

function backEdges({ block }: Site, shown: readonly Site[]): FlowEdge[] {
  const back = (to: string | undefined, label: Text): FlowEdge[] =>
    to !== undefined && to !== 'end' && shown.some((site) => site.block.key === to)
      ? [{ from: block.key, to, label, back: true }]
      : [];
  if (block.type === 'gate') return back(block.onFail, FAIL);
  if (block.type !== 'approval') return [];
  return [...back(block.returnTo, RETURN), ...(block.onReject === block.returnTo ? [] : back(block.onReject, REJECT))];
}
