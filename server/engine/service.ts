import type pg from 'pg';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { Json } from '../../workflows/json.ts';
import type { CaseContext, Item } from '../../workflows/machine/context.ts';
import type { BallotsBlock, ComputeBlock } from '../../workflows/template/block.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';

/** A block that the server is to carry out, and the case that waits for it. */
export interface ServiceCall<Served extends ComputeBlock | BallotsBlock = ComputeBlock | BallotsBlock> {
  pool: pg.Pool;
  caseId: string;
  cycleId: string;
  /** Null in the cycle's own case. */
  orgId: string | null;
  template: CycleTemplate;
  block: Served;
  round: number;
  context: CaseContext;
  /** The item of the repeat around it, such as a quarter. */
  item: Item | undefined;
  calendar: Calendar;
  /** When it is carried out (UTC instant). */
  at: string;
}

/**
 * Carries out a block beside the case, over as many rows as it takes, and gives what the case learns under the block's `into`.
 * A job may run twice, so the same round must write the same rows. What each participant gets of its own goes to
 * `results.handed`, by name.
 */
export type Service = (call: ServiceCall) => Promise<Json>;

/** By kind: of the rule of a computing block, or `ballots`. */
export type Services = Readonly<Record<string, Service>>;
