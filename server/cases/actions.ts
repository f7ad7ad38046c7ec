import type { z } from 'zod';
import { refusalOfAct } from '../../workflows/approval/decide.ts';
import type { ActEvent } from '../../workflows/machine/context.ts';
import { refusalOf, retrievable } from '../../workflows/machine/step.ts';
import { jumpTargets } from '../../workflows/machine/targets.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import type { Me } from '../auth/me.ts';
import type { CaseState } from '../engine/index.ts';
import { blockName, CASE_ACTION_NAMES, nameOf } from './names.ts';
import type { caseSchema } from './schema.ts';

interface Target {
  block: string;
  task?: string;
}
type CaseAction = z.infer<typeof caseSchema>['actions'][number];

/** What the caller may do with a case, with what each asks for; `control` is what the office may do with it. */
export const caseActions = (state: CaseState, me: Me, control: readonly string[]): CaseAction[] => {
  const { definition, snapshot, status } = state;
  const one = (action: string, reasonRequired: boolean, targets?: Target[]): CaseAction => ({
    action: action as CaseAction['action'],
    name: nameOf(CASE_ACTION_NAMES, action),
    reasonRequired,
    ...(targets && { targets: targets.map((to) => ({ ...to, name: blockName(definition.template, to.block) })) }),
  });
  const office = control.map((action) =>
    one(
      action,
      true,
      action === 'jump' ? jumpTargets(definition.template, definition.track).map((block) => ({ block })) : undefined,
    ),
  );
  if (status !== 'active') return office;
  const mine = [...retrievable(definition, snapshot, me.id).map((block) => ({ block })), ...undecided(state, me)];
  const begun = refusalOf(definition, snapshot, { type: 'withdraw', actor: me.id }) === null;
  return [
    ...(begun ? [one('withdraw', false)] : []),
    ...(mine.length > 0 ? [one('retrieve', false, mine)] : []),
    ...office,
  ];
};

/** Own decisions in blocks that others have still to decide: each is taken back by acting on its task. */
const undecided = ({ id, definition, context }: CaseState, me: Me): Target[] =>
  Object.entries(context.live).flatMap(([key, live]) => {
    const block = blockByKey(definition.template, key);
    if (block?.type !== 'task' && block?.type !== 'approval') return [];
    return (live.seats ?? []).flatMap(({ n }): Target[] => {
      const event: ActEvent = { type: 'act', seat: n, action: 'retrieve', actor: me.id };
      return refusalOfAct(block, live, event, []) === null ? [{ block: key, task: `${id}.${n}` }] : [];
    });
  });
