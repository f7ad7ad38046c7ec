import { currentItem } from '../../workflows/machine/assign.ts';
import type { CaseContext, CaseEvent } from '../../workflows/machine/context.ts';
import type { Directory } from '../../workflows/machine/step.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import type { Who } from '../../workflows/template/when.ts';
import type { Text } from '../../workflows/text.ts';
import type { Origin } from './build.ts';
import type { Copy } from './copies.ts';
import type { LogicStep } from './logic.ts';
import { fillMessage } from './message.ts';
import type { Job } from './types.ts';

/** Who is told when a rung of the ladder fires, beside those who hold the task. */
const ALSO: Record<string, Who[]> = {
  remind: [],
  head: [{ kind: 'head' }],
  superior: [{ kind: 'superior' }],
  office: [{ kind: 'role', role: 'performanceOffice' }],
  supervise: [{ kind: 'head' }, { kind: 'role', role: 'performanceOffice' }],
  deduct: [{ kind: 'head' }, { kind: 'role', role: 'performanceOffice' }],
};

/** The messages that a step sends: `notify` blocks, windows that open, rungs of a ladder, tasks handed over, copies of decisions. New tasks are told by the mail digest, not here. */
export function tellJobs(
  directory: Directory,
  origin: Origin,
  step: LogicStep,
  event: CaseEvent | null,
  at: string,
  copies: readonly Copy[] = [],
): Job[] {
  const { definition } = origin.logic;
  if (!definition) return [];
  const { context } = step.snapshot;
  const told = (
    block: string,
    kind: string,
    seat: number | null,
    people: string[],
    n: number | string,
    message: { subject: Text; body: Text } | null = null,
  ): Job[] =>
    people.length === 0
      ? []
      : [
          {
            task: 'tell',
            payload: {
              id: `${origin.id}/${origin.revision + 1}/${n}`,
              caseId: origin.id,
              seat,
              people: [...new Set(people)],
              kind,
              block,
              at,
              ...(message && { message }),
            },
          },
        ];

  const notices = step.effects.flatMap((effect, n) => {
    if (effect.type !== 'notify') return [];
    const key = String(effect.params.block);
    const block = blockByKey(definition.template, key);
    if (block?.type !== 'notify') return [];
    // As it was at that moment: the same step may have gone on to the next item, and later steps may change the values.
    const then = (effect.context ?? context) as CaseContext;
    const item = currentItem(then, { loop: effect.params.loop as string | undefined });
    const message = {
      subject: fillMessage(block.subject, then, item),
      body: fillMessage(block.body, then, item),
    };
    return told(key, 'notify', null, directory({ who: block.who, context: then, item }).flat(), n, message);
  });
  notices.push(...windowJobs(directory, origin, context, at));
  // Whoever gets an open task from somebody else; new tasks, and those that nobody had, are in the digest.
  const handed = Object.entries(origin.snapshot?.context.live ?? {}).flatMap(([key, { seats }]) =>
    (seats ?? []).flatMap((before): Job[] => {
      const now = context.live[key]?.seats?.find(({ n, state }) => n === before.n && state === 'open');
      if (!now || before.state !== 'open' || before.people.length === 0) return [];
      const people = now.people.filter((person) => !before.people.includes(person));
      return told(key, 'transfer', now.n, people, -1 - now.n);
    }),
  );
  notices.push(...handed);
  for (const key of new Set(copies.map(({ block }) => block))) {
    const sent = copies.filter(({ block }) => block === key);
    const people = sent.map(({ person }) => person);
    notices.push(...told(key, 'copy', sent[0]?.seat ?? null, people, `copy.${key}`));
  }
  const also = event?.type === 'timer' ? ALSO[event.do] : undefined;
  if (event?.type !== 'timer' || !also) return notices;
  const live = context.live[event.block];
  const open = live?.seats?.filter((seat) => seat.state === 'open') ?? [];
  const holders = open.flatMap((seat) => seat.people);
  // A rung's superiors are those of whoever holds the task, not of who acted before.
  const asked = event.do === 'superior' ? holders.map((lastActor) => ({ ...context, lastActor })) : [context];
  const above = asked.flatMap((one) => directory({ who: also, context: one, item: live?.item }).flat());
  const people = [...holders, ...above];
  return [...notices, ...told(event.block, event.do, open[0]?.n ?? null, people, -1)];
}

/** What a window that has just opened says: to the head of the unit, or of all units where it is the cycle's. */
function windowJobs(
  directory: Directory,
  { id, revision, logic, snapshot }: Origin,
  context: CaseContext,
  at: string,
): Job[] {
  const { definition } = logic;
  if (!definition) return [];
  return Object.entries(context.live).flatMap(([key, { round, item }]): Job[] => {
    const block = blockByKey(definition.template, key);
    if (block?.type !== 'window' || !block.notice || snapshot?.context.live[key]?.round === round) return [];
    const everyone = context.facts.kind === 'cycle';
    const people = everyone ? [] : directory({ who: [{ kind: 'head' }], context, item }).flat();
    if (!everyone && people.length === 0) return [];
    const message = { subject: block.name, body: fillMessage(block.notice, context, item) };
    const payload = {
      id: `${id}/${revision + 1}/window.${key}`,
      caseId: id,
      seat: null,
      people,
      kind: 'window',
      block: key,
      at,
    };
    return [{ task: 'tell', payload: { ...payload, ...(everyone && { everyone }), message } }];
  });
}
