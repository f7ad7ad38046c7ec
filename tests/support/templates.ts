import fc from 'fast-check';
import { EXTRA_ACTIONS } from '../../workflows/template/action.ts';
import type { Block, HumanBlock } from '../../workflows/template/block.ts';
import type { Field } from '../../workflows/template/field.ts';
import { passesItself } from '../../workflows/template/lint/known.ts';
import { type CycleTemplate, PHASES } from '../../workflows/template/schema.ts';
import type { Rung, When, Who } from '../../workflows/template/when.ts';
import { named, weightedSum } from './blocks.ts';

/** A template before it has keys and names: what it is made of, and a row of numbers that settle the rest. */
interface Raw {
  kind: (typeof KINDS)[number];
  picks: number[];
  inner: Raw[][];
}

const SIMPLE = ['task', 'task', 'task', 'approval', 'approval', 'wait', 'window', 'gate', 'notify', 'compute'] as const;
const COMPOUND = ['parallel', 'branch', 'repeat'] as const;
const KINDS = [...SIMPLE, ...COMPOUND] as const;

const picks = fc.array(fc.nat(999), { minLength: 16, maxLength: 16 });

const { list } = fc.letrec<{ list: Raw[]; raw: Raw }>((tie) => ({
  list: fc.array(tie('raw'), { maxLength: 3, depthIdentifier: 'blocks' }),
  raw: fc.oneof<[fc.WeightedArbitrary<Raw>, fc.WeightedArbitrary<Raw>]>(
    { depthIdentifier: 'blocks', depthSize: 'small', maxDepth: 3 },
    { weight: 7, arbitrary: fc.record({ kind: fc.constantFrom(...SIMPLE), picks, inner: fc.constant([]) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom(...COMPOUND),
        picks,
        inner: fc.tuple(tie('list'), tie('list'), tie('list')),
      }),
    },
  ),
}));

/** Where a block is being built: what it may name. */
interface Place {
  cycle: boolean;
  /** Decimals that are there whichever way the case came. */
  certain: string[];
  /** Everything that may be shown. */
  shown: string[];
  /** Tables to repeat over. */
  tables: string[];
  persons: string[];
  /** Earlier blocks that it may go back to, and those in which somebody surely acts, with how much was given before. */
  targets: string[];
  /** Those of them from which on somebody is asked. */
  returnable: string[];
  acting: { key: string; given: number }[];
  /** The certain decimals that people fill in, in order. */
  given: string[];
  /** Human blocks whose actor is known. */
  actors: string[];
  item?: 'span' | 'section' | 'row';
  depth: number;
}

/**
 * Random templates that are right: they lint without errors. Every construct of the language occurs, in each other.
 *
 * @example fc.assert(fc.property(anyTemplate(), (template) => lintTemplate(template).length === 0))
 */
export const anyTemplate = (): fc.Arbitrary<CycleTemplate> =>
  fc
    .record({
      phases: fc.tuple(list, list, list, list, list),
      meetings: fc.array(fc.record({ phase: fc.nat(4), at: fc.nat(3), picks }), { maxLength: 3 }),
      first: picks,
    })
    .map(({ phases, meetings, first }) => makeBuilder().template(phases, meetings, first));

const OFFICE: Who = { kind: 'role', role: 'performanceOffice' };

function makeBuilder() {
  let count = 0;
  const next = (prefix: string) => `${prefix}${++count}`;

  function template(
    phases: Raw[][],
    meetings: { phase: number; at: number; picks: number[] }[],
    first: number[],
  ): CycleTemplate {
    const own: Place = emptyPlace(false);
    const cycle: Place = emptyPlace(true);
    const built = phases.map((raws, i) => {
      const blocks: Block[] = [];
      const meet = () => {
        for (const meeting of meetings.filter((one) => one.phase === i && one.at === blocks.length))
          blocks.push(...meetingBlocks(meeting.picks, own, cycle));
      };
      if (i === 0) blocks.push(human('task', first, own));
      for (const raw of raws) {
        meet();
        blocks.push(block(raw, own));
      }
      meet();
      return blocks;
    });
    return {
      key: 'random',
      version: 1,
      name: named('random'),
      period: { kind: 'year' },
      roles: {
        performanceOffice: { name: named('office'), scope: 'city' },
        staff: { name: named('staff'), scope: 'unit' },
      },
      categories: { all: { name: named('all'), ranked: true } },
      phases: Object.fromEntries(PHASES.map((phase, i) => [phase, { blocks: built[i] ?? [] }])) as never,
    };
  }

  /** Blocks of the whole cycle: what lies before is out of reach for the participants, and their ranks are known after. */
  function meetingBlocks(p: number[], own: Place, cycle: Place): Block[] {
    const blocks: Block[] = [];
    Object.assign(cycle, { targets: [], returnable: [], acting: [] });
    const by = pick(own.certain, p[0]);
    if (by !== undefined && at(p, 1) % 2 === 0) {
      const into = next('standing');
      blocks.push({
        key: next('rank'),
        type: 'compute',
        per: 'cycle',
        name: named('rank'),
        into,
        rule: { kind: 'rank', by, direction: at(p, 2) % 2 ? 'up' : 'down' },
      });
    }
    for (let i = at(p, 3) % 3; i >= 0; i -= 1) {
      const kind = (['task', 'approval', 'wait', 'notify'] as const)[at(p, 4 + i) % 4] ?? 'task';
      blocks.push({ ...block({ kind, picks: p.slice(i), inner: [] }, cycle), per: 'cycle' } as Block);
    }
    Object.assign(own, { targets: [], returnable: [], acting: [] });
    return blocks;
  }

  function block(raw: Raw, place: Place): Block {
    switch (raw.kind) {
      case 'task':
      case 'approval':
        return human(raw.kind, raw.picks, place);
      case 'wait':
      case 'window':
        return passive(raw, place);
      case 'gate':
        return gate(raw.picks, place);
      case 'notify':
        return {
          key: remember(place, next('notify'), undefined),
          type: 'notify',
          name: named('notify'),
          who: [who(raw.picks, place)],
          subject: named('{{period.year}}'),
          body: named(place.shown.length > 0 ? `{{ ${pick(place.shown, raw.picks[3])} }}` : 'text'),
        };
      case 'compute':
        return compute(raw.picks, place);
      default:
        return compound(raw, place);
    }
  }

  function human(type: 'task' | 'approval', p: number[], place: Place): HumanBlock {
    const key = next(type);
    const asked = [who(p, place)];
    if (at(p, 12) % 4 === 0 && !place.cycle) asked.push({ kind: 'head' });
    const shows = place.shown.filter((_, i) => (at(p, 13) >> (i % 8)) % 2 === 1).slice(0, 3);
    const fields = at(p, 3) % 3 === 0 ? [] : fieldsOf(p);
    const common = {
      key,
      name: named(key),
      who: asked,
      ...time(p, place),
      ...(shows.length > 0 && { shows }),
      ...(fields.length > 0 && { fields }),
    };
    const made: HumanBlock = type === 'task' ? { ...common, type } : { ...common, type, ...decision(p, place) };
    const required = fields.some((field) => field.required);
    made.escalate = ladder(p, made, place, required);
    Object.assign(made, extras(p, made, place, required));
    const before = place.given.length;
    const passes = passesItself(made);
    for (const field of fields) know(place, field, !passes);
    place.actors.push(key);
    remember(place, key, passes ? undefined : before, true);
    return made;
  }

  function decision(p: number[], place: Place) {
    // Rejecting what the whole cycle waits for would leave the participants waiting.
    const end = place.cycle ? undefined : 'end';
    const modes = ['any', 'all', 'sequential', 'vote'] as const;
    const mode = pick(place.cycle && place.acting.length === 0 ? modes.slice(0, 3) : modes, p[4]) ?? 'any';
    const returnTo = at(p, 5) % 3 > 0 ? pick(place.returnable, p[6]) : undefined;
    const back = pick(place.acting, p[7])?.key;
    const onReject = mode === 'vote' || at(p, 8) % 3 === 0 || returnTo === undefined ? (back ?? end) : undefined;
    return {
      mode,
      ...(mode === 'vote' && {
        vote: { quorum: ['0', '0.5', '1'][at(p, 9) % 3] ?? '0', pass: ['0.5', '0.67', '1'][at(p, 10) % 3] ?? '1' },
      }),
      ...(returnTo !== undefined && { returnTo }),
      ...(onReject !== undefined && { onReject }),
    };
  }

  /** What a template may switch on beside: actions, ways of returning, rules for repeated, own and missing approvers. */
  function extras(p: number[], made: HumanBlock, place: Place, required: boolean): object {
    const vote = made.type === 'approval' && made.mode === 'vote';
    const shared = made.type === 'task' || made.mode === 'any';
    const allow = EXTRA_ACTIONS.filter((action, i) => {
      if (action === 'withdraw' && made.type === 'approval') return false;
      if (at(p, i + 3) % 3 > 0 || (action === 'abstain' && !vote) || (action === 'claim' && !shared)) return false;
      return action !== 'remove' || at(p, 6) % 3 === 0;
    });
    const adds = allow.some((action) => action.startsWith('add'));
    const auto = {
      ...(made.type === 'approval' &&
        !required &&
        at(p, 4) % 4 === 0 && { sameApprover: at(p, 5) % 2 ? 'all' : 'consecutive' }),
      ...(at(p, 6) % 4 === 0 && { initiator: required ? 'superior' : 'skip' }),
      ...(at(p, 7) % 4 === 0 && { empty: required ? { who: OFFICE } : 'pass' }),
    };
    const previous = place.targets.at(-1) === place.returnable.at(-1) ? place.targets.at(-1) : undefined;
    const straight = made.type === 'approval' && made.returnTo !== undefined && made.returnTo === previous;
    return {
      ...(allow.length > 0 && { allow: allow.filter((action) => action !== 'remove' || adds) }),
      ...(Object.keys(auto).length > 0 && { auto }),
      ...(straight && at(p, 8) % 2 && { afterReturn: 'back' }),
      ...(made.type === 'approval' &&
        made.returnTo !== undefined &&
        !(straight && at(p, 8) % 2) &&
        at(p, 9) % 3 === 0 && { returnChoice: 'earlier' }),
      ...(made.type === 'approval' &&
        made.vote && {
          vote: { ...made.vote, ...(at(p, 11) % 2 && { weights: ['2'] }), ...(at(p, 12) % 3 === 0 && { veto: [0] }) },
        }),
    };
  }

  function passive({ kind, picks: p }: Raw, place: Place): Block {
    const until: When = at(p, 0) % 2 ? { from: 'opened', workingDays: 1 + (at(p, 1) % 9) } : { date: '06-30' };
    const key = remember(place, next(kind), undefined);
    if (kind === 'window') return { key, type: 'window', name: named(key), until };
    const message = at(p, 2) % 3 === 0 ? { message: `${key}Message` } : {};
    return {
      key,
      type: 'wait',
      name: named(key),
      ...message,
      ...((at(p, 3) % 2 || !('message' in message)) && { until }),
    };
  }

  /** Goes back only to where what it asks can change. */
  function gate(p: number[], place: Place): Block {
    const key = next('gate');
    const back =
      at(p, 0) % 4 > 0
        ? pick(
            place.acting.filter(({ given }) => given < place.given.length),
            p[1],
          )
        : undefined;
    const asked = back && pick(place.given.slice(back.given), p[14]);
    const made: Block = {
      key,
      type: 'gate',
      name: named(key),
      requires: [{ if: asked === undefined ? condition(p, place) : `${asked} >= 40`, reason: named('reason') }],
      onFail: back?.key ?? 'end',
    };
    remember(place, key, undefined);
    return made;
  }

  function compute(p: number[], place: Place): Block {
    const key = next('compute');
    const into = next('value');
    const parts = [...new Set([pick(place.certain, p[0]), pick(place.certain, p[1])])].filter(
      (name) => name !== undefined,
    );
    const rule: Extract<Block, { type: 'compute' }>['rule'] =
      parts.length > 0 && at(p, 2) % 3
        ? {
            kind: 'rule',
            rule: weightedSum(
              parts.map((value, i) => ({ value, weight: parts.length === 1 ? '1' : i === 0 ? '0.35' : '0.65' })),
            ),
          }
        : {
            kind: 'feel',
            expression:
              parts[0] === undefined
                ? 'period.year + 1'
                : `if ${parts[0]} > 50 then ${parts[0]} else 100 - ${parts[0]}`,
          };
    place.certain.push(into);
    place.shown.push(into);
    remember(place, key, undefined);
    return { key, type: 'compute', name: named(key), into, rule };
  }

  function compound(raw: Raw, place: Place): Block {
    const key = next(raw.kind);
    const [a = [], b = [], c = []] = raw.inner;
    const p = raw.picks;
    const before = place.given.length;
    if (raw.kind === 'parallel') {
      const branches = (at(p, 0) % 2 ? [a, b] : [a, b, c]).map((raws) => inside(raws, place, {}));
      for (const branch of branches) adopt(place, branch.place, true);
      remember(place, key, branches.some((branch) => branch.acts) ? before : undefined);
      return {
        key,
        type: 'parallel',
        name: named(key),
        branches: branches.map(({ blocks }, i) => ({ key: `${key}x${i}`, name: named(`${key}x${i}`), blocks })),
      };
    }
    if (raw.kind === 'branch') {
      const paths = (at(p, 0) % 2 ? [a] : [a, b]).map((raws) => inside(raws, place, {}));
      const otherwise = inside(c, place, {});
      const made: Block = {
        key,
        type: 'branch',
        name: named(key),
        paths: paths.map(({ blocks }, i) => ({
          key: `${key}x${i}`,
          name: named(`${key}x${i}`),
          if: condition([...p.slice(i), i], place, i),
          blocks,
        })),
        otherwise: { key: `${key}else`, name: named('else'), blocks: otherwise.blocks },
      };
      for (const path of [...paths, otherwise]) adopt(place, path.place, false);
      remember(place, key, [...paths, otherwise].every((path) => path.acts) ? before : undefined);
      return made;
    }
    return repeat(key, a.length > 0 ? a : [{ kind: 'task', picks: p, inner: [] }], p, place);
  }

  function repeat(key: string, raws: Raw[], p: number[], place: Place): Block {
    const table = pick(place.tables, p[0]);
    const kinds = ['quarters', ...(place.cycle ? [] : ['sections']), ...(table === undefined ? [] : ['rows'])];
    const over = pick(kinds, p[1]) ?? 'quarters';
    const mode = at(p, 2) % 2 ? 'oneByOne' : 'together';
    const item = over === 'quarters' ? 'span' : over === 'sections' ? 'section' : 'row';
    const own = mode === 'together' ? { targets: [], returnable: [], acting: [], actors: [] } : {};
    const before = place.given.length;
    const body = inside(raws, place, { ...own, item });
    const fresh = body.place.shown.filter((name) => !place.shown.includes(name));
    const into = next('list');
    const collect = fresh.length > 0 && at(p, 3) % 2 ? { fields: fresh.slice(0, 3), into } : undefined;
    if (mode === 'oneByOne') adopt(place, body.place, over === 'quarters');
    if (collect) place.shown.push(into);
    remember(place, key, over === 'quarters' && mode === 'oneByOne' && body.acts ? before : undefined);
    return {
      key,
      type: 'repeat',
      name: named(key),
      over: over === 'rows' ? { rows: table as string } : (over as 'quarters'),
      mode,
      ...(collect && { collect }),
      blocks: body.blocks,
    };
  }

  /** Blocks in their own list: they see what is around, and keep what they add until it is adopted. */
  function inside(raws: Raw[], place: Place, change: Partial<Place>) {
    const inner: Place = {
      ...place,
      certain: [...place.certain],
      given: [...place.given],
      shown: [...place.shown],
      tables: [...place.tables],
      persons: [...place.persons],
      targets: [...place.targets],
      returnable: [...place.returnable],
      acting: [...place.acting],
      actors: [...place.actors],
      depth: place.depth + 1,
      ...change,
    };
    const before = inner.acting.length;
    const blocks = raws.map((raw) => block(raw, inner));
    return { blocks, place: inner, acts: inner.acting.length > before };
  }

  /** What an ended list leaves behind. */
  function adopt(place: Place, inner: Place, certain: boolean): void {
    const fresh = (key: 'certain' | 'given' | 'shown') => inner[key].filter((name) => !place[key].includes(name));
    if (certain) {
      place.certain.push(...fresh('certain'));
      place.given.push(...fresh('given'));
    }
    place.shown.push(...fresh('shown'));
  }

  /** `before`: how much had been given when a block that surely asks somebody began. */
  const remember = (place: Place, key: string, before: number | undefined, asks = before !== undefined): string => {
    place.targets.push(key);
    if (asks) place.returnable = [...place.targets];
    if (before !== undefined) place.acting.push({ key, given: before });
    return key;
  };

  function fieldsOf(p: number[]): Field[] {
    const kinds = ['decimal', 'text', 'table', 'choice', 'person', 'date', 'boolean', 'longText', 'files'] as const;
    return Array.from({ length: 1 + (at(p, 4) % 3) }, (_, i): Field => {
      const kind = i === 0 && at(p, 5) % 2 ? 'decimal' : (kinds[at(p, 6 + i) % kinds.length] ?? 'decimal');
      const key = next(kind === 'longText' ? 'long' : kind === 'date' ? 'day' : kind === 'choice' ? 'option' : kind);
      const common = { key, name: named(key), required: at(p, 9 + i) % 3 > 0 };
      switch (kind) {
        case 'decimal':
          return { ...common, type: kind, places: 2, min: '0', max: '100' };
        case 'choice':
          return {
            ...common,
            type: kind,
            options: [
              { value: 'x', name: named('x') },
              { value: 'y', name: named('y') },
            ],
          };
        case 'table':
          return {
            ...common,
            type: kind,
            maxRows: 4,
            columns: [
              { key: `${key}a`, type: 'text', name: named('a') },
              { key: `${key}w`, type: 'decimal', name: named('w'), places: 2, min: '0', max: '100' },
            ],
            ...(at(p, 11) % 2 && { total: { column: `${key}w`, is: '100' } }),
          };
        default:
          return { ...common, type: kind };
      }
    });
  }

  function know(place: Place, field: Field, surely: boolean): void {
    place.shown.push(field.key);
    if (field.type === 'table') place.tables.push(field.key);
    if (field.type === 'person' && field.required && surely) place.persons.push(field.key);
    if (field.type !== 'decimal' || !field.required || !surely) return;
    place.certain.push(field.key);
    place.given.push(field.key);
  }

  /** A condition that differs by `n`, over what is there. */
  function condition(p: number[], place: Place, n = 0): string {
    const name = pick(place.certain, p[14]);
    if (name !== undefined) return at(p, 15) % 4 ? `${name} >= ${20 + 30 * n}` : `not(${name} < ${21 + 30 * n})`;
    const table = pick(place.tables, p[14]);
    if (table !== undefined) return `count(${table}) > ${n}`;
    if (place.item === 'span') return `ends with(item.key, "Q${n + 1}")`;
    return `period.year > ${2020 + n}`;
  }

  function who(p: number[], place: Place): Who {
    if (place.cycle) return OFFICE;
    const actor = pick(place.actors, p[1]);
    const person = pick(place.persons, p[1]);
    const choices: Who[] = [
      { kind: 'role', role: 'staff', of: 'participant' },
      { kind: 'head' },
      OFFICE,
      { kind: 'role', role: 'staff', of: 'monitoringUnit' },
      ...(place.item === 'section' ? [{ kind: 'head', of: 'item' } as const] : []),
      ...(actor !== undefined
        ? [{ kind: 'actorOf', block: actor } as const, { kind: 'initiator' } as const, { kind: 'superior' } as const]
        : []),
      ...(person !== undefined ? [{ kind: 'field', field: person } as const] : []),
    ];
    return pick(choices, p[0]) ?? OFFICE;
  }

  function time(p: number[], place: Place): Pick<HumanBlock, 'deadline' | 'remind'> {
    const days = 3 + (at(p, 14) % 20);
    const choices: When[] = [
      { from: 'opened', workingDays: days },
      { date: '09-30' },
      ...(place.item === 'span' ? [{ from: 'itemEnd', workingDays: 5 } as const] : []),
    ];
    return { deadline: pick(choices, p[15]) ?? { date: '09-30' }, ...(at(p, 14) % 2 && { remind: [-1, 0, 2] }) };
  }

  function ladder(p: number[], made: HumanBlock, place: Place, required: boolean): Rung[] {
    const fixed = made.deadline !== undefined && !('from' in made.deadline && made.deadline.from === 'opened');
    const rungs: Rung[] = [{ after: 1, do: 'remind' }];
    if (!place.cycle) rungs.push({ after: 2, do: 'head' });
    rungs.push({ after: 3, do: 'office' });
    if (at(p, 2) % 2)
      rungs.push({ after: 5, do: 'supervise', colour: 'yellow' }, { after: 5, do: 'deduct', points: '0.5' });
    if (at(p, 2) % 3 === 0) rungs.push({ after: 8, do: 'transfer', to: OFFICE });
    if (made.type === 'approval' && made.returnTo !== undefined && !fixed && at(p, 11) % 5 === 0)
      rungs.push({ after: 10, do: 'return' });
    else if (!required && at(p, 11) % 5 === 1) rungs.push({ after: 10, do: 'pass' });
    return rungs.slice(at(p, 10) % 2);
  }

  return { template };
}

function emptyPlace(cycle: boolean): Place {
  return {
    cycle,
    certain: [],
    given: [],
    shown: [],
    tables: [],
    persons: [],
    targets: [],
    returnable: [],
    acting: [],
    actors: [],
    depth: 0,
  };
}

const at = (p: number[], i: number): number => p[i % p.length] ?? 0;

/** One of a list by a number; of an empty list none. */
export const pick = <T>(from: readonly T[], n = 0): T | undefined => from[n % from.length];
