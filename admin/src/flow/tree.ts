import type { Flow, FlowNode, FlowState, Text } from '../api/types.ts';

/** A block in the picture, with what is nested in it. */
export interface FlowItem {
  key: string;
  type: string;
  name: Text;
  state?: FlowState;
  perCycle: boolean;
  dueAt?: string;
  who: string[];
  note?: Text;
  lanes: FlowLane[];
}

/** One way through a nest: a branch of a parallel, a path of a decision, the body of a repeat. */
export interface FlowLane {
  key: string;
  name?: Text;
  items: FlowItem[];
}

export interface FlowPhase {
  key: string;
  name: Text;
  items: FlowItem[];
}

/** The server's nodes and edges as the nested picture: by phase, and by lane inside a nest. */
export function treeOf(flow: Flow): FlowPhase[] {
  const next = new Map<string, { to: string; label?: Text }[]>();
  for (const { from, back, ...edge } of flow.edges) if (!back) next.set(from, [...(next.get(from) ?? []), edge]);
  const inside = new Map<string, FlowNode[]>();
  for (const node of flow.nodes) if (node.parent) inside.set(node.parent, [...(inside.get(node.parent) ?? []), node]);

  const busy = flow.nodes.some((node) => node.per === 'participant' && node.state === 'current');
  const item = (node: FlowNode): FlowItem => ({
    key: node.key,
    type: node.type,
    name: node.name,
    ...meetingOf(node, busy),
    perCycle: node.per === 'cycle',
    who: node.who ?? [],
    ...(node.dueAt ? { dueAt: node.dueAt } : {}),
    lanes: lanes(node),
  });

  const lanes = (node: FlowNode): FlowLane[] => {
    const children = new Map((inside.get(node.key) ?? []).map((child) => [child.key, child]));
    if (children.size === 0) return [];
    const found: FlowLane[] = [];
    for (const { to, label } of next.get(node.key) ?? []) {
      if (!children.has(to)) continue;
      const chain = follow(to, children);
      for (const child of chain) children.delete(child.key);
      found.push({ key: to, ...(label ? { name: label } : {}), items: chain.map(item) });
    }
    if (children.size > 0) found.push({ key: `${node.key}-rest`, items: [...children.values()].map(item) });
    return found;
  };

  /** The nodes from one on, as long as they stay among their siblings. */
  const follow = (start: string, siblings: ReadonlyMap<string, FlowNode>): FlowNode[] => {
    const chain: FlowNode[] = [];
    for (let at = siblings.get(start); at && !chain.includes(at); ) {
      chain.push(at);
      const step = (next.get(at.key) ?? [])
        .map(({ to }) => siblings.get(to))
        .find((node) => node && !chain.includes(node));
      at = step;
    }
    return chain;
  };

  return flow.phases.map(({ key, name }) => ({
    key,
    name,
    items: flow.nodes.filter((node) => node.phase === key && !node.parent).map(item),
  }));
}

const GATHERING: Text = { zh: '等各单位到齐', en: 'waiting for all units' };

/**
 * A cycle block that nobody holds is waiting for the units to arrive. To a unit that is still on its way it lies ahead;
 * to one that has arrived it is where it stands.
 */
function meetingOf(node: FlowNode, onTheWay: boolean): Pick<FlowItem, 'state' | 'note'> {
  const gathering = node.per === 'cycle' && node.state === 'current' && !node.who?.length;
  if (!gathering) return { state: node.state };
  return { state: onTheWay ? 'ahead' : 'current', note: GATHERING };
}

/** Every block below, nests included. */
export function* itemsOf(items: readonly FlowItem[]): Generator<FlowItem> {
  for (const item of items) {
    yield item;
    for (const lane of item.lanes) yield* itemsOf(lane.items);
  }
}

/** Where a phase stands: over, running, or to come. */
export function stateOf(phase: FlowPhase): FlowState {
  const states = [...itemsOf(phase.items)].map((item) => item.state ?? 'ahead');
  if (states.includes('current')) return 'current';
  if (states.every((state) => state === 'ahead')) return 'ahead';
  return states.some((state) => state === 'ahead') ? 'current' : 'passed';
}
