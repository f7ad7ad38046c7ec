import { blockByKey } from '../../workflows/machine/track.ts';
import { isServed } from '../../workflows/template/block.ts';
import { ProblemError } from '../http/problem.ts';
import { applyStep, type Core } from './core.ts';
import type { Job } from './types.ts';

/**
 * Carries out a block that the server does beside the case, and tells the case what came of it. May be repeated: a block that
 * the case has left, or entered anew, is left alone.
 */
export async function serve(
  core: Core,
  { caseId, block: key, round }: Extract<Job, { task: 'serve' }>['payload'],
): Promise<void> {
  const { cycleId, orgId, status, logic, snapshot } = await core.store.load(caseId);
  const { context } = snapshot;
  const template = logic.definition?.template;
  const block = template && blockByKey(template, key);
  const live = context.live[key];
  if (!template || !block || !cycleId || live?.round !== round || status !== 'active') return;
  if (block.type !== 'ballots' && !(block.type === 'compute' && isServed(block))) return;
  const kind = block.type === 'ballots' ? block.type : block.rule.kind;
  const service = core.services[kind];
  if (!service) throw new Error(`no service for "${kind}" of block "${key}"`);
  const at = core.clock.now().toISOString();
  const { item } = live;
  const { pool } = core;
  const calendar = core.calendar();
  const value = await service({ pool, caseId, cycleId, orgId, template, block, round, context, item, calendar, at });
  const data = { [block.type === 'ballots' ? block.key : block.into]: value };
  try {
    await applyStep(core, { caseId, event: { type: 'served', block: key, round, data } });
  } catch (error) {
    // The case has moved on: somebody jumped or cancelled it.
    if (!(error instanceof ProblemError) || error.id === 'engine.unavailable' || error.id === 'engine.incident')
      throw error;
  }
}
