import type { ApprovalBlock, Block, BranchBlock, NotifyBlock, TaskBlock } from '../../template/block.ts';
import type { Field } from '../../template/field.ts';
import type { Rung, Who } from '../../template/when.ts';
import {
  assessorLadder,
  headLadder,
  monitorLadder,
  officeLadder,
  REMIND,
  REMIND_SHORT,
  sectionLadder,
  unitLadder,
} from './ladders.ts';
import { head, itemHead, monitor, office, staff } from './who.ts';

/** How each kind of actor is reminded and chased. */
interface Actor {
  who: Who;
  ladder: Rung[];
}
const ACTORS = {
  staff: { who: staff, ladder: unitLadder },
  head: { who: head, ladder: headLadder },
  monitor: { who: monitor, ladder: monitorLadder },
  office: { who: office, ladder: officeLadder },
  section: { who: itemHead, ladder: sectionLadder },
} as const satisfies Record<string, Actor>;

/** One of the usual actors, or somebody of the whole city, who is chased as an assessor is. */
export type By = keyof typeof ACTORS | Who;

const actor = (by: By): Actor => (typeof by === 'string' ? ACTORS[by] : { who: by, ladder: assessorLadder });

/** So many working days, with reminders that fit, and the actor's own ladder. */
const timed = (by: By, days: number) => ({
  who: [actor(by).who],
  deadline: { from: 'opened' as const, workingDays: days },
  remind: days >= 5 ? REMIND : REMIND_SHORT,
  escalate: actor(by).ladder,
});

type TaskRest = Partial<Omit<TaskBlock, 'key' | 'type' | 'name' | 'fields'>>;
type ApprovalRest = Partial<Omit<ApprovalBlock, 'key' | 'type' | 'name'>>;

/** A form that somebody fills in within so many working days. */
export const task = (
  key: string,
  zh: string,
  en: string,
  by: By,
  days: number,
  fields: Field[],
  rest: TaskRest = {},
): TaskBlock => ({ key, type: 'task', name: { zh, en }, ...timed(by, days), fields, ...rest });

/** A decision within so many working days; `returnTo` an earlier block. */
export const approval = (
  key: string,
  zh: string,
  en: string,
  by: By,
  days: number,
  rest: ApprovalRest = {},
): ApprovalBlock => ({ key, type: 'approval', name: { zh, en }, ...timed(by, days), ...rest });

/** A vote of everyone who holds a role: two thirds must vote, more than half of the votes decide. */
export const vote = (key: string, zh: string, en: string, by: Who, days: number, rest: ApprovalRest): ApprovalBlock =>
  approval(key, zh, en, by, days, {
    mode: 'vote',
    vote: { quorum: '0.67', pass: '0.5' },
    escalate: officeLadder,
    ...rest,
  });

/** Tells the unit, by mail and in the inbox. */
export const tell = (
  key: string,
  name: [zh: string, en: string],
  subject: [zh: string, en: string],
  body: [zh: string, en: string],
  rest: Partial<NotifyBlock> = {},
): NotifyBlock => ({
  key,
  type: 'notify',
  name: { zh: name[0], en: name[1] },
  who: [head, staff],
  subject: { zh: subject[0], en: subject[1] },
  body: { zh: body[0], en: body[1] },
  ...rest,
});

/** Blocks that are done only where a condition holds. */
export const when = (
  key: string,
  zh: string,
  en: string,
  condition: string,
  blocks: Block[],
  otherwise: [zh: string, en: string] = ['其他情形', 'Otherwise'],
): BranchBlock => ({
  key,
  type: 'branch',
  name: { zh, en },
  paths: [{ key: `${key}Yes`, name: { zh, en }, if: condition, blocks }],
  otherwise: { key: `${key}No`, name: { zh: otherwise[0], en: otherwise[1] }, blocks: [] },
});
