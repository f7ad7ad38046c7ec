import { type Offer, offersOf } from '../../workflows/approval/actions.ts';
import { refusalOfAct } from '../../workflows/approval/decide.ts';
import type { Seat } from '../../workflows/machine/context.ts';
import { retrievable } from '../../workflows/machine/step.ts';
import { returnTargets } from '../../workflows/machine/targets.ts';
import type { HumanBlock } from '../../workflows/template/block.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Me } from '../auth/me.ts';
import { ACTION_NAMES, blockName, nameOf } from '../cases/names.ts';
import { decidedFor } from '../delegations/principal.ts';
import type { CaseState } from '../engine/index.ts';
import type { Database } from '../http/deps.ts';
import type { FoundTask } from './find.ts';
import { principalOf } from './rows.ts';
import type { TaskDetail } from './schema.ts';

type Described = TaskDetail['actions'][number];

/** What the caller may do with a task now, with what each action asks for; of a closed one, whether they may take it back. */
export const readActions = async (
  db: Database,
  row: FoundTask,
  state: CaseState,
  block: HumanBlock,
  me: Me,
): Promise<Described[]> => {
  if (state.status !== 'active') return [];
  const { template } = state.definition;
  if (row.state !== 'open') return mayRetrieve(row, state, block, me) ? [plain('retrieve')] : [];
  const live = state.context.live[row.block];
  const seat = live?.seats?.find(({ n }) => n === row.seat);
  if (!row.mine || !live || !seat) return [];
  const people = await namesIn(db, live.seats ?? []);
  return offersOf(block, live, seat, principalOf(row)?.id ?? me.id).map((offer) => ({
    ...plain(offer.action),
    reasonRequired: offer.reasonRequired,
    personRequired: offer.personRequired,
    ...whither(offer, block, template),
    ...(offer.personRequired && { except: offer.except }),
    ...(offer.seats.length > 0 && { seats: offer.seats.map((n) => ({ seat: n, people: people(n) })) }),
  }));
};

const plain = (action: Described['action']): Described => ({
  action,
  reasonRequired: false,
  personRequired: false,
  name: nameOf(ACTION_NAMES, action),
});

/** Where a return or a rejection goes. */
const whither = ({ action }: Offer, block: HumanBlock, template: CycleTemplate): Pick<Described, 'to' | 'targets'> => {
  if (block.type !== 'approval') return {};
  const named = (key: string) => ({ block: key, name: blockName(template, key) });
  if (action === 'reject')
    return block.onReject === undefined || block.onReject === 'end' ? {} : { to: named(block.onReject) };
  if (action !== 'return' || block.returnTo === undefined) return {};
  const [first = block.returnTo, ...others] = returnTargets(template, block);
  return { to: named(first), targets: [first, ...others.reverse()].map(named) };
};

/** A decision may be taken back in its block while that is undecided, and after it while nobody has acted on it. */
const mayRetrieve = (row: FoundTask, state: CaseState, block: HumanBlock, me: Me) => {
  const who = decidedFor(row, state, me);
  if (who === null) return false;
  const { definition, snapshot, context } = state;
  const live = context.live[row.block];
  if (live?.seats?.some(({ n }) => n === row.seat))
    return refusalOfAct(block, live, { type: 'act', seat: row.seat, action: 'retrieve', actor: who }, []) === null;
  return context.done[row.block]?.round === row.round && retrievable(definition, snapshot, who).includes(row.block);
};

const namesIn = async (db: Database, seats: readonly Seat[]) => {
  const ids = [...new Set(seats.flatMap((seat) => seat.people))];
  const rows = await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const known = new Map(rows.map((person) => [person.id, person]));
  return (n: number) =>
    (seats.find((seat) => seat.n === n)?.people ?? []).map((id) => known.get(id) ?? { id, name: '' });
};
