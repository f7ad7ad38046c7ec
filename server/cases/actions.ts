import type { z } from 'zod';
import { refusalOf, retrievable } from '../../workflows/machine/step.ts';
import { jumpTargets } from '../../workflows/machine/targets.ts';
import type { Me } from '../auth/me.ts';
import type { CaseState } from '../engine/index.ts';
import { blockName, CASE_ACTION_NAMES, nameOf } from './names.ts';
import type { caseSchema } from './schema.ts';

type CaseAction = z.infer<typeof caseSchema>['actions'][number];

/** What the caller may do with a case, with what each asks for; `control` is what the office may do with it. */
export const caseActions = (state: CaseState, me: Me, control: readonly string[]): CaseAction[] => {
  const { definition, snapshot, status } = state;
  const one = (action: string, reasonRequired: boolean, targets?: string[]): CaseAction => ({
    action: action as CaseAction['action'],
    name: nameOf(CASE_ACTION_NAMES, action),
    reasonRequired,
    ...(targets && { targets: targets.map((block) => ({ block, name: blockName(definition.template, block) })) }),
  });
  const office = control.map((action) =>
    one(action, true, action === 'jump' ? jumpTargets(definition.template, definition.track) : undefined),
  );
  if (status !== 'active') return office;
  const mine = retrievable(definition, snapshot, me.id);
  const begun = refusalOf(definition, snapshot, { type: 'withdraw', actor: me.id }) === null;
  return [
    ...(begun ? [one('withdraw', false)] : []),
    ...(mine.length > 0 ? [one('retrieve', false, mine)] : []),
    ...office,
  ];
};
