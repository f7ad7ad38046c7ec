import { Prisma } from '../../prisma/client/client.ts';
import type { Deps } from '../http/deps.ts';
import { ProblemError, problem } from '../http/problem.ts';

export type CycleVerb = 'suspend' | 'resume' | 'cancel';

const FROM: Record<CycleVerb, string[]> = {
  suspend: ['running'],
  resume: ['suspended'],
  cancel: ['launching', 'running', 'suspended'],
};
const TO: Record<CycleVerb, string> = { suspend: 'suspended', resume: 'running', cancel: 'cancelled' };
const AT_ONCE = 8;

/**
 * Suspends, resumes or cancels a cycle with all its cases. The cycle's state comes first, so that nothing new starts; a
 * repeat of an interrupted one goes on with the cases that are left.
 */
export const controlCycle = async (
  { prisma, engine, clock }: Pick<Deps, 'prisma' | 'engine' | 'clock'>,
  cycleId: string,
  verb: CycleVerb,
  by: { actor: string; reason: string },
): Promise<void> => {
  const { count } = await prisma.cycle.updateMany({
    where: { id: cycleId, status: { in: [...FROM[verb], TO[verb]] } },
    data: { status: TO[verb], ...(verb === 'cancel' && { closedAt: clock.now() }) },
  });
  if (count === 0) {
    const cycle = await prisma.cycle.findUnique({ where: { id: cycleId } });
    throw cycle ? problem('cycle.state', { state: cycle.status }) : problem('cycle.unknown');
  }
  const statuses = { suspend: ['active'], resume: ['suspended'], cancel: ['active', 'suspended'] }[verb];
  const cases = await prisma.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT id FROM cases WHERE cycle_id = ${cycleId}::uuid AND status = ANY(${statuses}) AND (kind <> 'item' OR ${verb === 'cancel'})
    ORDER BY kind, id`);
  const next = cases.map(({ id }) => id).values();
  const work = async () => {
    for (const id of next) await engine[verb](id, by).catch(ignoreDone);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (verb === 'resume') await engine.checkGates(cycleId);
};

/** A case that has ended, or is where it should be already, needs nothing. */
const ignoreDone = (error: unknown): void => {
  if (!(error instanceof ProblemError) || !['case.finished', 'event.refused'].includes(error.id)) throw error;
};
