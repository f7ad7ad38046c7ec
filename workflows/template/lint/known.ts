import { isCertain } from '../../scoring/certain.ts';
import { editedNames } from '../access.ts';
import { type HumanBlock, handsOut } from '../block.ts';
import { earlierTargets, jumpsOf, type Model, type Site } from '../model.ts';
import { PHASES } from '../schema.ts';
import {
  ANY,
  contextOf,
  listOf,
  NUMBER,
  OWNER,
  PARTICIPANT,
  PERIOD,
  RANK,
  SECTION_ITEM,
  SPAN_ITEM,
  TEXT,
  type Type,
  typeOfField,
} from './types.ts';

/** A value that a case may have: its type, and whether it is there whichever way the case came. */
export interface Known {
  type: Type;
  certain: boolean;
  /** The block that gives it. */
  from: string;
}
export type Names = ReadonlyMap<string, Known>;

/** What is known on entry to each block, and what the participants know when they meet at a top-level block of the cycle. */
interface Knowledge {
  entry: ReadonlyMap<Site, Names>;
  meeting: ReadonlyMap<Site, Names>;
}

const cache = new WeakMap<Model, Knowledge>();

/** The values that each block can name, by following the blocks in the order in which they run. */
function knowledgeOf(model: Model): Knowledge {
  const known = cache.get(model);
  if (known) return known;
  const entry = new Map<Site, Names>();
  const meeting = new Map<Site, Names>();
  let participant: Names = new Map();
  let cycle: Names = new Map();
  for (const site of PHASES.flatMap((phase) => model.roots[phase])) {
    if (site.cycle) {
      meeting.set(site, participant);
      const before = cycle;
      cycle = through(site, cycle, entry);
      // The meeting hands the participants what the cycle's case has learnt, and their own results.
      participant = merge(participant, [...added(before, cycle), ...handedBy(site)]);
    } else participant = through(site, participant, entry);
  }
  addReturned(model, entry);
  const knowledge = { entry, meeting };
  cache.set(model, knowledge);
  return knowledge;
}

/** What is known at a block, on entry. */
export const namesAt = (model: Model, site: Site): Names => knowledgeOf(model).entry.get(site) ?? new Map();

/** What every participant knows at a block of the cycle: what ranks may go by. */
export function meetingNames(model: Model, site: Site): Names {
  let root = site;
  while (root.parent) root = root.parent;
  return knowledgeOf(model).meeting.get(root) ?? new Map();
}

/** What a block itself gives, to a case that knows what it did `before`. */
export function givenBy({ block }: Site, before?: Names): [string, Known][] {
  const from = block.key;
  if (block.type === 'task' || block.type === 'approval') {
    const passes = passesItself(block);
    return (block.fields ?? []).map((field) => [
      field.key,
      { type: typeOfField(field), certain: field.required === true && !passes, from },
    ]);
  }
  if (block.type !== 'compute') return [];
  const { rule } = block;
  // Of what is each participant's own the cycle's case hears a summary; what a rule finds not to apply has no value.
  const certain =
    !handsOut(block) && (rule.kind !== 'rule' || isCertain(rule.rule, (name) => before?.get(name)?.certain === true));
  return [[block.into, { type: COMPUTED_TYPES[rule.kind] ?? ANY, certain, from }]];
}

const COMPUTED_TYPES: Readonly<Record<string, Type>> = { rule: NUMBER, owners: listOf(OWNER) };

/** Values of earlier blocks that a block may change. */
function changedBy({ block }: Site, before: Names): [string, Known][] {
  if (block.type !== 'task' && block.type !== 'approval') return [];
  const passes = passesItself(block);
  return editedNames(block).flatMap((name): [string, Known][] => {
    const known = before.get(name);
    const certain = block.access?.[name] === 'required' && !passes;
    return known ? [[name, { ...known, certain: known.certain || certain }]] : [];
  });
}

/** The names of all that a block writes. */
export const writtenBy = (site: Site): string[] => [
  ...givenBy(site).map(([name]) => name),
  ...(site.block.type === 'task' || site.block.type === 'approval' ? editedNames(site.block) : []),
];

/** Whether a block may be passed without anybody having acted. */
export function passesItself(block: HumanBlock): boolean {
  const { auto } = block;
  const spared = block.type === 'approval' && auto?.sameApprover !== undefined && auto.sameApprover !== 'never';
  return (
    spared ||
    auto?.empty === 'pass' ||
    auto?.initiator === 'skip' ||
    (block.escalate?.some((rung) => rung.do === 'pass') ?? false)
  );
}

function through(site: Site, before: Names, entry: Map<Site, Names>): Names {
  entry.set(site, before);
  const { block } = site;
  const run = (sites: readonly Site[], names: Names) => sites.reduce((now, inner) => through(inner, now, entry), names);
  switch (block.type) {
    case 'branch': {
      const ends = site.paths.map((path) => run(path.sites, before));
      return join(ends);
    }
    case 'parallel': {
      const ends = site.paths.map((path) => run(path.sites, before));
      return ends.reduce((now, end) => merge(now, added(before, end)), before);
    }
    case 'repeat': {
      const body = site.paths[0]?.sites ?? [];
      const together = block.mode === 'together';
      // In a loop, what the body gives is already there from the second item on.
      const first = run(body, before);
      const end = together ? first : run(body, merge(before, maybe(added(before, first))));
      const own: [string, Known][] = block.collect
        ? [[block.collect.into, { type: collected(block.collect.fields, end), certain: true, from: block.key }]]
        : [];
      if (together) return merge(before, own);
      const surely = block.over === 'months' || block.over === 'quarters';
      return merge(before, [...(surely ? added(before, end) : maybe(added(before, end))), ...own]);
    }
    default:
      return merge(before, [...givenBy(site, before), ...changedBy(site, before)]);
  }
}

function collected(fields: readonly string[], end: Names): Type {
  const entries = fields.map((name): [string, Type] => [name, end.get(name)?.type ?? ANY]);
  return listOf(contextOf({ ...Object.fromEntries(entries), index: NUMBER, item: TEXT }));
}

/** What a block of the cycle gives each participant of its own. Whoever is not ranked or graded gets none. */
const handedBy = (site: Site): [string, Known][] =>
  below(site).flatMap(({ block }): [string, Known][] => {
    if (block.type !== 'compute' || !handsOut(block)) return [];
    const type = HANDED_TYPES[block.rule.kind] ?? ANY;
    return [[block.into, { type, certain: false, from: block.key }]];
  });

const HANDED_TYPES: Readonly<Record<string, Type>> = {
  score: NUMBER,
  rank: RANK,
  grade: TEXT,
  uses: listOf(TEXT),
  survey: NUMBER,
};

/** A block and everything inside it. */
export const below = (site: Site): Site[] => [site, ...site.paths.flatMap((path) => path.sites.flatMap(below))];

const added = (before: Names, after: Names): [string, Known][] =>
  [...after].filter(([name, known]) => before.get(name) !== known);

const maybe = (names: [string, Known][]): [string, Known][] =>
  names.map(([name, known]) => [name, { ...known, certain: false }]);

/** A later value replaces an earlier one of the same name; what was certain stays so. */
function merge(names: Names, more: [string, Known][]): Names {
  if (more.length === 0) return names;
  const next = new Map(names);
  for (const [name, known] of more)
    next.set(name, { ...known, certain: known.certain || (next.get(name)?.certain ?? false) });
  return next;
}

/** After a branch only that is certain which every path gives. */
function join(ends: readonly Names[]): Names {
  const names = new Set(ends.flatMap((end) => [...end.keys()]));
  const known = [...names].map((name): [string, Known] => {
    const given = ends.map((end) => end.get(name));
    const one = given.find((k) => k !== undefined) as Known;
    return [name, { ...one, certain: given.every((k) => k?.certain === true) }];
  });
  return new Map(known);
}

/** What a block gives is known, perhaps, where the case may come back to after it. */
function addReturned(model: Model, entry: Map<Site, Names>): void {
  for (const { from, to } of [...jumpsOf(model), ...choices(model)]) {
    const target = model.byKey.get(to);
    if (!target || target.machine !== from.machine || target.order > from.order) continue;
    const loop = model.sites.filter(
      (site) => site.order >= target.order && site.order <= from.order && site.machine === from.machine,
    );
    const given = maybe(loop.flatMap((one) => givenBy(one)));
    for (const site of loop) {
      const names = new Map(entry.get(site));
      for (const [name, known] of given) if (!names.has(name)) names.set(name, known);
      entry.set(site, names);
    }
  }
}

/** An approver who may choose where to return to can choose the earliest. */
const choices = (model: Model): { from: Site; to: string }[] =>
  model.sites.flatMap((from) => {
    if (from.block.type !== 'approval' || from.block.returnChoice !== 'earlier') return [];
    const [first] = earlierTargets(model, from).toSorted((a, b) => a.order - b.order);
    return first ? [{ from, to: first.block.key }] : [];
  });

/** The type of `item` at a block, if it stands in a repeat. */
export function itemTypeAt(model: Model, site: Site): Type | undefined {
  const repeat = site.repeat;
  if (!repeat) return undefined;
  const { over } = repeat.block;
  if (over === 'months' || over === 'quarters') return SPAN_ITEM;
  if (over === 'sections') return SECTION_ITEM;
  const rows = namesAt(model, repeat).get(over.rows)?.type;
  if (rows?.kind !== 'list' || rows.of.kind !== 'context') return ANY;
  return contextOf({ ...rows.of.entries, key: TEXT, name: TEXT });
}

/** Everything that an expression of a block may name, by type. */
export function scopeAt(model: Model, site: Site): Record<string, Type> {
  const scope: Record<string, Type> = Object.create(null);
  for (const [name, { type }] of namesAt(model, site)) scope[name] = type;
  scope.period = PERIOD;
  if (!site.cycle) {
    scope.participant = PARTICIPANT;
    scope.sections = listOf(SECTION_ITEM);
  }
  const item = itemTypeAt(model, site);
  if (item) scope.item = item;
  return scope;
}
