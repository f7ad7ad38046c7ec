import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Block } from '../template/block.ts';
import { around, isHuman, type Model, modelOf, type Site } from '../template/model.ts';
import { type CycleTemplate, PHASES, pathsOf } from '../template/schema.ts';
import type { Text } from '../text.ts';
import type { CaseContext, LiveBlock } from './context.ts';
import { type Definition, runnerOf } from './definition.ts';
import { isCurrent } from './flow.ts';
import type { Snapshot } from './run.ts';
import { blockByKey, phaseOf, type Stop, stopsOf, type Track } from './track.ts';

/** Which block of the new version stands for which of the old one, where their keys differ. */
export type Mapping = Readonly<Record<string, string>>;

export type UnsafeReason = 'gone' | 'type' | 'frame' | 'seats' | 'meeting' | 'score';

/** Why a case cannot go on under another version. */
export interface Unsafe {
  reason: UnsafeReason;
  block: string;
  text: Text;
}

export interface Migrated {
  snapshot: Snapshot<CaseContext>;
  /** The live blocks' keys, old to new. */
  keys: ReadonlyMap<string, string>;
}

/** Old names to new ones: as the mapping says; else by key, unless another block was given that key. */
type Rename = (key: string) => string | undefined;

const GATHER = '~gather';
const bare = (key: string) => (key.endsWith(GATHER) ? key.slice(0, -GATHER.length) : key);

/** What is wrong with a mapping: names that the versions do not have, and two blocks that would become one. */
export function mappingErrors(from: CycleTemplate, to: CycleTemplate, mapping: Mapping): { key: string; text: Text }[] {
  const [before, after] = [namesOf(from), namesOf(to)];
  const seen = new Set<string>();
  return Object.entries(mapping).flatMap(([key, target]) => {
    const wrong = (zh: string, en: string) => [{ key, text: { zh, en } }];
    if (!before.has(key)) return wrong(`原版本没有“${key}”`, `the old version has no "${key}"`);
    if (!after.has(target)) return wrong(`新版本没有“${target}”`, `the new version has no "${target}"`);
    if (seen.has(target)) return wrong(`多个环节对应“${target}”`, `several blocks are mapped to "${target}"`);
    seen.add(target);
    return [];
  });
}

/** What a case of the old version runs in the new one; nothing when the repeat that it is an item of is gone. */
export function trackIn(from: CycleTemplate, to: CycleTemplate, mapping: Mapping, track: Track): Track | null {
  if (track.kind !== 'item') return track;
  const block = renaming(from, to, mapping)(track.block);
  const repeat = block === undefined ? undefined : blockByKey(to, block);
  return repeat?.type === 'repeat' && repeat.mode === 'together' ? { kind: 'item', block: repeat.key } : null;
}

/**
 * A case under another version of its template: the same place, seats, values and rounds, by the names of the new version.
 * Pure, and decided by what is given alone, so that a record replays to the same text.
 */
export function migrateCase(
  from: Definition,
  to: Definition,
  mapping: Mapping,
  snapshot: Snapshot<CaseContext>,
): Migrated | { unsafe: Unsafe[] } {
  const rename = renaming(from.template, to.template, mapping);
  const { context } = snapshot;
  const unsafe: Unsafe[] = [];
  const keys = new Map<string, string>();
  for (const [key, live] of Object.entries(context.live)) {
    const found = counterpart(from, to, rename, key, live);
    if (typeof found === 'string') keys.set(key, found);
    else unsafe.push(found);
  }
  const first = keys.values().next().value;
  if (unsafe.length > 0 || first === undefined)
    return { unsafe: unsafe.length > 0 ? unsafe : [say('frame', Object.keys(context.live)[0] ?? '')] };

  const name = (key: string): string => keys.get(key) ?? rename(key) ?? key;
  const placed = place(snapshot.value, name);
  const phase = to.track.kind === 'item' ? undefined : phaseOf(to.template, bare(first));
  const value = phase === undefined || !isJsonObject(placed) ? placed : { [phase]: Object.values(placed)[0] as Json };
  const runner = runnerOf(to);
  try {
    // The order in which parallel states were entered is known by the old machine's numbers only.
    const { order: _, ...rest } = runnerOf(from).persist(snapshot) as JsonObject;
    const renamed = contextIn(context, keys, rename) as unknown as JsonObject;
    const moved = runner.restore({ ...rest, value, context: renamed });
    if (JSON.stringify(moved.value) === JSON.stringify(value)) return { snapshot: moved, keys };
  } catch {
    // A place that the new machine does not have.
  }
  return { unsafe: [...keys.keys()].map((key) => say('frame', key)) };
}

/**
 * Meetings that a participant and the cycle's own case would miss: one of them has it behind itself, the other ahead.
 *
 * @param cycle where the cycle's case would stand; nothing once it has ended
 * @param passed keys of the meetings that it has released
 */
export function missedMeetings(
  to: CycleTemplate,
  participant: CaseContext,
  cycle: CaseContext | undefined,
  passed: ReadonlySet<string>,
): Unsafe[] {
  const { roots } = modelFor(to);
  const top = PHASES.flatMap((phase) => roots[phase]);
  const at = (context: CaseContext) => top.findIndex((site) => isCurrent(site, context));
  const own = at(participant);
  const its = cycle ? at(cycle) : Number.POSITIVE_INFINITY;
  return PHASES.flatMap((phase) => stopsOf(to, phase, 'participant')).flatMap((stop) => {
    if (stop.type !== 'await') return [];
    const start = top.findIndex((site) => site.block.key === stop.key);
    const behind = own >= start + stop.blocks.length;
    const ahead = its < start || cycle?.live[stop.key + GATHER] !== undefined;
    const released = its >= start + stop.blocks.length;
    return (behind && ahead) || (!behind && released && !passed.has(stop.key)) ? [say('meeting', stop.key)] : [];
  });
}

const models = new WeakMap<CycleTemplate, Model>();

function modelFor(template: CycleTemplate): Model {
  const model = models.get(template) ?? modelOf(template);
  models.set(template, model);
  return model;
}

/** Keys of blocks, and of the branches and paths inside them. */
function namesOf(template: CycleTemplate): Set<string> {
  const names = new Set<string>();
  for (const { block } of modelFor(template).sites) {
    names.add(block.key);
    if (block.type !== 'repeat') for (const { key } of pathsOf(block)) names.add(key);
  }
  return names;
}

function renaming(from: CycleTemplate, to: CycleTemplate, mapping: Mapping): Rename {
  const [before, after] = [namesOf(from), namesOf(to)];
  const given = new Set(Object.values(mapping));
  return (key) => {
    if (Object.hasOwn(mapping, key)) return mapping[key];
    return before.has(key) && after.has(key) && !given.has(key) ? key : undefined;
  };
}

/** The name of a live block in the new version, or why it has none. */
function counterpart(from: Definition, to: Definition, rename: Rename, key: string, live: LiveBlock): string | Unsafe {
  const old = modelFor(from.template).byKey.get(bare(key));
  if (!old) return say('gone', key);
  const gathers = key.endsWith(GATHER);
  if (gathers || (from.track.kind === 'participant' && old.block.per === 'cycle')) {
    const meeting = meetingIn(from.template, to.template, rename, bare(key));
    return meeting === undefined ? say('gone', bare(key)) : gathers ? meeting + GATHER : meeting;
  }
  const target = rename(key);
  const now = target === undefined ? undefined : modelFor(to.template).byKey.get(target);
  if (!now) return say('gone', key);
  if (!sameKind(old.block, now.block)) return say('type', key);
  if (!sameFrame(old, now, rename)) return say('frame', key);
  if (isHuman(old.block) && isHuman(now.block) && !fits(modeOf(old.block), modeOf(now.block), live))
    return say('seats', key);
  return now.block.key;
}

/** The meeting of the new version that a block of this one of the old version belongs to. */
function meetingIn(from: CycleTemplate, to: CycleTemplate, rename: Rename, key: string): string | undefined {
  const meetings = (template: CycleTemplate) =>
    PHASES.flatMap((phase) => stopsOf(template, phase, 'participant')).filter(
      (stop): stop is Extract<Stop, { type: 'await' }> => stop.type === 'await',
    );
  const blocks = meetings(from).find((stop) => stop.key === key)?.blocks ?? [];
  const names = blocks.map((block) => rename(block.key));
  return meetings(to).find((stop) => stop.blocks.some((block) => names.includes(block.key)))?.key;
}

function sameKind(old: Block, now: Block): boolean {
  if (old.type !== now.type || (old.per === 'cycle') !== (now.per === 'cycle')) return false;
  if (old.type === 'repeat' && now.type === 'repeat') return old.mode === now.mode;
  return old.type !== 'compute' || now.type !== 'compute' || old.rule.kind === now.rule.kind;
}

/** Whether a block stands in the same parallels, branches and repeats, the innermost first. */
function sameFrame(old: Site, now: Site, rename: Rename): boolean {
  const chain = (site: Site) => [site, ...around(site)].filter((one) => one.parent?.machine === one.machine);
  const [before, after] = [chain(old), chain(now)];
  return (
    before.length === after.length &&
    before.every((one, i) => {
      const other = after[i];
      const [outer, its] = [one.parent?.block, other?.parent?.block];
      if (!outer || !its || !sameKind(outer, its) || rename(outer.key) !== its.key) return false;
      if (outer.type === 'repeat' || one.pathKey === undefined) return true;
      if (rename(one.pathKey) !== other?.pathKey) return false;
      // Every branch of a parallel stands somewhere, so there must be neither more nor fewer.
      const [paths, theirs] = [pathsOf(outer), pathsOf(its)];
      return (
        outer.type !== 'parallel' ||
        (paths.length === theirs.length && paths.every(({ key }) => theirs.some((path) => path.key === rename(key))))
      );
    })
  );
}

const modeOf = (block: Block): string => ('mode' in block ? (block.mode ?? 'any') : 'any');

/** Whether the seats that are there decide under the new mode as well: one person alone decides under each. */
function fits(old: string, now: string, { seats }: LiveBlock): boolean {
  const there = (seats ?? []).filter(({ state }) => state !== 'removed');
  return old === now || there.length === 0 || (there.length === 1 && (there[0]?.people.length ?? 0) <= 1);
}

/** The machine's place, by other names. */
function place(value: Json, name: (key: string) => string): Json {
  const renamed = (key: string) => (key.startsWith('~') ? key : name(key));
  if (typeof value === 'string') return renamed(value);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [renamed(key), place(inner as Json, name)]));
}

function contextIn(context: CaseContext, keys: ReadonlyMap<string, string>, rename: Rename): CaseContext {
  // What has no counterpart stays under its old key, unless that is another block's by now.
  const taken = new Set([...Object.keys(context.rounds), ...Object.keys(context.done)].map((key) => rename(key)));
  const keyOf = (key: string) => keys.get(key) ?? rename(key) ?? (taken.has(key) ? undefined : key);
  const renamed = <T>(record: Record<string, T>, join: (a: T, b: T) => T): Record<string, T> => {
    const result: Record<string, T> = {};
    for (const [key, value] of Object.entries(record)) {
      const target = keyOf(key);
      if (target === undefined) continue;
      const there = result[target];
      result[target] = there === undefined ? value : join(there, value);
    }
    return result;
  };
  const live = Object.fromEntries(
    Object.entries(context.live).map(([key, { prev, to, ...rest }]): [string, LiveBlock] => {
      const [before, target] = [prev && keyOf(prev), to && rename(to)];
      return [keys.get(key) ?? key, { ...rest, ...(before && { prev: before }), ...(target && { to: target }) }];
    }),
  );
  const { facts, back } = context;
  const { parent } = facts;
  const [at, to] = [back && rename(back.at), back && rename(back.to)];
  return {
    ...context,
    facts: parent ? { ...facts, parent: { ...parent, block: rename(parent.block) ?? parent.block } } : facts,
    live,
    done: renamed(context.done, (_, latest) => latest),
    rounds: renamed(context.rounds, Math.max),
    loops: renamed(context.loops, (_, latest) => latest),
    lastBlock: context.lastBlock === null ? null : (keyOf(context.lastBlock) ?? null),
    back: at && to ? { at, to } : null,
  };
}

const TEXTS: Record<UnsafeReason, Text> = {
  gone: {
    zh: '新版本没有对应的环节，请在映射中指定',
    en: 'has no counterpart in the new version: name one in the mapping',
  },
  type: { zh: '在新版本中是另一类环节', en: 'is another kind of block in the new version' },
  frame: {
    zh: '在新版本中移入或移出了并行、分支或循环，或其并行分支有增减',
    en: 'stands inside another parallel, branch or repeat in the new version, or that has other branches',
  },
  seats: { zh: '已有的席位不适合新的会办方式', en: 'has seats that do not fit the new mode' },
  meeting: {
    zh: '参评单位与周期流程会错过这一统一环节',
    en: 'would be missed: the participant has it behind, the cycle ahead, or the other way round',
  },
  score: {
    zh: '已计分，其规则随成绩固定，新版本不得改变',
    en: 'has scored: its rule stays with the scores, and the new version changes it',
  },
};

/** A score that counts already, by a rule that the new version changes. */
export const changedRule = (block: string): Unsafe => say('score', block);

const say = (reason: UnsafeReason, block: string): Unsafe => ({
  reason,
  block,
  text: { zh: `“${block}”${TEXTS[reason].zh}`, en: `"${block}" ${TEXTS[reason].en}` },
});
