import type { Calendar } from '../calendar/calendar.ts';
import type { Moment } from '../calendar/resolve.ts';
import type { Block, BranchBlock, HumanBlock, RepeatBlock } from '../template/block.ts';
import { untilOf } from '../template/block.ts';
import { decimalNames, feelScope, holds } from '../template/feel.ts';
import { type Model, modelOf, type Site } from '../template/model.ts';
import type { CycleTemplate, PhaseKey } from '../template/schema.ts';
import type { When, Who } from '../template/when.ts';
import type { Text } from '../text.ts';
import { type CaseContext, emptyContext, type Facts, type Item, type LiveBlock } from './context.ts';
import { isCurrent, topOf } from './flow.ts';
import { decided, type Going, learn, open, together, unknownItem } from './going.ts';
import { itemsOf } from './items.ts';
import { momentOf } from './moment.ts';
import { type Directory, findPeople } from './step.ts';
import type { Track } from './track.ts';

/** A step that lies ahead: who, from when, until when. */
export interface ForecastStep {
  block: string;
  name: Text;
  type: Block['type'];
  phase: PhaseKey;
  per: 'participant' | 'cycle';
  state: 'current' | 'ahead';
  item?: Item;
  /** The paths that must be chosen for it, and the lists that must not be empty; none when it comes for sure. */
  on: Text[];
  /** Whom the directory finds now; empty when that depends on what is not known yet. */
  people: string[];
  /** The rule that names them. */
  who: Who[];
  /** Decided by a rule of the template: nobody need act. */
  auto: boolean;
  from: string;
  dueAt: string | null;
  until: string;
  provisional: boolean;
  /** It may come later: it follows a step without a date, or a meeting that waits for everyone. */
  earliest: boolean;
}

export interface Forecast {
  steps: ForecastStep[];
  end: Moment & { earliest: boolean };
  /** False when there are more steps than are named. */
  complete: boolean;
}

/** A running case: its context, and the dates that stand for its live blocks (a gathering under `<key>~gather`). */
export interface Running {
  context: CaseContext;
  dates: ReadonlyMap<string, Moment>;
  /** The cases of the items of each live `together` repeat. */
  items?: Readonly<Record<string, readonly Running[]>> | undefined;
}

export interface ForecastInput extends Running {
  template: CycleTemplate;
  track: Track;
  /** Nothing has begun yet: the context holds the facts alone. */
  ahead?: boolean;
  now: string;
  /** Its clock stands still, so everything may come later. */
  paused?: boolean;
  calendar: Calendar;
  directory: Directory;
  /** The cycle's own case, for a participant. */
  cycle?: Running | undefined;
}

/** More than any year of a unit has; a template that repeats inside repeats could name very many. */
const MOST_STEPS = 2000;

interface Place {
  item?: Item | undefined;
  on: Text[];
  dates: ReadonlyMap<string, Moment>;
  items?: Running['items'];
  cycle: boolean;
}

/**
 * Who will act next, in which block and by when, to the end of the case: the normal path, on which everyone approves and every
 * gate holds. Each step is taken to be done at its deadline, and the next counts from there. A branch is followed where the
 * values that decide it can no longer change, else each path that is possible is named.
 */
export function forecastOf(input: ForecastInput): Forecast {
  const { template, track, calendar, directory, now } = input;
  const model = modelFor(template);
  const decimals = decimalNames(template);
  const steps: ForecastStep[] = [];
  let complete = true;
  const ofCycle: Running | undefined = track.kind !== 'cycle' ? input.cycle : input.ahead ? undefined : input;
  let cycle = ofCycle?.context ?? emptyContext({ kind: 'cycle', period: input.context.facts.period });

  const add = (step: ForecastStep) => {
    if (steps.length < MOST_STEPS) steps.push(step);
    else complete = false;
  };
  const moment = (when: When, site: Site, going: Going, place: Place): Moment | null => {
    const { period } = going.context.facts;
    try {
      return momentOf(when, { template, block: site.block.key, period, item: place.item, opened: going.at }, calendar);
    } catch (error) {
      if (error instanceof RangeError) return null; // an edge that only the running case knows
      throw error;
    }
  };
  const reach = (going: Going, due: Moment | null): Going => {
    if (!due) return { ...going, earliest: true };
    const at = later(going.at, due.at);
    return { ...going, at, provisional: due.provisional || calendar.dayOf(at) > calendar.knownUntil };
  };
  const stepOf = (site: Site, from: Going, until: Going, place: Place, more: Partial<ForecastStep>): ForecastStep => ({
    block: site.block.key,
    name: site.block.name,
    type: site.block.type,
    phase: site.phase,
    per: place.cycle ? 'cycle' : 'participant',
    state: 'ahead',
    ...(place.item && { item: place.item }),
    on: place.on,
    people: [],
    who: [],
    auto: false,
    from: from.at,
    dueAt: null,
    until: until.at,
    provisional: until.provisional,
    earliest: from.earliest,
    ...more,
  });

  /** Walks the places of a list from the first that is left; the one that the case stands at is walked on. */
  const sequence = (
    count: number,
    keyOf: (i: number) => string | undefined,
    first: number,
    going: Going,
    walk: (i: number, going: Going, resume: boolean) => Going,
  ): Going => {
    let now = going;
    for (let i = Math.max(first, 0); i < count && complete; i += 1) {
      now = walk(i, now, i === first);
      // What was returned goes straight back to whoever returned it.
      const { back } = input.context;
      if (i !== first || !back || back.at !== keyOf(i)) continue;
      for (let to = i + 1; to < count; to += 1) if (keyOf(to) === back.to) i = to - 1;
    }
    return now;
  };
  const list = (sites: readonly Site[], going: Going, place: Place, resume: boolean): Going =>
    sequence(
      sites.length,
      (i) => sites[i]?.block.key,
      resume ? sites.findIndex((site) => isCurrent(site, going.context)) : -1,
      going,
      (i, now, live) => one(sites[i] as Site, now, place, live),
    );

  const one = (site: Site, going: Going, place: Place, resume: boolean): Going => {
    const { block } = site;
    switch (block.type) {
      case 'task':
      case 'approval':
        return human(site, block, going, place, resume ? going.context.live[block.key] : undefined);
      case 'wait':
      case 'window':
      case 'ballots': {
        const when = untilOf(block);
        const due =
          (resume ? place.dates.get(block.key) : undefined) ?? (when ? moment(when, site, going, place) : null);
        const until = reach(going, due);
        add(stepOf(site, going, until, place, { dueAt: due?.at ?? null, ...(resume && CURRENT) }));
        return until;
      }
      case 'gate':
      case 'notify':
      case 'compute':
        add(stepOf(site, going, going, place, { auto: true, ...('who' in block && { who: block.who }) }));
        return learn(going, [block]);
      case 'parallel':
        return together(
          going,
          site.paths
            .filter(({ sites }) => !resume || sites.some((inner) => isCurrent(inner, going.context)))
            .map(({ sites }) => list(sites, going, place, resume)),
        );
      case 'branch':
        return branch(site, block, going, place, resume);
      case 'repeat':
        return block.mode === 'together'
          ? sideBySide(site, block, going, place, resume)
          : inTurn(site, block, going, place, resume);
    }
  };

  const human = (site: Site, block: HumanBlock, going: Going, place: Place, live: LiveBlock | undefined): Going => {
    const found = live?.seats
      ? { people: live.seats.filter(({ state }) => state === 'open' || state === 'waiting').map((seat) => seat.people) }
      : findPeople(block, going.context, place.item, directory);
    const people = [...new Set(found.people.flat())];
    const approved = 'approved' in found ? (found.approved ?? []) : [];
    const left = people.filter((person) => !approved.includes(person));
    const auto =
      ('pass' in found && !block.who.some(dependsOnOthers)) ||
      (approved.length > 0 && (left.length === 0 || isAny(block)));
    const turns = block.type === 'approval' && block.mode === 'sequential' ? Math.max(left.length, 1) : 1;
    let until = going;
    let due: Moment | null = null;
    for (let turn = 0; turn < (auto ? 0 : turns); turn += 1) {
      const given = turn === 0 && live ? place.dates.get(block.key) : undefined;
      due = given ?? (block.deadline ? moment(block.deadline, site, until, place) : null);
      until = reach(until, due);
    }
    const more = { people: left, who: block.who, auto, dueAt: due?.at ?? null, ...(live && CURRENT) };
    add(stepOf(site, going, until, place, more));
    return decided(learn(until, [block]), block, left);
  };

  const branch = (site: Site, block: BranchBlock, going: Going, place: Place, resume: boolean): Going => {
    const named = [...block.paths, block.otherwise];
    const at = resume
      ? site.paths.findIndex(({ sites }) => sites.some((inner) => isCurrent(inner, going.context)))
      : -1;
    if (at >= 0) return list(site.paths[at]?.sites ?? [], going, place, true);
    const possible: number[] = [];
    for (const [i, path] of named.entries()) {
      const answer = 'if' in path ? decide(path.if as string, going, place) : true;
      if (answer !== false) possible.push(i);
      if (answer === true) break;
    }
    const ends = possible.map((i) => {
      const on = possible.length > 1 ? [...place.on, (named[i] as { name: Text }).name] : place.on;
      return list(site.paths[i]?.sites ?? [], going, { ...place, on }, false);
    });
    return together(going, ends);
  };

  /** Whether a condition holds then; null when what it asks may still change. */
  const decide = (condition: string, going: Going, place: Place): boolean | null => {
    for (const [name] of condition.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)) if (going.open.has(name)) return null;
    try {
      return holds(condition, feelScope(going.context, place.item, decimals));
    } catch {
      return null;
    }
  };

  /** The items of a repeat; null when the rows that they are may still change. */
  const itemsThen = (block: RepeatBlock, going: Going): Item[] | null =>
    typeof block.over === 'object' && going.open.has(block.over.rows) ? null : itemsOf(block, going.context);

  /** Rows that are not known yet may be none. */
  const ifAny = ({ name }: RepeatBlock, place: Place): Place => ({
    ...place,
    item: undefined,
    on: [...place.on, { zh: `${name.zh}有条目`, en: `${name.en} has items` }],
  });

  const inTurn = (site: Site, block: RepeatBlock, going: Going, place: Place, resume: boolean): Going => {
    const sites = site.paths[0]?.sites ?? [];
    const loop = resume ? going.context.loops[block.key] : undefined;
    const items = loop?.items ?? itemsThen(block, going);
    let then = going;
    if (!items) then = list(sites, unknownItem(going), ifAny(block, place), false);
    else
      for (let i = loop?.index ?? 0; i < items.length && complete; i += 1)
        then = list(sites, then, { ...place, item: items[i] }, resume && i === loop?.index);
    return learn(then, [block]);
  };

  const sideBySide = (site: Site, block: RepeatBlock, going: Going, place: Place, resume: boolean): Going => {
    const sites = site.paths[0]?.sites ?? [];
    const running = resume ? place.items?.[block.key] : undefined;
    const begin = (item: Item | undefined): Going => {
      const { context } = going;
      const facts: Facts = { ...context.facts, kind: 'item', ...(item && { item }) };
      return { ...(item ? going : unknownItem(going)), context: { ...emptyContext(facts), data: context.data } };
    };
    const ends = running
      ? running
          .filter(({ context }) => context.outcome === undefined)
          .toSorted((a, b) => placeOf(a) - placeOf(b))
          .map(({ context, dates, items }) =>
            list(sites, { ...going, context }, { ...place, item: context.facts.item, dates, items }, true),
          )
      : (itemsThen(block, going)?.map((item) => list(sites, begin(item), { ...place, item }, false)) ?? [
          list(sites, begin(undefined), ifAny(block, place), false),
        ]);
    const { at, provisional, earliest } = together(going, ends);
    return { ...going, at, provisional, earliest, open: open(going, block.collect ? [block.collect.into] : []) };
  };

  /** Where the cycle's own case stands among its blocks: behind all of them once it has ended. */
  const cycleSites = topOf(model, { kind: 'cycle' });
  const cycleAt = (): number => {
    if (!ofCycle) return -1;
    const { context } = ofCycle;
    return context.outcome === undefined
      ? cycleSites.findIndex((site) => isCurrent(site, context))
      : Number.POSITIVE_INFINITY;
  };

  /** A run of blocks that the cycle does once for all: it opens when everyone has arrived, or on its date. */
  const meeting = (run: readonly Site[], going: Going): Going => {
    const first = run[0] as Site;
    const at = cycleAt();
    const start = cycleSites.indexOf(first);
    const names = run.map((site) => site.block);
    if (at >= start + run.length) return learn(going, names);
    const place: Place = { on: [], dates: ofCycle?.dates ?? new Map(), cycle: true };
    const gathering = `${first.block.key}~gather`;
    const inside = at >= start && ofCycle?.context.live[gathering] === undefined;
    let opened: Going = { ...going, context: cycle };
    if (inside) opened = { ...opened, at: now };
    else {
      const date =
        place.dates.get(gathering) ?? (first.block.opens ? moment(first.block.opens, first, opened, place) : null);
      opened = reach(opened, date);
    }
    const end = sequence(
      run.length,
      () => undefined,
      inside ? at - start : -1,
      opened,
      (i, then, live) => one(run[i] as Site, then, place, live),
    );
    cycle = end.context;
    const met = together(going, [going, end]);
    return learn({ ...met, context: track.kind === 'cycle' ? end.context : going.context }, names);
  };

  const groups = groupsOf(topOf(model, track), track);
  const { dates, items } = input;
  const own: Place = { on: [], dates, items, cycle: false, item: input.context.facts.item };
  const begin: Going = {
    at: now,
    provisional: calendar.dayOf(now) > calendar.knownUntil,
    earliest: input.paused === true,
    context: input.context,
    open: new Set(),
  };
  const stands = input.ahead
    ? -1
    : groups.findIndex((group) => group.sites.some((site) => isCurrent(site, input.context)));
  const end = sequence(
    groups.length,
    (i) => groups[i]?.sites[0]?.block.key,
    stands,
    begin,
    (i, going, resume) => {
      const { sites, meets } = groups[i] as Group;
      if (meets) return meeting(sites, going);
      return one(sites[0] as Site, going, own, resume);
    },
  );
  return { steps, end: { at: end.at, provisional: end.provisional, earliest: end.earliest }, complete };
}

const CURRENT = { state: 'current' } as const;

interface Group {
  sites: Site[];
  meets: boolean;
}

/** Single blocks, and the runs of cycle blocks that are one meeting. */
function groupsOf(sites: readonly Site[], track: Track): Group[] {
  const groups: Group[] = [];
  for (const site of sites) {
    const last = groups.at(-1);
    const meets = site.cycle && track.kind !== 'item';
    const before = last?.sites.at(-1);
    // In a participant's list its own blocks part the runs; so they do for the cycle, which has none of them in its list.
    if (meets && last?.meets && before && before.phase === site.phase && site.index === before.index + 1)
      last.sites.push(site);
    else groups.push({ sites: [site], meets });
  }
  return groups;
}

const models = new WeakMap<CycleTemplate, Model>();

function modelFor(template: CycleTemplate): Model {
  const model = models.get(template) ?? modelOf(template);
  models.set(template, model);
  return model;
}

const later = (a: string, b: string): string => (Date.parse(a) >= Date.parse(b) ? a : b);
const placeOf = ({ context }: Running) => context.facts.parent?.index ?? 0;
const isAny = (block: HumanBlock) => block.type === 'task' || (block.mode ?? 'any') === 'any';

/** Whether who acts is known only once others have acted. */
const dependsOnOthers = ({ kind }: Who): boolean => kind !== 'role' && kind !== 'person' && kind !== 'head';
