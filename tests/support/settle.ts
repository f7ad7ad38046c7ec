import type { Engine, Job } from '../../server/engine/index.ts';

/** Takes the jobs of an engine's steps and does those that carry cases on, until nothing is left. */
export function makeSettler() {
  const served: Extract<Job, { task: 'serve' }>['payload'][] = [];
  const meetings = new Set<string>();
  return {
    jobSink: (job: Job): void => {
      if (job.task === 'serve') served.push(job.payload);
      if (job.task === 'gates.check') meetings.add(job.payload.cycleId);
    },
    settle: async (engine: Engine): Promise<void> => {
      while (served.length + meetings.size > 0) {
        for (const job of served.splice(0)) await engine.serve(job);
        for (const id of [...meetings]) {
          meetings.delete(id);
          await engine.checkGates(id);
        }
      }
    },
  };
}
