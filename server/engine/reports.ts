import type { CaseEvent } from '../../workflows/machine/context.ts';
import { reportExtras as extrasOf } from '../indicators/submitted.ts';
import type { Origin } from './build.ts';
import type { LogicStep } from './logic.ts';
import type { Extra } from './write.ts';

/** A report that is submitted, sent back or taken back changes what is known of its period, in the same transaction. */
export function reportExtras(origin: Origin, step: LogicStep, event: CaseEvent | null, at: string): Extra[] {
  const template = origin.logic.definition?.template;
  const before = origin.snapshot?.context;
  const orgId = before?.facts?.participant?.id;
  if (!event || !template || !before || !origin.cycleId || orgId === undefined) return [];
  const { id: caseId, cycleId } = origin;
  return extrasOf({ template, caseId, cycleId, orgId, before, after: step.snapshot.context, event, at });
}
