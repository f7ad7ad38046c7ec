import type { ActEvent, CaseContext, CaseEvent } from '../../workflows/machine/context.ts';
import type { Track } from '../../workflows/machine/track.ts';
import type { Action, EXTRA_ACTIONS } from '../../workflows/template/action.ts';
import type { ApprovalBlock, Block } from '../../workflows/template/block.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { approval, branch, parallel, repeat, task, template } from './blocks.ts';

/**
 * Every action × every mode × every enclosing block, with what must come of it.
 *
 * A step is `who action [argument]`; `everyone approve` lets each who may, until the block is decided. What comes of the last
 * step: the open seats of the block in order (`p1 p2/p3`), `→ block` where the case goes on, `→ rejected`, `→ cancelled`, or
 * `✗ id`, a refusal that changes nothing. `—`: the steps before it cannot be done in this mode.
 */
export const MODES = ['single', 'sequential', 'all', 'any', 'vote'] as const;
export type Mode = (typeof MODES)[number];
export const ENCLOSURES = ['top', 'parallel', 'branch', 'oneByOne', 'together'] as const;
export type Enclosure = (typeof ENCLOSURES)[number];

type Row = [steps: string, single: string, sequential: string, all: string, any: string, vote: string];

// prettier-ignore
// biome-ignore format: a table is read by its columns
export const TABLE: readonly Row[] = [
  //                                    single                   sequential               all                      any                      vote
  ['p1 approve',                        '→ next',                'p2',                    'p2 p3',                 '→ next',                'p2 p3'],
  ['p2 approve',                        '✗ task.notYours',       '✗ task.closed',         'p1 p3',                 '→ next',                'p1 p3'],
  ['p1 approve, p1 approve',            '✗ task.closed',         '✗ task.closed',         '✗ task.closed',         '✗ task.closed',         '✗ task.closed'],
  ['everyone approve',                  '→ next',                '→ next',                '→ next',                '→ next',                '→ next'],
  ['x approve',                         '✗ task.notYours',       '✗ task.notYours',       '✗ task.notYours',       '✗ task.notYours',       '✗ task.notYours'],
  ['p1 submit',                         '✗ action.notAllowed',   '✗ action.notAllowed',   '✗ action.notAllowed',   '✗ action.notAllowed',   '✗ action.notAllowed'],
  ['p1 return',                         '→ draft',               '→ draft',               '→ draft',               '→ draft',               '→ draft'],
  ['p1 return first',                   '→ first',               '→ first',               '→ first',               '→ first',               '→ first'],
  ['p1 return next',                    '✗ return.target',       '✗ return.target',       '✗ return.target',       '✗ return.target',       '✗ return.target'],
  ['p1 return silently',                '✗ reason.required',     '✗ reason.required',     '✗ reason.required',     '✗ reason.required',     '✗ reason.required'],
  ['p1 approve, p2 return',             '✗ task.closed',         '→ draft',               '→ draft',               '✗ task.closed',         '→ draft'],
  ['p1 reject',                         '→ rejected',            '→ rejected',            '→ rejected',            '→ rejected',            'p2 p3'],
  ['everyone reject',                   '→ rejected',            '→ rejected',            '→ rejected',            '→ rejected',            '→ rejected'],
  ['p1 reject silently',                '✗ reason.required',     '✗ reason.required',     '✗ reason.required',     '✗ reason.required',     '✗ reason.required'],
  ['p1 abstain',                        '✗ action.notAllowed',   '✗ action.notAllowed',   '✗ action.notAllowed',   '✗ action.notAllowed',   'p2 p3'],
  ['everyone abstain',                  '✗ action.notAllowed',   '✗ action.notAllowed',   '✗ action.notAllowed',   '✗ action.notAllowed',   '→ rejected'],
  ['p1 transfer x',                     'x',                     'x',                     'x p2 p3',               'x',                     'x p2 p3'],
  ['p1 transfer p2',                    'p2',                    '✗ approver.there',      '✗ approver.there',      'p2',                    '✗ approver.there'],
  ['p1 transfer p1',                    '✗ transfer.to.same',    '✗ transfer.to.same',    '✗ transfer.to.same',    'p1',                    '✗ transfer.to.same'],
  ['p1 transfer',                       '✗ transfer.to.missing', '✗ transfer.to.missing', '✗ transfer.to.missing', '✗ transfer.to.missing', '✗ transfer.to.missing'],
  ['p1 transfer x, p1 approve',         '✗ task.notYours',       '✗ task.notYours',       '✗ task.notYours',       '✗ task.notYours',       '✗ task.notYours'],
  ['p1 transfer x, x approve',          '→ next',                'p2',                    'p2 p3',                 '→ next',                'p2 p3'],
  ['p1 delegate x',                     'x',                     'x',                     'x p2 p3',               'x',                     'x p2 p3'],
  ['p1 delegate x, x approve',          'p1',                    'p1',                    'p1 p2 p3',              'p1',                    'p1 p2 p3'],
  ['p1 delegate x, x return',           '→ draft',               '→ draft',               '→ draft',               '→ draft',               '→ draft'],
  ['p1 delegate x, p1 approve',         '✗ task.notYours',       '✗ task.notYours',       '✗ task.notYours',       '✗ task.notYours',       '✗ task.notYours'],
  ['p1 delegate p1',                    '✗ transfer.to.same',    '✗ transfer.to.same',    '✗ transfer.to.same',    '✗ transfer.to.same',    '✗ transfer.to.same'],
  ['p1 addBefore x',                    'x',                     'x',                     'x p2 p3',               'x',                     'x p2 p3'],
  ['p1 addBefore x, x approve',         'p1',                    'p1',                    'p1 p2 p3',              'p1/p2/p3',              'p1 p2 p3'],
  ['p1 addBefore x, x return',          '→ draft',               '→ draft',               '→ draft',               '→ draft',               '→ draft'],
  ['p1 addBefore x, p1 approve',        '✗ task.closed',         '✗ task.closed',         '✗ task.closed',         '✗ task.closed',         '✗ task.closed'],
  ['p1 addAfter x',                     'p1',                    'p1',                    'p1 p2 p3',              'p1/p2/p3',              'p1 p2 p3'],
  ['p1 addAfter x, p1 approve',         'x',                     'x',                     'x p2 p3',               'x',                     'x p2 p3'],
  ['p1 addParallel x',                  'p1 x',                  'p1 x',                  'p1 x p2 p3',            'p1/p2/p3 x',            'p1 x p2 p3'],
  ['p1 addParallel x, p1 approve',      'x',                     'x',                     'x p2 p3',               'x',                     'x p2 p3'],
  ['p1 addParallel x, everyone approve','→ next',                '→ next',                '→ next',                '→ next',                '→ next'],
  ['p1 addParallel p2',                 'p1 p2',                 '✗ approver.there',      '✗ approver.there',      '✗ approver.there',      '✗ approver.there'],
  ['p1 addAfter',                       '✗ transfer.to.missing', '✗ transfer.to.missing', '✗ transfer.to.missing', '✗ transfer.to.missing', '✗ transfer.to.missing'],
  ['p1 addParallel x, p1 remove x',     'p1',                    'p1',                    'p1 p2 p3',              'p1/p2/p3',              'p1 p2 p3'],
  ['p1 addAfter x, p1 remove x',        'p1',                    'p1',                    'p1 p2 p3',              'p1/p2/p3',              'p1 p2 p3'],
  ['p1 addParallel x, x remove p1',     '✗ approver.gone',       '✗ approver.gone',       '✗ approver.gone',       '✗ approver.gone',       '✗ approver.gone'],
  ['p1 addParallel x, x approve, p1 remove x', '✗ approver.gone', '✗ approver.gone',       '✗ approver.gone',       '✗ approver.gone',       '✗ approver.gone'],
  ['p1 remove p3',                      '✗ approver.gone',       '✗ approver.gone',       '✗ approver.gone',       '✗ approver.gone',       '✗ approver.gone'],
  ['p1 claim',                          '✗ claim.alone',         '✗ action.notAllowed',   '✗ action.notAllowed',   'p1',                    '✗ action.notAllowed'],
  ['p1 claim, p2 approve',              '—',                     '—',                     '—',                     '✗ task.notYours',       '—'],
  ['p1 unclaim',                        '✗ claim.alone',         '✗ action.notAllowed',   '✗ action.notAllowed',   '✗ claim.alone',         '✗ action.notAllowed'],
  ['p1 claim, p1 unclaim',              '—',                     '—',                     '—',                     'p1/p2/p3',              '—'],
  ['p1 approve, p1 retrieve',           '✗ task.closed',         'p1',                    'p1 p2 p3',              '✗ task.closed',         'p1 p2 p3'],
  ['p1 approve, p2 retrieve',           '✗ task.closed',         '✗ retrieve.late',       '✗ retrieve.late',       '✗ task.closed',         '✗ retrieve.late'],
  ['p1 retrieve',                       '✗ retrieve.late',       '✗ retrieve.late',       '✗ retrieve.late',       '✗ retrieve.late',       '✗ retrieve.late'],
  ['p1 approve, p1 takeBack',           'p1',                    '✗ retrieve.late',       '✗ retrieve.late',       'p1/p2/p3',              '✗ retrieve.late'],
  ['everyone approve, last takeBack',   'p1',                    'p1',                    'p1 p2 p3',              'p1/p2/p3',              'p1 p2 p3'],
  ['everyone approve, x takeBack',      '✗ retrieve.late',       '✗ retrieve.late',       '✗ retrieve.late',       '✗ retrieve.late',       '✗ retrieve.late'],
  ['p0 withdraw',                       '→ draft',               '→ draft',               '→ draft',               '→ draft',               '→ draft'],
  ['p1 withdraw',                       '✗ withdraw.late',       '✗ withdraw.late',       '✗ withdraw.late',       '✗ withdraw.late',       '✗ withdraw.late'],
  ['p1 approve, p0 withdraw',           '✗ withdraw.late',       '✗ withdraw.late',       '✗ withdraw.late',       '✗ withdraw.late',       '✗ withdraw.late'],
  ['clock remind',                      'p1',                    'p1',                    'p1 p2 p3',              'p1/p2/p3',              'p1 p2 p3'],
  ['clock transfer x',                  'x',                     'x',                     'x x x',                 'x',                     'x x x'],
  ['clock pass',                        '→ next',                '→ next',                '→ next',                '→ next',                '→ next'],
  ['clock return',                      '→ draft',               '→ draft',               '→ draft',               '→ draft',               '→ draft'],
  ['admin jump first',                  '→ first',               '→ first',               '→ first',               '→ first',               '→ first'],
  ['admin jump nowhere',                '✗ jump.target',         '✗ jump.target',         '✗ jump.target',         '✗ jump.target',         '✗ jump.target'],
  ['admin cancel',                      '→ cancelled',           '→ cancelled',           '→ cancelled',           '→ cancelled',           '→ cancelled'],
];

/** Which blocks are active after that, by where the approval stands; `ok`: it is not decided yet. */
// biome-ignore format: a table is read by its columns
export const STANDS: Record<Enclosure, Record<string, string[]>> = {
  top:      { ok: ['ok'],         '→ next': ['next'],         '→ draft': ['draft'],         '→ first': ['first'] },
  parallel: { ok: ['ok', 'side'], '→ next': ['next', 'side'], '→ draft': ['draft', 'side'], '→ first': ['first'] },
  branch:   { ok: ['ok'],         '→ next': ['next'],         '→ draft': ['draft'],         '→ first': ['first'] },
  oneByOne: { ok: ['ok'],         '→ next': ['next'],         '→ draft': ['draft'],         '→ first': ['first'] },
  together: { ok: ['ok'],         '→ next': ['next'],         '→ draft': ['draft'] },
};

/** An item of a `together` repeat has a case of its own, which cannot go to where its parent has been. */
export const TOGETHER: Record<string, string> = {
  'p1 return first': '✗ return.target',
  'admin jump first': '✗ jump.target',
};

export const expectedOf = ([steps, ...cells]: Row, mode: Mode, where: Enclosure): string =>
  (where === 'together' ? TOGETHER[steps] : undefined) ?? (cells[MODES.indexOf(mode)] as string);

type Extra = (typeof EXTRA_ACTIONS)[number];
const ALWAYS: Extra[] = ['delegate', 'addBefore', 'addAfter', 'addParallel', 'remove', 'retrieve'];
const ONLY: Record<Mode, Extra[]> = { single: ['claim'], any: ['claim'], sequential: [], all: [], vote: ['abstain'] };

/** The template of a cell; `idOf` gives the accounts of `p0` … `p3`. */
export function templateOf(mode: Mode, where: Enclosure, idOf = (name: string) => name): CycleTemplate {
  const who = (...names: string[]) => ({ who: names.map((name) => ({ kind: 'person' as const, person: idOf(name) })) });
  const ok: Partial<ApprovalBlock> = {
    ...(mode === 'single' ? who('p1') : who('p1', 'p2', 'p3')),
    mode: mode === 'single' ? 'any' : mode,
    returnTo: 'draft',
    returnChoice: 'earlier',
    onReject: 'end',
    allow: [...ALWAYS, ...ONLY[mode]],
    escalate: [
      { after: 1, do: 'remind' },
      { after: 2, do: 'transfer', to: { kind: 'person', person: idOf('x') } },
      { after: 3, do: 'pass' },
    ],
    ...(mode === 'vote' && { vote: { quorum: '0', pass: '0.5' } }),
  };
  const list: Block[] = [
    task('draft', { ...who('p0'), allow: ['withdraw'] }),
    approval('ok', ok),
    task('next', who('p0')),
  ];
  const inside: Record<Enclosure, Block[]> = {
    top: list,
    parallel: [parallel('par', list, [task('side', who('p0'))])],
    branch: [branch('way', 'true', list)],
    oneByOne: [repeat('each', 'quarters', 'oneByOne', list)],
    together: [repeat('each', 'sections', 'together', list)],
  };
  return template({ plan: [task('first', who('p0')), ...inside[where]] }, { key: `cell-${mode}-${where}` });
}

export const trackOf = (where: Enclosure): Track =>
  where === 'together' ? { kind: 'item', block: 'each' } : { kind: 'participant' };

/** The event that a step is, for a case that stands there; null when nothing is left for `everyone`. */
export function eventOf(step: string, context: CaseContext, idOf = (name: string) => name): CaseEvent | null {
  const [name = '', verb = '', argument] = step.split(' ');
  const live = context.live.ok;
  const seats = live?.seats ?? [];
  const reason = 'because';
  if (name === 'clock')
    return {
      type: 'timer',
      block: 'ok',
      round: live?.round ?? 0,
      rung: 0,
      do: verb as 'remind',
      ...(argument !== undefined && { to: [idOf(argument)] }),
    };
  if (verb === 'jump') return { type: 'jump', block: argument ?? '', actor: idOf('p0'), reason };
  if (verb === 'cancel') return { type: 'cancel', actor: idOf('p0'), reason };
  if (verb === 'withdraw') return { type: 'withdraw', actor: idOf(name) };
  if (verb === 'takeBack')
    return { type: 'retrieve', block: 'ok', actor: name === 'last' ? (context.done.ok?.by ?? '') : idOf(name) };
  const actor = name === 'everyone' ? seats.find(({ state }) => state === 'open')?.people[0] : idOf(name);
  if (actor === undefined) return null;
  const seat =
    seats.find(({ state, people }) => state === 'open' && people.includes(actor)) ??
    seats.find(({ by, people, owner }) => by === actor || people.includes(actor) || owner === actor) ??
    seats[0];
  const action = verb as Action;
  const event: ActEvent = { type: 'act', seat: seat?.n ?? 0, action, actor };
  if (argument !== 'silently') event.reason = reason;
  if (action === 'return') return argument === 'silently' || !argument ? event : { ...event, block: argument };
  if (action === 'remove')
    return { ...event, target: seats.find(({ people }) => people[0] === idOf(argument ?? ''))?.n ?? 0 };
  return argument === undefined || argument === 'silently' ? event : { ...event, to: idOf(argument) };
}

/** What has come of it, in the words of the table. */
export function cameOf(context: CaseContext, nameOf = (id: string) => id): string {
  if (context.outcome) return `→ ${context.outcome}`;
  const { ok } = context.live;
  if (!ok) return `→ ${Object.keys(context.live).find((key) => key !== 'side')}`;
  const open = (ok.seats ?? []).filter(({ state }) => state === 'open');
  return open.map(({ people }) => people.map(nameOf).join('/')).join(' ');
}
